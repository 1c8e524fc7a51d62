using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Retell.Generated.Json;

/// <summary>
/// A UTF-8 document that is being read: the tokenizer of System.Text.Json, and what the whole document shares. A copy looks
/// ahead without moving the original.
/// </summary>
internal ref struct JsonInput
{
    /// <summary>Conversation flows nest deeper than the 64 levels that are the default elsewhere.</summary>
    public const int MaxDepth = 512;

    /// <summary>The tokenizer.</summary>
    public Utf8JsonReader Reader;

    private readonly StringCache _strings;

    /// <summary>Reads what another reader stands at; the whole value has to be there.</summary>
    public JsonInput(Utf8JsonReader reader, StringCache strings)
    {
        Reader = reader;
        _strings = strings;
    }

    public readonly JsonTokenType TokenType => Reader.TokenType;

    /// <summary>A string as it stands in the document, or the digits of a number.</summary>
    public readonly ReadOnlySpan<byte> Value
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Reader.HasValueSequence ? Reader.ValueSequence.ToArray() : Reader.ValueSpan;
    }

    /// <summary>Moves on to the next token.</summary>
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

    /// <summary>The text of the string or name at which the reader stands. Short ones are made once a document.</summary>
    public readonly string GetString() => Reader.ValueIsEscaped ? Utf8Text.Unescape(Value) : _strings.Get(Value);

    /// <summary>Whether the name or string at which the reader stands is this one.</summary>
    public readonly bool Is(ReadOnlySpan<byte> text) => Reader.ValueIsEscaped ? Utf8Text.Unescape(Value) == Utf8Text.Decode(text) : Value.SequenceEqual(text);

    private static void ThrowEnd() => throw new JsonException();
}
