using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using NJsonSchema;
using NJsonSchema.Validation;
using Retell.Tests.Support;

namespace Retell.Tests.Spec;

/// <summary>
/// The schemas of a document as plain JSON Schema, translated word for word, so that a validator that knows nothing of
/// the generator can judge its instances. Siblings of $ref count, and null is what nullable allows.
/// </summary>
internal sealed class PlainSchemas
{
    private readonly SpecDocument _spec;
    private readonly JsonSchema _root;
    private readonly ConditionalWeakTable<JObject, string> _texts = [];

    public PlainSchemas(SpecDocument spec)
    {
        _spec = spec;
        var definitions = new JObject(spec.AllSchemas.Select(schema => new JProperty(Key(schema.Name), Translate(schema.Schema))));
        _root = JsonSchema.FromJsonAsync(new JObject { ["definitions"] = definitions }.ToString()).GetAwaiter().GetResult();
    }

    public IReadOnlyList<string> Errors(SpecSchema schema, JToken instance) =>
        [.. Flat(_root.Definitions[Key(schema.Name)].Validate(instance)).Select(error => $"{error.Path}: {error.Kind}")];

    /// <summary>Returns a fingerprint of a schema with all that it refers to.</summary>
    public string FingerprintOf(SpecSchema schema)
    {
        List<JObject> all = [schema.Schema];
        HashSet<string> seen = [];
        for (int i = 0; i < all.Count; i++)
        {
            all.AddRange(all[i].DescendantsAndSelf().OfType<JObject>().Where(node => node["$ref"] is not null && seen.Add((string)node["$ref"]!)).Select(_spec.Resolve).ToList());
        }

        string text = string.Join('\n', all.Select(part => _texts.GetValue(part, key => key.ToString(Newtonsoft.Json.Formatting.None))).Concat(seen));
        return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string Key(string name) => name.Replace(' ', '_');

    private static IEnumerable<ValidationError> Flat(IEnumerable<ValidationError> errors) => errors.SelectMany(error => error switch
    {
        ChildSchemaValidationError child => child.Errors.Values.SelectMany(Flat).Prepend(error),
        MultiTypeValidationError types => types.Errors.Values.SelectMany(Flat).Prepend(error),
        _ => [error],
    });

    private JObject Translate(JObject schema)
    {
        if ((bool?)schema["nullable"] == true)
        {
            var rest = new JObject(schema.Properties().Where(keyword => keyword.Name != "nullable"));
            return Any(new JObject { ["type"] = "null" }, Translate(rest, schema));
        }

        return Translate(schema, schema);
    }

    private JObject Translate(JObject schema, JObject original)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            var target = new JObject { ["$ref"] = "#/definitions/" + SpecDocument.NameOf(schema) };
            var siblings = new JObject(schema.Properties().Where(keyword => keyword.Name != "$ref"));
            return siblings["type"] is null && siblings["required"] is null ? target : new JObject { ["allOf"] = new JArray(target, Translate(siblings, original)) };
        }

        var plain = new JObject();
        foreach (JProperty keyword in schema.Properties())
        {
            switch (keyword.Name)
            {
                case "properties":
                    plain["properties"] = new JObject(((JObject)keyword.Value).Properties().Select(property => new JProperty(property.Name, Translate((JObject)property.Value))));
                    break;
                case "items" or "not" or "additionalProperties" when keyword.Value is JObject child:
                    plain[keyword.Name] = Translate(child);
                    break;
                case "allOf" or "anyOf":
                    plain[keyword.Name] = All(keyword.Value);
                    break;
                case "oneOf":
                    // Where nothing but the members present tells the variants apart, an instance may fit several.
                    plain[IsTold(original) ? "oneOf" : "anyOf"] = All(keyword.Value);
                    break;
                case "type" or "enum" or "required" or "additionalProperties" or "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum"
                    or "minLength" or "maxLength" or "pattern" or "minItems" or "maxItems" or "uniqueItems" or "minProperties" or "maxProperties":
                    plain[keyword.Name] = keyword.Value.DeepClone();
                    break;
                case "description" or "title" or "example" or "default" or "deprecated" or "readOnly" or "format" or "x-mintlify-name":
                    break;
                default:
                    throw new NotSupportedException($"{_spec.Name}: the keyword {keyword.Name} is new; teach it to the tests.");
            }
        }

        return plain;
    }

    private bool IsTold(JObject place) => SchemaView.Of(_spec, place).Union is not { Tag: null };

    private JArray All(JToken schemas) => [.. schemas.Children<JObject>().Select(Translate)];

    private static JObject Any(params JObject[] schemas) => new() { ["anyOf"] = new JArray(schemas) };
}
