using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Support;

/// <summary>Compares JSON as JSON means it: numbers by value, members in any order, text unit by unit.</summary>
internal static partial class JsonEquivalence
{
    private const string Mark = "number:";

    /// <summary>The first place where the two differ and how; null when they mean the same.</summary>
    public static string? Difference(string expected, string actual) => Difference(ParseExactly(expected), ParseExactly(actual), "$");

    public static void AssertSame(string expected, string actual, string context = "")
    {
        if (Difference(expected, actual) is { } difference)
        {
            Assert.Fail($"{context}{Environment.NewLine}{difference}{Environment.NewLine}expected: {Shortened(expected)}{Environment.NewLine}but was:  {Shortened(actual)}");
        }
    }

    public static JToken Parse(string json)
    {
        using var reader = new JsonTextReader(new StringReader(json))
        {
            DateParseHandling = DateParseHandling.None,
            FloatParseHandling = FloatParseHandling.Double,
            MaxDepth = null,
        };
        JToken token = JToken.Load(reader, new JsonLoadSettings { DuplicatePropertyNameHandling = DuplicatePropertyNameHandling.Error });
        return reader.Read() ? throw new JsonReaderException("There is more after the JSON.") : token;
    }

    /// <summary>JSON whose numbers are the digits that stand there.</summary>
    private static JToken ParseExactly(string json)
    {
        JToken token = Parse(StringOrNumber().Replace(json, match => match.Value[0] == '"' ? WithoutSurrogates(match.Value) : $"\"{Mark}{match.Value}\""));
        foreach (JValue number in (token is JContainer all ? all.Descendants() : [token])
                .OfType<JValue>()
                .Where(value => value.Value is string text && text.StartsWith(Mark, StringComparison.Ordinal))
                .ToList())
        {
            var digits = new JRaw(((string)number.Value!)[Mark.Length..]);
            if (number == token)
            {
                return digits;
            }

            number.Replace(digits);
        }

        return token;
    }

    /// <summary>Surrogates, escaped or not, moved to characters for private use: Newtonsoft.Json does not read half a pair.</summary>
    private static string WithoutSurrogates(string text) => EscapeOrSurrogate().Replace(text, match =>
    {
        int unit = match.Value[0] != '\\' ? match.Value[0] : match.Length == 6 ? int.Parse(match.ValueSpan[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : 0;
        return unit is >= 0xd800 and <= 0xdfff ? $"\\u{unit - 0xd800 + 0xe000:x4}" : match.Value;
    });

    [GeneratedRegex(@"\\(?:u[0-9a-fA-F]{4}|.)|[\ud800-\udfff]", RegexOptions.Singleline)]
    private static partial Regex EscapeOrSurrogate();

    [GeneratedRegex("""
        "(?:\\.|[^"\\])*"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline)]
    private static partial Regex StringOrNumber();

    private static string? Difference(JToken expected, JToken actual, string path) => (expected, actual) switch
    {
        (JObject one, JObject other) => Difference(one, other, path),
        (JArray one, JArray other) => Difference(one, other, path),
        (JValue one, JValue other) when AreEqual(one, other) => null,
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

    private static bool AreEqual(JValue one, JValue other) => one is JRaw || other is JRaw
        ? one is JRaw && other is JRaw && Decimal((string)one!) == Decimal((string)other!)
        : Equals(one.Value, other.Value);

    /// <summary>A number as its digits and a power of ten.</summary>
    private static (BigInteger Digits, BigInteger Power) Decimal(string literal)
    {
        string[] parts = literal.ToUpperInvariant().Split('E');
        string[] number = parts[0].Split('.');
        string all = string.Concat(number).TrimEnd('0');
        var digits = BigInteger.Parse(all is "" or "-" ? "0" : all, CultureInfo.InvariantCulture);
        BigInteger power = (
            parts.Length > 1 ? BigInteger.Parse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : 0) - (number.Length > 1 ? number[1].Length : 0)
            + string.Concat(number).Length - all.Length;
        return (digits, digits.IsZero ? 0 : power);
    }

    private static string Shortened(string text) => text.Length <= 2000 ? text : $"{text[..2000]}… ({text.Length} characters)";
}
