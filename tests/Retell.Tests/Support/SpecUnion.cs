using Newtonsoft.Json.Linq;

namespace Retell.Tests.Support;

/// <summary>A oneOf whose variants are objects, and what tells them apart.</summary>
internal sealed class SpecUnion
{
    private SpecUnion(SchemaView place, IReadOnlyList<SchemaView> variants)
    {
        Place = place;
        Variants = variants;
        Tag = TagOf(variants);
    }

    public SchemaView Place { get; }

    public string Name => Place.Name;

    /// <summary>The variants; a variant that is a union itself is replaced by its own.</summary>
    public IReadOnlyList<SchemaView> Variants { get; }

    /// <summary>The property whose value names the variant; null where only the members present tell.</summary>
    public string? Tag { get; }

    /// <summary>The values of the tag, each with its variant.</summary>
    public IEnumerable<(string Value, SchemaView Variant)> Tags => Tag is null
        ? []
        : from variant in Variants from value in variant.Property(Tag).Enum! select ((string)value!, variant);

    /// <summary>The union that a place holds; null where it holds none, or one of scalars.</summary>
    public static SpecUnion? At(SchemaView place)
    {
        if (!place.HasAlternatives)
        {
            return null;
        }

        SchemaView[] variants = [.. place.Leaves()];
        return variants.Length > 0 && variants.All(variant => variant.EffectiveType == "object") ? new SpecUnion(place, variants) : null;
    }

    /// <summary>Every union of a document: those with a name and those that stand inline.</summary>
    public static IEnumerable<SpecUnion> In(SpecDocument spec) =>
        spec.Root.Descendants().OfType<JProperty>()
            .Where(property => property is { Name: "oneOf", Value: JArray } && !PathHas(property, "example"))
            .Select(property => At(SchemaView.Of(spec, (JObject)property.Parent!)))
            .OfType<SpecUnion>();

    private static bool PathHas(JToken node, string name) => node.Ancestors().OfType<JProperty>().Any(property => property.Name == name);

    private static string? TagOf(IReadOnlyList<SchemaView> variants) =>
        variants[0].Properties.Keys
            .OrderBy(name => name == "type" ? 0 : 1)
            .FirstOrDefault(name => variants.All(variant => variant.Properties.ContainsKey(name)) && IsTag(variants, name));

    private static bool IsTag(IReadOnlyList<SchemaView> variants, string name)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (SchemaView variant in variants)
        {
            if (variant.Property(name).Enum is not { Count: > 0 } values || !values.All(value => value.Type == JTokenType.String && seen.Add((string)value!)))
            {
                return false;
            }
        }

        return true;
    }
}
