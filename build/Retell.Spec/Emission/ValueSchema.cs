using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Emission;

/// <summary>
/// A value as a schema of the normalized document, with x-retell-value: what kind of value it is, which schema it has,
/// the lists and maps around it from the outside in, and whether null has a meaning.
/// </summary>
internal static class ValueSchema
{
    private const string Components = "#/components/schemas/";

    public static JObject Of(TypeUse use)
    {
        JObject schema = Plain(use);
        schema["x-retell-value"] = Facts(use);
        return schema;
    }

    public static JObject Facts(TypeUse use)
    {
        var around = new JArray();
        TypeUse leaf = use;
        while (leaf.Kind is ValueKind.List or ValueKind.Map)
        {
            around.Add(leaf.Kind == ValueKind.List ? "list" : "map");
            leaf = leaf.Item!;
            if (leaf.Nullable)
            {
                around.Add("nullable");
            }
        }

        var facts = new JObject { ["kind"] = Kind(leaf) };
        if (leaf.Kind == ValueKind.Named)
        {
            facts["schema"] = leaf.Definition!.TypeName;
        }

        if (around.Count > 0)
        {
            facts["in"] = around;
        }

        if (use.Nullable)
        {
            facts["nullable"] = true;
        }

        return facts;
    }

    public static string Reference(Definition definition) => Components + definition.TypeName;

    public static string Kind(Definition definition) => definition switch
    {
        ObjectDefinition => "object",
        UnionDefinition => "union",
        EnumDefinition => "enum",
        ChoiceDefinition => "choice",
        MapDefinition => "map",
        _ => throw new InvalidOperationException(definition.GetType().Name),
    };

    private static string Kind(TypeUse use) => use.Kind switch
    {
        ValueKind.String => "string",
        ValueKind.Integer => "integer",
        ValueKind.Number => "number",
        ValueKind.Boolean => "boolean",
        ValueKind.Any => "any",
        ValueKind.FreeForm => "json-object",
        ValueKind.File => "file",
        _ => Kind(use.Definition!.Canonical),
    };

    /// <summary>The schema alone.</summary>
    public static JObject Plain(TypeUse use)
    {
        JObject schema = use.Kind switch
        {
            ValueKind.String => new JObject { ["type"] = "string" },
            ValueKind.Integer => new JObject { ["type"] = "integer", ["format"] = "int64" },
            ValueKind.Number => new JObject { ["type"] = "number", ["format"] = "double" },
            ValueKind.Boolean => new JObject { ["type"] = "boolean" },
            ValueKind.Any => [],
            ValueKind.FreeForm => new JObject { ["type"] = "object", ["additionalProperties"] = true },
            ValueKind.File => new JObject { ["type"] = "string", ["format"] = "binary" },
            ValueKind.List => new JObject { ["type"] = "array", ["items"] = Plain(use.Item!) },
            ValueKind.Map => new JObject { ["type"] = "object", ["additionalProperties"] = Plain(use.Item!) },

            // In OpenAPI 3.0 nothing may stand beside a $ref.
            _ => new JObject { ["allOf"] = new JArray(new JObject { ["$ref"] = Reference(use.Definition!) }) },
        };
        if (use.Nullable)
        {
            schema["nullable"] = true;
        }

        // The shared enumeration may hold values that are not allowed here.
        if (use.Definition is EnumDefinition own && own.Canonical is EnumDefinition shared && own.Values.Count < shared.AllValues.Count())
        {
            schema["x-retell-allowed"] = new JArray(own.Values);
        }

        schema.Merge(use.Constraints);
        return schema;
    }
}
