using Newtonsoft.Json;
using Retell.Models;

namespace Retell.Generated.Json;

/// <summary>
/// Reads and writes a class of the API in a Newtonsoft serializer. Any serializer can write. To read, it needs the settings of the SDK
/// (<c>RetellJson.Settings</c>): others read strings in AdditionalProperties that look like dates as dates, and limit the depth to 64 levels.
/// </summary>
internal sealed class RetellObjectConverter : JsonConverter
{
    public override bool CanConvert(Type objectType) => typeof(RetellObject).IsAssignableFrom(objectType);

    public override object? ReadJson(JsonReader reader, Type objectType, object? existingValue, JsonSerializer serializer) => reader.TokenType switch
    {
        JsonToken.Null => null,
        JsonToken.StartObject => Codecs.Find(objectType)?.ReadBoxed(reader) ?? throw JsonMismatch.At(reader, $"{objectType.Name} is not a class of the API."),
        _ => throw JsonMismatch.At(reader, $"A JSON object was expected for {objectType.Name}, but {reader.TokenType} was found."),
    };

    public override void WriteJson(JsonWriter writer, object? value, JsonSerializer serializer)
    {
        var source = (RetellObject)value!;
        source.Shape.Write(writer, source);
    }
}
