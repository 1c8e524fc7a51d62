using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>Follows and writes JSON pointers (RFC 6901), as they stand in the fragment of a reference.</summary>
internal static class JsonPointer
{
    /// <summary>Returns what a fragment such as <c>/components/schemas/A~1B/items</c> leads to, or null if it does not resolve.</summary>
    public static JToken? Find(JToken root, string fragment)
    {
        string pointer = Uri.UnescapeDataString(fragment);
        if (pointer.Length == 0)
        {
            return root;
        }

        if (pointer[0] != '/')
        {
            return null;
        }

        JToken? target = root;
        foreach (string step in pointer[1..].Split('/'))
        {
            string name = step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            target = target switch
            {
                JObject members => members[name],
                JArray items when int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index) && index < items.Count => items[index],
                _ => null,
            };
        }

        return target;
    }

    /// <summary>Returns the steps from the root to a place in the document.</summary>
    public static List<string> Steps(JToken token)
    {
        var steps = new List<string>();
        for (JToken? at = token; at.Parent is JContainer parent; at = parent)
        {
            if (at is JProperty property)
            {
                steps.Add(property.Name);
            }
            else if (parent is JArray items)
            {
                steps.Add(items.IndexOf(at).ToString(CultureInfo.InvariantCulture));
            }
        }

        steps.Reverse();
        return steps;
    }
}
