using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Merge;

/// <summary>Compares what was sent with what the API returned, which may have more members.</summary>
internal static class JsonSubset
{
    /// <summary>Returns whether a value has everything of another one. Null is the same as absent.</summary>
    public static bool Contains(JToken? whole, JToken? part) => (whole, part) switch
    {
        (_, null or { Type: JTokenType.Null }) => whole is null or { Type: JTokenType.Null },
        (JObject all, JObject some) => some.Properties().All(member => Contains(all[member.Name], member.Value)),
        (JArray all, JArray some) => all.Count == some.Count && all.Zip(some).All(pair => Contains(pair.First, pair.Second)),
        _ => JToken.DeepEquals(whole, part),
    };
}
