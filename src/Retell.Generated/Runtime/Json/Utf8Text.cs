using System.Buffers;
using System.Globalization;
using System.Text;

namespace Retell.Generated.Json;

/// <summary>Converts JSON strings between UTF-8 and UTF-16. A lone surrogate is kept as an escape.</summary>
internal static class Utf8Text
{
    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Gets UTF-8 without a byte order mark, in which a lone surrogate becomes its JSON escape.</summary>
    public static Encoding Escaping { get; } = CreateEscaping();

    /// <summary>Converts a JSON document to UTF-8. Returns an empty sequence if it contains text that UTF-8 cannot represent.</summary>
    /// <param name="json">The JSON document.</param>
    /// <param name="buffer">The buffer to write to.</param>
    public static ReadOnlySequence<byte> FromJson(string json, byte[] buffer)
    {
        try
        {
            return new(buffer, 0, s_strict.GetBytes(json, 0, json.Length, buffer, 0));
        }
        catch (EncoderFallbackException)
        {
            // A lone surrogate is in a string, where its escape is equivalent, unless a backslash is before it.
            bool isEscaped = false;
            foreach (char c in json)
            {
                if (isEscaped && char.IsSurrogate(c))
                {
                    return ReadOnlySequence<byte>.Empty;
                }

                isEscaped = c == '\\' && !isEscaped;
            }

            return new(Escaping.GetBytes(json));
        }
    }

    /// <summary>Decodes bytes without escapes. Invalid UTF-8 becomes U+FFFD.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8)
    {
#if NET
        return Encoding.UTF8.GetString(utf8);
#else
        if (utf8.Length == 0)
        {
            return "";
        }

        byte[] bytes = ArrayPool<byte>.Shared.Rent(utf8.Length);
        utf8.CopyTo(bytes);
        string text = Encoding.UTF8.GetString(bytes, 0, utf8.Length);
        ArrayPool<byte>.Shared.Return(bytes);
        return text;
#endif
    }

    /// <summary>Encodes text, which needs at most 6 bytes per character.</summary>
    public static int Encode(ReadOnlySpan<char> text, Span<byte> utf8)
    {
#if NET
        if (System.Text.Ascii.FromUtf16(text, utf8, out int written) == OperationStatus.Done)
        {
            return written;
        }

        return Escaping.GetBytes(text, utf8);
#else
        int count = 0;
        while (count < text.Length && text[count] < 0x80)
        {
            utf8[count] = (byte)text[count];
            count++;
        }

        if (count < text.Length)
        {
            byte[] rest = Escaping.GetBytes(text.Slice(count).ToString());
            rest.CopyTo(utf8.Slice(count));
            count += rest.Length;
        }

        return count;
#endif
    }

    /// <summary>Decodes bytes with escapes, whose syntax the tokenizer has checked.</summary>
    public static string Unescape(ReadOnlySpan<byte> utf8)
    {
        var text = new StringBuilder(utf8.Length);
        while (true)
        {
            int next = utf8.IndexOf((byte)'\\');
            text.Append(Decode(next < 0 ? utf8 : utf8.Slice(0, next)));
            if (next < 0)
            {
                return text.ToString();
            }

            byte kind = utf8[next + 1];
            utf8 = utf8.Slice(next + 2);
            switch (kind)
            {
                case (byte)'u':
                    text.Append((char)((Digit(utf8[0]) << 12) | (Digit(utf8[1]) << 8) | (Digit(utf8[2]) << 4) | Digit(utf8[3])));
                    utf8 = utf8.Slice(4);
                    break;
                case (byte)'n':
                    text.Append('\n');
                    break;
                case (byte)'r':
                    text.Append('\r');
                    break;
                case (byte)'t':
                    text.Append('\t');
                    break;
                case (byte)'b':
                    text.Append('\b');
                    break;
                case (byte)'f':
                    text.Append('\f');
                    break;
                default:
                    text.Append((char)kind);
                    break;
            }
        }
    }

    private static int Digit(byte hex) => hex <= '9' ? hex - '0' : (hex | 0x20) - 'a' + 10;

    private static Encoding CreateEscaping()
    {
        var encoding = (Encoding)new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).Clone();
        encoding.EncoderFallback = new EscapeFallback();
        return encoding;
    }

    private sealed class EscapeFallback : EncoderFallback
    {
        public override int MaxCharCount => 6;

        public override EncoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : EncoderFallbackBuffer
        {
            private string _escape = "";
            private int _position;

            public override int Remaining => _escape.Length - _position;

            public override bool Fallback(char charUnknown, int index)
            {
                _escape = "\\u" + ((int)charUnknown).ToString("x4", CultureInfo.InvariantCulture);
                _position = 0;
                return true;
            }

            /// <summary>Never called, because UTF-8 can encode all pairs.</summary>
            public override bool Fallback(char charUnknownHigh, char charUnknownLow, int index) => throw new NotSupportedException();

            public override char GetNextChar() => _position < _escape.Length ? _escape[_position++] : '\0';

            public override bool MovePrevious()
            {
                if (_position == 0)
                {
                    return false;
                }

                _position--;
                return true;
            }
        }
    }
}
