using System.Numerics;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Generated.Json;

internal sealed class StringCodec : ElementCodec<string>
{
    public override bool TryRead(ref JsonInput input, out string value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.String)
        {
            return Mismatch(ref input, out value, out raw);
        }

        value = input.GetString();
        raw = null;
        return true;
    }

    public override bool TryRead(JsonReader reader, out string value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.String || reader.Value is not string text)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = text;
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, string value) => writer.WriteValue(value);
}

internal sealed class BooleanCodec : ElementCodec<bool>
{
    public override bool TryRead(ref JsonInput input, out bool value, out JToken? raw)
    {
        value = input.TokenType == JsonTokenType.True;
        if (!value && input.TokenType != JsonTokenType.False)
        {
            return Mismatch(ref input, out value, out raw);
        }

        raw = null;
        return true;
    }

    public override bool TryRead(JsonReader reader, out bool value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.Boolean || reader.Value is not bool flag)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = flag;
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, bool value) => writer.WriteValue(value);
}

/// <summary>The codec of whole numbers. <c>5.0</c> is read as 5; a fraction is kept as JSON.</summary>
internal sealed class Int64Codec : ElementCodec<long>
{
    public override bool TryRead(ref JsonInput input, out long value, out JToken? raw)
    {
        raw = null;
        value = 0;
        return (input.TokenType == JsonTokenType.Number && JsonNumber.TryInt64(input.Value, out value)) || Mismatch(ref input, out value, out raw);
    }

    public override bool TryRead(JsonReader reader, out long value, out JToken? raw)
    {
        raw = null;
        switch (reader.TokenType is JsonToken.Integer or JsonToken.Float ? reader.Value : null)
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

    public override void Write(JsonWriter writer, long value) => writer.WriteValue(value);
}

/// <summary>The codec of real numbers. Whole ones are written without a fraction.</summary>
internal sealed class NumberCodec : ElementCodec<double>
{
    /// <summary>2^53, from which a double no longer represents every whole number.</summary>
    internal const double ExactInteger = 9007199254740992d;

    public override bool TryRead(ref JsonInput input, out double value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.Number)
        {
            return Mismatch(ref input, out value, out raw);
        }

        ReadOnlySpan<byte> literal = input.Value;
        value = JsonNumber.ToDouble(literal, out bool isExact);
        raw = isExact ? null : JsonNumber.ToToken(literal);
        return true;
    }

    public override bool TryRead(JsonReader reader, out double value, out JToken? raw)
    {
        raw = null;
        switch (reader.TokenType is JsonToken.Integer or JsonToken.Float ? reader.Value : null)
        {
            case double real:
                value = real;
                return true;
            case long whole:
                value = whole;
                raw = Math.Abs(value) < ExactInteger || JsonNumber.IsSame(value, whole) ? null : new JValue(whole);
                return true;
            case BigInteger whole:
                value = (double)whole;
                raw = JsonNumber.IsSame(value, whole) ? null : new JValue((object)whole);
                return true;
            case decimal real:
                value = (double)real;
                raw = JsonNumber.IsSame(value, real) ? null : new JValue(real);
                return true;
            default:
                return Mismatch(reader, out value, out raw);
        }
    }

    public override void Write(JsonWriter writer, double value) => WriteNumber(writer, value);

    internal static void WriteNumber(JsonWriter writer, double value)
    {
        if (double.IsNaN(value) || double.IsInfinity(value))
        {
            throw new JsonSerializationException($"{value} cannot be written as a JSON number. Path '{writer.Path}'.");
        }

        if (Math.Floor(value) == value && Math.Abs(value) < ExactInteger && !IsNegativeZero(value))
        {
            writer.WriteValue((long)value);
        }
        else
        {
            writer.WriteValue(value);
        }
    }

    private static bool IsNegativeZero(double value) => value == 0 && BitConverter.DoubleToInt64Bits(value) != 0;
}

/// <summary>The codec of free-form JSON.</summary>
internal sealed class TokenCodec : ElementCodec<JToken>
{
    public override bool TryRead(ref JsonInput input, out JToken value, out JToken? raw)
    {
        value = input.ReadToken();
        raw = null;
        return true;
    }

    public override bool TryRead(JsonReader reader, out JToken value, out JToken? raw)
    {
        value = JToken.Load(reader);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, JToken value) => value.WriteTo(writer);
}

/// <summary>The codec of free-form JSON objects.</summary>
internal sealed class JObjectCodec : ElementCodec<JObject>
{
    public override bool TryRead(ref JsonInput input, out JObject value, out JToken? raw)
    {
        if (input.TokenType != JsonTokenType.StartObject)
        {
            return Mismatch(ref input, out value, out raw);
        }

        value = input.ReadObject();
        raw = null;
        return true;
    }

    public override bool TryRead(JsonReader reader, out JObject value, out JToken? raw)
    {
        if (reader.TokenType != JsonToken.StartObject)
        {
            return Mismatch(reader, out value, out raw);
        }

        value = JObject.Load(reader);
        raw = null;
        return true;
    }

    public override void Write(JsonWriter writer, JObject value) => value.WriteTo(writer);
}

/// <summary>The codec of files, which have no JSON form and are sent as multipart/form-data.</summary>
internal sealed class FileCodec : JsonCodec<RetellFile>
{
    public override bool TryRead(ref JsonInput input, out RetellFile value, out JToken? raw) => Mismatch(ref input, out value, out raw);

    public override bool TryRead(JsonReader reader, out RetellFile value, out JToken? raw) => Mismatch(reader, out value, out raw);

    public override void Write(JsonWriter writer, RetellFile value) =>
        throw new JsonSerializationException($"A file cannot be written as JSON. Send it with an operation that accepts multipart/form-data. Path '{writer.Path}'.");
}
