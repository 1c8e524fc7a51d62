using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Runner;

/// <summary>
/// Reduces an object that refers to objects that do not exist yet, as agents do that swap to each other: tools with such a reference are left
/// out, and nodes are replaced by end nodes, so that edges still lead somewhere. An update completes the object when all exist.
/// </summary>
internal static class CycleBreaker
{
    /// <summary>Stands for the ID of an object that does not exist yet.</summary>
    public const string Missing = "\0missing";

    /// <returns>The names of the members that were reduced.</returns>
    public static HashSet<string> Reduce(JObject wire)
    {
        var reduced = new HashSet<string>(StringComparer.Ordinal);
        while (wire.Descendants().OfType<JValue>().FirstOrDefault(value => value.Value is Missing) is JValue missing)
        {
            JProperty member = missing.AncestorsAndSelf().OfType<JProperty>().Last();
            reduced.Add(member.Name);
            JToken? item = missing.AncestorsAndSelf().FirstOrDefault(token => token.Parent is JArray);
            if (item is JObject node && ListOf(item) == "nodes")
            {
                item.Replace(new JObject(node.Properties().Where(known => known.Name is "id" or "name" or "display_position")) { ["type"] = "end" });
            }
            else if (item is not null)
            {
                item.Remove();
            }
            else
            {
                member.Remove();
            }
        }

        return reduced;
    }

    private static string? ListOf(JToken item) => (item.Parent?.Parent as JProperty)?.Name;
}
