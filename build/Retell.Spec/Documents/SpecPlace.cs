using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>Finds the schema, operation or parameter at a place: a JSON pointer that leaves out the indexes of allOf.</summary>
internal static class SpecPlace
{
    public static JObject? Find(JObject document, string place)
    {
        string[] steps = [.. place.TrimStart('#', '/').Split('/').Select(Unescape)];
        return steps switch
        {
            ["components", "schemas", string name, .. string[] rest] => Walk(document, document["components"]?["schemas"]?[name] as JObject, rest),
            ["components", "parameters", string name, "schema", .. string[] rest] => Walk(document, document["components"]?["parameters"]?[name]?["schema"] as JObject, rest),
            ["paths", string path, string method] => document["paths"]?[path]?[method] as JObject,
            ["paths", string path, string method, "requestBody", .. string[] rest] => Walk(document, Content(document["paths"]?[path]?[method]?["requestBody"]), rest),
            ["paths", string path, string method, "responses", string status, .. string[] rest] =>
                Walk(document, Content(document["paths"]?[path]?[method]?["responses"]?[status]), rest),
            ["paths", string path, string method, "parameters", string name, .. string[] rest] =>
                Walk(document, Parameter(document["paths"]?[path]?[method], name)?["schema"] as JObject, rest),
            _ => null,
        };
    }

    public static JObject? Parameter(JToken? operation, string name) =>
        (operation?["parameters"] as JArray)?.OfType<JObject>().FirstOrDefault(p => (string?)p["name"] == name);

    /// <summary>The place of an operation.</summary>
    public static string OfOperation(string path, string method) =>
        $"#/paths/{path.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}/{method}";

    /// <summary>The place of an operation by its key, such as <c>get /agents</c>.</summary>
    public static string OfOperation(string key) => OfOperation(key[(key.IndexOf(' ', StringComparison.Ordinal) + 1)..], key.Split(' ')[0]);

    private static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    private static JObject? Content(JToken? holder) => (holder?["content"] as JObject)?.Properties().FirstOrDefault()?.Value["schema"] as JObject;

    private static JObject? Walk(JObject document, JObject? schema, ReadOnlySpan<string> steps)
    {
        if (schema is null || steps.Length == 0)
        {
            return schema;
        }

        JObject? next = steps[0] switch
        {
            "properties" when steps.Length > 1 => schema["properties"]?[steps[1]] as JObject,
            "items" or "additionalProperties" => schema[steps[0]] as JObject,
            "oneOf" when steps.Length > 1 => Variant(document, schema, steps[1]),
            _ => null,
        };
        if (next is not null)
        {
            return Walk(document, next, steps[(steps[0] is "properties" or "oneOf" ? 2 : 1)..]);
        }

        foreach (JObject part in (schema["allOf"] as JArray ?? []).OfType<JObject>())
        {
            if (Walk(document, part, steps) is JObject found)
            {
                return found;
            }
        }

        return null;
    }

    private static JObject? Variant(JObject document, JObject schema, string key)
    {
        if ((schema["oneOf"] ?? schema["anyOf"]) is not JArray all)
        {
            return null;
        }

        return all.OfType<JObject>()
            .Select((variant, index) => (variant, Key: Model.SchemaFolder.VariantKey(document, variant, all, index)))
            .FirstOrDefault(v => v.Key == key).variant;
    }
}
