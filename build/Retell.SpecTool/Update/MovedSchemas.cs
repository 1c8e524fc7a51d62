using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.SpecTool.Update;

/// <summary>
/// Schemas that stand elsewhere in a new revision, because a property moved to a common base or its inline schema became
/// a component. The same property leads to them, so the recorded name goes with them.
/// </summary>
internal sealed class MovedSchemas
{
    private readonly ApiModel _after;
    private readonly NameLock _names;

    private readonly Dictionary<string, Definition> _moved = new(StringComparer.Ordinal);

    private MovedSchemas(ApiModel after, NameLock names) => (_after, _names) = (after, names);

    /// <summary>Finds them by their former place, and records their names for the new one.</summary>
    public static Dictionary<string, Definition> Find(ApiModel before, ApiModel after, NameLock names)
    {
        var search = new MovedSchemas(after, names);
        foreach (Definition definition in before.Definitions.Values.Where(d => d.SpecName is null).OrderBy(d => d.Place, StringComparer.Ordinal))
        {
            if (!after.Definitions.ContainsKey(definition.Place)
                    && search.Follow(definition) is Definition now
                    && IsSuccessor(definition, now)
                    && search.MayTake(now, definition.Name!))
            {
                names.Add(now.Place, definition.Name!);
                search._moved[definition.Place] = now;
            }
        }

        return search._moved;
    }

    /// <summary>What the property of the same owner holds now.</summary>
    private Definition? Follow(Definition definition)
    {
        // An operation whose path moved took along what stood in it.
        foreach ((string key, string former) in _names.Moved)
        {
            string place = SpecPlace.OfOperation(former) + "/";
            if (definition.Place.StartsWith(place, StringComparison.Ordinal)
                    && _after.Definitions.TryGetValue($"{SpecPlace.OfOperation(key)}/{definition.Place[place.Length..]}", out Definition? same))
            {
                return same;
            }
        }

        int end = definition.Place.LastIndexOf("/properties/", StringComparison.Ordinal);
        if (end < 0)
        {
            return null;
        }

        // What a moved schema holds moves with it.
        string outer = definition.Place[..end];
        Definition? owner = _after.Definitions.GetValueOrDefault(outer) ?? _moved.GetValueOrDefault(outer);

        string[] steps = definition.Place[(end + "/properties/".Length)..].Split('/');
        TypeUse? use = (owner as ObjectDefinition)?.Properties.Find(p => SchemaFolder.Step(p.JsonName) == steps[0])?.Type;
        foreach (string step in steps[1..])
        {
            use = step is "items" or "additionalProperties" ? use?.Item : null;
        }

        return use?.Definition;
    }

    /// <summary>Whether code that uses the one can use the other.</summary>
    private static bool IsSuccessor(Definition before, Definition now) => (before, now) switch
    {
        (EnumDefinition, EnumDefinition) => true,
        (ObjectDefinition old, ObjectDefinition current) =>
            old.Properties.TrueForAll(
                p => current.Properties.Exists(c => (c.JsonName, c.Type.Fingerprint, c.Constant?.Value) == (p.JsonName, p.Type.Fingerprint, p.Constant?.Value))),
        _ => before.GetType() == now.GetType() && before.Fingerprint == now.Fingerprint,
    };

    /// <summary>A place that has a name keeps it, and a component shares none.</summary>
    private bool MayTake(Definition now, string name) =>
        _names.Find(now.Place) is null
        && now.WantedName is null
        && _after.Definitions.Values.All(
            other =>
                other == now
                    || other.Name != name
                    || _names.Find(other.Place) is null
                    || (now.SpecName is null
                            && other.SpecName is null
                            && (now is EnumDefinition == other is EnumDefinition)
                            && (now is EnumDefinition || now.Fingerprint == other.Fingerprint)))
        && _after.Definitions.Values.All(other => other == now || other.SpecName is null || CSharpName.Pascal(other.SpecName) != name);
}
