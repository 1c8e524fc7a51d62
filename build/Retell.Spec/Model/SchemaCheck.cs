using Newtonsoft.Json.Linq;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

/// <summary>Refuses a schema whose keywords hold what they cannot hold: it would otherwise be read as if it did not say it.</summary>
internal static class SchemaCheck
{
    public static void Run(Placed placed, string file)
    {
        foreach (JProperty keyword in placed.Schema.Properties())
        {
            if (keyword.Value.Type != JTokenType.Null && Expected(keyword.Name, keyword.Value) is string expected)
            {
                throw new SpecError(file, $"{placed.Place}/{keyword.Name}", $"`{keyword.Name}` has to be {expected}.", "Correct it in the overlay.");
            }
        }
    }

    /// <summary>What a keyword has to be; null where it is.</summary>
    private static string? Expected(string keyword, JToken value) => keyword switch
    {
        "type" => value.Type == JTokenType.String && (string)value! is "string" or "integer" or "number" or "boolean" or "array" or "object" ? null : "a type of OpenAPI 3.0",
        "$ref" or "description" or "format" or "pattern" or "title" => value.Type == JTokenType.String ? null : "a text",
        "x-csharp-name" => value.Type == JTokenType.String && CSharpName.IsTypeName((string)value!) ? null : "a C# name that is not a keyword",
        "nullable" or "deprecated" or "readOnly" or "writeOnly" or "uniqueItems" => value.Type == JTokenType.Boolean ? null : "true or false",
        "properties" or "items" or "not" => value is JObject ? null : "a mapping",
        "additionalProperties" => value is JObject || value.Type == JTokenType.Boolean ? null : "a schema, true or false",
        "enum" => value is JArray { Count: > 0 } ? null : "a list of values",
        "allOf" or "oneOf" or "anyOf" => value is JArray { Count: > 0 } parts && parts.All(part => part is JObject) ? null : "a list of schemas",

        // A `required: true` is misplaced and harmless.
        "required" => value.Type == JTokenType.Boolean || (value is JArray names && names.All(name => name.Type == JTokenType.String)) ? null : "a list of names",
        _ => null,
    };
}
