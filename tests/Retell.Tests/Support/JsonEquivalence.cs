using System.Globalization;
using System.Numerics;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Support;

/// <summary>Compares JSON as JSON means it: numbers by value, members in any order, text unit by unit.</summary>
internal static class JsonEquivalence
{
    /// <summary>The first place where the two differ and how; null when they mean the same.</summary>
    public static string? Difference(string expected, string actual) => Difference(Parse(expected), Parse(actual), "$");

    public static void AssertSame(string expected, string actual, string context = "")
    {
        if (Difference(expected, actual) is { } difference)
        {
            Assert.Fail($"{context}{Environment.NewLine}{difference}{Environment.NewLine}expected: {Shortened(expected)}{Environment.NewLine}but was:  {Shortened(actual)}");
        }
    }

    public static JToken Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json)) { DateParseHandling = DateParseHandling.None, FloatParseHandling = FloatParseHandling.Double, MaxDepth = null };
        JToken token = JToken.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        return reader.Read() ? throw new JsonReaderException("There is more after the JSON.") : token;
    }

    private static string? Difference(JToken expected, JToken actual, string path) => (expected, actual) switch
    {
        (JObject one, JObject other) => Difference(one, other, path),
        (JArray one, JArray other) => Difference(one, other, path),
        (JValue one, JValue other) when AreEqual(one.Value, other.Value) => null,
        _ => $"{path}: expected {Shortened(expected.ToString(Formatting.None))}, but was {Shortened(actual.ToString(Formatting.None))}",
    };

    private static string? Difference(JObject expected, JObject actual, string path)
    {
        foreach (JProperty member in expected.Properties())
        {
            string at = $"{path}.{member.Name}";
            if (actual.Property(member.Name, StringComparison.Ordinal) is not { } other)
            {
                return $"{at}: expected {Shortened(member.Value.ToString(Formatting.None))}, but the member is missing";
            }

            if (Difference(member.Value, other.Value, at) is { } difference)
            {
                return difference;
            }
        }

        JProperty? added = actual.Properties().FirstOrDefault(member => !expected.ContainsKey(member.Name));
        return added is null ? null : $"{path}.{added.Name}: expected no such member, but was {Shortened(added.Value.ToString(Formatting.None))}";
    }

    private static string? Difference(JArray expected, JArray actual, string path) =>
        expected.Count != actual.Count
            ? $"{path}: expected {expected.Count} elements, but there are {actual.Count}"
            : expected.Select((item, index) => Difference(item, actual[index], $"{path}[{index}]")).FirstOrDefault(difference => difference is not null);

    private static bool AreEqual(object? one, object? other) => (one, other) switch
    {
        (null, null) => true,
        (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
        (bool a, bool b) => a == b,
        (double a, double b) => a.Equals(b) || a == b,
        (double a, long or BigInteger) => IsWhole(a) && new BigInteger(a) == Whole(other),
        (long or BigInteger, double b) => IsWhole(b) && new BigInteger(b) == Whole(one),
        (long or BigInteger, long or BigInteger) => Whole(one) == Whole(other),
        _ => false,
    };

    private static bool IsWhole(double number) => Math.Floor(number) == number && !double.IsInfinity(number);

    private static BigInteger Whole(object? number) => number is BigInteger big ? big : Convert.ToInt64(number, CultureInfo.InvariantCulture);

    private static string Shortened(string text) => text.Length <= 2000 ? text : $"{text[..2000]}… ({text.Length} characters)";
}
