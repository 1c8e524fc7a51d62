using Newtonsoft.Json.Linq;

namespace Retell.SpecTool.Model;

/// <summary>Folds allOf and the siblings of $ref, which OpenAPI 3.0 tools ignore, into one plain schema.</summary>
internal sealed class SchemaFolder(JObject document, string file)
{
    private const string ComponentPrefix = "#/components/schemas/";

    private static readonly HashSet<string> s_documentation =
        ["description", "example", "title", "deprecated", "nullable", "default", "readOnly", "writeOnly", "externalDocs"];

    private static readonly HashSet<string> s_constraints =
    [
        "minLength", "maxLength", "pattern", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "readOnly", "writeOnly", "not",
    ];

    public FoldedSchema Fold(Placed placed)
    {
        JObject schema = placed.Schema;
        List<Placed> parts = Parts(placed);
        if (parts.Count == 0)
        {
            return Leaf(placed);
        }

        List<Placed> structural = [.. parts.Where(part => !IsDocumentation(part.Schema))];
        if (structural is [var only] && only.Schema["$ref"] is JToken reference && only.Schema.Count == 1)
        {
            var folded = new FoldedSchema { Reference = ComponentName(reference, only.Place) };
            foreach (Placed part in parts)
            {
                AddDocumentation(folded, part.Schema);
            }

            return folded;
        }

        var result = new FoldedSchema();
        foreach (Placed part in parts)
        {
            FoldedSchema next = Fold(part);
            if (next.Reference is not null)
            {
                FoldedSchema target = Expand(next.Reference);

                // What is said of a part does not describe the whole.
                target.Description = null;
                target.WantedName = null;
                target.IsDeprecated = false;

                // A union stays one: its variants gain what the other parts add.
                if (target.Variants is not null)
                {
                    target = new FoldedSchema { Variants = [new Placed(new JObject { ["$ref"] = ComponentPrefix + next.Reference }, part.Place)] };
                }

                Join(result, target);
                result.Narrows ??= next.Reference;
                AddDocumentation(result, part.Schema);
            }
            else
            {
                Join(result, next);
            }
        }

        AddDocumentation(result, schema);
        return result;
    }

    /// <summary>A component, folded, even if it is only another name for a second one.</summary>
    public FoldedSchema Expand(string component)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        FoldedSchema folded;
        string name = component;
        do
        {
            if (!seen.Add(name))
            {
                throw new SpecError(file, $"$.components.schemas.{component}", "This schema refers to itself and to nothing else.", "Break the circle.");
            }

            folded = Fold(Component(name));
            if (folded.Reference is not null)
            {
                name = folded.Reference;
            }
        }
        while (folded.Reference is not null);

        // What describes the component it stands for does not describe this one.
        folded.Description = name == component ? folded.Description : null;
        folded.WantedName = name == component ? folded.WantedName : null;
        folded.Example = null;
        return folded;
    }

    public Placed Component(string name) => document["components"]?["schemas"]?[name] is JObject schema
        ? new Placed(schema, ComponentPrefix + name)
        : throw new SpecError(file, $"$.components.schemas.{name}", "A schema of this name is referred to, but not defined.", "Correct the $ref, or add the schema in the overlay.");

    public string ComponentName(JToken reference, string place)
    {
        string target = (string?)reference ?? string.Empty;
        if (!target.StartsWith(ComponentPrefix, StringComparison.Ordinal) || document["components"]?["schemas"]?[target[ComponentPrefix.Length..]] is not JObject)
        {
            throw new SpecError(file, place, $"The $ref \"{target}\" leads nowhere.", "Correct it in the overlay, or add the schema it names.");
        }

        return target[ComponentPrefix.Length..];
    }

    private static List<Placed> Parts(Placed placed)
    {
        JObject schema = placed.Schema;
        if (schema["allOf"] is not JArray all)
        {
            if (schema["$ref"] is not JToken reference)
            {
                return [];
            }

            var siblings = (JObject)schema.DeepClone();
            siblings.Remove("$ref");
            RemoveMisplaced(siblings);
            var only = new Placed(new JObject { ["$ref"] = reference.DeepClone() }, placed.Place);
            return siblings.Count == 0 ? [only] : [only, placed with { Schema = siblings }];
        }

        List<Placed> parts = [.. all.OfType<JObject>().Select(part => placed with { Schema = part })];
        var rest = (JObject)schema.DeepClone();
        rest.Remove("allOf");
        return rest.Count == 0 ? parts : [.. parts, placed with { Schema = rest }];
    }

    /// <summary>Beside a $ref, <c>type</c> repeats the target and <c>required: true</c> belongs to a parameter.</summary>
    private static void RemoveMisplaced(JObject siblings)
    {
        siblings.Remove("type");
        if (siblings["required"] is not (null or JArray))
        {
            siblings.Remove("required");
        }
    }

    private static bool IsDocumentation(JObject schema) => schema.Properties().All(member =>
        s_documentation.Contains(member.Name)
        || member.Name.StartsWith("x-", StringComparison.Ordinal)
        || (member.Name == "type" && schema.Count == 1)
        || (member.Name == "required" && member.Value is JArray { Count: 0 }));

    private FoldedSchema Leaf(Placed placed)
    {
        (JObject schema, string place) = placed;
        var leaf = new FoldedSchema
        {
            Type = (string?)schema["type"],
            Format = (string?)schema["format"],
            IsClosed = schema["additionalProperties"] is JValue { Value: false },
            Enum = schema["enum"] is JArray values ? [.. values] : null,
        };
        AddDocumentation(leaf, schema);
        foreach (JProperty member in schema.Properties().Where(member => s_constraints.Contains(member.Name)))
        {
            leaf.Constraints[member.Name] = member.Value.DeepClone();
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JArray variants)
        {
            leaf.Variants = [.. variants.OfType<JObject>().Select((variant, index) => new Placed(variant, $"{place}/oneOf/{VariantKey(variant, variants, index)}"))];
        }

        if (schema["properties"] is JObject properties)
        {
            foreach (JProperty property in properties.Properties())
            {
                leaf.Properties.Add(new(property.Name, new Placed(
                    property.Value as JObject ?? throw new SpecError(file, $"{place}/properties/{property.Name}", "A property needs a schema.", "Write a mapping."),
                    $"{place}/properties/{property.Name}")));
            }
        }

        if (schema["required"] is JArray required)
        {
            leaf.Required.AddRange(required.Values<string>()!);
        }

        leaf.Items = schema["items"] is JObject items ? new Placed(items, place + "/items") : null;
        leaf.AdditionalProperties = schema["additionalProperties"] is JObject { Count: > 0 } additional ? new Placed(additional, place + "/additionalProperties") : null;
        return leaf;
    }

    /// <summary>A variant is known by its tag rather than by its position, which a new variant would shift.</summary>
    private static string VariantKey(JObject variant, JArray all, int index)
    {
        if (variant["allOf"] is JArray parts && parts.Select(p => (string?)p["$ref"]).FirstOrDefault(r => r is not null) is string narrowed)
        {
            return narrowed[(narrowed.LastIndexOf('/') + 1)..];
        }

        if (variant["properties"] is not JObject properties)
        {
            return variant["type"]?.ToString() ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        foreach (JProperty property in properties.Properties())
        {
            if (property.Value["enum"] is JArray { Count: <= 2 } tags
                && all.Count(other => JToken.DeepEquals(other["properties"]?[property.Name]?["enum"], tags)) == 1)
            {
                return string.Join("-or-", tags);
            }
        }

        string? own = properties.Properties().FirstOrDefault(p => all.Count(other => other["properties"]?[p.Name] is not null) == 1)?.Name;
        return own is not null ? "with-" + own : index.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static void AddDocumentation(FoldedSchema folded, JObject schema)
    {
        folded.Description = (string?)schema["description"] ?? folded.Description;
        folded.Example = schema["example"] ?? folded.Example;
        folded.Default = schema["default"] ?? folded.Default;
        folded.WantedName = (string?)schema["x-csharp-name"] ?? folded.WantedName;
        folded.IsNullable |= schema["nullable"] is JValue { Value: true };
        folded.IsDeprecated |= schema["deprecated"] is JValue { Value: true };
    }

    private void Join(FoldedSchema result, FoldedSchema next)
    {
        // An object that fixes the tag of a union picks the variant that has it.
        if (result.Variants is not null && next.Properties.Count > 0 && Pick(result.Variants, next) is Placed picked)
        {
            result.Variants = null;
            FoldedSchema variant = Fold(picked);
            Join(result, variant.Reference is null ? variant : Expand(variant.Reference));
        }

        result.Type ??= next.Type;
        result.Format ??= next.Format;
        result.IsNullable |= next.IsNullable;
        result.IsClosed |= next.IsClosed;
        result.IsDeprecated |= next.IsDeprecated;
        result.Description = next.Description ?? result.Description;
        result.Example = next.Example ?? result.Example;
        result.Default = next.Default ?? result.Default;
        result.WantedName = next.WantedName ?? result.WantedName;
        result.Variants = next.Variants ?? result.Variants;
        result.Enum = Narrow(result.Enum, next.Enum);
        result.Items = (result.Items, next.Items) is (Placed items, Placed narrower) ? Narrow(items, narrower) : next.Items ?? result.Items;
        result.AdditionalProperties = next.AdditionalProperties ?? result.AdditionalProperties;
        result.Required.AddRange(next.Required.Except(result.Required).ToList());
        foreach (KeyValuePair<string, Placed> property in next.Properties)
        {
            int index = result.Properties.FindIndex(p => p.Key == property.Key);
            if (index < 0)
            {
                result.Properties.Add(property);
            }
            else
            {
                result.Properties[index] = new(property.Key, Narrow(result.Properties[index].Value, property.Value));
            }
        }

        foreach (JProperty constraint in next.Constraints.Properties())
        {
            result.Constraints[constraint.Name] = constraint.Value.DeepClone();
        }
    }

    private static List<JToken>? Narrow(List<JToken>? values, List<JToken>? narrower)
    {
        if (values is null || narrower is null)
        {
            return narrower ?? values;
        }

        List<JToken> both = [.. values.Where(value => narrower.Any(other => JToken.DeepEquals(value, other)))];
        return both.Count > 0 ? both : narrower;
    }

    private static Placed Narrow(Placed value, Placed narrower)
    {
        if (IsDocumentation(narrower.Schema))
        {
            var documented = (JObject)value.Schema.DeepClone();
            documented.Merge(narrower.Schema.DeepClone());
            return value with { Schema = documented };
        }

        if (JToken.DeepEquals(WithoutDocumentation(value.Schema), WithoutDocumentation(narrower.Schema)))
        {
            return value;
        }

        if (narrower.Schema["$ref"] is not null && value.Schema["$ref"] is null && value.Schema["enum"] is null && value.Schema["properties"] is null)
        {
            return narrower;
        }

        return new Placed(new JObject { ["allOf"] = new JArray(value.Schema.DeepClone(), narrower.Schema.DeepClone()) }, narrower.Place);
    }

    private static JObject WithoutDocumentation(JObject schema)
    {
        var bare = (JObject)schema.DeepClone();
        bare.Remove("description");
        bare.Remove("example");
        bare.Remove("title");
        return bare;
    }

    private Placed? Pick(List<Placed> variants, FoldedSchema narrower)
    {
        List<Placed> fitting = [.. variants.Where(variant => Fits(variant, narrower))];
        return fitting.Count == 1 && variants.Count > 1 ? fitting[0] : null;
    }

    private bool Fits(Placed variant, FoldedSchema narrower)
    {
        FoldedSchema folded = Fold(variant);
        folded = folded.Reference is null ? folded : Expand(folded.Reference);
        bool tagged = false;
        foreach (KeyValuePair<string, Placed> property in narrower.Properties)
        {
            if (property.Value.Schema["enum"] is JArray wanted
                && folded.Properties.FirstOrDefault(p => p.Key == property.Key).Value.Schema?["enum"] is JArray has)
            {
                tagged = true;
                if (!wanted.Any(value => has.Any(other => JToken.DeepEquals(value, other))))
                {
                    return false;
                }
            }
        }

        return tagged;
    }
}
