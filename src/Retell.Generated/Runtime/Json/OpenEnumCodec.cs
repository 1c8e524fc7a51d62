using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>An open enumeration: any string is a value.</summary>
internal sealed class OpenEnumCodec<T>(Func<string, T> create, Func<T, string?> value) : JsonCodec<T>
    where T : struct
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out T result, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.String)
        {
            return Mismatch(reader, out result, out raw);
        }

        result = create(Convert.ToString(reader.Value, CultureInfo.InvariantCulture)!);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, T item, JsonSerializer serializer) => writer.WriteValue(value(item));

    public override bool IsNoValue(T item) => value(item) is null;
}
