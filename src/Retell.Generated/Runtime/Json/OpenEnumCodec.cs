using System.Globalization;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>The codec of an open enumeration, of which any string is a value.</summary>
internal sealed class OpenEnumCodec<T>(Func<string, T> create, Func<T, string?> value) : ElementCodec<T>, ITextCodec<T>
    where T : struct
{
    public override bool TryRead(ref JsonInput input, out T result, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.String)
        {
            return Mismatch(ref input, out result, out raw);
        }

        result = create(input.GetString());
        raw = null;
        return true;
    }

    public override bool TryRead(JsonReader reader, out T result, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.String)
        {
            return Mismatch(reader, out result, out raw);
        }

        result = create(Convert.ToString(reader.Value, CultureInfo.InvariantCulture)!);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, T item) => writer.WriteValue(value(item));

    public override bool IsNoValue(T item) => value(item) is null;

    public T FromText(string text) => create(text);

    public string? ToText(T item) => value(item);
}

/// <summary>The codec of a type that is a JSON string.</summary>
internal interface ITextCodec<T>
{
    T FromText(string text);

    string? ToText(T item);
}
