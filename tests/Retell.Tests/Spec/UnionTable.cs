using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Spec;

/// <summary>A union as the SDK declares it.</summary>
/// <param name="Schema">The schema, or the place where it stands.</param>
/// <param name="Type">The C# interface.</param>
/// <param name="Tag">The member that tells the variants apart; null where the members present do.</param>
/// <param name="Variants">By the value of the tag (or, without one, by a name of its own): schema and C# type of the variant.</param>
internal sealed record DeclaredUnion(string Schema, string Type, string? Tag, IReadOnlyDictionary<string, (string Schema, string Type)> Variants);

/// <summary>Compares the declared unions with those of a document.</summary>
internal static class UnionTable
{
    /// <summary>The folder that holds the declarations.</summary>
    public const string Folder = "src/Retell.Generated/Runtime/Unions";

    /// <summary>What the declarations lack or hold too much, each with what to do.</summary>
    public static IEnumerable<string> Problems(SpecDocument spec, IReadOnlyList<DeclaredUnion> declared)
    {
        foreach (SpecUnion union in SpecUnion.In(spec).DistinctBy(union => union.Name))
        {
            DeclaredUnion? found = Find(union, declared);
            if (found is null && union.Tag is null)
            {
                // Nothing tells the variants apart: they are read as UnknownVariant, whole.
                continue;
            }

            if (found is null)
            {
                string lines = string.Concat(union.Tags.Select(tag => $"{Environment.NewLine}    {Line(tag.Value, TypeOf(tag.Variant))}"));
                yield return $"{union.Name} is not declared. Add to {Folder}: Union.By<…>(\"{union.Tag}\"){lines}";
                continue;
            }

            if (found.Tag != union.Tag)
            {
                yield return $"{union.Name}: {union.Tag ?? "the members present"} tells the variants apart, but {FileOf(found)} declares {found.Tag ?? "members"}.";
            }

            foreach (string problem in union.Tag is null ? Untagged(union, found) : Tagged(union, found))
            {
                yield return problem;
            }
        }
    }

    private static IEnumerable<string> Tagged(SpecUnion union, DeclaredUnion declared)
    {
        foreach ((string value, SchemaView variant) in union.Tags)
        {
            if (!declared.Variants.TryGetValue(value, out (string Schema, string Type) known))
            {
                yield return $"{union.Name}: the variant \"{value}\" ({variant.Name}) is not declared. "
                    + $"Add {Line(value, TypeOf(variant))} to the union {declared.Type} in {FileOf(declared)}.";
            }
            else if (!IsInline(variant.Name) && !IsInline(known.Schema) && known.Schema != variant.Name)
            {
                yield return $"{union.Name}: \"{value}\" stands for {variant.Name}, but {FileOf(declared)} declares {known.Type}. Write {Line(value, TypeOf(variant))}.";
            }
        }

        foreach (string value in declared.Variants.Keys.Except(union.Tags.Select(tag => tag.Value)))
        {
            yield return $"{union.Name} has no variant \"{value}\". Remove {Line(value, declared.Variants[value].Type)} from the union {declared.Type} in {FileOf(declared)}.";
        }
    }

    private static IEnumerable<string> Untagged(SpecUnion union, DeclaredUnion declared) =>
        from variant in union.Variants
        where !IsInline(variant.Name) && declared.Variants.Values.All(known => known.Schema != variant.Name)
        select $"{union.Name}: the variant {variant.Name} is not declared. Add .Has<{TypeOf(variant)}>(\"…\"), with the members that only it has, to the union {declared.Type} in {FileOf(declared)}.";

    /// <summary>An inline union may be declared at another place of equal shape.</summary>
    private static DeclaredUnion? Find(SpecUnion union, IReadOnlyList<DeclaredUnion> declared) =>
        declared.FirstOrDefault(known => SamePlace(known.Schema, union.Name))
        ?? (IsInline(union.Name) ? declared.FirstOrDefault(known => known.Tag == union.Tag && SameVariants(union, known)) : null);

    private static bool SameVariants(SpecUnion union, DeclaredUnion known) => union.Tag is null
        ? known.Variants.Values.Select(variant => variant.Schema).ToHashSet().SetEquals(union.Variants.Select(variant => variant.Name))
        : known.Variants.Keys.ToHashSet().SetEquals(union.Tags.Select(tag => tag.Value));

    private static bool SamePlace(string one, string other) => Place(one) == Place(other);

    private static string Place(string name) => Regex.Replace(name.TrimStart('#'), "/allOf/[0-9]+", "");

    private static bool IsInline(string name) => name.Contains('/', StringComparison.Ordinal);

    private static string TypeOf(SchemaView variant) => SdkTypes.BySchema[variant.Name].FirstOrDefault()?.Name ?? (IsInline(variant.Name) ? "…" : variant.Name);

    private static string Line(string value, string type) => $".Is<{type}>(\"{value}\")";

    /// <summary>The file and line where a union is declared.</summary>
    private static string FileOf(DeclaredUnion union)
    {
        string folder = Repository.PathOf(Folder.Split('/'));
        foreach (string path in Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories) : [])
        {
            int line = Array.FindIndex(File.ReadAllLines(path), text => text.Contains($"<{union.Type}>", StringComparison.Ordinal));
            if (line >= 0)
            {
                return $"{Path.GetRelativePath(Repository.Root, path)}:{line + 1}";
            }
        }

        return Folder;
    }
}
