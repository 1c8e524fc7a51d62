using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

internal static class JsonMismatch
{
    public static JsonSerializationException Expected(Type type, JToken found, JsonReader reader) =>
        At(reader, $"JSON of type {found.Type} cannot be read as {type.Name}.");

    public static JsonSerializationException At(JsonReader reader, string message)
    {
        var line = reader as IJsonLineInfo;
        string where = line?.HasLineInfo() == true ? $" Path '{reader.Path}', line {line.LineNumber}, position {line.LinePosition}." : $" Path '{reader.Path}'.";
        return new JsonSerializationException(message + where, reader.Path, line?.LineNumber ?? 0, line?.LinePosition ?? 0, null);
    }

    public static JsonSerializationException End(JsonReader reader) => At(reader, "The JSON ends in the middle of a value.");

    /// <summary>Moves to the next token, or throws with the place where the JSON ends.</summary>
    public static void ReadOrThrow(this JsonReader reader)
    {
        if (!reader.Read())
        {
            throw End(reader);
        }
    }

    /// <summary>Moves to the next token that is not a comment.</summary>
    public static void ReadValueOrThrow(this JsonReader reader)
    {
        do
        {
            reader.ReadOrThrow();
        }
        while (reader.TokenType == JsonToken.Comment);
    }
}
