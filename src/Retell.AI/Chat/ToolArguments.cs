using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Retell.AI.Chat;

/// <summary>The arguments and results of tools as JSON.</summary>
internal static class ToolArguments
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement ToJson(FunctionCallContent call) => JsonSerializer.SerializeToElement(
        call.Arguments ?? new Dictionary<string, object?>(), AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(IDictionary<string, object?>)));

    /// <summary>Returns JSON text, which is the same for the same members in another order if it is canonical.</summary>
    public static string ToText(JsonElement json, bool isCanonical = false)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            Write(writer, json, isCanonical);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Returns the result of a tool as the text of the transcript.</summary>
    public static string ToText(object? result) => result switch
    {
        null => "",
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => json.GetString()!,
        JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => "",
        JsonElement json => ToText(json),
        TextContent content => content.Text,
        _ when AIJsonUtilities.DefaultOptions.TryGetTypeInfo(result.GetType(), out JsonTypeInfo? type) => ToText(JsonSerializer.SerializeToElement(result, type)),
        _ => result.ToString() ?? "",
    };

    private static void Write(Utf8JsonWriter writer, JsonElement json, bool isCanonical)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                IEnumerable<JsonProperty> properties = json.EnumerateObject();
                foreach (JsonProperty property in isCanonical ? properties.OrderBy(property => property.Name, StringComparer.Ordinal) : properties)
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, isCanonical);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in json.EnumerateArray())
                {
                    Write(writer, item, isCanonical);
                }

                writer.WriteEndArray();
                break;
            default:
                json.WriteTo(writer);
                break;
        }
    }
}
