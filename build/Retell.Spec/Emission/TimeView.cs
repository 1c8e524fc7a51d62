using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Emission;

/// <summary>
/// A second C# property over a member that counts milliseconds: since 1970 as a DateTimeOffset, a length of time as a
/// TimeSpan. The name of the member tells which, as the API holds to it: <c>start_timestamp</c>, <c>expires_at</c> and
/// <c>start_time_ms</c>, and every other <c>…_ms</c>.
/// </summary>
internal sealed record TimeView(string Name, bool IsPoint)
{
    private const long SecondsUntil = 100_000_000_000;

    /// <summary>The view of a member; null when it is no time, or when its name is taken.</summary>
    public static TimeView? Find(string jsonName, string csharpName, TypeUse type, JToken? example, ICollection<string> taken)
    {
        if (type.Kind is not (ValueKind.Integer or ValueKind.Number))
        {
            return null;
        }

        bool isPoint = IsPointOfTime(jsonName);
        string? name = csharpName switch
        {
            _ when isPoint && csharpName.EndsWith("Timestamp", StringComparison.Ordinal) => csharpName[..^"Timestamp".Length] + "Time",
            _ when jsonName.EndsWith("_ms", StringComparison.Ordinal) && csharpName.EndsWith("Ms", StringComparison.Ordinal) => csharpName[..^2],
            _ when isPoint => csharpName + "Time",
            _ => null,
        };

        return name is null || IsSeconds(jsonName, example) || taken.Contains(name) ? null : new TimeView(name, isPoint);
    }

    /// <summary>Whether a member is a point in time, as its name tells.</summary>
    public static bool IsPointOfTime(string jsonName) =>
        jsonName.EndsWith("timestamp", StringComparison.Ordinal) || jsonName is "expires_at" || jsonName.EndsWith("_time_ms", StringComparison.Ordinal);

    /// <summary>Whether a point in time counts seconds, as only its example tells.</summary>
    public static bool IsSeconds(string jsonName, JToken? example) =>
        IsPointOfTime(jsonName) && example is JValue { Type: JTokenType.Integer or JTokenType.Float } value && (double)value < SecondsUntil;

    /// <summary>What the templates need of it.</summary>
    public JObject ToJson() => new() { ["name"] = Name, ["kind"] = IsPoint ? "point" : "length" };
}
