using Newtonsoft.Json;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>
/// Reads and writes a class of the API where a Newtonsoft serializer meets it. Any serializer writes it. One that reads needs
/// the settings of the SDK (<c>RetellJson.Settings</c>): with others, texts that look like dates are kept as dates in
/// AdditionalProperties, and documents may nest 64 levels at most.
/// </summary>
internal sealed class RetellObjectConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => typeof(RetellObject).IsAssignableFrom(objectType);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => reader.TokenType switch
    {
        JsonToken.Null => null,
        JsonToken.StartObject => Codecs.Find(objectType)?.ReadBoxed(reader) ?? throw JsonMismatch.At(reader, $"{objectType.Name} is no class of the API."),
        _ => throw JsonMismatch.At(reader, $"A JSON object was expected for {objectType.Name}, but {reader.TokenType} was found."),
    };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        var source = (RetellObject)value!;
        source.Shape.Write(writer, source);
    }
}
