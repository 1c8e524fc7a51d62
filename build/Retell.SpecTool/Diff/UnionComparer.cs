using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Compares the variants of two unions: matched by tag, then by type, then by place.</summary>
internal sealed class UnionComparer(Comparison comparison)
{
    private Findings Findings => comparison.Findings;

    public void Compare(UnionDefinition before, UnionDefinition after, Spot spot)
    {
        if (before.Discriminator != after.Discriminator)
        {
            Findings.Add(Rules.DiscriminatorChanged, spot, $"{spot.Text}: told apart by {Key(before)} → by {Key(after)}");
        }

        CompareVariants(before, after, spot);
        CompareShared(before, after, spot);
    }

    private static string Key(UnionDefinition union) => union.Discriminator is string tag ? $"`{tag}`" : "the members present";

    private void CompareVariants(UnionDefinition before, UnionDefinition after, Spot spot)
    {
        List<ObjectDefinition> rest = [.. after.Leaves];
        List<ObjectDefinition> lost = [];
        bool isTagged = before.Discriminator is not null && before.Discriminator == after.Discriminator;
        foreach (ObjectDefinition variant in before.Leaves)
        {
            ObjectDefinition? now = rest.Find(r => IsSame(variant, r)) ?? (isTagged ? rest.Find(r => Tags(before, variant).Intersect(Tags(after, r)).Any()) : null);
            if (now is null)
            {
                lost.Add(variant);
                continue;
            }

            rest.Remove(now);
            comparison.Reach(variant, now, spot.Side);
            Spot place = spot with { CSharp = [.. spot.CSharp, .. CSharpNames.Pair(CSharpNames.Of(variant), CSharpNames.Of(now))] };
            if (comparison.Renames.Translated(new TypeUse(ValueKind.Named, variant)) != now.TypeName)
            {
                Findings.Add(Rules.VariantTypeChanged, place, $"{spot.Text}: {Label(before, variant)} is {now.TypeName} in C# now");
            }

            if (isTagged)
            {
                CompareTags(Tags(before, variant), Tags(after, now), Label(before, variant), place);
            }
        }

        foreach (ObjectDefinition variant in lost)
        {
            Findings.Add(
                Rules.VariantRemoved,
                spot with { CSharp = [.. spot.CSharp, CSharpNames.Of(variant), .. Added(before, variant)] },
                $"{spot.Text}: {Label(before, variant)} removed");
        }

        foreach (ObjectDefinition variant in rest)
        {
            Findings.Add(
                Rules.VariantAdded,
                spot with { CSharp = [.. spot.CSharp, CSharpNames.Of(variant), .. Added(after, variant)] },
                $"{spot.Text}: {Label(after, variant)} added");
        }
    }

    private void CompareTags(List<string> before, List<string> after, string variant, Spot spot)
    {
        if (!before.Intersect(after).Any())
        {
            Findings.Add(Rules.VariantTagChanged, spot, $"{spot.Text}: {variant} has the tag {Comparison.List(after)} now");
        }
    }

    /// <summary>A component by its name, an inline variant by its place, which holds its tag.</summary>
    private bool IsSame(ObjectDefinition before, ObjectDefinition after) =>
        comparison.Renames.AreSame(before, after) || (before.SpecName is null && after.SpecName is null && before.Place == after.Place);

    private static List<string> Tags(UnionDefinition union, ObjectDefinition variant) => [.. union.Tags.Where(t => t.Variant == variant).Select(t => t.Tag)];

    /// <summary>The members that a class has because it is a variant.</summary>
    private static IEnumerable<string> Added(UnionDefinition union, ObjectDefinition variant) => union.Added
        .Where(added => variant.Properties.Exists(p => p.JsonName == added.JsonName && p.AddedBy.Contains(union)))
        .Select(added => CSharpNames.Of(variant, added.JsonName))
        .OfType<string>();

    private static string Label(UnionDefinition union, ObjectDefinition variant) =>
        Tags(union, variant) is { Count: > 0 } tags ? $"variant {Comparison.List(tags)}" : $"variant {variant.SpecName ?? variant.TypeName}";

    private void CompareShared(UnionDefinition before, UnionDefinition after, Spot spot)
    {
        // The interface that is generated counts, and it knows what its variants share.
        (UnionDefinition old, UnionDefinition now) = ((UnionDefinition)before.Canonical, (UnionDefinition)after.Canonical);
        foreach (SharedMember member in old.Shared)
        {
            SharedMember? same = now.Shared.Find(m => m.JsonName == member.JsonName);
            string[] names = CSharpNames.Pair($"{CSharpNames.Of(before)}.{member.CSharpName}", same is null ? null : $"{CSharpNames.Of(after)}.{same.CSharpName}");
            Spot place = spot with { CSharp = names };
            if (same is null)
            {
                Findings.Add(Rules.SharedMemberRemoved, place, $"{spot.Text}: `{member.JsonName}` can no longer be read without a cast");
            }
            else if (Text(member, isBefore: true) != Text(same, isBefore: false))
            {
                Findings.Add(
                    Rules.SharedMemberChanged,
                    place,
                    $"{spot.Text}: `{member.JsonName}` read without a cast: {Text(member, isBefore: true)} → {Text(same, isBefore: false)}");
            }
        }

        foreach (SharedMember member in now.Shared.Where(m => old.Shared.TrueForAll(o => o.JsonName != m.JsonName)))
        {
            Findings.Add(
                Rules.SharedMemberAdded,
                spot with { CSharp = [$"{CSharpNames.Of(after)}.{member.CSharpName}"] },
                $"{spot.Text}: `{member.JsonName}` can be read without a cast");
        }
    }

    /// <summary>string and string? are one type, long and long? are two.</summary>
    private string Text(SharedMember member, bool isBefore)
    {
        TypeUse use = member.IsText ? new TypeUse(ValueKind.String) : member.Type;
        string text = isBefore ? comparison.Renames.Translated(use) : CSharpNames.Type(use);
        return CSharpType.IsValueType(use) && !member.IsRequired ? text + "?" : text;
    }
}
