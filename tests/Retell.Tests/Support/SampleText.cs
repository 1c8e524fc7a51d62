using System.Text;
using System.Text.RegularExpressions;

namespace Retell.Tests.Support;

/// <summary>Text that has broken serializers before.</summary>
internal static class SampleText
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>Strings that mean something to a JSON library, a parser of dates or an encoder.</summary>
    private static readonly string[] s_special =
    [
        "", " ", "Grüße, Zoë – 你好 😀", "\"quoted\" \\ and /slashes/", "\b\f\n\r\t\0\u001f\u007f\u0085\u2028\u2029\ufeff",
        "2023-12-23T03:33:27.333Z", "2023-12-23T03:33:27+01:00", "2024-02-30", "/Date(1703302407333)/", "1703302407333", "5.0", "-0", "1e5", "NaN",
        "null", "true", "<script>&'</script>", "{{user_name}}", "{\"json\": [1, 2]}", "e\u0301 ع\u200f 👩‍👩‍👧‍👦 \ud840\udc00", "+14157774444", "a/b?c=d&e=%20#f",
    ];

    /// <summary>Names that a serializer could take for its own, or for a member it knows.</summary>
    private static readonly string[] s_names =
    [
        "x_new_member", "newMember2027", "ünïcode 名前", "$type", "$ref", "$id", "$values", "", "a.b", "a['b']", "class", "AdditionalProperties", "Shape", "with \"quotes\"", "😀",
    ];

    /// <summary>Candidates for patterns: a new pattern in the document may need another one here.</summary>
    private static readonly Func<Random, string>[] s_patterned =
    [
        random => Word(random, 8), _ => "latest", random => "upload_" + Hex(random, 12), random => Hex(random, 32), random => Letter(random) + Letter(random),
    ];

    public static string Any(Random random, int minLength, int maxLength, bool special)
    {
        string text = special && random.Next(3) > 0
            ? random.Next(4) == 0 ? RandomText(random) : s_special[random.Next(s_special.Length)]
            : Word(random, random.Next(1, 12));
        while (text.Length < minLength)
        {
            text += Word(random, 8);
        }

        return text.Length <= maxLength ? text : Word(random, Math.Max(minLength, Math.Min(maxLength, 8)));
    }

    public static string Name(Random random, bool special) => special && random.Next(2) == 0 ? s_names[random.Next(s_names.Length)] : Word(random, 6);

    public static string Matching(Random random, string pattern, int minLength, int maxLength)
    {
        foreach (Func<Random, string> candidate in s_patterned.Skip(random.Next(2)))
        {
            string text = candidate(random);
            if (text.Length >= minLength && text.Length <= maxLength && Regex.IsMatch(text, pattern))
            {
                return text;
            }
        }

        throw new NotSupportedException($"No sample matches the pattern {pattern}; add one to {nameof(SampleText)}.");
    }

    public static string Word(Random random, int length) => string.Create(length, random, (span, source) =>
    {
        span[0] = Letters[source.Next(26)];
        for (int i = 1; i < span.Length; i++)
        {
            span[i] = Letters[source.Next(Letters.Length)];
        }
    });

    private static string Letter(Random random) => Letters[random.Next(26)].ToString();

    private static string Hex(Random random, int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[random.Next(16)]));

    private static string RandomText(Random random)
    {
        var text = new StringBuilder();
        for (int i = random.Next(1, 24); i > 0; i--)
        {
            int code = random.Next(4) switch { 0 => random.Next(0x80), 1 => random.Next(0x800), 2 => random.Next(0xd800), _ => random.Next(0x10000, 0x110000) };
            text.Append(char.ConvertFromUtf32(code));
        }

        return text.ToString();
    }
}
