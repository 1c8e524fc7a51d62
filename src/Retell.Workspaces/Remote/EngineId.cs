using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Remote;

/// <summary>The ID of an LLM or a conversation flow.</summary>
internal readonly record struct EngineId(ResourceKind Kind, string Id)
{
    public string Type => Kind == ResourceKind.Llm ? "retell-llm" : "conversation-flow";

    public string ToQuery() => $"type={Type}&{Endpoint.Of(Kind).IdName}={Uri.EscapeDataString(Id)}";

    public JObject ToJson() => new() { ["type"] = Type, [Endpoint.Of(Kind).IdName] = Id };
}
