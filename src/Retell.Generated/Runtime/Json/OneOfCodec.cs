using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>One of the JSON types that a scalar union may have.</summary>
internal sealed class OneOfCase(Type type, JsonCodec codec, params JsonToken[] starts)
{
    public Type Type { get; } = type;

    public JsonCodec Codec { get; } = codec;

    public bool StartsWith(JsonToken token) => Array.IndexOf(starts, token) >= 0;

    public static OneOfCase Of<T>(JsonCodec<T> codec, params JsonToken[] starts) => new(typeof(T), codec, starts);
}

/// <summary>
/// A value of one of several JSON types. It keeps the type it was given; a value of none of them is kept as JSON.
/// </summary>
internal sealed class OneOfCodec<T>(Func<object?, T> create, Func<T, object?> value, params OneOfCase[] cases) : JsonCodec<T>
    where T : struct
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out T result, out JToken? raw)
    {
        raw = null;
        object? read = reader.TokenType switch
        {
            // Scalars keep the type they have in JSON: 5 stays an integer and "5" a string.
            JsonToken.String or JsonToken.Integer or JsonToken.Float or JsonToken.Boolean => reader.Value,
            _ => ReadStructured(reader, serializer),
        };
        result = create(read);
        return true;
    }

    public override void Write(JsonWriter writer, T item, JsonSerializer serializer)
    {
        switch (value(item))
        {
            case null:
                writer.WriteNull();
                break;
            case string text:
                writer.WriteValue(text);
                break;
            case bool flag:
                writer.WriteValue(flag);
                break;
            case long whole:
                writer.WriteValue(whole);
                break;
            case double real:
                NumberCodec.WriteNumber(writer, real);
                break;
            case JToken token:
                token.WriteTo(writer);
                break;
            case object other:
                WriteStructured(writer, other, serializer);
                break;
        }
    }

    public override bool IsNoValue(T item) => value(item) is null;

    private object ReadStructured(JsonReader reader, JsonSerializer serializer)
    {
        // An array or object is loaded first: when it turns out to be no documented one, it is kept as it came.
        var token = JToken.Load(reader);
        foreach (OneOfCase candidate in cases)
        {
            if (candidate.StartsWith(token.Type == JTokenType.Array ? JsonToken.StartArray : JsonToken.StartObject))
            {
                using JsonReader inner = token.CreateReader();
                inner.MaxDepth = reader.MaxDepth;
                inner.ReadOrThrow();
                try
                {
                    return candidate.Codec.ReadBoxed(inner, serializer)!;
                }
                catch (JsonSerializationException)
                {
                }
            }
        }

        return token;
    }

    private void WriteStructured(JsonWriter writer, object item, JsonSerializer serializer)
    {
        foreach (OneOfCase candidate in cases)
        {
            if (candidate.Type.IsInstanceOfType(item))
            {
                candidate.Codec.WriteBoxed(writer, item, serializer);
                return;
            }
        }

        serializer.Serialize(writer, item);
    }
}
