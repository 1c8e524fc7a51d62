using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Merge;

/// <summary>A member that differs; null for absent.</summary>
internal sealed record MemberDifference(string Path, JToken? Before, JToken? After);

/// <summary>Compares two objects: by member, and by element with the same key.</summary>
internal static class JsonDiff
{
    public static List<MemberDifference> Of(JObject before, JObject after)
    {
        var found = new List<MemberDifference>();
        Compare(before, after, "", found);
        return found;
    }

    private static void Compare(JToken? before, JToken? after, string path, List<MemberDifference> found)
    {
        if (JToken.DeepEquals(before, after))
        {
            return;
        }

        switch (before, after)
        {
            case (JObject old, JObject changed):
                foreach (string name in JsonMembers.Names(old, changed).Order(StringComparer.Ordinal))
                {
                    Compare(old[name], changed[name], MemberPaths.Member(path, name), found);
                }

                break;
            case (JArray old, JArray changed) when ArrayKeys.Common(old, changed) is string key:
                CompareItems(old, changed, key, path, found);
                break;
            default:
                found.Add(new(path, before, after));
                break;
        }
    }

    private static void CompareItems(JArray before, JArray after, string key, string path, List<MemberDifference> found)
    {
        string[] old = [.. before.Select(item => ArrayKeys.Of(item, key))];
        string[] changed = [.. after.Select(item => ArrayKeys.Of(item, key))];
        if (!old.Where(changed.Contains).SequenceEqual(changed.Where(old.Contains)))
        {
            found.Add(new(path, new JArray(old), new JArray(changed)));
        }

        foreach (string item in old.Union(changed))
        {
            int from = Array.IndexOf(old, item);
            int to = Array.IndexOf(changed, item);
            Compare(from < 0 ? null : before[from], to < 0 ? null : after[to], MemberPaths.Item(path, item), found);
        }
    }
}
