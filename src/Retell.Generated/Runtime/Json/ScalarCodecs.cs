using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

internal sealed class StringCodec : JsonCodec<string>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out string value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.String || reader.Value is not string text)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = text;
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, string value, JsonSerializer serializer) => writer.WriteValue(value);
}

internal sealed class BooleanCodec : JsonCodec<bool>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out bool value, out JToken? raw)
    {
        if (reader.Value is not bool flag)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = flag;
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, bool value, JsonSerializer serializer) => writer.WriteValue(value);
}

/// <summary>A whole number. <c>5.0</c> is read as 5; a fraction is kept as it came.</summary>
internal sealed class Int64Codec : JsonCodec<long>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out long value, out JToken? raw)
    {
        raw = null;
        switch (reader.Value)
        {
            case long whole:
                value = whole;
                return true;
            case int whole:
                value = whole;
                return true;
            case double real when Math.Floor(real) == real && Math.Abs(real) < NumberCodec.ExactInteger:
                value = (long)real;
                return true;
            case decimal real when decimal.Truncate(real) == real && real is >= long.MinValue and <= long.MaxValue:
                value = (long)real;
                return true;
            default:
                return Mismatch(reader, out value, out raw);
        }
    }

    public override void Write(JsonWriter writer, long value, JsonSerializer serializer) => writer.WriteValue(value);
}

/// <summary>A real number. Whole ones are written without a fraction, as they came.</summary>
internal sealed class NumberCodec : JsonCodec<double>
{
    /// <summary>Beyond 2^53 a double no longer holds every whole number.</summary>
    internal const double ExactInteger = 9007199254740992d;

    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out double value, out JToken? raw)
    {
        raw = null;
        switch (reader.Value)
        {
            case double real when reader.TokenType == JsonToken.Float:
                value = real;
                return true;
            case long whole when whole is >= -(1L << 53) and <= 1L << 53:
                value = whole;
                return true;
            case decimal real when (decimal)(double)real == real:
                value = (double)real;
                return true;
            default:
                return Mismatch(reader, out value, out raw);
        }
    }

    public override void Write(JsonWriter writer, double value, JsonSerializer serializer) => WriteNumber(writer, value);

    internal static void WriteNumber(JsonWriter writer, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            throw new JsonSerializationException($"{value} is not a number that JSON can hold. Path '{writer.Path}'.");
        }

        if (Math.Floor(value) == value && Math.Abs(value) < ExactInteger)
        {
            writer.WriteValue((long)value);
        }
        else
        {
            writer.WriteValue(value);
        }
    }
}

/// <summary>Free-form JSON.</summary>
internal sealed class TokenCodec : JsonCodec<JToken>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out JToken value, out JToken? raw)
    {
        value = JToken.Load(reader);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, JToken value, JsonSerializer serializer) => value.WriteTo(writer);
}

/// <summary>A free-form JSON object.</summary>
internal sealed class JObjectCodec : JsonCodec<JObject>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out JObject value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = JObject.Load(reader);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, JObject value, JsonSerializer serializer) => value.WriteTo(writer);
}

/// <summary>A file has no JSON form: it travels as a part of a multipart request.</summary>
internal sealed class FileCodec : JsonCodec<RetellFile>
{
    public override bool TryRead(JsonReader reader, JsonSerializer serializer, out RetellFile value, out JToken? raw) =>
        Mismatch(reader, out value, out raw);

    public override void Write(JsonWriter writer, RetellFile value, JsonSerializer serializer) =>
        throw new JsonSerializationException($"A file cannot be written as JSON; it is sent as multipart/form-data. Path '{writer.Path}'.");
}
