using Newtonsoft.Json.Linq;
using Retell.Spec.Naming;

namespace Retell.Spec.Model;

/// <summary>Finds what tells the variants of each union apart and what they share.</summary>
internal static class UnionAnalysis
{
    public static void Run(ApiModel model)
    {
        List<UnionDefinition> unions = [.. model.Definitions.Values.OfType<UnionDefinition>().OrderBy(u => u.Place, StringComparer.Ordinal)];
        foreach (UnionDefinition union in unions)
        {
            AddLeaves(union, union, []);
        }

        foreach (UnionDefinition union in unions)
        {
            AddOwnProperties(union);
        }

        foreach (UnionDefinition union in unions)
        {
            FindDiscriminator(union);
            foreach (UnionDefinition nested in union.Variants.Select(v => v.Canonical).OfType<UnionDefinition>().Where(_ => union.Added.Count == 0))
            {
                // Unions that are variants of each other hold the same: an interface cannot inherit from itself.
                if (!IsAncestor(nested, union))
                {
                    nested.Parents.Add(union);
                }
            }
        }
    }

    private static bool IsAncestor(UnionDefinition union, UnionDefinition of) => of == union || of.Parents.Exists(parent => IsAncestor(union, parent));

    /// <summary>After the types are named: the members that can be read without a cast.</summary>
    public static void FindSharedMembers(ApiModel model)
    {
        foreach (UnionDefinition union in model.Generated.OfType<UnionDefinition>())
        {
            foreach (Property property in union.Leaves.Take(1).SelectMany(leaf => leaf.Properties))
            {
                List<Property?> all = [.. union.Leaves.Select(leaf => leaf.Properties.Find(p => p.JsonName == property.JsonName))];
                if (all.All(p => p is not null) && Share(all!) is SharedMember member)
                {
                    union.Shared.Add(member);
                }
            }

            foreach (ObjectDefinition leaf in union.Leaves)
            {
                leaf.Unions.Add(union);
            }
        }
    }

    private static void AddLeaves(UnionDefinition root, UnionDefinition union, HashSet<UnionDefinition> path)
    {
        if (!path.Add(union))
        {
            return;
        }

        foreach (Definition variant in union.Variants)
        {
            if (variant is UnionDefinition nested)
            {
                AddLeaves(root, nested, path);
            }
            else if (variant is ObjectDefinition leaf && !root.Leaves.Contains(leaf))
            {
                root.Leaves.Add(leaf);
            }
        }
    }

    /// <summary>What allOf adds beside oneOf becomes an optional property of every variant.</summary>
    private static void AddOwnProperties(UnionDefinition union)
    {
        foreach (Property added in union.Added)
        {
            foreach (ObjectDefinition leaf in union.Leaves)
            {
                Property? own = leaf.Properties.Find(p => p.JsonName == added.JsonName);
                if (own is null)
                {
                    leaf.Properties.Add(new Property
                    {
                        JsonName = added.JsonName,
                        Type = added.Type,
                        Description = added.Description,
                        Constraints = added.Constraints,
                        AddedBy = [union],
                    });
                }
                else if (own.AddedBy.Count > 0)
                {
                    own.AddedBy.Add(union);
                    own.Type = own.Type.Fingerprint == added.Type.Fingerprint ? own.Type : new TypeUse(ValueKind.Any);
                }
            }
        }
    }

    private static void FindDiscriminator(UnionDefinition union)
    {
        Property? best = union.Leaves.Take(1).SelectMany(leaf => leaf.Properties)
            .Where(p => p.AddedBy.Count == 0 && Tags(union, p.JsonName) is not null)
            .OrderBy(p => p.JsonName != (string?)union.Declared?["propertyName"])
            .ThenBy(p => p.Constant is null)
            .ThenBy(p => !p.IsRequired)
            .ThenBy(p => p.JsonName != "type")
            .ThenBy(p => p.JsonName, StringComparer.Ordinal)
            .FirstOrDefault();
        if (best is not null)
        {
            union.Discriminator = best.JsonName;
            union.Tags.AddRange(Tags(union, best.JsonName)!);
            return;
        }

        if (DeclaredTags(union) is { Count: > 0 } declared)
        {
            union.Discriminator = (string)union.Declared!["propertyName"]!;
            union.Tags.AddRange(declared);
            Preset(union);
            return;
        }

        foreach (ObjectDefinition leaf in union.Leaves)
        {
            Property? own = leaf.Properties
                .Where(p => union.Leaves.All(other => other == leaf || other.Properties.All(o => o.JsonName != p.JsonName)))
                .OrderBy(p => !p.IsRequired)
                .FirstOrDefault();
            if (own is not null)
            {
                union.Members.Add((own.JsonName, leaf));
            }
        }
    }

    /// <summary>The values that the discriminator of the document maps, each with its variant; a variant that it does not map goes by its name.</summary>
    private static List<(string Tag, ObjectDefinition Variant)> DeclaredTags(UnionDefinition union)
    {
        if (union.Declared?["propertyName"]?.Type != JTokenType.String)
        {
            return [];
        }

        (string Tag, string Schema)[] mapping = [.. (union.Declared["mapping"] as JObject ?? []).Properties().Select(m => (m.Name, SchemaFolder.LastStep(m.Value.ToString())))];
        return
        [
            .. union.Leaves.Where(leaf => leaf.SpecName is not null)
                .SelectMany(leaf => mapping.Where(m => m.Schema == leaf.SpecName).Select(m => m.Tag).DefaultIfEmpty(leaf.SpecName!).Select(tag => (tag, leaf)))
                .DistinctBy(tag => tag.tag),
        ];
    }

    /// <summary>A variant that goes by one tag only is made with it.</summary>
    private static void Preset(UnionDefinition union)
    {
        foreach (ObjectDefinition leaf in union.Leaves)
        {
            string[] tags = [.. union.Tags.Where(tag => tag.Variant == leaf).Select(tag => tag.Tag)];
            if (tags.Length == 1
                    && leaf.Properties.Find(p => p.JsonName == union.Discriminator) is
                    {
                        IsRequired: true,
                        Constant: null,
                        Type: { Kind: ValueKind.String, Nullable: false },
                    } property)
            {
                property.Constant = new JValue(tags[0]);
            }
        }
    }

    /// <summary>The values of a property by variant, when each variant has its own.</summary>
    private static List<(string Tag, ObjectDefinition Variant)>? Tags(UnionDefinition union, string property)
    {
        var tags = new List<(string, ObjectDefinition)>();
        foreach (ObjectDefinition leaf in union.Leaves)
        {
            Property? own = leaf.Properties.Find(p => p.JsonName == property);
            IEnumerable<string>? values = own switch
            {
                { Constant: { Type: JTokenType.String } constant } => [(string)constant!],
                { Type: { Kind: ValueKind.Named, Definition: EnumDefinition { Values.Count: > 0 } enumeration } } => enumeration.Values,
                _ => null,
            };
            if (values is null)
            {
                return null;
            }

            // A variant that is only kept for callers gives way to the one that has its tag now.
            tags.AddRange(
                values.Select(value => (value, leaf)).Where(
                    t => !leaf.IsRetained || union.Leaves.All(other => other == leaf || other.IsRetained || !HasTag(other, property, t.value))));
        }

        return tags.Select(t => t.Item1).Distinct(StringComparer.Ordinal).Count() == tags.Count ? tags : null;
    }

    private static bool HasTag(ObjectDefinition leaf, string property, string tag) => leaf.Properties.Find(p => p.JsonName == property) switch
    {
        { Constant: JValue constant } => (string?)constant == tag,
        { Type.Definition: EnumDefinition enumeration } => enumeration.Values.Contains(tag),
        _ => false,
    };

    private static SharedMember? Share(List<Property> properties)
    {
        Property first = properties[0];
        bool required = properties.All(p => p.IsAlwaysThere && !p.Type.Nullable);
        bool isText = properties.All(IsText) && properties.Any(p => p.Constant is not null || p.Type.Fingerprint != first.Type.Fingerprint);
        if (!isText && properties.Any(p => p.Type.Kind == ValueKind.File || Bare(p.Type) != Bare(first.Type) || p.Constant is not null))
        {
            return null;
        }

        return new SharedMember(first.JsonName, CSharpName.Pascal(first.JsonName), first.Type, isText, required, first.Description);
    }

    private static bool IsText(Property property) =>
        property.Type.Kind == ValueKind.String || property.Type is { Kind: ValueKind.Named, Definition.Canonical: EnumDefinition };

    private static string Bare(TypeUse use) => use.Kind switch
    {
        ValueKind.Named => use.Definition!.TypeName,
        ValueKind.List or ValueKind.Map => $"{use.Kind}<{Bare(use.Item!)}{(use.Item!.Nullable ? "?" : string.Empty)}>",
        _ => use.Kind.ToString(),
    };
}
