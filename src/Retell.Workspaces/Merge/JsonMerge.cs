using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Merge;

/// <summary>What to do where both sides changed the same member.</summary>
internal enum ConflictChoice
{
    /// <summary>It is a conflict; the merged object has our value.</summary>
    Report,

    Ours,
    Theirs,
}

/// <summary>Merges two changed objects with the one that both come from: by member, by element with the same key, and texts by line.</summary>
internal sealed class JsonMerge(ConflictChoice choice)
{
    private readonly List<string> _conflicts = [];

    /// <summary>Gets the paths of the members that both sides changed in different ways.</summary>
    public IReadOnlyList<string> Conflicts => _conflicts;

    public JObject Merge(JObject origin, JObject ours, JObject theirs) => (JObject)Merge(origin, ours, theirs, "")!;

    /// <param name="origin">The value that both come from; null if it was absent.</param>
    /// <param name="ours">Our value; null if it is absent.</param>
    /// <param name="theirs">Their value; null if it is absent.</param>
    /// <param name="path">The path of the member.</param>
    private JToken? Merge(JToken? origin, JToken? ours, JToken? theirs, string path)
    {
        if (JToken.DeepEquals(ours, theirs) || JToken.DeepEquals(origin, theirs))
        {
            return ours;
        }

        if (JToken.DeepEquals(origin, ours))
        {
            return theirs;
        }

        return (origin, ours, theirs) switch
        {
            (JObject or null, JObject mine, JObject other) => Members(origin as JObject ?? [], mine, other, path),
            (JArray from, JArray mine, JArray other) => Items(from, mine, other, path),
            (JValue { Value: string from }, JValue { Value: string mine }, JValue { Value: string other }) when TextLines.HasSeveral(from + mine + other) =>
                TextLines.Merge(from, mine, other) is string text ? text : Conflict(ours, theirs, path),
            _ => Conflict(ours, theirs, path),
        };
    }

    private JObject Members(JObject origin, JObject ours, JObject theirs, string path)
    {
        var merged = new JObject();
        foreach (string name in JsonMembers.Names(ours, theirs))
        {
            if (Merge(origin[name], ours[name], theirs[name], MemberPaths.Member(path, name)) is JToken value)
            {
                merged[name] = value.DeepClone();
            }
        }

        return merged;
    }

    private JToken? Items(JArray origin, JArray ours, JArray theirs, string path)
    {
        if (ArrayKeys.Common(origin, ours, theirs) is not string name)
        {
            return SequenceMerge.Of([.. origin], [.. ours], [.. theirs], JToken.EqualityComparer) is { } items ? new JArray(items) : Conflict(ours, theirs, path);
        }

        Dictionary<string, JToken> from = ByKey(origin, name);
        Dictionary<string, JToken> mine = ByKey(ours, name);
        Dictionary<string, JToken> other = ByKey(theirs, name);
        var merged = new JArray();
        foreach (string key in Order(Keys(origin, name), Keys(ours, name), Keys(theirs, name)))
        {
            if (Merge(from.GetValueOrDefault(key), mine.GetValueOrDefault(key), other.GetValueOrDefault(key), MemberPaths.Item(path, key)) is JToken item)
            {
                merged.Add(item.DeepClone());
            }
        }

        return merged;
    }

    /// <summary>Returns the keys of both sides: in the order of the side that changed it, and each new key after the one that it follows on its side.</summary>
    private static List<string> Order(List<string> origin, List<string> ours, List<string> theirs)
    {
        bool isReorderedByUs = !ours.Where(origin.Contains).SequenceEqual(origin.Where(ours.Contains));
        (List<string> first, List<string> second) = isReorderedByUs ? (ours, theirs) : (theirs, ours);
        List<string> order = [.. first];
        for (int i = 0; i < second.Count; i++)
        {
            if (!order.Contains(second[i]))
            {
                order.Insert(i == 0 ? 0 : order.IndexOf(second[i - 1]) + 1, second[i]);
            }
        }

        return order;
    }

    private static List<string> Keys(JArray items, string name) => [.. items.Select(item => ArrayKeys.Of(item, name))];

    private static Dictionary<string, JToken> ByKey(JArray items, string name) => items.ToDictionary(item => ArrayKeys.Of(item, name), StringComparer.Ordinal);

    private JToken? Conflict(JToken? ours, JToken? theirs, string path)
    {
        if (choice == ConflictChoice.Report)
        {
            _conflicts.Add(path);
        }

        return choice == ConflictChoice.Theirs ? theirs : ours;
    }
}
