using Newtonsoft.Json.Linq;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

/// <summary>
/// What the spec does not say of an operation, from its row in the overlay's table x-retell-operations: whether it may be
/// repeated, and what the facade does with it. The row of an operation whose path moved goes with it.
/// </summary>
internal sealed record OperationFacts(
    bool IsRepeatable,
    string? RawOnlyReason,
    string? ReplacedBy,
    string? IdempotencyKey,
    int? TimeoutSeconds,
    bool IsHandWritten,
    IReadOnlyDictionary<string, string> ArgumentNames)
{
    public const string Table = "x-retell-operations";

    public static OperationFacts Of(JObject document, OperationSource operation, NameLock names)
    {
        JObject? row = Row(document, operation.Key, names);

        // Where the operation that moved has its old path too, the facade is that of the new one.
        bool hasMoved = operation.IsRetained && names.Moved.Values.Contains(operation.Key);
        return new OperationFacts(
            // Unknown operations that change something are sent once: nothing is dialed or bought twice.
            (bool?)row?["repeatable"] ?? operation.Method is "get" or "head",
            (string?)row?["rawOnly"],
            (string?)row?["replacedBy"],
            (string?)row?["idempotencyKey"],
            (int?)row?["timeoutSeconds"],
            (bool?)row?["handWritten"] == true && !hasMoved,
            (row?["arguments"] as JObject ?? []).Properties().ToDictionary(argument => argument.Name, argument => (string)argument.Value!, StringComparer.Ordinal));
    }

    /// <summary>The row of an operation; null where there is none.</summary>
    public static JObject? Row(JObject document, string key, NameLock names) =>
        names.Lineage(key).Select(each => document[Table]?[each] as JObject).FirstOrDefault(row => row is not null);
}
