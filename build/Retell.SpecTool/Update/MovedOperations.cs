using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Naming;

namespace Retell.SpecTool.Update;

/// <summary>
/// Operations whose path is another one in a new revision: the path differs in the names of its parameters only, or the
/// operationId tells that they are the same.
/// </summary>
internal static partial class MovedOperations
{
    /// <summary>Records them, so that names, arguments and the overlay's entry go with them.</summary>
    public static void Record(JObject before, JObject after, NameLock names)
    {
        List<Known> old = [.. Operations(before)];
        List<Known> now = [.. Operations(after)];
        List<Known> gone = [.. old.Where(operation => now.TrueForAll(other => other.Key != operation.Key))];
        List<Known> added = [.. now.Where(operation => old.TrueForAll(other => other.Key != operation.Key))];
        foreach (Func<Known, string?> same in new Func<Known, string?>[] { operation => SameOnTheWire(operation.Key), ById, operation => AnyVersion(operation, gone, added) })
        {
            foreach (Known former in gone.ToList())
            {
                // Only what nothing else could be meant by.
                if (same(former) is string sign && gone.FindAll(other => same(other) == sign).Count == 1 && added.FindAll(other => same(other) == sign) is [Known successor])
                {
                    names.AddMoved(successor.Key, former.Key);
                    gone.Remove(former);
                    added.Remove(successor);
                }
            }
        }
    }

    private static string? ById(Known operation) => operation.Id is null ? null : $"{operation.Key.Split(' ')[0]} {operation.Id}";

    /// <summary>The operation whatever its version: where an ID is missing, on one side or on both, the path has to tell.</summary>
    private static string? AnyVersion(Known operation, List<Known> gone, List<Known> added)
    {
        string sign = Version().Replace(SameOnTheWire(operation.Key), " ");
        return operation.Id is null || gone.Concat(added).Any(other => other.Id is null && Version().Replace(SameOnTheWire(other.Key), " ") == sign) ? sign : null;
    }

    /// <summary>The operation whatever the parameters in its path are called.</summary>
    public static string SameOnTheWire(string key) => Placeholder().Replace(key, "{}");

    /// <summary>What the API has itself; what is only kept for callers does not count.</summary>
    private static IEnumerable<Known> Operations(JObject document) =>
        from path in (document["paths"] as JObject ?? []).Properties()
        from method in (path.Value as JObject ?? []).Properties()
        where method.Value is JObject operation && operation["responses"] is JObject && operation[RetainedFile.Mark] is null
        select new Known($"{method.Name} {path.Name}", method.Value["operationId"]?.Type == JTokenType.String ? (string?)method.Value["operationId"] : null);

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@" /[vV]\d+(?=/)")]
    private static partial Regex Version();

    private sealed record Known(string Key, string? Id);
}
