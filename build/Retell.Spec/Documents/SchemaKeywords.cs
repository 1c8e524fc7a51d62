using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>Turns the keywords of a schema that OpenAPI 3.0 does not have into those that say the same there.</summary>
internal sealed class SchemaKeywords(JObject document)
{
    private const string Null = "null";

    private static readonly string[] s_documentation = ["description", "title", "example", "examples", "default", "deprecated", "externalDocs"];

    /// <summary>Keywords that change nothing of what C# says, or that 3.0 has no words for.</summary>
    private static readonly HashSet<string> s_dropped =
    [
        "$schema", "$id", "$comment", "$anchor", "$dynamicAnchor", "$vocabulary", "$defs", "definitions", "if", "then", "else", "dependentSchemas",
        "dependentRequired", "propertyNames", "contains", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties",
        "contentEncoding", "contentMediaType", "contentSchema", "patternProperties", "prefixItems",
    ];

    /// <summary>Turns a schema and all that stand in it, in place.</summary>
    public void Lower(JToken token)
    {
        if (token is JValue { Value: bool isAnything })
        {
            token.Replace(isAnything ? new JObject() : new JObject { ["not"] = new JObject() });
            return;
        }

        if (token is not JObject schema)
        {
            return;
        }

        while (LowerNullVariants(schema))
        {
        }

        if (schema["not"] is JToken not && (IsNull(not) || not is JValue { Value: false }))
        {
            // In 3.0 nothing is null that does not say so.
            schema.Remove("not");
        }

        LowerValues(schema);
        LowerTypes(schema);
        LowerNumbers(schema);
        LowerContent(schema);
        LowerItems(schema);
        LowerProperties(schema);
        foreach (JProperty keyword in schema.Properties().Where(keyword => s_dropped.Contains(keyword.Name)).ToList())
        {
            keyword.Remove();
        }

        foreach (JToken child in SchemaPlaces.Children(schema).ToList())
        {
            // Here 3.0 has true and false as well.
            if (child is not JValue || child != schema["additionalProperties"])
            {
                Lower(child);
            }
        }
    }

    /// <summary>Whether a schema has null as its only value.</summary>
    private bool IsNull(JToken token, int depth = 0)
    {
        if (token is not JObject schema)
        {
            return false;
        }

        if (schema["$ref"] is JValue { Value: string reference })
        {
            return depth < 8 && reference.StartsWith('#') && JsonPointer.Find(document, reference[1..]) is JObject target && IsNull(target, depth + 1);
        }

        bool isNullable = schema["nullable"] is JValue { Value: true };

        // Without a word for it, 3.0 says "nullable, and nothing of its own type".
        bool isNothingElse = isNullable && schema["not"] is JObject not && not.Properties().All(member => member.Name == "type" && JToken.DeepEquals(member.Value, schema["type"]));
        return isNothingElse
            || schema["type"] is JValue { Value: Null } or JArray { Count: 1 } and [JValue { Value: Null }]
            || schema["enum"] is JArray { Count: 1 } and [JValue { Type: JTokenType.Null }]
            || schema["const"] is JValue { Type: JTokenType.Null };
    }

    /// <summary>Takes null out of a list of variants; a single one that is left becomes the schema itself. Gives whether there was one.</summary>
    private bool LowerNullVariants(JObject schema)
    {
        foreach (string keyword in (string[])["anyOf", "oneOf"])
        {
            if (schema[keyword] is not JArray variants || !variants.Any(variant => IsNull(variant)))
            {
                continue;
            }

            List<JToken> others = [.. variants.Where(variant => !IsNull(variant))];
            if (others.Count == 1)
            {
                schema.Remove(keyword);
                others[0].Remove();
                Absorb(schema, others[0]);
            }
            else if (others.Count == 0)
            {
                schema.Remove(keyword);
            }
            else
            {
                schema[keyword] = new JArray(others);
            }

            schema["nullable"] = true;
            return true;
        }

        return false;
    }

    /// <summary>Makes the only variant a part of the schema: 3.0 has an inline schema in the same place, and a reference in allOf.</summary>
    private static void Absorb(JObject schema, JToken variant)
    {
        if (variant is not JObject only)
        {
            return;
        }

        bool isPart = only["$ref"] is not null || only.Properties().Any(member => IsContradicted(schema, member));
        if (isPart && schema["allOf"] is JArray parts)
        {
            parts.Add(only);
        }
        else if (isPart)
        {
            schema["allOf"] = new JArray(only);
        }
        else
        {
            foreach (JProperty member in only.Properties().ToList())
            {
                // What describes the whole comes before what describes the variant.
                if (schema[member.Name] is null || member.Name == "type")
                {
                    schema[member.Name] = member.Value;
                }
            }
        }
    }

    private static bool IsContradicted(JObject schema, JProperty member) =>
        schema[member.Name] is JToken own
        && !s_documentation.Contains(member.Name)
        && !member.Name.StartsWith("x-", StringComparison.Ordinal)
        && !JToken.DeepEquals(own, member.Value)
        && !(member.Name == "type" && own is JArray types && types.Any(type => JToken.DeepEquals(type, member.Value)));

    private static void LowerValues(JObject schema)
    {
        if (schema["const"] is JToken value)
        {
            schema.Remove("const");
            schema["enum"] = new JArray(value);
            if (schema["type"] is null && TypeOf(value) is string type and not Null)
            {
                schema["type"] = type;
            }
        }

        if (schema["examples"] is JArray examples)
        {
            schema.Remove("examples");
            if (examples.Count > 0)
            {
                schema["example"] ??= examples[0];
            }
        }
    }

    private static void LowerTypes(JObject schema)
    {
        if (schema["enum"] is JArray { Count: 1 } and [JValue { Type: JTokenType.Null }])
        {
            schema.Remove("enum");
            schema["type"] = Null;
        }

        List<string> types = schema["type"] switch
        {
            JArray { Count: > 0 } list when list.All(type => type.Type == JTokenType.String) => [.. list.Select(type => (string)type!).Distinct()],
            JValue { Value: Null } => [Null],
            _ => [],
        };
        if (types.Count == 0)
        {
            return;
        }

        if (types.Remove(Null))
        {
            schema["nullable"] = true;
        }

        if (types.Contains("number"))
        {
            types.Remove("integer");
        }

        if (types is [string only])
        {
            schema["type"] = only;
            return;
        }

        schema.Remove("type");
        if (types.Count > 1 && schema["anyOf"] is null && schema["oneOf"] is null && schema["$ref"] is null)
        {
            Split(schema, types);
        }
    }

    /// <summary>Makes a variant of each type, with the keywords that hold for it.</summary>
    private static void Split(JObject schema, List<string> types)
    {
        List<JObject> variants = [.. types.Select(type => new JObject { ["type"] = type })];
        foreach (JProperty member in schema.Properties().Where(member => TypesOf(member.Name).Length > 0).ToList())
        {
            member.Remove();
            variants.Find(variant => TypesOf(member.Name).Contains((string)variant["type"]!))?.Add(member);
        }

        if (schema["format"] is JValue { Value: string format })
        {
            schema.Remove("format");
            string[] formatted = format is "int32" or "int64" or "float" or "double" ? ["number", "integer"] : ["string"];
            (variants.Find(variant => formatted.Contains((string)variant["type"]!)) ?? variants[0])["format"] = format;
        }

        if (schema["enum"] is JArray values)
        {
            schema.Remove("enum");
            foreach (JObject variant in variants)
            {
                variant["enum"] = new JArray(
                    values.Where(value => (string)variant["type"]! == TypeOf(value) || ((string)variant["type"]!, TypeOf(value)) is ("number", "integer")));
            }

            variants.RemoveAll(variant => variant["enum"] is JArray { Count: 0 });
        }

        if (variants is [JObject only])
        {
            foreach (JProperty member in only.Properties().ToList())
            {
                member.Remove();
                schema.Add(member);
            }
        }
        else
        {
            schema["anyOf"] = new JArray(variants);
        }
    }

    /// <summary>The types that a keyword is about; empty for one that is about all.</summary>
    private static string[] TypesOf(string keyword) => keyword switch
    {
        "minLength" or "maxLength" or "pattern" or "contentEncoding" or "contentMediaType" or "contentSchema" => ["string"],
        "minimum" or "maximum" or "exclusiveMinimum" or "exclusiveMaximum" or "multipleOf" => ["number", "integer"],
        "items" or "prefixItems" or "contains" or "unevaluatedItems" or "minItems" or "maxItems" or "uniqueItems" => ["array"],
        "properties" or "required" or "additionalProperties" or "patternProperties" or "unevaluatedProperties" or "dependentSchemas"
            or "minProperties" or "maxProperties" or "if" or "then" or "else" => ["object"],
        _ => [],
    };

    private static string? TypeOf(JToken value) => value.Type switch
    {
        JTokenType.String => "string",
        JTokenType.Integer => "integer",
        JTokenType.Float => "number",
        JTokenType.Boolean => "boolean",
        JTokenType.Array => "array",
        JTokenType.Object => "object",
        JTokenType.Null => Null,
        _ => null,
    };

    /// <summary>In 3.0 the exclusive limits say true or false of the others; the tighter one of two is left.</summary>
    private static void LowerNumbers(JObject schema)
    {
        Lower("minimum", "exclusiveMinimum", (exclusive, inclusive) => exclusive >= inclusive);
        Lower("maximum", "exclusiveMaximum", (exclusive, inclusive) => exclusive <= inclusive);

        void Lower(string inclusive, string exclusive, Func<double, double, bool> isTighter)
        {
            bool isLimit = schema[exclusive] is JValue { Type: JTokenType.Integer or JTokenType.Float };
            if (isLimit && (schema[inclusive] is not JValue { Type: JTokenType.Integer or JTokenType.Float } other || isTighter((double)schema[exclusive]!, (double)other)))
            {
                schema.Remove(inclusive);
                schema.Property(exclusive)!.Replace(new JProperty(inclusive, schema[exclusive]));
            }
            else if (isLimit || schema[exclusive] is JValue { Value: false })
            {
                schema.Remove(exclusive);
                return;
            }
            else if (schema[exclusive] is not JValue { Value: true } || schema[inclusive] is null)
            {
                return;
            }

            // Beside its limit, wherever the document has it.
            schema.Remove(exclusive);
            schema.Property(inclusive)!.AddAfterSelf(new JProperty(exclusive, true));
        }
    }

    /// <summary>A text that is something else has a format in 3.0: byte for base64, binary for the content of a file.</summary>
    private static void LowerContent(JObject schema)
    {
        if ((schema["contentEncoding"] ?? schema["contentMediaType"]) is null)
        {
            return;
        }

        string? format = ((string?)(schema["contentEncoding"] as JValue), (string?)(schema["contentMediaType"] as JValue)) switch
        {
            ("base64", _) => "byte",
            ("base64url", _) => "base64url",
            (null or "binary", "application/octet-stream") => "binary",
            (null or "binary", { } type) when type.Split('/')[0] is "image" or "audio" or "video" or "font" => "binary",
            ("binary", _) => "binary",
            _ => null,
        };
        if (format is not null)
        {
            schema["type"] ??= "string";
            schema["format"] ??= format;
        }
    }

    /// <summary>A list whose places have schemas of their own holds a choice of them.</summary>
    private static void LowerItems(JObject schema)
    {
        JToken? items = schema["items"];
        if (schema["prefixItems"] is JArray { Count: > 0 } prefix)
        {
            bool isOpen = items is null or JValue { Value: true }
                && schema["unevaluatedItems"] is not JValue { Value: false }
                && !(schema["maxItems"] is JValue { Value: long max } && max <= prefix.Count);
            List<JToken> choices = [.. prefix.Concat(items is JObject ? [items] : []).Distinct(JToken.EqualityComparer)];
            schema["items"] = isOpen ? new JObject() : choices is [JToken only] ? only : new JObject { ["anyOf"] = new JArray(choices) };
        }
        else if (items is JValue { Value: false })
        {
            // An empty list; 3.0 says it with a limit.
            schema["items"] = new JObject();
            schema["maxItems"] ??= 0;
        }
    }

    private static void LowerProperties(JObject schema)
    {
        // What is there under a condition may be there.
        IEnumerable<JToken?> conditional = [schema["then"], schema["else"], .. (schema["dependentSchemas"] as JObject)?.PropertyValues() ?? []];
        foreach (JProperty property in conditional.OfType<JObject>().SelectMany(part => (part["properties"] as JObject ?? []).Properties()).ToList())
        {
            if (schema["properties"] is null)
            {
                schema["properties"] = new JObject();
            }

            if (schema["properties"] is JObject properties && property.Value is JObject)
            {
                properties[property.Name] ??= property.Value;
            }
        }

        if (schema["patternProperties"] is JObject { Count: > 0 } patterns && schema["additionalProperties"] is null or JValue { Type: JTokenType.Boolean })
        {
            List<JToken> choices = [.. patterns.PropertyValues().Distinct(JToken.EqualityComparer)];
            schema["additionalProperties"] = choices is [JToken only] ? only : new JObject { ["anyOf"] = new JArray(choices) };
        }

        if (schema["unevaluatedProperties"] is JToken unevaluated && schema["additionalProperties"] is null)
        {
            // Parts that stand elsewhere may not be closed: each would refuse the properties of the others.
            bool isWhole = schema["$ref"] is null && schema["allOf"] is null && schema["anyOf"] is null && schema["oneOf"] is null;
            if (unevaluated is JObject { Count: > 0 } || (isWhole && unevaluated.Type == JTokenType.Boolean))
            {
                schema["additionalProperties"] = unevaluated;
            }
        }
    }
}
