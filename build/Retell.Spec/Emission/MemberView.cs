using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Emission;

/// <summary>
/// A second C# property over a number, in a type that says what it measures: milliseconds since 1970 as a DateTimeOffset, other
/// milliseconds as a TimeSpan, cents as a decimal of US dollars. The name of the member tells which (<c>start_timestamp</c>,
/// <c>expires_at</c> and <c>start_time_ms</c>, every other <c>…_ms</c>, <c>…_cents</c>); for a cost or a price, its description.
/// </summary>
internal sealed record MemberView(string Name, string Kind)
{
    private const long SecondsUntil = 100_000_000_000;

    /// <summary>Returns the view of a member, or null if it has none or its name is taken.</summary>
    public static MemberView? Find(string jsonName, string csharpName, TypeUse type, string? description, JToken? example, ICollection<string> taken) =>
        type.Kind is ValueKind.Integer or ValueKind.Number
            && (Time(jsonName, csharpName, example) ?? Cost(jsonName, csharpName, description)) is MemberView view
            && !taken.Contains(view.Name)
            ? view
            : null;

    /// <summary>Returns a value indicating whether a member is a point in time, as its name tells.</summary>
    public static bool IsPointOfTime(string jsonName) =>
        jsonName.EndsWith("timestamp", StringComparison.Ordinal) || jsonName is "expires_at" || jsonName.EndsWith("_time_ms", StringComparison.Ordinal);

    /// <summary>Returns a value indicating whether a point in time counts seconds, as only its example tells.</summary>
    public static bool IsSeconds(string jsonName, JToken? example) =>
        IsPointOfTime(jsonName) && example is JValue { Type: JTokenType.Integer or JTokenType.Float } value && (double)value < SecondsUntil;

    /// <summary>Returns what the templates need.</summary>
    public JObject ToJson() => new() { ["name"] = Name, ["kind"] = Kind };

    private static MemberView? Time(string jsonName, string csharpName, JToken? example)
    {
        bool isPoint = IsPointOfTime(jsonName);
        string? name = csharpName switch
        {
            _ when isPoint && csharpName.EndsWith("Timestamp", StringComparison.Ordinal) => csharpName[..^"Timestamp".Length] + "Time",
            _ when jsonName.EndsWith("_ms", StringComparison.Ordinal) && csharpName.EndsWith("Ms", StringComparison.Ordinal) => csharpName[..^2],
            _ when isPoint => csharpName + "Time",
            _ => null,
        };

        return name is null || IsSeconds(jsonName, example) ? null : new MemberView(name, isPoint ? "point" : "length");
    }

    private static MemberView? Cost(string jsonName, string csharpName, string? description)
    {
        bool isCost = jsonName.Split('_') is { } words
            && (words[^1] == "cents" || ((words[^1] is "cost" or "price") && description?.Contains("cents", StringComparison.OrdinalIgnoreCase) == true));
        string name = csharpName.EndsWith("InCents", StringComparison.Ordinal) ? csharpName[..^"InCents".Length]
            : csharpName.EndsWith("Cents", StringComparison.Ordinal) ? csharpName[..^"Cents".Length]
            : csharpName;
        return isCost ? new MemberView(name + "Usd", "cents") : null;
    }
}
