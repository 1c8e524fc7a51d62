using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>
/// Compares definitions in pairs, starting where the operations use them: each pair once for each way its values travel.
/// </summary>
internal sealed class Comparison
{
    private readonly HashSet<(Definition, Definition, Sides)> _seen = [];
    private readonly Queue<(Definition Before, Definition After, Sides Side)> _pending = new();

    /// <summary>The pairs that the operations led to: what they say of the way counts.</summary>
    private HashSet<(Definition, Definition)>? _used;

    public Comparison(ApiModel before, ApiModel after)
    {
        (Before, After) = (before, after);
        (FactsBefore, FactsAfter) = (SpecFacts.Of(before), SpecFacts.Of(after));
        (UsageBefore, UsageAfter) = (Usage.Of(before), Usage.Of(after));
        Renames = Renames.Between(before, after);
        Findings = new Findings(definition => UsageBefore.OperationsOf(definition).Concat(UsageAfter.OperationsOf(definition)));
    }

    public ApiModel Before { get; }

    public ApiModel After { get; }

    public SpecFacts? FactsBefore { get; }

    public SpecFacts? FactsAfter { get; }

    public Renames Renames { get; }

    public Findings Findings { get; }

    private Usage UsageBefore { get; }

    private Usage UsageAfter { get; }

    public void Run()
    {
        new DocumentComparer(this).Run();
        new OperationComparer(this).Run();
        CompareReached();
        _used = [.. _seen.Select(pair => (pair.Item1, pair.Item2))];
        CompareComponents();
    }

    /// <summary>A definition that is compared later with its counterpart.</summary>
    public void Reach(Definition before, Definition after, Sides side)
    {
        if (_used is not null)
        {
            if (_used.Contains((before, after)))
            {
                return;
            }

            side = SidesOf(before, after);
        }

        foreach (Sides one in new[] { Sides.Request, Sides.Response }.Where(one => side.HasFlag(one)))
        {
            if (_seen.Add((before, after, one)))
            {
                _pending.Enqueue((before, after, one));
            }
        }

    }

    public void AddDocumentation(string? before, string? after, Spot spot)
    {
        if (Words(before) != Words(after))
        {
            Findings.Add(Rules.DocumentationChanged, spot, "described otherwise");
        }
    }

    public void AddFlag(bool before, bool after, Rule gained, Rule lost, Spot spot, string whenGained, string whenLost)
    {
        if (before != after)
        {
            Findings.Add(after ? gained : lost, spot, $"{spot.Text} {(after ? whenGained : whenLost)}");
        }
    }

    public void AddLimits(JObject before, JObject after, Spot spot)
    {
        foreach ((Rule rule, string message) in Limits.Compare(before, after))
        {
            Findings.Add(rule, spot, $"{spot.Text}: {message}");
        }
    }

    /// <summary>int32 and int64, float and double: all are the same in C#, but not to the API.</summary>
    public void AddNumberFormat(string placeBefore, string placeAfter, Spot spot)
    {
        if (placeBefore.Length == 0 || placeAfter.Length == 0 || FactsBefore is null || FactsAfter is null)
        {
            return;
        }

        string? old = NumberFormat(FactsBefore.SchemaAt(placeBefore));
        string? now = NumberFormat(FactsAfter.SchemaAt(placeAfter));
        if (old != now)
        {
            static int Size(string? format) => format is "int32" or "float" ? 0 : 1;
            if (Size(old) != Size(now))
            {
                Findings.Add(Size(now) > Size(old) ? Rules.LimitLoosened : Rules.LimitTightened, spot, $"{spot.Text}: format {old ?? "none"} → {now ?? "none"}");
            }
        }

        static string? NumberFormat(JObject? schema) => schema?["format"]?.ToString() is string format and ("int32" or "int64" or "float" or "double") ? format : null;
    }

    public void AddDefault(JToken? before, JToken? after, Spot spot)
    {
        if (!JToken.DeepEquals(before, after))
        {
            Rule rule = before is null ? Rules.DefaultAdded : after is null ? Rules.DefaultRemoved : Rules.DefaultChanged;
            Findings.Add(rule, spot, $"{spot.Text}: default {Text(before)} → {Text(after)}");
        }

        static string Text(JToken? value) => value?.ToString(Formatting.None) ?? "none";
    }

    /// <summary>Compares the values at one place. Gives whether their JSON types differ, which is then said.</summary>
    public bool CompareUse(TypeUse before, TypeUse after, Spot spot)
    {
        CompareNull(before, after, spot);
        if (Renames.AreSame(before.Definition, after.Definition))
        {
            // What became of the component is said of the component.
            Reach(before.Definition!, after.Definition!, spot.Side);
            return false;
        }

        if (before.Definition is not null && after.Definition is not null && before.Definition.GetType() == after.Definition.GetType())
        {
            Reach(before.Definition, after.Definition, spot.Side);
            return false;
        }

        if (before.Item is not null && after.Item is not null && before.Kind == after.Kind)
        {
            string step = before.Kind == ValueKind.List ? "/items" : "/additionalProperties";
            Spot inner = spot with { Place = spot.Place + step };
            AddLimits(before.Item.Constraints, after.Item.Constraints, inner);
            return CompareUse(before.Item, after.Item, inner);
        }

        if ((before, after) is ({ Kind: ValueKind.String }, { Definition: EnumDefinition { Values: var listed } }))
        {
            Findings.Add(Rules.ValuesListed, spot, $"{spot.Text}: any text → one of {List(listed)}");
            return false;
        }

        if ((before, after) is ({ Definition: EnumDefinition { Values: var unlisted } }, { Kind: ValueKind.String }))
        {
            Findings.Add(Rules.ValuesUnlisted, spot, $"{spot.Text}: one of {List(unlisted)} → any text");
            return false;
        }

        if (before.Definition is null && after.Definition is null && before.Kind == after.Kind)
        {
            return false;
        }

        Rule rule = Conversions.Exists(before, after) ? Rules.TypeWidened : Conversions.Exists(after, before) ? Rules.TypeNarrowed : Rules.TypeChanged;

        // An inline schema of another kind under the same name: whatever was done with the C# type is to be done otherwise.
        bool isTurned = before.Definition is { SpecName: null } type && type.TypeName == after.Definition?.TypeName;
        Spot named = isTurned ? spot with { CSharp = [.. spot.CSharp, CSharpNames.Of(before.Definition!)] } : spot;
        Findings.Add(rule, named, $"{spot.Text}: {Words(before)} → {Words(after)} ({CSharpType.Of(before)} → {CSharpType.Of(after)})");
        return true;
    }

    /// <summary>The same JSON type may be another type in C#.</summary>
    public void CompareCSharp(TypeUse before, TypeUse after, Spot spot)
    {
        (string old, string now) = (CSharpNames.Type(before), CSharpNames.Type(after));
        if (Renames.Translated(before) == now)
        {
            return;
        }

        Rule rule = Conversions.Exists(before, after) ? Rules.CSharpTypeWidened : Conversions.Exists(after, before) ? Rules.CSharpTypeNarrowed : Rules.CSharpTypeChanged;
        Findings.Add(rule, spot, $"{spot.Text}: {old} → {now} in C#");
    }

    public static string List(IReadOnlyCollection<string> values) =>
        values.Count == 0 ? "none" : string.Join(", ", values.Take(8).Select(v => $"`{v}`")) + (values.Count > 8 ? $" and {values.Count - 8} more" : string.Empty);

    /// <summary>What kind of thing a definition is, in the words of the API.</summary>
    public static string Kind(Definition definition) => definition switch
    {
        ObjectDefinition => "object",
        EnumDefinition { Values.Count: 0 } => "text",
        EnumDefinition => "enumeration",
        UnionDefinition => "union of objects",
        ChoiceDefinition { Cases: [TypeUse only] } => Words(only),
        ChoiceDefinition => "choice of JSON types",
        _ => "map",
    };

    private static string Words(TypeUse use) => use.Kind switch
    {
        ValueKind.Named => use.Definition!.SpecName is string name ? $"{Kind(use.Definition)} {name}" : Kind(use.Definition),
        ValueKind.List => "list of " + Words(use.Item!),
        ValueKind.Map => "map of " + Words(use.Item!),
        ValueKind.Any => "any JSON",
        ValueKind.FreeForm => "any object",
        ValueKind.String => "text",
#pragma warning disable CA1308 // The words of JSON schema are in small letters.
        _ => use.Kind.ToString().ToLowerInvariant(),
#pragma warning restore CA1308
    };

    private static string Words(string? text) => string.Join(' ', (text ?? string.Empty).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private void CompareNull(TypeUse before, TypeUse after, Spot spot)
    {
        // Where only the component became nullable, that is said of the component.
        bool isOfComponent = Renames.AreSame(before.Definition, after.Definition) && before.Definition!.IsNullable != after.Definition!.IsNullable;
        if (!isOfComponent)
        {
            AddFlag(before.Nullable, after.Nullable, Rules.BecameNullable, Rules.BecameNotNullable, spot, "may be null now", "may no longer be null");
        }
    }

    private void CompareReached()
    {
        while (_pending.TryDequeue(out var pair))
        {
            new DefinitionComparer(this, pair.Before, pair.After, pair.Side).Compare();
        }
    }

    /// <summary>Components that no operation of both revisions leads to, and those that came and went.</summary>
    private void CompareComponents()
    {
        List<Definition> old = [.. Before.Definitions.Values.Where(d => d.SpecName is not null).OrderBy(d => d.SpecName, StringComparer.Ordinal)];
        Dictionary<string, Definition> current = After.Definitions.Values.Where(d => d.SpecName is not null).ToDictionary(d => d.SpecName!, StringComparer.Ordinal);
        foreach (Definition definition in old)
        {
            string name = Renames.Components.GetValueOrDefault(definition.SpecName!, definition.SpecName!);
            if (!current.Remove(name, out Definition? now))
            {
                Findings.Add(Rules.SchemaRemoved, new Spot(SidesOf(definition, null), definition.Place, CSharpNames.Of(definition)) { Owner = definition }, "the schema is gone");
                continue;
            }

            if (name != definition.SpecName)
            {
                Findings.Add(
                    Rules.SchemaRenamed,
                    new Spot(SidesOf(definition, now), now.Place, CSharpNames.Pair(CSharpNames.Of(definition), CSharpNames.Of(now))) { Owner = now },
                    $"renamed: {definition.SpecName} → {name}, of the same shape");
            }

            if (!_seen.Contains((definition, now, Sides.Request)) && !_seen.Contains((definition, now, Sides.Response)))
            {
                Reach(definition, now, SidesOf(definition, now));
                CompareReached();
            }
        }

        foreach (Definition added in current.Values)
        {
            Findings.Add(Rules.SchemaAdded, new Spot(SidesOf(null, added), added.Place, CSharpNames.Of(added)) { Owner = added }, "the schema is new");
        }
    }

    /// <summary>What no operation uses may travel both ways, in webhooks for one.</summary>
    private Sides SidesOf(Definition? before, Definition? after)
    {
        Sides sides = (before is null ? Sides.None : UsageBefore.SidesOf(before)) | (after is null ? Sides.None : UsageAfter.SidesOf(after));
        return sides == Sides.None ? Sides.Both : sides;
    }
}
