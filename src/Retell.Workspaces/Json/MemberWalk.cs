using Newtonsoft.Json.Linq;
using Retell.Workspaces.Model;

namespace Retell.Workspaces.Json;

/// <summary>A string of an object, at a member that the table names.</summary>
internal readonly record struct MemberText(string Value, MemberNode Rule, string Name, string Path);

/// <summary>Visits the strings of an object that the table names.</summary>
internal static class MemberWalk
{
    /// <summary>Returns a copy in which these strings are replaced.</summary>
    public static JObject Map(JObject resource, MemberNode root, Func<MemberText, JToken> map) => (JObject)Map(resource, root, "", "", map);

    public static IEnumerable<MemberText> Texts(JObject resource, MemberNode root)
    {
        var found = new List<MemberText>();
        Map(resource, root, text =>
        {
            found.Add(text);
            return text.Value;
        });
        return found;
    }

    private static JToken Map(JToken value, MemberNode? node, string name, string path, Func<MemberText, JToken> map)
    {
        if (node is null)
        {
            return value.DeepClone();
        }

        switch (value)
        {
            case JObject members:
                return new JObject(members.Properties().Select(m => new JProperty(m.Name, Map(m.Value, node.Member(m.Name), m.Name, MemberPaths.Member(path, m.Name), map))));
            case JArray items:
                return new JArray(items.Zip(ArrayKeys.Of(items), (item, key) => Map(item, node.Item(), name, MemberPaths.Item(path, key), map)));
            case JValue { Value: string text } when node.Role is not null:
                return map(new(text, node, name, path));
            default:
                return value.DeepClone();
        }
    }
}
