#if NET
using System.Buffers;
#endif
using System.Globalization;
using System.Text;

namespace Retell.Generated.Json;

/// <summary>The characters that a string of JSON holds as an escape: the ones that must be, and the line ends of Unicode.</summary>
internal static class JsonEscape
{
    private const string LineEnds = "\u0085\u2028\u2029";

    private static readonly byte[][] s_ascii = [.. Enumerable.Range(0, 128).Select(code => Encoding.ASCII.GetBytes(Text((char)code)))];

    private static readonly bool[] s_isPlain = [.. Enumerable.Range(0, 128).Select(code => code >= ' ' && code != '"' && code != '\\')];

#if NET
    private static readonly SearchValues<char> s_escaped = SearchValues.Create("\"\\" + LineEnds + new string([.. Enumerable.Range(0, 32).Select(code => (char)code)]));
#endif

    /// <summary>Copies the ASCII that a text begins with up to what is escaped.</summary>
    /// <returns>How many characters were copied.</returns>
    public static int CopyPlain(ReadOnlySpan<char> text, Span<byte> ascii)
    {
        bool[] isPlain = s_isPlain;
        int i = 0;
        for (; i < text.Length && i < ascii.Length; i++)
        {
            char c = text[i];
            if (c >= isPlain.Length || !isPlain[c])
            {
                break;
            }

            ascii[i] = (byte)c;
        }

        return i;
    }

    /// <summary>The place of the first character that is escaped, or -1.</summary>
    public static int IndexIn(ReadOnlySpan<char> text)
    {
#if NET
        return text.IndexOfAny(s_escaped);
#else
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c < ' ' || c == '"' || c == '\\' || (c >= '\u0085' && LineEnds.IndexOf(c) >= 0))
            {
                return i;
            }
        }

        return -1;
#endif
    }

    /// <summary>The escape of a character.</summary>
    public static byte[] Of(char character) => character < s_ascii.Length ? s_ascii[character] : Encoding.ASCII.GetBytes(Text(character));

    private static string Text(char character) => character switch
    {
        '\b' => "\\b",
        '\t' => "\\t",
        '\n' => "\\n",
        '\f' => "\\f",
        '\r' => "\\r",
        '"' => "\\\"",
        '\\' => "\\\\",
        _ => "\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture),
    };
}
