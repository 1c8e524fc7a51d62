using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.SpecTool.Diff;

/// <summary>Compares lengths, ranges, patterns and formats.</summary>
internal static class Limits
{
    /// <summary>Lower bounds by name, and whether a bound is an upper one.</summary>
    private static readonly (string Name, bool IsUpper)[] s_bounds =
    [
        ("minLength", false), ("maxLength", true), ("minItems", false), ("maxItems", true), ("minProperties", false), ("maxProperties", true),
    ];

    public static IEnumerable<(Rule Rule, string Message)> Compare(JObject before, JObject after)
    {
        foreach ((string name, bool isUpper) in s_bounds)
        {
            if (Bound(name, Number(before[name]), Number(after[name]), isUpper) is (Rule, string) change)
            {
                yield return change;
            }
        }

        foreach ((string name, bool isUpper) in new[] { ("minimum", false), ("maximum", true) })
        {
            if (Range(before, after, name, isUpper) is (Rule, string) change)
            {
                yield return change;
            }
        }

        if (Step(Number(before["multipleOf"]), Number(after["multipleOf"])) is (Rule, string) step)
        {
            yield return step;
        }

        bool wasUnique = IsTrue(before["uniqueItems"]);
        if (wasUnique != IsTrue(after["uniqueItems"]))
        {
            yield return wasUnique ? (Rules.LimitLoosened, "items may be equal now") : (Rules.LimitTightened, "items have to differ now");
        }

        foreach ((string name, Rule added, Rule changed, Rule removed) in new[]
        {
            ("format", Rules.FormatAdded, Rules.FormatChanged, Rules.FormatRemoved),
            ("pattern", Rules.LimitTightened, Rules.LimitChanged, Rules.LimitLoosened),
            ("not", Rules.LimitTightened, Rules.LimitChanged, Rules.LimitLoosened),
        })
        {
            (JToken? old, JToken? now) = (Bare(before[name]), Bare(after[name]));
            if (!JToken.DeepEquals(old, now))
            {
                yield return (old is null ? added : now is null ? removed : changed, $"{name} {Text(old)} → {Text(now)}");
            }
        }

        foreach ((Rule, string) change in Allowed(before["x-retell-allowed"] as JArray, after["x-retell-allowed"] as JArray))
        {
            yield return change;
        }
    }

    private static (Rule, string)? Bound(string name, double? before, double? after, bool isUpper)
    {
        if (before == after)
        {
            return null;
        }

        double none = isUpper ? double.PositiveInfinity : double.NegativeInfinity;
        bool isTighter = isUpper ? (after ?? none) < (before ?? none) : (after ?? none) > (before ?? none);
        return (isTighter ? Rules.LimitTightened : Rules.LimitLoosened, $"{name} {Text(before)} → {Text(after)}");
    }

    /// <summary>A range with its ends in or out: OpenAPI 3.0 says the latter with a flag, 3.1 with a number.</summary>
    private static (Rule, string)? Range(JObject before, JObject after, string name, bool isUpper)
    {
        (double? Value, bool IsOut) old = End(before, name);
        (double? Value, bool IsOut) now = End(after, name);
        if (old.Value != now.Value)
        {
            return Bound(name, old.Value, now.Value, isUpper);
        }

        return old.IsOut == now.IsOut ? null
            : (now.IsOut ? Rules.LimitTightened : Rules.LimitLoosened, $"{name} {Text(now.Value)} is {(now.IsOut ? "no longer" : "now")} allowed itself");
    }

    private static (double? Value, bool IsOut) End(JObject limits, string name)
    {
        JToken? exclusive = limits["exclusive" + char.ToUpperInvariant(name[0]) + name[1..]];
        return Number(exclusive) is double end && Number(limits[name]) is null
            ? (end, true)
            : (Number(limits[name]), IsTrue(exclusive) && limits[name] is not null);
    }

    private static (Rule, string)? Step(double? before, double? after)
    {
        if (before == after)
        {
            return null;
        }

        Rule rule = before is null || (after is double tight && IsMultiple(tight, before.Value)) ? Rules.LimitTightened
            : after is null || IsMultiple(before.Value, after.Value) ? Rules.LimitLoosened
            : Rules.LimitChanged;
        return (rule, $"multipleOf {Text(before)} → {Text(after)}");
    }

    private static bool IsMultiple(double value, double of) => Math.Abs((value / of) - Math.Round(value / of)) < 1e-9;

    /// <summary>Enumerations of what is no text.</summary>
    private static IEnumerable<(Rule, string)> Allowed(JArray? before, JArray? after)
    {
        if (before is null || after is null)
        {
            if (before is not null || after is not null)
            {
                yield return before is null ? (Rules.ValuesListed, $"only {Text(after)} allowed now") : (Rules.ValuesUnlisted, $"not only {Text(before)} allowed now");
            }

            yield break;
        }

        foreach (JToken value in before.Except(after, JToken.EqualityComparer))
        {
            yield return (Rules.EnumValueRemoved, $"value `{Text(value)}` removed");
        }

        foreach (JToken value in after.Except(before, JToken.EqualityComparer))
        {
            yield return (Rules.EnumValueAdded, $"value `{Text(value)}` added");
        }
    }

    private static JToken? Bare(JToken? value) => value is null ? null : SpecFacts.Bare(value);

    private static bool IsTrue(JToken? value) => value is JValue { Value: true };

    private static double? Number(JToken? value) => value?.Type is JTokenType.Integer or JTokenType.Float ? (double)value : null;

    private static string Text(double? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static string Text(JToken? value) => value?.ToString(Formatting.None) ?? "none";
}
