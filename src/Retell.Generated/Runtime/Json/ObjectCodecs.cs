using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>One class of the API.</summary>
internal sealed class ObjectCodec<T> : JsonCodec<T>
    where T : RetellObject, new()
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out T value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = new T();
        value.Shape.Read(value, reader, serializer);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, T value, JsonSerializer serializer) => value.Shape.Write(writer, value, serializer);
}

/// <summary>
/// One union of the API. Which variant a JSON object is, the serializer decides: it carries the discriminators.
/// </summary>
internal sealed class UnionCodec<T> : JsonCodec<T>
    where T : class
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out T value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = serializer.ContractResolver is IUnionResolver unions
            ? unions.Read<T>(reader, serializer)
            : serializer.Deserialize<T>(reader)!;
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, T value, JsonSerializer serializer)
    {
        if (value is RetellObject known)
        {
            known.Shape.Write(writer, known, serializer);
        }
        else
        {
            serializer.Serialize(writer, value);
        }
    }
}

/// <summary>Implemented by the contract resolver of the facade, where the discriminators are declared.</summary>
internal interface IUnionResolver
{
    T Read<T>(JsonReader reader, JsonSerializer serializer)
        where T : class;
}
