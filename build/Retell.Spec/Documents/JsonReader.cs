using System.Text;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>Reads JSON into the tree that <see cref="YamlReader"/> makes of the same content.</summary>
internal static class JsonReader
{
    private static readonly JsonReaderOptions s_options = new() { MaxDepth = YamlFile.MaxDepth };

    /// <summary>Returns the content of a text, or null if the text is not JSON.</summary>
    public static JToken? Read(string text, string file)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, s_options);
        try
        {
            reader.Read();
            JToken root = Value(ref reader, bytes, file);
            return reader.Read() ? null : root;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // An escape of half a character is an InvalidOperationException.
            return null;
        }
    }

    private static JToken Value(ref Utf8JsonReader reader, byte[] bytes, string file)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var members = new JObject();
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    string name = reader.GetString()!;
                    long start = reader.TokenStartIndex;
                    reader.Read();
                    JToken value = Value(ref reader, bytes, file);
                    if (!members.TryAdd(name, value))
                    {
                        (long line, long column) = Place(bytes, start);
                        throw YamlFile.Duplicate(file, line, column, name);
                    }
                }

                return members;
            case JsonTokenType.StartArray:
                var items = new JArray();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    items.Add(Value(ref reader, bytes, file));
                }

                return items;
            case JsonTokenType.String:
                return new JValue(reader.GetString());
            default:
                return YamlFile.Plain(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static (long Line, long Column) Place(byte[] bytes, long index)
    {
        ReadOnlySpan<byte> before = bytes.AsSpan(0, (int)index);
        return (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}
