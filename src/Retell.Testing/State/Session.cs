using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>A call or a chat. The two have the same course under different names.</summary>
internal sealed record Session(ResourceKind Kind, StoredItem Item)
{
    public bool IsChat => Kind.Noun == "chat";

    /// <summary><c>call</c> or <c>chat</c>, as webhooks call it.</summary>
    public string Family => Kind.Noun;

    public string Id => (string)Item.Value[Kind.IdName]!;

    public string Status => (string?)Item.Value[Family + "_status"] ?? "";

    public bool HasEnded => Status is "ended" or "error" or "not_connected";

    public string AnalysisName => Family + "_analysis";

    public string? AgentId => (string?)Item.Value["agent_id"];

    /// <summary>The version of the agent, as calls and chats call it.</summary>
    public JToken? AgentVersion => Item.Value[IsChat ? "version" : "agent_version"];

    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public void MustBeOpen()
    {
        if (HasEnded)
        {
            throw new InvalidOperationException($"The {Family} {Id} has ended: its status is {Status}.");
        }
    }
}
