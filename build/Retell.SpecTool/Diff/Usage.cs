using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Which operations use a definition, and which way it travels in them.</summary>
internal sealed class Usage(ApiModel model)
{
    private readonly Dictionary<Definition, (Sides Sides, SortedSet<string> Operations)> _uses = [];

    public static Usage Of(ApiModel model)
    {
        var usage = new Usage(model);
        foreach (ApiOperation operation in model.Operations)
        {
            IEnumerable<TypeUse?> sent = operation.Parameters.Select(p => (TypeUse?)p.Type).Append(operation.Body);
            foreach ((TypeUse? use, Sides side) in sent.Select(use => (use, Sides.Request)).Append((operation.Response, Sides.Response)))
            {
                usage.Walk(use, side, operation.Key, []);
            }
        }

        return usage;
    }

    public Sides SidesOf(Definition definition) => _uses.TryGetValue(definition, out var use) ? use.Sides : Sides.None;

    public IEnumerable<string> OperationsOf(Definition definition) => _uses.TryGetValue(definition, out var use) ? use.Operations : [];

    /// <summary>The values that stand directly in a definition.</summary>
    public static IEnumerable<TypeUse> Parts(Definition definition) => definition switch
    {
        ObjectDefinition type => type.Properties.Select(p => p.Type),
        UnionDefinition type => type.Variants.Select(v => new TypeUse(ValueKind.Named, v)).Concat(type.Added.Select(p => p.Type)),
        ChoiceDefinition type => type.Cases,
        MapDefinition type => [type.Item],
        _ => [],
    };

    private void Walk(TypeUse? use, Sides side, string operation, HashSet<Definition> seen)
    {
        for (; use?.Item is not null; use = use.Item)
        {
        }

        if (use?.Definition is not Definition definition || !seen.Add(definition))
        {
            return;
        }

        Add(definition, side, operation);
        foreach (TypeUse part in Parts(definition))
        {
            Walk(part, side, operation, seen);
        }

        // A component is used where others inherit from it, too.
        foreach (string place in (definition as ObjectDefinition)?.Properties.Select(p => p.Place) ?? [])
        {
            if (ComponentAt(place) is Definition origin && origin != definition)
            {
                Add(origin, side, operation);
            }
        }
    }

    private void Add(Definition definition, Sides side, string operation)
    {
        (Sides sides, SortedSet<string> operations) = _uses.GetValueOrDefault(definition, (Sides.None, new SortedSet<string>(StringComparer.Ordinal)));
        operations.Add(operation);
        _uses[definition] = (sides | side, operations);
    }

    private Definition? ComponentAt(string place) =>
        place.Split('/') is ["#", "components", "schemas", string name, _, ..] ? model.Definitions.GetValueOrDefault($"#/components/schemas/{name}") : null;
}
