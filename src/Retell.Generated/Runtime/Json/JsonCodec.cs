using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Reads and writes a C# type without reflection and boxing. Codecs are stateless and shared.</summary>
internal abstract class JsonCodec<T> : JsonCodec
{
    /// <summary>
    /// Reads the value at the current token and moves to its last token. Returns false if the value has another JSON type than documented;
    /// <paramref name="raw"/> is then that value. If it returns true, <paramref name="raw"/> is a number with more digits than
    /// <paramref name="value"/> can hold, or null.
    /// </summary>
    public abstract bool TryRead(ref JsonInput input, out T value, out JToken? raw);

    /// <summary>Reads the value from a reader of Newtonsoft.Json, which accepts more than JSON and knows the place of a failure.</summary>
    public abstract bool TryRead(JsonReader reader, out T value, out JToken? raw);

    public abstract void Write(JsonWriter writer, T value);

    /// <summary>Returns a value indicating whether the value is the default of a generated value type.</summary>
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

    /// <summary>Keeps a value of another JSON type as it was read.</summary>
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

/// <summary>The untyped base class of <see cref="JsonCodec{T}"/>, for callers that have only a <see cref="Type"/>.</summary>
internal abstract class JsonCodec
{
    internal abstract bool TryReadBoxed(ref JsonInput input, out object? value);

    internal abstract object? ReadBoxed(JsonReader reader);

    internal abstract void WriteBoxed(JsonWriter writer, object value);

    /// <summary>Gets the codec of lists of the type, or null if none is needed.</summary>
    internal virtual JsonCodec? OfList => null;

    /// <summary>Gets the codec of maps to values of the type, or null if none is needed.</summary>
    internal virtual JsonCodec? OfMap => null;
}
