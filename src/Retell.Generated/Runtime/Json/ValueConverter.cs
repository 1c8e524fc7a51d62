using Newtonsoft.Json;

namespace Retell.Generated.Json;

/// <summary>
/// Reads and writes the generated value types (open enumerations, scalar unions, maps) in a Newtonsoft serializer. To read, it needs the
/// settings of the SDK; see <see cref="RetellObjectConverter"/>.
/// </summary>
internal sealed class ValueConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => Codecs.Find(objectType) is not null;

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) =>
        reader.TokenType == JsonToken.Null ? null : Codecs.Find(objectType)!.ReadBoxed(reader);

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer) => Codecs.Find(value!.GetType())!.WriteBoxed(writer, value);
}
