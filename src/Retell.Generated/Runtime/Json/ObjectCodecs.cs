using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>The codec of a class of the API.</summary>
internal sealed class ObjectCodec<T>(Func<T> create) : ElementCodec<T>
    where T : RetellObject
{
    public override bool TryRead(ref JsonInput input, out T value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.StartObject)
        {
            return Mismatch(ref input, out value, out raw);
        }

        value = create();
        value.Shape.Read(value, ref input);
        raw = null;
        return true;
    }

    public override bool TryRead(JsonReader reader, out T value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = create();
        value.Shape.Read(value, reader);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, T value) => value.Shape.Write(writer, value);
}
