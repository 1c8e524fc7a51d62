#if NET
using System.Buffers;
#endif
using System.Globalization;
using System.Text;

namespace Retell.Generated.Json;

/// <summary>Escapes the characters of JSON strings: those that must be escaped, and the line ends of Unicode.</summary>
internal static class JsonEscape
{
    private const string LineEnds = "\u0085\u2028\u2029";

    private static readonly bool[] s_isPlain = CreatePlain();

#if NET
    private static readonly SearchValues<char> s_escaped = SearchValues.Create(
        "\"\\"
            + LineEnds
            + "\0\u0001\u0002\u0003\u0004\u0005\u0006\a\b\t\n\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");
#endif

    /// <summary>Copies the leading ASCII characters that need no escape.</summary>
    /// <returns>The number of characters that were copied.</returns>
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

    /// <summary>Returns the index of the first character that is escaped, or -1.</summary>
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

    /// <summary>Returns the escape of a character.</summary>
    public static ReadOnlySpan<byte> Of(char character) => character switch
    {
        '\b' => "\\b"u8,
        '\t' => "\\t"u8,
        '\n' => "\\n"u8,
        '\f' => "\\f"u8,
        '\r' => "\\r"u8,
        '"' => "\\\""u8,
        '\\' => "\\\\"u8,
        _ => Encoding.ASCII.GetBytes("\\u" + ((int)character).ToString("x4", CultureInfo.InvariantCulture)),
    };

    private static bool[] CreatePlain()
    {
        var isPlain = new bool[128];
        for (int code = ' '; code < isPlain.Length; code++)
        {
            isPlain[code] = code is not ('"' or '\\');
        }

        return isPlain;
    }
}
