using Newtonsoft.Json.Linq;

namespace Retell.Spec.Model;

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

    /// <summary>The components that are being expanded: none may be a part of itself.</summary>
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);

    public FoldedSchema Fold(Placed placed)
    {
        SchemaCheck.Run(placed, file);
        JObject schema = placed.Schema;
        List<Placed> parts = Parts(placed);
        if (parts.Count == 0)
        {
            return Leaf(placed);
        }

        List<Placed> structural = [.. parts.Where(part => !IsDocumentation(part.Schema))];
        if (structural is [var only] && ReferenceOf(only) is FoldedSchema folded)
        {
            foreach (Placed part in parts.Where(part => part != only))
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
                target.DeprecationNote = null;
                target.IsRetained = false;

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

    /// <summary>A part that is a component, with documentation of its own or without; null where it is more.</summary>
    private FoldedSchema? ReferenceOf(Placed part)
    {
        if (part.Schema["$ref"] is JToken reference && part.Schema.Count == 1)
        {
            return new FoldedSchema { Reference = ComponentName(reference, part.Place) };
        }

        return (part.Schema["$ref"] ?? part.Schema["allOf"]) is not null && Fold(part) is { Reference: not null } folded ? folded : null;
    }

    /// <summary>A component, folded, even if it is only another name for a second one.</summary>
    public FoldedSchema Expand(string component)
    {
        if (!_open.Add(component))
        {
            throw new SpecError(file, $"$.components.schemas.{component}", "This schema contains itself.", "Break the cycle.");
        }

        FoldedSchema folded = Fold(Component(component));
        if (folded.Reference is not null)
        {
            (string? description, string? wantedName, bool isNullable) = (folded.Description, folded.WantedName, folded.IsNullable);
            folded = Expand(folded.Reference);

            // What describes the component it stands for does not describe this one.
            (folded.Description, folded.WantedName) = (description, wantedName);
            folded.IsNullable |= isNullable;
        }

        folded.Example = null;
        _open.Remove(component);
        return folded;
    }

    public Placed Component(string name) => document["components"]?["schemas"]?[name] is JObject schema
        ? new Placed(schema, ComponentPrefix + name)
        : throw new SpecError(file, ComponentPrefix + name, "A mapping is expected here.", "Correct it in the overlay.");

    /// <summary>A name as a step of a JSON pointer.</summary>
    public static string Step(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The name that the last step of a JSON pointer stands for.</summary>
    public static string LastStep(string pointer) =>
        pointer[(pointer.LastIndexOf('/') + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    public string ComponentName(JToken reference, string place)
    {
        string target = (string?)reference ?? string.Empty;
        if (!target.StartsWith(ComponentPrefix, StringComparison.Ordinal) || document["components"]?["schemas"]?[target[ComponentPrefix.Length..]] is not JObject)
        {
            throw target.StartsWith('#')
                ? new SpecError(file, place, $"The $ref \"{target}\" does not resolve.", "Correct it in the overlay, or add the schema it names.")
                : new SpecError(file, place, $"The $ref \"{target}\" points outside the document.", "Bundle the document into one file, or correct it in the overlay.");
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
        || (member.Name == "type" && (schema.Count == 1 || (string?)member.Value == "object"))
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
            Discriminator = schema["discriminator"] as JObject,
        };
        AddDocumentation(leaf, schema);
        foreach (JProperty member in schema.Properties().Where(member => s_constraints.Contains(member.Name)))
        {
            leaf.Constraints[member.Name] = member.Value.DeepClone();
        }

        if (leaf.Format is not (null or "binary" or "int32" or "int64" or "float" or "double"))
        {
            leaf.Constraints["format"] = leaf.Format;
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JArray variants)
        {
            leaf.Variants =
                [.. variants.OfType<JObject>().Select((variant, index) => new Placed(variant, $"{place}/oneOf/{Step(VariantKey(document, variant, variants, index))}"))];
        }

        if (schema["properties"] is JObject properties)
        {
            foreach (JProperty property in properties.Properties())
            {
                leaf.Properties.Add(new(property.Name, new Placed(
                    property.Value as JObject ?? throw new SpecError(file, $"{place}/properties/{Step(property.Name)}", "A property needs a schema.", "Correct it in the overlay."),
                    $"{place}/properties/{Step(property.Name)}")));
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
    internal static string VariantKey(JObject document, JObject variant, JArray all, int index)
    {
        if (variant["allOf"] is JArray parts && parts.Select(p => (string?)p["$ref"]).FirstOrDefault(r => r is not null) is string narrowed)
        {
            return LastStep(narrowed);
        }

        if (variant["properties"] is not JObject properties)
        {
            return variant["type"]?.ToString() ?? index.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        string[] names = [.. Names(properties)];
        if (names.Select(name => OwnTags([name])).FirstOrDefault(tags => tags is { Count: <= 2 }) is JArray few)
        {
            return string.Join("-or-", few.Select(tag => tag.ToString()).Order(StringComparer.Ordinal));
        }

        if (names.FirstOrDefault(name => all.Count(other => other["properties"]?[name] is not null) == 1) is string own)
        {
            return "with-" + own;
        }

        // Many tags, or tags that lie one object deeper: the first one stands for all.
        IEnumerable<string[]> deeper = names.SelectMany(name => Names(properties[name]?["properties"] as JObject ?? []).Select(inner => new[] { name, inner }));
        JArray? many = names.Select(name => new[] { name }).Concat(deeper).Select(OwnTags).FirstOrDefault(tags => tags is not null);
        return many is not null ? many[0].ToString() : index.ToString(System.Globalization.CultureInfo.InvariantCulture);

        static IEnumerable<string> Names(JObject properties) =>
            properties.Properties().Select(property => property.Name).OrderBy(name => name != "type").ThenBy(name => name, StringComparer.Ordinal);

        // Values that stand in a component are those of the variant all the same.
        JToken? Target(JToken? schema) =>
            (string?)(schema as JObject)?["$ref"] is string reference && reference.StartsWith(ComponentPrefix, StringComparison.Ordinal)
                ? document["components"]?["schemas"]?[reference[ComponentPrefix.Length..]]
                : schema;

        JArray? Values(JToken schema, string[] path) => path.Aggregate((JToken?)schema, (at, name) => Target((at?["properties"] as JObject)?[name]) as JObject)?["enum"] as JArray;

        // The values there, when no other variant has one of them.
        JArray? OwnTags(string[] path) => Values(variant, path) is { Count: > 0 } tags
            && all.Where(other => other != variant).All(other => Values(other, path)?.Intersect(tags, JToken.EqualityComparer).Any() != true)
                ? tags
                : null;
    }

    private static void AddDocumentation(FoldedSchema folded, JObject schema)
    {
        folded.Description = (string?)schema["description"] ?? folded.Description;
        folded.Example = schema["example"] ?? folded.Example;
        folded.Default = schema["default"] ?? folded.Default;
        folded.WantedName = (string?)schema["x-csharp-name"] ?? folded.WantedName;
        folded.IsNullable |= schema["nullable"] is JValue { Value: true };
        folded.IsDeprecated |= schema["deprecated"] is JValue { Value: true };
        folded.DeprecationNote = (string?)schema["x-deprecation-note"] ?? folded.DeprecationNote;
        folded.IsRetained |= schema[Documents.RetainedFile.Mark] is not null;
    }

    private void Join(FoldedSchema result, FoldedSchema next)
    {
        // An object that fixes the tag of a union picks the variant that has it.
        if (result.Variants is not null && next.Properties.Count > 0 && Pick(result.Variants, next) is Placed picked)
        {
            result.Variants = null;
            Join(result, Resolve(picked));
        }

        result.Type = (result.Type, next.Type) is ("number", "integer") ? next.Type : result.Type ?? next.Type;
        result.Format ??= next.Format;
        result.IsNullable |= next.IsNullable;
        result.IsClosed |= next.IsClosed;
        result.IsDeprecated |= next.IsDeprecated;
        result.DeprecationNote = next.DeprecationNote ?? result.DeprecationNote;
        result.IsRetained |= next.IsRetained;
        result.Description = next.Description ?? result.Description;
        result.Example = next.Example ?? result.Example;
        result.Default = next.Default ?? result.Default;
        result.WantedName = next.WantedName ?? result.WantedName;
        result.Variants = next.Variants ?? result.Variants;
        result.Discriminator = next.Discriminator ?? result.Discriminator;
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

        Limit(result.Constraints, next.Constraints);
    }

    /// <summary>Both limits hold: the tighter one is left.</summary>
    private static void Limit(JObject limits, JObject more)
    {
        bool IsLooser(string name) => (limits[name], more[name]) is (JValue own, JValue other)
            && ((name.StartsWith("min", StringComparison.Ordinal) && (double)own > (double)other)
                    || (name.StartsWith("max", StringComparison.Ordinal) && (double)own < (double)other));

        foreach (JProperty limit in more.Properties().Where(limit => !IsLooser(limit.Name.Replace("exclusiveM", "m", StringComparison.Ordinal))).ToList())
        {
            limits[limit.Name] = limit.Name == "not" && limits["not"] is JToken not
                ? new JObject { ["anyOf"] = new JArray(not.DeepClone(), limit.Value.DeepClone()) }
                : limit.Value.DeepClone();
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
        List<Placed> all = [.. variants.SelectMany(Alternatives)];
        List<Placed> fitting = [.. all.Where(variant => Fits(Resolve(variant), narrower))];
        return fitting.Count == 1 && all.Count > 1 ? fitting[0] : null;
    }

    /// <summary>A variant that is a union itself stands for its own variants.</summary>
    private IEnumerable<Placed> Alternatives(Placed variant) => Resolve(variant).Variants is { } inner ? inner.SelectMany(Alternatives) : [variant];

    /// <summary>A schema folded; for a reference what it refers to.</summary>
    public FoldedSchema Resolve(Placed placed)
    {
        FoldedSchema folded = Fold(placed);
        return folded.Reference is null ? folded : Expand(folded.Reference);
    }

    private static bool Fits(FoldedSchema folded, FoldedSchema narrower)
    {
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
