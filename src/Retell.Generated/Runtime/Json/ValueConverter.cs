using System.Reflection;
using Newtonsoft.Json;

namespace Retell.Generated.Json;

/// <summary>
/// Reads and writes the generated value types (open enums, scalar unions, maps) where a Newtonsoft serializer meets them. One
/// that reads needs the settings of the SDK, see <see cref="RetellObjectConverter"/>.
/// </summary>
internal sealed class ValueConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => FindCodec(objectType) is not null;

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer)
    {
        Type type = Nullable.GetUnderlyingType(objectType) ?? objectType;
        return reader.TokenType == JsonToken.Null ? null : FindCodec(type)!.ReadBoxed(reader, serializer);
    }

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) =>
        FindCodec(value!.GetType())!.WriteBoxed(writer, value, serializer);

    private static JsonCodec? FindCodec(Type type) =>
        type.GetField("s_codec", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) as JsonCodec;
}
