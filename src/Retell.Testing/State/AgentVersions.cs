using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>Finds the version of an agent that a reference names.</summary>
internal static class AgentVersions
{
    /// <param name="agent">The agent.</param>
    /// <param name="reference">A number, <c>latest</c>, <c>latest_published</c>, or a tag; null for the latest.</param>
    /// <returns>The version; null if there is none.</returns>
    public static JObject? Find(StoredItem agent, JToken? reference) => reference?.Type == JTokenType.Integer
        ? agent.Versions.GetValueOrDefault((long)reference)
        : Find(agent, (string?)(reference as JValue));

    /// <inheritdoc cref="Find(StoredItem, JToken?)"/>
    public static JObject? Find(StoredItem agent, string? reference) => reference switch
    {
        null or "" or "latest" => agent.Value,
        "latest_published" => agent.Versions.Values.LastOrDefault(IsPublished),
        _ when long.TryParse(reference, NumberStyles.None, CultureInfo.InvariantCulture, out long number) => agent.Versions.GetValueOrDefault(number),
        _ => agent.Versions.Values.LastOrDefault(v => (v["assigned_tags"] as JArray)?.Any(tag => (string?)tag == reference) == true),
    };

    public static bool IsPublished(JObject version) => (bool?)version["is_published"] == true;
}
