using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.SpecTool.Model;
using Retell.SpecTool.Naming;

namespace Retell.SpecTool.Emission;

/// <summary>One definition as a schema of the normalised document.</summary>
internal static class DefinitionSchema
{
    /// <summary>What [Obsolete] says when the spec only says deprecated.</summary>
    public const string Deprecated = "Deprecated by the API.";

    private const string PhoneNumber = @"^\+[1-9]\d{1,14}$";

    public static JObject Of(Definition definition)
    {
        JObject schema = definition switch
        {
            ObjectDefinition type => Object(type),
            EnumDefinition type => Enumeration(type),
            UnionDefinition type => Union(type),
            ChoiceDefinition type => Choice(type),
            MapDefinition type => Map(type),
            _ => throw new InvalidOperationException(definition.GetType().Name),
        };
        schema.Merge(definition.Constraints);
        schema["x-schema"] = definition.SpecName ?? definition.Place;
        schema["x-doc"] = new XmlDoc().Summary(definition.Description, Fallback(definition)).Facts(definition.Example).ToString();
        schema["x-obsolete"] = definition.IsDeprecated ? definition.DeprecationNote ?? Deprecated : null;
        return schema;
    }

    /// <summary>A value as plain JSON schema, for NSwag and for validation.</summary>
    public static JObject Value(TypeUse use)
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
            ValueKind.List => new JObject { ["type"] = "array", ["items"] = Value(use.Item!) },
            ValueKind.Map => new JObject { ["type"] = "object", ["additionalProperties"] = Value(use.Item!) },
            _ => new JObject { ["$ref"] = "#/components/schemas/" + use.Definition!.TypeName },
        };
        if (use.Nullable)
        {
            schema["nullable"] = true;
        }

        // The shared enumeration may hold values that are not allowed here.
        if (use.Definition is EnumDefinition own && own.Canonical is EnumDefinition shared && own.Values.Count < shared.AllValues.Count())
        {
            schema["x-allowed"] = new JArray(own.Values);
        }

        schema.Merge(use.Constraints);
        return schema;
    }

    private static JObject Object(ObjectDefinition type)
    {
        var properties = new JObject();
        HashSet<string> names = [type.TypeName, .. type.Properties.Select(p => p.CSharpName)];
        foreach (Property property in type.Properties)
        {
            properties[property.JsonName] = Member(property);
            properties[property.JsonName]!["x-view"] = property.Constant is not null
                ? null
                : TimeView.Find(property.JsonName, property.CSharpName, property.Type, property.Example, names)?.ToJson(MayBeNull(property) ? "?" : string.Empty);
        }

        IEnumerable<string> constants = type.Properties.Where(p => p.Constant is not null).Select(p => $"{Field(p)} = {Literal(p.Constant!)};");
        var schema = new JObject
        {
            ["type"] = "object",
            ["x-kind"] = "object",
            ["properties"] = properties,
            ["required"] = new JArray(type.Properties.Where(p => p.IsRequired).Select(p => p.JsonName)),
            ["x-interfaces"] = string.Concat(type.Unions.Select(u => ", " + u.TypeName).Order(StringComparer.Ordinal)),
            ["x-interface-members"] = new JArray(type.Unions.OrderBy(u => u.TypeName, StringComparer.Ordinal).SelectMany(u => u.Shared.SelectMany(m => Explicit(u, m, type)))),
            ["x-constants"] = new JArray(constants),
            ["x-closed"] = type.IsClosed,
        };
        if (type.Properties.All(p => !p.IsRequired))
        {
            schema.Remove("required");
        }

        return schema;
    }

    private static JObject Member(Property property)
    {
        TypeUse use = property.Type;
        bool isValueType = CSharpType.IsValueType(use);
        string type = CSharpType.Of(use);
        bool mayBeNull = MayBeNull(property);
        string rule = string.Join(" | ", new[] { property.IsRequired ? "MemberRule.Required" : null, property.Constant is not null ? "MemberRule.Constant" : null, IsPhoneNumber(property) ? "MemberRule.PhoneNumber" : null }.Where(r => r is not null));
        JObject schema = Value(use);
        schema.Merge(property.Constraints);
        if (IsPhoneNumber(property))
        {
            // The API lets those who ask for it use pseudo numbers.
            schema.Remove("pattern");
        }

        if (property.Constant is not null)
        {
            schema["enum"] = new JArray(property.Constant);
        }

        schema["example"] = property.Example;
        schema["x-name"] = property.CSharpName;
        schema["x-json"] = JsonConvert.ToString(property.JsonName);
        schema["x-field"] = Field(property);
        schema["x-field-type"] = type + "?";
        schema["x-type"] = mayBeNull && property.Constant is null ? type + "?" : type;
        schema["x-get"] = mayBeNull && property.Constant is null ? string.Empty : isValueType ? ".GetValueOrDefault()" : "!";
        schema["x-codec"] = CSharpType.Codec(use);
        schema["x-rule"] = rule.Length > 0 ? ", " + rule : string.Empty;
        schema["x-nullable"] = use.Nullable;
        schema["x-constant"] = property.Constant is null ? null : true;
        schema["x-added-by"] = AddedBy(property, ", ");
        schema["x-doc"] = new XmlDoc().Summary(Documentation(property), $"The `{property.JsonName}` of the API.").Facts(property.Example, property.Default, property.Constraints).ToString();
        schema["x-obsolete"] = property.IsDeprecated ? property.DeprecationNote ?? Deprecated : null;
        return WithoutNulls(schema);
    }

    /// <summary>The overlay gives this pattern to what is a phone number and nothing else.</summary>
    private static bool IsPhoneNumber(Property property) => property.Type.Kind == ValueKind.String && Limits(property).Any(limits => (string?)limits["pattern"] == PhoneNumber);

    private static IEnumerable<JObject> Limits(Property property) => [property.Constraints, property.Type.Constraints];

    private static bool MayBeNull(Property property) => !property.IsAlwaysThere || property.Type.Nullable;

    private static string? Documentation(Property property) => AddedBy(property, " or ") is string unions
        ? $"{WithFullStop(property.Description)} Only where the object stands as {unions}.".TrimStart()
        : property.Description;

    private static string? WithFullStop(string? text) => string.IsNullOrEmpty(text) || text[^1] is '.' or '!' or '?' ? text : text + ".";

    private static string? AddedBy(Property property, string separator) => property.AddedBy.Count == 0
        ? null
        : string.Join(separator, property.AddedBy.Select(union => union.TypeName).Distinct().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Explicit(UnionDefinition union, SharedMember member, ObjectDefinition leaf)
    {
        Property own = leaf.Properties.Find(p => p.JsonName == member.JsonName)!;
        bool isEnum = own.Type.Definition?.Canonical is EnumDefinition;
        string value = member.IsText && isEnum
            ? own.IsAlwaysThere && !own.Type.Nullable ? $"{own.CSharpName}.Value" : $"{own.CSharpName}?.Value"
            : own.CSharpName;
        yield return $"{InterfaceType(member)} {union.TypeName}.{member.CSharpName} => {value};";
        if (View(union, member) is TimeView view)
        {
            yield return $"{view.Type}{Optional(member)} {union.TypeName}.{view.Name} => {view.Read}((({union.TypeName})this).{member.CSharpName});";
        }
    }

    private static TimeView? View(UnionDefinition union, SharedMember member) => member.IsText
        ? null
        : TimeView.Find(member.JsonName, member.CSharpName, member.Type, null, [.. union.Shared.Select(m => m.CSharpName)]);

    private static string Optional(SharedMember member) => member.IsRequired ? string.Empty : "?";

    private static string InterfaceType(SharedMember member) => (member.IsText ? "string" : CSharpType.Of(member.Type)) + Optional(member);

    private static JObject Enumeration(EnumDefinition type)
    {
        var schema = new JObject
        {
            ["type"] = "string",
            ["x-kind"] = "enum",
            ["x-members"] = Members(type, type.AllValues),
        };

        // NSwag makes a type of a string only if it is an enumeration; a plain one has no known values.
        schema["enum"] = new JArray(type.Values.Count > 0 ? type.AllValues : [string.Empty]);
        schema["x-open"] = type.Values.Count == 0;
        return schema;
    }

    /// <summary>The static members that stand for known values.</summary>
    private static JArray Members(Definition type, IEnumerable<string> values)
    {
        var used = new HashSet<string>(StringComparer.Ordinal) { type.Name!, "Value", "KnownValues", "Create", "Equals", "ToString", "GetEnumerator", "GetHashCode", "GetType", "IsKnown", "ReferenceEquals", "MemberwiseClone", "Finalize" };
        var members = new JArray();
        foreach (string value in values)
        {
            string name = CSharpName.Pascal(value);
            name = used.Contains(name) ? CSharpName.Pascal(value) + "Value" : name;
            for (int i = 2; !used.Add(name); i++)
            {
                name = $"{CSharpName.Pascal(value)}_{i}";
            }

            members.Add(new JObject { ["name"] = name, ["value"] = JsonConvert.ToString(value), ["doc"] = new XmlDoc().Block("summary", $"`{value}`").ToString() });
        }

        return members;
    }

    private static JObject Union(UnionDefinition type)
    {
        var parents = type.Parents.Select(p => (UnionDefinition)p.Canonical).Distinct().OrderBy(p => p.TypeName, StringComparer.Ordinal).ToList();
        var properties = new JObject();
        foreach (SharedMember member in type.Shared)
        {
            TypeUse use = member.IsText ? new TypeUse(ValueKind.String) : member.Type;
            bool isValueType = CSharpType.IsValueType(use);
            JObject schema = Value(use);
            schema["x-name"] = member.CSharpName;
            schema["x-json"] = JsonConvert.ToString(member.JsonName);
            schema["x-type"] = InterfaceType(member);
            schema["x-new"] = Hides(parents, member.CSharpName) ? "new " : string.Empty;
            schema["x-read"] = isValueType ? "SharedValue" : "Shared";
            schema["x-get"] = !member.IsRequired ? string.Empty : isValueType ? ".GetValueOrDefault()" : "!";
            schema["x-codec"] = CSharpType.Codec(use);
            schema["x-doc"] = new XmlDoc().Summary(member.Description, $"The `{member.JsonName}` that all variants have.").ToString();
            schema["x-view"] = View(type, member)?.ToJson(Optional(member));
            properties[member.JsonName] = WithoutNulls(schema);
        }

        return new JObject
        {
            ["type"] = "object",
            ["x-kind"] = "union",
            ["properties"] = properties,
            ["x-interfaces"] = parents.Count == 0 ? string.Empty : " : " + string.Join(", ", parents.Select(p => p.TypeName)),
            ["x-variants"] = new JArray(type.Leaves.Select(l => l.TypeName)),
            ["x-discriminator"] = type.Discriminator,
            ["x-tags"] = new JObject(type.Tags.DistinctBy(t => t.Tag).Select(t => new JProperty(t.Tag, t.Variant.TypeName))),
            ["x-members"] = new JObject(type.Members.Select(m => new JProperty(m.Member, m.Variant.TypeName))),
            ["x-added-required"] = new JArray(type.Added.Where(p => p.IsRequired).Select(p => p.JsonName)),
        };
    }

    private static bool Hides(IEnumerable<UnionDefinition> parents, string member) =>
        parents.Any(parent => parent.Shared.Any(m => m.CSharpName == member) || Hides(parent.Parents, member));

    private static JObject Choice(ChoiceDefinition type)
    {
        var cases = new JArray();
        foreach (TypeUse use in type.Cases)
        {
            string csharp = CSharpType.Of(use);
            bool isInterface = use.Kind == ValueKind.List || use.Kind == ValueKind.Map || use.Definition?.Canonical is UnionDefinition;
            cases.Add(new JObject
            {
                // Not "type": NSwag would take the entry for a schema.
                ["csharp"] = csharp,
                ["interface"] = isInterface,
                ["list"] = use.Kind == ValueKind.List ? CSharpType.Of(use.Item!) : null,
                ["codec"] = CSharpType.Codec(use),
                ["start"] = use.Kind switch
                {
                    ValueKind.String => "JsonToken.String",
                    ValueKind.Integer => "JsonToken.Integer",
                    ValueKind.Number => "JsonToken.Integer, JsonToken.Float",
                    ValueKind.Boolean => "JsonToken.Boolean",
                    ValueKind.List => "JsonToken.StartArray",
                    _ => "JsonToken.StartObject",
                },
                ["schema"] = Value(use),
            });
        }

        return new JObject
        {
            ["type"] = "object",
            ["x-kind"] = "choice",
            ["x-cases"] = cases,
            ["x-members"] = Members(type, type.Texts),
            ["x-texts"] = new JArray(type.TextTypes.Select(text => text.TypeName).Distinct()),

            // A text or a list of them: its elements are what it is a collection of.
            ["x-element"] = type.Cases.Any(c => c.Kind == ValueKind.String) && type.Cases.Find(c => c.Kind == ValueKind.List)?.Item is TypeUse item && (item.Kind == ValueKind.String || item.Definition?.Canonical is EnumDefinition)
                ? CSharpType.Of(item)
                : null,
        };
    }

    private static JObject Map(MapDefinition type) => new()
    {
        // No typed additionalProperties: NSwag would inline the dictionary, and this one is a type of its own.
        ["type"] = "object",
        ["x-kind"] = "map",
        ["x-item"] = Value(type.Item),
        ["x-item-type"] = CSharpType.Of(type.Item) + (type.Item.Nullable ? "?" : string.Empty),
        ["x-item-codec"] = type.Item.Nullable && CSharpType.IsValueType(type.Item) ? $"Codec.Nullable({CSharpType.Codec(type.Item)})" : CSharpType.Codec(type.Item),
    };

    private static string Field(Property property) => "_" + CSharpName.Camel(property.CSharpName.Replace("_", "-", StringComparison.Ordinal)).TrimStart('@');

    private static string Literal(JValue value) => value.Type == JTokenType.Boolean ? ((bool)value ? "true" : "false") : JsonConvert.ToString((string)value!);

    private static string Fallback(Definition definition) => definition switch
    {
        UnionDefinition union => $"One of several objects: {string.Join(", ", union.Leaves.Select(l => $"`{l.TypeName}`").Distinct())}.",
        EnumDefinition => $"The values of `{definition.Name}`; others that the API may add are kept as they are.",
        ChoiceDefinition choice => $"A value of one of several JSON types: {string.Join(", ", choice.Cases.Select(c => $"`{CSharpType.Of(c)}`"))}.",
        _ => $"The object `{definition.SpecName ?? definition.Name}` of the API.",
    };

    private static JObject WithoutNulls(JObject schema)
    {
        foreach (JProperty property in schema.Properties().Where(p => p.Value.Type == JTokenType.Null).ToList())
        {
            property.Remove();
        }

        return schema;
    }
}
