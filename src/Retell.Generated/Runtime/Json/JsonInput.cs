using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Retell.Generated.Json;

/// <summary>
/// The position in a UTF-8 document: the tokenizer of System.Text.Json, and what the document shares. A copy reads ahead without moving the
/// original.
/// </summary>
internal ref struct JsonInput
{
    /// <summary>The maximum depth. Conversation flows nest deeper than the usual default of 64.</summary>
    public const int MaxDepth = 512;

    public Utf8JsonReader Reader;

    private readonly StringCache _strings;

    /// <summary>Starts at the current token of a reader, which must contain the whole value.</summary>
    public JsonInput(Utf8JsonReader reader, StringCache strings)
    {
        Reader = reader;
        _strings = strings;
    }

    public readonly JsonTokenType TokenType => Reader.TokenType;

    /// <summary>Gets the bytes of a string as in the document, or the digits of a number.</summary>
    public readonly ReadOnlySpan<byte> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Reader.HasValueSequence ? Reader.ValueSequence.ToArray() : Reader.ValueSpan;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read()
    {
        if (!Reader.Read())
        {
            ThrowEnd();
        }
    }

    /// <summary>Moves from the start of an object or array to its end.</summary>
    public void Skip()
    {
        if (!Reader.TrySkip())
        {
            ThrowEnd();
        }
    }

    /// <summary>Returns the string or name at the current token. Short ones are created once per document.</summary>
    public readonly string GetString() => Reader.ValueIsEscaped ? Utf8Text.Unescape(Value) : _strings.Get(Value);

    /// <summary>Returns a value indicating whether the string or name at the current token is the given one.</summary>
    public readonly bool Is(ReadOnlySpan<byte> text) => Reader.ValueIsEscaped ? Utf8Text.Unescape(Value) == Utf8Text.Decode(text) : Value.SequenceEqual(text);

    private static void ThrowEnd() => throw new JsonException();
}
