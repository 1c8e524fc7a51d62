using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Remote;

/// <summary>An object as the API returned it.</summary>
/// <param name="Id">The ID.</param>
/// <param name="Json">The object.</param>
/// <param name="IsChat">Whether it is a chat agent.</param>
/// <param name="ETag">The tag of this state for a conditional update; null if the API returned none.</param>
internal sealed record RemoteItem(string Id, JObject Json, bool IsChat = false, string? ETag = null)
{
    private static readonly string[] s_titles = ["agent_name", "knowledge_base_name", "name"];

    public long? Version => Json["version"]?.Type is JTokenType.Integer or JTokenType.Float ? (long)Json["version"]! : null;

    public bool IsPublished => Json["is_published"] is JValue { Value: true };

    /// <summary>Gets the name that people gave the object; null if its kind has none.</summary>
    public string? Title => s_titles.Select(member => (Json[member] as JValue)?.Value as string).FirstOrDefault(text => !string.IsNullOrEmpty(text));
}
