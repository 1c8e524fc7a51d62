using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Numerics;
using System.Text;
using Newtonsoft.Json;

namespace Retell.Generated.Json;

/// <summary>A writer of Newtonsoft.Json that writes UTF-8. It does not track the path; a failure is repeated with a writer that does.</summary>
internal sealed class Utf8Writer : JsonWriter
{
    private const int FirstBuffer = 1024;

    /// <summary>The number of bytes after which the buffer is flushed.</summary>
    private const int LargestPiece = 16384;

    private const byte Quote = (byte)'"';

    /// <summary>The length up to which a text is copied character by character, which is faster than searching it first.</summary>
    private const int ShortText = 64;

    /// <summary>The maximum number of bytes of a scalar other than a string.</summary>
    private const int LongestNumber = 64;

    private readonly Stream? _target;
    private readonly JsonIndentation? _indentation;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _count;
    private int _depth;
    private bool _isFirst = true;
    private bool _isValue;

    /// <param name="target">The stream to write to, or null to keep the JSON in memory.</param>
    /// <param name="indentation">The indentation, or null for a single line.</param>
    public Utf8Writer(Stream? target = null, JsonIndentation? indentation = null)
    {
        _target = target;
        _indentation = indentation;
    }

    /// <summary>Gets the bytes that were not flushed.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _count);

    /// <summary>Returns a name as written in JSON, with its colon.</summary>
    public static byte[] EncodeName(string name)
    {
        if (JsonEscape.IndexIn(name.AsSpan()) < 0)
        {
            return Encoding.UTF8.GetBytes($"\"{name}\":");
        }

        using var writer = new Utf8Writer();
        writer.WriteString(name);
        writer.Append((byte)':');
        return writer.Written.ToArray();
    }

    /// <inheritdoc cref="Written"/>
    public ReadOnlyMemory<byte> ToMemory() => _buffer.AsMemory(0, _count);

    /// <summary>Returns the JSON that was written.</summary>
    public string GetText() => Utf8Text.Decode(Written);

    public override void Flush()
    {
        if (_target is not null && _count > 0)
        {
            _target.Write(_buffer, 0, _count);
            _count = 0;
        }
    }

    public override void WriteStartObject() => Open((byte)'{');

    public override void WriteEndObject() => Close((byte)'}');

    public override void WriteStartArray() => Open((byte)'[');

    public override void WriteEndArray() => Close((byte)']');

    /// <summary>Writes an encoded name.</summary>
    public void WritePropertyName(byte[] encoded)
    {
        Separate();
        Append(encoded);
        AfterName();
    }

    public override void WritePropertyName(string name)
    {
        Separate();
        WriteString(name);
        Append((byte)':');
        AfterName();
    }

    public override void WritePropertyName(string name, bool escape) => WritePropertyName(name);

    public override void WriteNull() => WriteLiteral("null"u8);

    public override void WriteUndefined() => WriteLiteral("undefined"u8);

    public override void WriteRaw(string? json) => AppendText(json ?? "");

    public override void WriteRawValue(string? json)
    {
        Separate();
        AppendText(json ?? "");
    }

    public override void WriteComment(string? text)
    {
    }

    public override void WriteWhitespace(string ws) => AppendText(ws);

    public override void WriteValue(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        Separate();
        WriteString(value);
    }

    public override void WriteValue(bool value) => WriteLiteral(value ? "true"u8 : "false"u8);

    public override void WriteValue(long value)
    {
        Separate();
        Utf8Formatter.TryFormat(value, Free(LongestNumber), out int written);
        _count += written;
    }

    public override void WriteValue(double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            WriteValue(value.ToString(CultureInfo.InvariantCulture));
            return;
        }

        Separate();
        int start = _count;
#if NET
        value.TryFormat(Free(LongestNumber), out int written, default, CultureInfo.InvariantCulture);
        _count += written;
#else
        AppendText(value.ToString("R", CultureInfo.InvariantCulture));
#endif
        if (_buffer.AsSpan(start, _count - start).IndexOfAny((byte)'.', (byte)'E') < 0)
        {
            Append(".0"u8);
        }
    }

    public override void WriteValue(int value) => WriteValue((long)value);

    public override void WriteValue(uint value) => WriteValue((long)value);

    public override void WriteValue(short value) => WriteValue((long)value);

    public override void WriteValue(ushort value) => WriteValue((long)value);

    public override void WriteValue(byte value) => WriteValue((long)value);

    public override void WriteValue(sbyte value) => WriteValue((long)value);

    public override void WriteValue(ulong value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(float value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(decimal value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(char value) => WriteValue(value.ToString());

    public override void WriteValue(DateTime value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(DateTimeOffset value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(Guid value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(TimeSpan value) => WriteRawValue(JsonConvert.ToString(value));

    public override void WriteValue(Uri? value) => WriteValue(value?.OriginalString);

    public override void WriteValue(byte[]? value) => WriteValue(value is null ? null : Convert.ToBase64String(value));

    public override void WriteValue(object? value)
    {
        if (value is BigInteger whole)
        {
            WriteRawValue(whole.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            base.WriteValue(value);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            _count = 0;
        }

        base.Dispose(disposing);
    }

    private void Open(byte bracket)
    {
        Separate();
        Append(bracket);
        _isFirst = true;
        _depth++;
    }

    private void Close(byte bracket)
    {
        _depth--;
        if (!_isFirst)
        {
            BreakLine();
        }

        _isFirst = false;
        Append(bracket);
    }

    private void WriteLiteral(ReadOnlySpan<byte> literal)
    {
        Separate();
        Append(literal);
    }

    /// <summary>Writes the separator before a name or value.</summary>
    private void Separate()
    {
        if (_isValue)
        {
            _isValue = false;
            return;
        }

        if (!_isFirst)
        {
            Append((byte)',');
        }

        _isFirst = false;
        if (_depth > 0)
        {
            BreakLine();
        }
    }

    private void AfterName()
    {
        _isValue = true;
        if (_indentation is not null)
        {
            Append((byte)' ');
        }
    }

    private void BreakLine()
    {
        if (_indentation is not null)
        {
            AppendText(_indentation.NewLine);
            Free((_depth + _indentation.Depth) * _indentation.Size).Slice(0, (_depth + _indentation.Depth) * _indentation.Size).Fill((byte)_indentation.Character);
            _count += (_depth + _indentation.Depth) * _indentation.Size;
        }
    }

    private void WriteString(string text)
    {
        ReadOnlySpan<char> rest = text.AsSpan();
        if (rest.Length <= ShortText)
        {
            Span<byte> free = Free(ShortText + 2);
            free[0] = Quote;
            int plain = JsonEscape.CopyPlain(rest, free.Slice(1));
            _count += plain + 1;
            if (plain == rest.Length)
            {
                free[plain + 1] = Quote;
                _count++;
                return;
            }

            rest = rest.Slice(plain);
        }
        else
        {
            Append(Quote);
        }

        while (true)
        {
            int next = JsonEscape.IndexIn(rest);
            AppendText(next < 0 ? rest : rest.Slice(0, next));
            if (next < 0)
            {
                break;
            }

            Append(JsonEscape.Of(rest[next]));
            rest = rest.Slice(next + 1);
        }

        Append(Quote);
    }

    private void AppendText(string text) => AppendText(text.AsSpan());

    private void AppendText(ReadOnlySpan<char> text)
    {
        // In pieces that do not split a surrogate pair.
        while (text.Length > 0)
        {
            int length = Math.Min(text.Length, LargestPiece / 6);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]))
            {
                length--;
            }

            Span<byte> free = Free(length * 6);
            _count += Utf8Text.Encode(text.Slice(0, length), free);
            text = text.Slice(length);
        }
    }

    private void Append(byte value)
    {
        if (_count == _buffer.Length)
        {
            Free(1);
        }

        _buffer[_count++] = value;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Free(bytes.Length));
        _count += bytes.Length;
    }

    private Span<byte> Free(int needed)
    {
        if (_buffer.Length - _count < needed)
        {
            MakeRoom(needed);
        }

        return _buffer.AsSpan(_count);
    }

    private void MakeRoom(int needed)
    {
        if (_target is not null && _count >= LargestPiece)
        {
            Flush();
        }

        if (_buffer.Length - _count < needed)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, _count + needed));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }
    }
}

/// <summary>The indentation of a document.</summary>
/// <param name="Depth">The depth of the value in its document.</param>
/// <param name="Character">A space or a tab.</param>
/// <param name="Size">The number of characters per level.</param>
/// <param name="NewLine">The line break.</param>
internal sealed record JsonIndentation(int Depth, char Character, int Size, string NewLine);
