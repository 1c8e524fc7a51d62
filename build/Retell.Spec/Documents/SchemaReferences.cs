using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>
/// A schema may be referred to wherever it stands; what reads the document knows components only. So a copy of a schema
/// that stands elsewhere becomes a component, under a name made of its place.
/// </summary>
internal sealed partial class SchemaReferences(JObject document)
{
    private const string Components = "#/components/schemas/";

    /// <summary>Steps of a pointer that say nothing of what stands there.</summary>
    private static readonly string[] s_structure =
        ["components", "schemas", "properties", "patternProperties", "$defs", "definitions", "paths", "content", "schema", "allOf", "anyOf", "oneOf", "prefixItems", "parameters"];

    private readonly Dictionary<JObject, string> _names = new(ReferenceEqualityComparer.Instance);

    /// <summary>The lists that are being written out: one that holds itself needs a name.</summary>
    private readonly HashSet<JObject> _open = new(ReferenceEqualityComparer.Instance);

    private List<JObject>? _identified;

    private JObject? Schemas => (document["components"] as JObject)?["schemas"] as JObject;

    /// <summary>Makes every reference of a schema that leads anywhere in the document one to a component.</summary>
    public void Resolve()
    {
        Dictionary<JObject, JObject> targets = Find();
        if (targets.Count == 0)
        {
            return;
        }

        GiveNames([.. targets.Values.Where(NeedsName).Distinct<JObject>(ReferenceEqualityComparer.Instance)]);

        // The references first: the copies are made of what they are then.
        List<(JObject Schema, JObject Content)> written =
            [.. targets.Select(pair => (pair.Key, Content: Substitute(pair.Value, targets))).Where(pair => pair.Content["$ref"] is null)];
        foreach ((JObject schema, JObject target) in targets)
        {
            if (Reference(target) is string reference)
            {
                schema["$ref"] = reference;
            }
        }

        foreach ((JObject schema, JObject content) in written)
        {
            schema.Remove("$ref");
            foreach (JProperty member in content.Properties().Where(member => schema[member.Name] is null).ToList())
            {
                schema[member.Name] = member.Value;
            }
        }

        foreach ((JObject target, string name) in _names.OrderBy(pair => pair.Value, StringComparer.Ordinal))
        {
            if (document["components"] is not JObject components)
            {
                document["components"] = components = [];
            }

            if (components["schemas"] is not JObject schemas)
            {
                components["schemas"] = schemas = [];
            }

            schemas.Add(name, target.DeepClone());
        }
    }

    /// <summary>Every schema that refers to something else than a component, with what it refers to.</summary>
    private Dictionary<JObject, JObject> Find()
    {
        var targets = new Dictionary<JObject, JObject>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<JObject>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<JToken>(SchemaPlaces.Roots(document).Reverse());
        while (pending.TryPop(out JToken? token))
        {
            if (token is not JObject schema || !seen.Add(schema))
            {
                continue;
            }

            if (schema["$dynamicRef"] is JToken dynamic && schema["$ref"] is null)
            {
                schema.Remove("$dynamicRef");
                schema["$ref"] = dynamic;
            }

            if (schema["$ref"] is JValue { Value: string reference } && !IsComponent(reference) && Follow(schema, reference) is JObject target)
            {
                targets[schema] = target;
                pending.Push(target);
            }

            foreach (JToken child in SchemaPlaces.Children(schema))
            {
                pending.Push(child);
            }
        }

        return targets;
    }

    private bool IsComponent(string reference) =>
        reference.StartsWith(Components, StringComparison.Ordinal) && Schemas?[reference[Components.Length..]] is JObject;

    /// <summary>What a reference leads to, through others that say no more.</summary>
    private JObject? Follow(JObject schema, string reference)
    {
        JObject? target = Find(schema, reference);
        for (int i = 0; i < 16 && target is { Count: 1 } && target["$ref"] is JValue { Value: string next } && Name(target) is null; i++)
        {
            target = Find(target, next);
        }

        return target;
    }

    private JObject? Find(JObject schema, string reference)
    {
        int hash = reference.IndexOf('#', StringComparison.Ordinal);
        string address = hash < 0 ? reference : reference[..hash];
        string fragment = hash < 0 ? string.Empty : reference[(hash + 1)..];
        if (address.Length > 0)
        {
            JObject? identified = Identified().Find(other => (string?)(other["$id"] as JValue) == address);
            return identified is null ? null : In(identified, fragment);
        }

        // Where a schema has an $id it is a document of its own. Without one, some references are written as if it had.
        IEnumerable<JObject> around = schema.AncestorsAndSelf().OfType<JObject>();
        return around.Where(outer => outer["$id"] is JValue).Append(document).Concat(around).Select(outer => In(outer, fragment)).FirstOrDefault(found => found is not null);
    }

    private static JObject? In(JObject root, string fragment) => fragment.Length == 0 || fragment[0] == '/'
        ? JsonPointer.Find(root, fragment) as JObject
        : root.DescendantsAndSelf().OfType<JObject>().FirstOrDefault(schema => (string?)((schema["$anchor"] ?? schema["$dynamicAnchor"]) as JValue) == fragment);

    private List<JObject> Identified() => _identified ??= [.. document.Descendants().OfType<JObject>().Where(schema => schema["$id"] is JValue { Value: string })];

    /// <summary>The reference to the component that a schema is or becomes; null for one that is written out instead.</summary>
    private string? Reference(JObject target) => Name(target) is string name ? Components + name : null;

    private string? Name(JObject target) =>
        _names.GetValueOrDefault(target) ?? (target.Parent is JProperty { Parent: JObject schemas } property && schemas == Schemas ? property.Name : null);

    /// <summary>A plain value needs no type of its own, and neither does a list.</summary>
    private bool NeedsName(JObject target) => Name(target) is null
        && !(target["type"] is JValue { Value: "string" or "integer" or "number" or "boolean" }
                && target["enum"] is null
                && target["const"] is null
                && !SchemaPlaces.Children(target).Any()
                && target["$ref"] is null)
        && !(target["type"] is JValue { Value: "array" } && target["items"] is JObject && SchemaPlaces.Children(target).Count() == 1);

    /// <summary>What stands in place of a reference.</summary>
    private JObject Substitute(JObject target, Dictionary<JObject, JObject> targets)
    {
        if (Reference(target) is string reference)
        {
            return new JObject { ["$ref"] = reference };
        }

        var content = (JObject)target.DeepClone();
        if (target["items"] is JObject items)
        {
            content["items"] = Item(target, items, targets);
        }

        return content;
    }

    private JObject Item(JObject list, JObject items, Dictionary<JObject, JObject> targets)
    {
        _open.Add(list);
        JObject target = targets.GetValueOrDefault(items, items);
        if (_open.Contains(target) || (NeedsName(target) && target["$ref"] is null))
        {
            GiveNames([target]);
        }

        JObject content = target["$ref"] is JToken reference && target.Count == 1 ? new JObject { ["$ref"] = reference } : Substitute(target, targets);
        _open.Remove(list);
        return content;
    }

    /// <summary>Names depend on the places only: a definition has its own where no other schema has it.</summary>
    private void GiveNames(List<JObject> targets)
    {
        List<(JObject Target, List<string> Steps)> places = [.. targets.Where(target => Name(target) is null).Select(target => (target, JsonPointer.Steps(target)))];
        var taken = new HashSet<string>(_names.Values, StringComparer.Ordinal);
        taken.UnionWith((Schemas ?? []).Properties().Select(schema => schema.Name));
        foreach ((JObject target, List<string> steps) in places.OrderBy(place => string.Join('/', place.Steps), StringComparer.Ordinal))
        {
            bool isDefinition = steps is [.., "$defs" or "definitions", _]
                && places.Count(other => other.Steps is [.., "$defs" or "definitions", string name] && name == steps[^1]) == 1;
            string full = NotInName().Replace(string.Join('_', Words(steps)), "_").Trim('_');
            IEnumerable<string> candidates = isDefinition ? [NotInName().Replace(steps[^1], "_"), full] : [full];
            string chosen = candidates.Concat(
                Enumerable.Range(2, int.MaxValue - 2).Select(number => $"{full}_{number}")).First(candidate => candidate.Length > 0 && taken.Add(candidate));
            _names[target] = chosen;
        }
    }

    private static IEnumerable<string> Words(List<string> steps)
    {
        for (int i = 0; i < steps.Count; i++)
        {
            string? word = steps[i] switch
            {
                "items" => "item",
                "additionalProperties" => "value",
                "requestBody" or "requestBodies" => "request",
                "responses" => "response",
                string name when i > 0 && steps[i - 1] is "properties" or "$defs" or "definitions" or "schemas" or "paths" => name,
                string name when s_structure.Contains(name) || (i > 0 && steps[i - 1] == "content") => null,
                string name => name,
            };
            if (word is not null)
            {
                yield return word;
            }
        }
    }

    [GeneratedRegex("[^A-Za-z0-9.-]+")]
    private static partial Regex NotInName();
}
