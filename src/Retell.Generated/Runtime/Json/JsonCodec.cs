using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Reads and writes one C# type without reflection and without boxing. Codecs are stateless and shared.</summary>
internal abstract class JsonCodec<T> : JsonCodec
{
    /// <summary>
    /// Reads the value that starts at the reader's current token and leaves the reader on its last token. False when
    /// the JSON is of another type than documented: <paramref name="raw"/> then holds what was read instead.
    /// </summary>
    public abstract bool TryRead(JsonReader reader, JsonSerializer serializer, out T value, out JToken? raw);

    public abstract void Write(JsonWriter writer, T value, JsonSerializer serializer);

    /// <summary>Whether a value stands for no value: the default of a generated value type.</summary>
    public virtual bool IsNoValue(T value) => false;

    internal sealed override object? ReadBoxed(JsonReader reader, JsonSerializer serializer) =>
        TryRead(reader, serializer, out T value, out JToken? raw)
            ? value
            : throw JsonMismatch.Expected(typeof(T), raw!, reader);

    internal sealed override void WriteBoxed(JsonWriter writer, object value, JsonSerializer serializer) =>
        Write(writer, (T)value, serializer);

    /// <summary>The value is of another JSON type: keep it as it came.</summary>
    protected static bool Mismatch(JsonReader reader, out T value, out JToken? raw)
    {
        value = default!;
        raw = JToken.Load(reader);
        return false;
    }
}

/// <summary>The untyped side of <see cref="JsonCodec{T}"/>, for converters that know only a <see cref="Type"/>.</summary>
internal abstract class JsonCodec
{
    internal abstract object? ReadBoxed(JsonReader reader, JsonSerializer serializer);

    internal abstract void WriteBoxed(JsonWriter writer, object value, JsonSerializer serializer);
}
