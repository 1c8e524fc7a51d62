using Newtonsoft.Json.Linq;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

/// <summary>
/// What the spec does not say of an operation: its resource and method in the facade and whether it may be repeated.
/// The overlay's table x-retell-operations says it; an operation that is not in it still gets a good name.
/// </summary>
internal sealed record OperationFacts(string Id, string Resource, string Method, bool IsRepeatable, string? RawOnlyReason, string? ReplacedBy, string? IdempotencyKey, int? TimeoutSeconds, bool IsHandWritten, IReadOnlyDictionary<string, string> ArgumentNames)
{
    public const string Table = "x-retell-operations";

    public static OperationFacts Of(JObject document, string path, string method, JObject source)
    {
        string id = source["operationId"]?.ToString() ?? $"{method}-{path}";
        var row = document[Table]?[$"{method} {path}"] as JObject;
        (string verb, string noun) = Split(id);
        return new OperationFacts(
            id,
            (string?)row?["resource"] ?? Pascal(source["x-retell-sdk-resource"], plural: true) ?? CSharpName.Plural(CSharpName.Pascal(noun.Length > 0 ? noun : id)),
            (string?)row?["method"] ?? Pascal(source["x-retell-sdk-method"], plural: false) ?? CSharpName.Pascal(verb),

            // Unknown operations that change something are sent once: nothing is dialled or bought twice.
            (bool?)row?["repeatable"] ?? method is "get" or "head",
            (string?)row?["rawOnly"],
            (string?)row?["replacedBy"],
            (string?)row?["idempotencyKey"],
            (int?)row?["timeoutSeconds"],
            (bool?)row?["handWritten"] ?? false,
            (row?["arguments"] as JObject ?? []).Properties().ToDictionary(argument => argument.Name, argument => (string)argument.Value!, StringComparer.Ordinal));
    }

    private static string? Pascal(JToken? vendor, bool plural) => vendor?.Type == JTokenType.String && (string)vendor! is { Length: > 0 } name
        ? plural ? CSharpName.Plural(CSharpName.Pascal(name)) : CSharpName.Pascal(name)
        : null;

    /// <summary>createChatAgent → create, ChatAgent.</summary>
    private static (string Verb, string Noun) Split(string id)
    {
        int end = 0;
        while (end < id.Length && char.IsAsciiLetterLower(id[end]))
        {
            end++;
        }

        return end == 0 ? (id, string.Empty) : (id[..end], id[end..]);
    }
}
