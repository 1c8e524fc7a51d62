using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>An array. Where one element is of another JSON type than documented, the whole array is kept as JSON.</summary>
internal sealed class ListCodec<T>(JsonCodec<T> element) : JsonCodec<IList<T>>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out IList<T> value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartArray)
        {
            return Mismatch(reader, out value, out raw);
        }

        var list = new List<T>();
        value = list;
        raw = null;
        while (true)
        {
            reader.ReadOrThrow();
            switch (reader.TokenType)
            {
                case JsonToken.EndArray:
                    return true;
                case JsonToken.Comment:
                    break;
                case JsonToken.Null when default(T) is null:
                    list.Add(default!);
                    break;
                default:
                    if (!element.TryRead(reader, serializer, out T item, out JToken? odd))
                    {
                        raw = Rest(reader, serializer, list, odd!);
                        return false;
                    }

                    list.Add(item);
                    break;
            }
        }
    }

    public override void Write(JsonWriter writer, IList<T> value, JsonSerializer serializer)
    {
        writer.WriteStartArray();
        for (int i = 0; i < value.Count; i++)
        {
            T item = value[i];
            if (item is null)
            {
                writer.WriteNull();
            }
            else
            {
                element.Write(writer, item, serializer);
            }
        }

        writer.WriteEndArray();
    }

    private JArray Rest(JsonReader reader, JsonSerializer serializer, List<T> read, JToken odd)
    {
        using var writer = new JTokenWriter();
        Write(writer, read, serializer);
        var array = (JArray)writer.Token!;
        array.Add(odd);
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndArray)
            {
                return array;
            }

            array.Add(JToken.Load(reader));
        }
    }
}

/// <summary>An array of values that may be null.</summary>
internal sealed class NullableCodec<T>(JsonCodec<T> inner) : JsonCodec<T?>
    where T : struct
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out T? value, out JToken? raw)
    {
        bool read = inner.TryRead(reader, serializer, out T some, out raw);
        value = read ? some : null;
        return read;
    }

    public override void Write(JsonWriter writer, T? value, JsonSerializer serializer) => inner.Write(writer, value!.Value, serializer);
}

/// <summary>A JSON object used as a map from names to values of one type.</summary>
internal sealed class MapCodec<T>(JsonCodec<T> element) : JsonCodec<IDictionary<string, T>>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out IDictionary<string, T> value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        var map = new Dictionary<string, T>(StringComparer.Ordinal);
        value = map;
        raw = null;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                return true;
            }

            if (reader.TokenType == JsonToken.Comment)
            {
                continue;
            }

            string name = (string)reader.Value!;
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.Null && default(T) is null)
            {
                map[name] = default!;
            }
            else if (element.TryRead(reader, serializer, out T item, out JToken? odd))
            {
                map[name] = item;
            }
            else
            {
                raw = Rest(reader, serializer, map, name, odd!);
                return false;
            }
        }
    }

    public override void Write(JsonWriter writer, IDictionary<string, T> value, JsonSerializer serializer)
    {
        writer.WriteStartObject();
        foreach (KeyValuePair<string, T> pair in value)
        {
            writer.WritePropertyName(pair.Key);
            if (pair.Value is null)
            {
                writer.WriteNull();
            }
            else
            {
                element.Write(writer, pair.Value, serializer);
            }
        }

        writer.WriteEndObject();
    }

    private JObject Rest(JsonReader reader, JsonSerializer serializer, Dictionary<string, T> read, string name, JToken odd)
    {
        using var writer = new JTokenWriter();
        Write(writer, read, serializer);
        var map = (JObject)writer.Token!;
        map[name] = odd;
        while (true)
        {
            reader.ReadOrThrow();
            if (reader.TokenType == JsonToken.EndObject)
            {
                return map;
            }

            string next = (string)reader.Value!;
            reader.ReadOrThrow();
            map[next] = JToken.Load(reader);
        }
    }
}

/// <summary>A map that is a type of its own.</summary>
internal sealed class MapOfCodec<TMap, T>(JsonCodec<T> element) : JsonCodec<TMap>
    where TMap : class, IDictionary<string, T>, new()
{
    private readonly MapCodec<T> _map = new(element);

    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out TMap value, out JToken? raw)
    {
        value = new TMap();
        if (!_map.TryRead(reader, serializer, out IDictionary<string, T> read, out raw))
        {
            return false;
        }

        foreach (KeyValuePair<string, T> pair in read)
        {
            value[pair.Key] = pair.Value;
        }

        return true;
    }

    public override void Write(JsonWriter writer, TMap value, JsonSerializer serializer) => _map.Write(writer, value, serializer);
}
