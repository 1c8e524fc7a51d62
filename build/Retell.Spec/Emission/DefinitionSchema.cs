using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Emission;

/// <summary>One definition as a schema of the normalized document.</summary>
internal static class DefinitionSchema
{
    private const string PhoneNumber = @"^\+[1-9]\d{1,14}$";

    public static JObject Of(Definition definition, Documentation documentation)
    {
        JObject schema = definition switch
        {
            ObjectDefinition type => Object(type),
            EnumDefinition type => Enumeration(type),
            UnionDefinition type => Union(type),
            ChoiceDefinition type => Choice(type),
            MapDefinition type =>
                new JObject
                {
                    ["type"] = "object",
                    ["additionalProperties"] = ValueSchema.Plain(type.Item),
                    ["x-retell-value"] = ValueSchema.Facts(new TypeUse(ValueKind.Map, Item: type.Item)),
                },
            _ => throw new InvalidOperationException(definition.GetType().Name),
        };
        schema.Merge(definition.Constraints);
        schema["description"] = Prose.Clean(definition.Description);
        schema["x-retell-kind"] = ValueSchema.Kind(definition);
        schema["x-retell-schema"] = definition.SpecName ?? definition.Place;
        schema["x-retell-doc"] = documentation.Type(definition);
        schema["x-retell-remarks"] = Documentation.Xml(Prose.Remarks(definition.Example));
        Deprecate(schema, definition.IsDeprecated, definition.DeprecationNote);
        return WithoutNulls(schema);
    }

    /// <summary>Marks a schema, a member or an operation as deprecated, with the reason where there is one.</summary>
    public static void Deprecate(JObject node, bool isDeprecated, string? note)
    {
        if (isDeprecated)
        {
            node["deprecated"] = true;
            node["x-retell-deprecation"] = Prose.OneLine(note);
        }
    }

    public static JObject WithoutNulls(JObject node)
    {
        // A string that is null makes a value of type string.
        foreach (JProperty property in node.Properties().Where(p => p.Value is JValue { Value: null }).ToList())
        {
            property.Remove();
        }

        return node;
    }

    private static JObject Object(ObjectDefinition type)
    {
        var properties = new JObject();
        HashSet<string> names = [type.TypeName, .. type.Properties.Select(p => p.CSharpName)];
        foreach (Property property in type.Properties)
        {
            MemberView? view = property.Constant is null
                ? MemberView.Find(property.JsonName, property.CSharpName, property.Type, property.Description, property.Example, names)
                : null;
            properties[property.JsonName] = Member(type, property, view);
        }

        var unions = type.Unions.OrderBy(union => union.TypeName, StringComparer.Ordinal).ToList();
        return new JObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = Required(type.Properties.Where(p => p.IsRequired)),
            ["additionalProperties"] = type.IsClosed ? false : null,
            ["x-retell-comparison"] = Comparison.Of(type),
            ["x-retell-unions"] = unions.Count == 0 ? null : new JArray(unions.Select(union => new JObject
            {
                ["name"] = union.TypeName,
                ["shared"] = new JArray(union.Shared.Select(member => Implemented(union, member, type))),
            })),
        };
    }

    private static JArray? Required(IEnumerable<Property> properties) => properties.Select(p => p.JsonName).ToArray() is { Length: > 0 } names ? new JArray(names) : null;

    private static JObject Member(ObjectDefinition type, Property property, MemberView? view)
    {
        JObject schema = ValueSchema.Of(property.Type);
        schema.Merge(property.Constraints);
        if (IsPhoneNumber(property))
        {
            // The API lets those who ask for it use pseudo numbers.
            schema.Remove("pattern");
            schema["format"] = "phone-number";
        }

        if (property.Constant is not null)
        {
            schema["enum"] = new JArray(property.Constant);
            schema["x-retell-constant"] = property.Constant.Type == JTokenType.Boolean ? ((bool)property.Constant ? "true" : "false") : (string?)property.Constant;
        }

        schema["description"] = Prose.Clean(property.Description);
        schema["x-retell-doc"] = Documentation.Property(type, property);
        schema["example"] = property.Example;
        schema["default"] = property.Default;
        schema["x-retell-name"] = property.CSharpName;
        schema["x-retell-was-required"] = property.WasRequired && !property.IsRequired ? true : null;
        schema["x-retell-remarks"] = Documentation.Xml(Prose.Remarks(property.Example, property.Default, property.Constraints));
        schema["x-retell-view"] = view?.ToJson();
        schema["x-retell-added-by"] = property.AddedBy.Count == 0 ? null : new JArray(property.AddedBy.Select(union => union.TypeName).Distinct().Order(StringComparer.Ordinal));
        Deprecate(schema, property.IsDeprecated, property.DeprecationNote);
        return WithoutNulls(schema);
    }

    /// <summary>The overlay gives this pattern to what is a phone number and nothing else.</summary>
    private static bool IsPhoneNumber(Property property) =>
        property.Type.Kind == ValueKind.String && new[] { property.Constraints, property.Type.Constraints }.Any(limits => (string?)limits["pattern"] == PhoneNumber);

    private static JObject Enumeration(EnumDefinition type)
    {
        if (type.Values.Count == 0)
        {
            // No value is known. NSwag would make no type of a plain string.
            return new JObject { ["anyOf"] = new JArray(new JObject { ["type"] = "string" }) };
        }

        return new JObject
        {
            ["type"] = "string",
            ["enum"] = new JArray(type.AllValues),
            ["x-retell-names"] = new JArray(EnumMembers.Of(type).Select(member => member.Name)),

            // Only where documentation cannot hold each value as it is.
            ["x-retell-texts"] = type.AllValues.All(value => Prose.OneLine(value) == value) ? null : new JArray(type.AllValues.Select(value => Prose.OneLine(value) ?? "(empty)")),
        };
    }

    /// <summary>NSwag takes the first of oneOf for the type, so the variants stand in anyOf; that only one fits, their tags say.</summary>
    private static JObject Union(UnionDefinition type)
    {
        var parents = type.Parents.Select(p => (UnionDefinition)p.Canonical).Distinct().OrderBy(p => p.TypeName, StringComparer.Ordinal).ToList();
        return new JObject
        {
            // Without a type NSwag would take a union of one for its variant.
            ["type"] = "object",
            ["anyOf"] = new JArray(type.Leaves.Select(Reference)),
            ["discriminator"] = type.Discriminator is null ? null : new JObject
            {
                ["propertyName"] = type.Discriminator,
                ["mapping"] = new JObject(type.Tags.DistinctBy(t => t.Tag).Select(t => new JProperty(t.Tag, ValueSchema.Reference(t.Variant)))),
            },
            ["x-retell-discriminator"] = type.Discriminator,
            ["x-retell-keys"] = Keys(type),
            ["x-retell-parents"] = parents.Count == 0 ? null : new JArray(parents.Select(p => p.TypeName)),
            ["x-retell-variants"] = new JArray(type.Leaves.Select(l => l.TypeName)),
            ["x-retell-members"] = type.Members.Count == 0 ? null : new JObject(type.Members.Select(m => new JProperty(m.Member, m.Variant.TypeName))),
            ["x-retell-added-required"] = Required(type.Added.Where(p => p.IsRequired)),
            ["x-retell-shared"] = new JArray(type.Shared.Select(member => Shared(type, member, Hides(parents, member.CSharpName)))),
        };
    }

    /// <summary>Each variant with the values of the discriminator, or with the member, that it is known by.</summary>
    private static JArray? Keys(UnionDefinition type)
    {
        IEnumerable<(string Text, ObjectDefinition Variant)> keys = type.Discriminator is null ? type.Members : type.Tags.DistinctBy(tag => tag.Tag);
        JObject[] variants =
            [.. keys.GroupBy(key => key.Variant.TypeName).Select(group => new JObject { ["variant"] = group.Key, ["texts"] = new JArray(group.Select(key => key.Text)) })];
        return variants.Length == 0 ? null : new JArray(variants);
    }

    private static bool Hides(IEnumerable<UnionDefinition> parents, string member) =>
        parents.Any(parent => parent.Shared.Any(m => m.CSharpName == member) || Hides(parent.Parents, member));

    /// <summary>A member that all variants have, as the union offers it.</summary>
    private static JObject Shared(UnionDefinition union, SharedMember member, bool hides)
    {
        JObject shared = Offered(union, member);
        shared["json"] = member.JsonName;
        shared["hides"] = hides ? true : null;
        shared["doc"] = Documentation.Shared(union, member);
        return WithoutNulls(shared);
    }

    /// <summary>The same as one variant implements it.</summary>
    private static JObject Implemented(UnionDefinition union, SharedMember member, ObjectDefinition variant)
    {
        Property own = variant.Properties.Find(p => p.JsonName == member.JsonName)!;
        JObject implemented = Offered(union, member);
        implemented["property"] = own.CSharpName;
        implemented["text"] = member.IsText && own.Type.Definition?.Canonical is EnumDefinition ? own.IsAlwaysThere && !own.Type.Nullable ? "of" : "of-optional" : null;
        return WithoutNulls(implemented);
    }

    private static JObject Offered(UnionDefinition union, SharedMember member) => new()
    {
        ["name"] = member.CSharpName,
        ["value"] = ValueSchema.Facts(member.IsText ? new TypeUse(ValueKind.String) : member.Type),
        ["optional"] = !member.IsRequired,
        ["view"] = member.IsText
            ? null
            : MemberView.Find(member.JsonName, member.CSharpName, member.Type, member.Description, null, [.. union.Shared.Select(m => m.CSharpName)])?.ToJson(),
    };

    private static JObject Choice(ChoiceDefinition type) => new()
    {
        ["anyOf"] = new JArray(type.Cases.Select(ValueSchema.Plain)),
        ["x-retell-cases"] = new JArray(type.Cases.Select(ValueSchema.Facts)),

        // The known values of its text, and the enumerations that its text may be of.
        ["x-retell-known"] = type.Texts.Count == 0
            ? null
            : new JArray(EnumMembers.Of(type, type.Texts).Select(known => new JObject { ["name"] = known.Name, ["value"] = known.Value })),
        ["x-retell-text-types"] = type.TextTypes.Count == 0 ? null : new JArray(type.TextTypes.Select(text => text.TypeName).Distinct()),

        // A text or a list of them: its elements are what it is a collection of.
        ["x-retell-element"] = type.Cases.Exists(c => c.Kind == ValueKind.String)
            && type.Cases.Find(c => c.Kind == ValueKind.List)?.Item is TypeUse item
            && (item.Kind == ValueKind.String || item.Definition?.Canonical is EnumDefinition)
            ? ValueSchema.Facts(item)
            : null,
    };

    private static JObject Reference(Definition definition) => new() { ["$ref"] = ValueSchema.Reference(definition) };
}
