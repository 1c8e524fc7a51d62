using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Reads and writes one C# type without reflection and without boxing. Codecs are stateless and shared.</summary>
internal abstract class JsonCodec<T> : JsonCodec
{
    /// <summary>
    /// Reads the value that starts at the input's current token and leaves it on its last token. False when the JSON is of
    /// another type than documented: <paramref name="raw"/> then holds what was read instead. True with <paramref name="raw"/>
    /// is a number of more digits than <paramref name="value"/> can hold.
    /// </summary>
    public abstract bool TryRead(ref JsonInput input, out T value, out JToken? raw);

    /// <summary>The same from a reader of Newtonsoft.Json, which takes more than JSON and knows the place of a failure.</summary>
    public abstract bool TryRead(JsonReader reader, out T value, out JToken? raw);

    public abstract void Write(JsonWriter writer, T value);

    /// <summary>Whether a value stands for no value: the default of a generated value type.</summary>
    public virtual bool IsNoValue(T value) => false;

    internal sealed override bool TryReadBoxed(ref JsonInput input, out object? value)
    {
        bool read = TryRead(ref input, out T typed, out _);
        value = typed;
        return read;
    }

    internal sealed override object? ReadBoxed(JsonReader reader) =>
        TryRead(reader, out T value, out JToken? raw)
            ? value
            : throw JsonMismatch.Expected(typeof(T), raw!, reader);

    internal sealed override void WriteBoxed(JsonWriter writer, object value) => Write(writer, (T)value);

    /// <summary>The value is of another JSON type: keep it as it came.</summary>
    protected static bool Mismatch(JsonReader reader, out T value, out JToken? raw)
    {
        value = default!;
        raw = JToken.Load(reader);
        return false;
    }

    /// <inheritdoc cref="Mismatch(JsonReader, out T, out JToken)"/>
    protected static bool Mismatch(ref JsonInput input, out T value, out JToken? raw)
    {
        value = default!;
        raw = input.ReadToken();
        return false;
    }
}

/// <summary>The untyped side of <see cref="JsonCodec{T}"/>, for those that know only a <see cref="Type"/>.</summary>
internal abstract class JsonCodec
{
    internal abstract bool TryReadBoxed(ref JsonInput input, out object? value);

    internal abstract object? ReadBoxed(JsonReader reader);

    internal abstract void WriteBoxed(JsonWriter writer, object value);

    /// <summary>The codec of lists of the type; null where nobody needs it.</summary>
    internal virtual JsonCodec? OfList => null;

    /// <summary>The codec of maps from names to values of the type; null where nobody needs it.</summary>
    internal virtual JsonCodec? OfMap => null;
}
