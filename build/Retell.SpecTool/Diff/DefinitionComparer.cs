using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Compares one definition with its counterpart; what it holds is compared on its own.</summary>
internal sealed class DefinitionComparer(Comparison comparison, Definition before, Definition after, Sides side)
{
    private Findings Findings => comparison.Findings;

    /// <summary>What stands in place of something else is said to differ from that.</summary>
    private string? Against => comparison.Renames.AreSame(before, after) || (before.SpecName ?? after.SpecName) is null ? null : before.SpecName ?? PlaceName.Of(before.Place).Full;

    public void Compare()
    {
        Spot spot = SpotAt(side, after.Place, CSharpNames.Pair(CSharpNames.Of(before), CSharpNames.Of(after)));
        if (comparison.Renames.AreSame(before, after))
        {
            CompareComponent(spot);
        }

        comparison.AddLimits(before.Constraints, after.Constraints, spot);
        switch (before, after)
        {
            case (ObjectDefinition old, ObjectDefinition now):
                CompareObject(old, now, spot);
                break;
            case (EnumDefinition old, EnumDefinition now):
                CompareValues(old, now, spot);
                break;
            case (UnionDefinition old, UnionDefinition now):
                CompareProperties(old.Added, now.Added);
                new UnionComparer(comparison).Compare(old, now, spot);
                break;
            case (ChoiceDefinition old, ChoiceDefinition now):
                new ChoiceComparer(comparison, old, now, spot).Compare();
                break;
            case (MapDefinition old, MapDefinition now):
                Spot item = spot with { Place = spot.Place + "/additionalProperties" };
                comparison.AddLimits(old.Item.Constraints, now.Item.Constraints, item);
                if (!comparison.CompareUse(old.Item, now.Item, item))
                {
                    comparison.CompareCSharp(old.Item, now.Item, item);
                }

                break;
            default:
                Findings.Add(Rules.SchemaKindChanged, spot, $"{spot.Text}: {Comparison.Kind(before)} → {Comparison.Kind(after)}");

                // The variants are still there, but no longer have what the union added.
                CompareProperties((before as UnionDefinition)?.Added ?? [], []);
                break;
        }
    }

    /// <summary>It belongs to the definition that has it now, wherever it stands.</summary>
    private Spot SpotAt(Sides way, string place, params string[] csharp) => new(way, place, csharp) { Owner = after, Against = Against };

    private static string[] Names(string property, Definition? old, Definition? now) => (old, now) is (UnionDefinition or null, UnionDefinition or null)
        ? [.. new[] { old, now }.OfType<UnionDefinition>().SelectMany(union => CSharpNames.OfAdded(union, property)).Distinct()]
        : CSharpNames.Pair(old is null ? null : CSharpNames.Of(old, property), now is null ? null : CSharpNames.Of(now, property));

    private void CompareComponent(Spot spot)
    {
        comparison.AddDocumentation(before.Description, after.Description, spot);
        comparison.AddFlag(before.IsDeprecated, after.IsDeprecated, Rules.SchemaDeprecated, Rules.SchemaUndeprecated, spot, "is deprecated now", "is no longer deprecated");
        comparison.AddFlag(before.IsNullable, after.IsNullable, Rules.BecameNullable, Rules.BecameNotNullable, spot, "may be null now", "may no longer be null");
        comparison.AddDefault(comparison.FactsBefore?.SchemaAt(before.Place)?["default"], comparison.FactsAfter?.SchemaAt(after.Place)?["default"], spot);
        if (before.SpecName == after.SpecName && before.GetType() == after.GetType() && before.TypeName != after.TypeName)
        {
            Findings.Add(Rules.CSharpNameChanged, spot, $"{spot.Text}: {before.TypeName} → {after.TypeName} in C#");
        }
    }

    private void CompareObject(ObjectDefinition old, ObjectDefinition now, Spot spot)
    {
        comparison.AddFlag(old.IsClosed, now.IsClosed, Rules.ObjectClosed, Rules.ObjectOpened, spot, "takes no members beside those named now", "takes other members now");
        JToken? Extra(SpecFacts? facts, string place) => facts?.SchemaAt(place)?["additionalProperties"] is JObject extra ? SpecFacts.Bare(extra) : null;
        if (!JToken.DeepEquals(Extra(comparison.FactsBefore, before.Place), Extra(comparison.FactsAfter, after.Place)))
        {
            Findings.Add(Rules.ExtraMembersChanged, spot, $"{spot.Text}: the values of members that are not named are of another type");
        }

        CompareProperties(Own(old), Own(now));
    }

    /// <summary>Without what a union adds, which is compared there, and what another place of the same C# type has.</summary>
    private static List<Property> Own(ObjectDefinition type) => [.. type.Properties.Where(p => p.AddedBy.Count == 0)];

    private void CompareProperties(List<Property> old, List<Property> now)
    {
        Dictionary<string, Property> known = old.ToDictionary(p => p.JsonName, StringComparer.Ordinal);
        List<Property> added = [.. now.Where(p => !known.ContainsKey(p.JsonName) && IsAt(p, after, comparison.After))];
        foreach (Property property in now.Where(p => known.ContainsKey(p.JsonName)))
        {
            known.Remove(property.JsonName, out Property? former);
            CompareProperty(former!, property, SpotAt(Effective(property, Effective(former!, side)), Place(property, after), Names(property.JsonName, before, after)));
        }

        List<Property> removed = [.. known.Values.Where(p => IsAt(p, before, comparison.Before))];
        foreach (Property property in removed.Where(p => Effective(p, side) != Sides.None))
        {
            Spot spot = SpotAt(Effective(property, side), Place(property, before), Names(property.JsonName, before, null));
            string hint = Successor(property, removed, added) is Property successor ? $"; `{successor.JsonName}` of the same type is new" : string.Empty;
            Findings.Add(Rules.PropertyRemoved, spot, $"{spot.Text} is gone{hint}");
        }

        foreach (Property property in added.Where(p => Effective(p, side) != Sides.None))
        {
            Spot spot = SpotAt(Effective(property, side), Place(property, after), Names(property.JsonName, null, after));
            (Rule rule, string kind) = property switch
            {
                _ when !IsRequired(property, after, comparison.FactsAfter) => (Rules.PropertyAddedOptional, "optional"),
                { Constant: JValue constant } => (Rules.PropertyAddedConstant, $"required, always {constant.ToString(Newtonsoft.Json.Formatting.None)}"),
                _ => (Rules.PropertyAddedRequired, property.Default is null ? "required" : "required, with a default"),
            };
            Findings.Add(rule, spot, $"{spot.Text} is new, {kind}");
        }
    }

    private void CompareProperty(Property old, Property now, Spot spot)
    {
        bool isRequired = IsRequired(now, after, comparison.FactsAfter);
        Spot bothWays = spot with { Side = side };
        Rule writable = isRequired ? Rules.PropertyBecameWritableRequired : Rules.PropertyBecameWritable;
        comparison.AddFlag(Is(old, "readOnly"), Is(now, "readOnly"), Rules.PropertyBecameReadOnly, writable, bothWays, "is read-only now", "may be written now");
        comparison.AddFlag(
            Is(old, "writeOnly"),
            Is(now, "writeOnly"),
            Rules.PropertyBecameWriteOnly,
            Rules.PropertyBecameReadable,
            bothWays,
            "is write-only now",
            "may be read now");
        if (spot.Side == Sides.None)
        {
            return;
        }

        comparison.AddDocumentation(old.Description, now.Description, spot);
        comparison.AddFlag(
            IsRequired(old, before, comparison.FactsBefore),
            isRequired,
            Rules.PropertyBecameRequired,
            Rules.PropertyBecameOptional,
            spot,
            "is required now",
            "is optional now");
        comparison.AddFlag(old.IsDeprecated, now.IsDeprecated, Rules.PropertyDeprecated, Rules.PropertyUndeprecated, spot, "is deprecated now", "is no longer deprecated");
        comparison.AddDefault(old.Default, now.Default, spot);
        comparison.AddLimits(old.Constraints, now.Constraints, spot);
        comparison.AddNumberFormat(old.Place, now.Place, spot);
        if (!CompareValue(old, now, spot))
        {
            comparison.CompareCSharp(old.Type, now.Type, spot);
            CompareNullableValue(old, now, spot);
        }
    }

    /// <summary>Gives whether the JSON type is another one.</summary>
    private bool CompareValue(Property old, Property now, Spot spot)
    {
        switch (old.Constant, now.Constant)
        {
            case (JValue was, JValue value) when was.Type == value.Type:
                if (!JToken.DeepEquals(was, value) && !(IsTag(before, old) && IsTag(after, now)))
                {
                    Findings.Add(Rules.ConstantChanged, spot, $"{spot.Text}: always {Json(was)} → always {Json(value)}");
                }

                return false;
            case (JValue was, null) when IsOf(was, now.Type):
                CompareNull(old, now, spot);
                Findings.Add(Rules.ConstantOpened, spot, $"{spot.Text}: always {Json(was)} → {Values(now.Type)}");
                if (now.Type.Definition is EnumDefinition { Values: var values } && !values.Contains((string)was!))
                {
                    Findings.Add(Rules.EnumValueRemoved, spot, $"{spot.Text}: value `{was}` removed");
                }

                return false;
            case (null, JValue value) when IsOf(value, old.Type):
                CompareNull(old, now, spot);
                Findings.Add(Rules.ConstantFixed, spot, $"{spot.Text}: {Values(old.Type)} → always {Json(value)}");
                return false;
            default:
                return comparison.CompareUse(old.Type, now.Type, spot);
        }
    }

    private void CompareNull(Property old, Property now, Spot spot) =>
        comparison.AddFlag(old.Type.Nullable, now.Type.Nullable, Rules.BecameNullable, Rules.BecameNotNullable, spot, "may be null now", "may no longer be null");

    /// <summary>long and long? are two types; string and string? are one.</summary>
    private void CompareNullableValue(Property old, Property now, Spot spot)
    {
        if (CSharpType.IsValueType(old.Type) && CSharpType.IsValueType(now.Type))
        {
            string type = CSharpType.Of(now.Type);
            comparison.AddFlag(
                MayBeNull(before, old),
                MayBeNull(after, now),
                Rules.CSharpTypeNullable,
                Rules.CSharpTypeNotNullable,
                spot,
                $"is {type}? in C# now",
                $"is {type} without ? in C# now");
        }

        // The class that is generated may serve several places.
        static bool MayBeNull(Definition owner, Property property)
        {
            Property shown = (owner.Canonical as ObjectDefinition)?.Properties.Find(p => p.JsonName == property.JsonName) ?? property;
            return shown.Constant is null && (!shown.IsRequired || shown.Type.Nullable);
        }
    }

    private void CompareValues(EnumDefinition old, EnumDefinition now, Spot spot)
    {
        if (old.Values.Count == 0 || now.Values.Count == 0)
        {
            if (old.Values.Count != now.Values.Count)
            {
                Findings.Add(
                    old.Values.Count == 0 ? Rules.ValuesListed : Rules.ValuesUnlisted,
                    spot,
                    old.Values.Count == 0 ? $"{spot.Text}: any text → one of {Comparison.List(now.Values)}" : $"{spot.Text}: one of {Comparison.List(old.Values)} → any text");
            }

            return;
        }

        foreach (string value in old.Values.Except(now.Values))
        {
            Findings.Add(Rules.EnumValueRemoved, spot with { CSharp = CSharpNames.Pair(CSharpNames.Of(old, value), null) }, $"{spot.Text}: value `{value}` removed");
        }

        foreach (string value in now.Values.Except(old.Values))
        {
            Findings.Add(Rules.EnumValueAdded, spot with { CSharp = CSharpNames.Pair(null, CSharpNames.Of(now, value)) }, $"{spot.Text}: value `{value}` added");
        }
    }

    /// <summary>Whether a property stands at this place itself: the generated class may have gained it from another place of its name.</summary>
    private static bool IsAt(Property property, Definition owner, ApiModel model) =>
        owner.SpecName is not null
        || property.Place.Length == 0
        || property.Place.StartsWith(owner.Place + "/", StringComparison.Ordinal)
        || !model.Definitions.Values.Any(
            other => other != owner && other.SpecName is null && ReferenceEquals(other.Canonical, owner) && property.Place.StartsWith(other.Place + "/", StringComparison.Ordinal));

    /// <summary>A class that serves several places requires only what all of them do.</summary>
    private static bool IsRequired(Property property, Definition owner, SpecFacts? facts) =>
        property.IsRequired
        || (owner.SpecName is null
                && property.AddedBy.Count == 0
                && (facts?.SchemaAt(owner.Place)?["required"] as JArray)?.Any(name => (string?)name == property.JsonName) == true);

    /// <summary>A new property that may well be the removed one under another name: of the same type, and the only change, described alike or named alike.</summary>
    private static Property? Successor(Property property, List<Property> removed, List<Property> added)
    {
        List<Property> alike = [.. added.Where(a => IsAlike(a, property))];
        return alike.Count == 1 && removed.Count(r => IsAlike(r, alike[0])) == 1 ? alike[0] : null;

        bool IsAlike(Property one, Property other) =>
            one.Type.Fingerprint == other.Type.Fingerprint
            && JToken.DeepEquals(one.Constant, other.Constant)
            && ((removed.Count == 1 && added.Count == 1) || (one.Description is not null && one.Description == other.Description) || Words(one).Intersect(Words(other)).Any());

        static string[] Words(Property named) => named.JsonName.Split('_');
    }

    /// <summary>What is read-only is no part of a request, what is write-only none of an answer.</summary>
    private static Sides Effective(Property property, Sides side) =>
        side & ~(Is(property, "readOnly") ? Sides.Request : Sides.None) & ~(Is(property, "writeOnly") ? Sides.Response : Sides.None);

    private static bool Is(Property property, string rule) => property.Constraints[rule] is JValue { Value: true };

    private static bool IsTag(Definition owner, Property property) => (owner as ObjectDefinition)?.Unions.Exists(u => u.Discriminator == property.JsonName) == true;

    private static string Place(Property property, Definition owner) =>
        property.Place.Length > 0 ? property.Place : $"{owner.Place}/properties/{SchemaFolder.Step(property.JsonName)}";

    private static bool IsOf(JValue constant, TypeUse use) =>
        constant.Type == JTokenType.Boolean ? use.Kind == ValueKind.Boolean : use.Kind == ValueKind.String || use.Definition is EnumDefinition;

    private static string Values(TypeUse use) =>
        use.Definition is EnumDefinition { Values: { Count: > 0 } values } ? "one of " + Comparison.List(values) : $"any {(use.Kind == ValueKind.Boolean ? "boolean" : "text")}";

    private static string Json(JValue value) => value.ToString(Newtonsoft.Json.Formatting.None);
}
