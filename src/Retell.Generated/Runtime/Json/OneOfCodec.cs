using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>A JSON type of a scalar union.</summary>
internal sealed class OneOfCase(Type type, JsonCodec codec, params JsonToken[] starts)
{
    public Type Type { get; } = type;

    public JsonCodec Codec { get; } = codec;

    public bool StartsWith(JsonToken token) => Array.IndexOf(starts, token) >= 0;

    public static OneOfCase Of<T>(JsonCodec<T> codec, params JsonToken[] starts) => new(typeof(T), codec, starts);
}

/// <summary>The codec of values of one of several JSON types. A value keeps its type; a value of another type is kept as JSON.</summary>
internal sealed class OneOfCodec<T>(Func<object?, T> create, Func<T, object?> value, params OneOfCase[] cases) : ElementCodec<T>
    where T : struct
{
    public override bool TryRead(ref JsonInput input, out T result, out JToken? raw)
    {
        raw = null;
        result = create(input.TokenType switch
        {
            // Scalars keep their JSON type: 5 is an integer and "5" a string.
            JsonTokenType.String => input.GetString(),
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            JsonTokenType.Number => ReadNumber(input.Value),
            _ => ReadStructured(ref input),
        });
        return true;
    }

    public override bool TryRead(JsonReader reader, out T result, out JToken? raw)
    {
        raw = null;
        object? read = reader.TokenType switch
        {
            JsonToken.String or JsonToken.Boolean => reader.Value,
            JsonToken.Integer or JsonToken.Float => reader.Value switch
            {
                long or double => reader.Value,
                int whole => (long)whole,
                _ => new JValue(reader.Value),
            },
            _ => ReadStructured(JToken.Load(reader), reader.MaxDepth),
        };
        result = create(read);
        return true;
    }

    public override void Write(JsonWriter writer, T item)
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
                WriteStructured(writer, other);
                break;
        }
    }

    public override bool IsNoValue(T item) => value(item) is null;

    /// <summary>Reads a number. It is kept as JSON if it has more digits than its type.</summary>
    private static object ReadNumber(ReadOnlySpan<byte> literal)
    {
        JValue number = JsonNumber.ToToken(literal);
        return number.Value is long or double ? number.Value : number;
    }

    private object ReadStructured(ref JsonInput input)
    {
        JsonToken start = input.TokenType == JsonTokenType.StartArray ? JsonToken.StartArray : JsonToken.StartObject;
        foreach (OneOfCase candidate in cases)
        {
            JsonInput ahead = input;
            if (input.TokenType != JsonTokenType.Null && candidate.StartsWith(start) && candidate.Codec.TryReadBoxed(ref ahead, out object? read))
            {
                input = ahead;
                return read!;
            }
        }

        return input.ReadToken();
    }

    /// <summary>Reads an array or object, which is loaded first, so that it can be kept if it matches no case.</summary>
    private object ReadStructured(JToken token, int? maxDepth)
    {
        foreach (OneOfCase candidate in cases)
        {
            if (candidate.StartsWith(token.Type == JTokenType.Array ? JsonToken.StartArray : JsonToken.StartObject))
            {
                using JsonReader inner = token.CreateReader();
                inner.MaxDepth = maxDepth;
                inner.ReadOrThrow();
                try
                {
                    return candidate.Codec.ReadBoxed(inner)!;
                }
                catch (JsonSerializationException)
                {
                }
            }
        }

        return token;
    }

    private void WriteStructured(JsonWriter writer, object item)
    {
        foreach (OneOfCase candidate in cases)
        {
            if (candidate.Type.IsInstanceOfType(item))
            {
                candidate.Codec.WriteBoxed(writer, item);
                return;
            }
        }

        throw new JsonSerializationException($"{item.GetType().Name} is not one of the types that {typeof(T).Name} can hold. Path '{writer.Path}'.");
    }
}
