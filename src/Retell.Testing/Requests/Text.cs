using System.Globalization;
using System.Text;
using System.Text.Json;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using JsonException = System.Text.Json.JsonException;

namespace Retell.Testing;

/// <summary>Values that are sent as text: JSON, and the plain text of a query or a form.</summary>
internal static class Text
{
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonDocumentOptions s_strict = new() { MaxDepth = RetellJson.MaxDepth, AllowDuplicateProperties = false };

    /// <summary>Reads JSON as strictly as the standard: no comments, no single quotes, no duplicate members.</summary>
    /// <exception cref="System.Text.Json.JsonException">The text is not valid JSON; the message says where.</exception>
    /// <exception cref="DecoderFallbackException">The bytes are not valid UTF-8; the message says where.</exception>
    public static JToken ParseJson(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8, s_strict);
        using var reader = new JsonTextReader(new StringReader(s_utf8.GetString(utf8.Span)))
        {
            DateParseHandling = DateParseHandling.None,
            MaxDepth = RetellJson.MaxDepth,
        };
        return JToken.ReadFrom(reader);
    }

    /// <summary>Reads the text of a query or a form as what the schema describes.</summary>
    /// <returns>Whether the text is such a value.</returns>
    public static bool Parse(SchemaValidator validator, JObject schema, string text, out JToken? value)
    {
        value = validator.JsonType(schema) switch
        {
            "string" => text,
            "boolean" => text is "true" or "false" ? text == "true" : null,
            "integer" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole) ? whole : null,
            "number" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) ? real : null,
            "array" => Json(text) as JArray,
            "object" => Json(text) as JObject,
            _ => Json(text) is JValue { Value: not null } scalar ? scalar : text,
        };
        return value is not null;
    }

    public static string Quote(string text) => JsonConvert.ToString(text.Length <= 80 ? text : text[..77] + "…");

    /// <summary>Reads a text as JSON; null for any other text.</summary>
    public static JToken? Json(string text)
    {
        try
        {
            return ParseJson(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
