using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Json;

/// <summary>The member by which the elements of an array are told apart.</summary>
internal static class ArrayKeys
{
    private static readonly string[] s_names = ["id", "tool_id", "name", "agent_id", "title", "filename"];

    /// <summary>Returns the name of a member that is a text, and unique, in the elements of each array; null if there is none.</summary>
    public static string? Common(params ReadOnlySpan<JArray?> arrays)
    {
        foreach (string name in s_names)
        {
            bool fits = true;
            foreach (JArray? array in arrays)
            {
                fits = fits && (array is null || IsUnique(array, name));
            }

            if (fits)
            {
                return name;
            }
        }

        return null;
    }

    public static string Of(JToken item, string name) => (string)item[name]!;

    /// <summary>Returns the keys of the elements; their positions if they have none.</summary>
    public static IEnumerable<string> Of(JArray array) => Common(array) is string name && array.Count > 0
        ? array.Select(item => Of(item, name))
        : Enumerable.Range(0, array.Count).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private static bool IsUnique(JArray array, string name)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        return array.All(item => item is JObject && item[name] is JValue { Value: string key } && known.Add(key));
    }
}
