using System.Text.RegularExpressions;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Components that went and came again under another name, and what all components are called in C# afterwards.</summary>
internal sealed partial class Renames
{
    private readonly Dictionary<string, string> _components = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _types = new(StringComparer.Ordinal);

    private Renames()
    {
    }

    /// <summary>Old component → new component.</summary>
    public IReadOnlyDictionary<string, string> Components => _components;

    public static Renames Between(ApiModel before, ApiModel after)
    {
        var renames = new Renames();
        Dictionary<string, Definition> old = ByName(before);
        Dictionary<string, Definition> current = ByName(after);
        List<Definition> gone = [.. old.Values.Where(d => !current.ContainsKey(d.SpecName!)).OrderBy(d => d.SpecName, StringComparer.Ordinal)];
        List<Definition> come = [.. current.Values.Where(d => !old.ContainsKey(d.SpecName!)).OrderBy(d => d.SpecName, StringComparer.Ordinal)];

        // One that refers to another renamed one is found in the next round.
        for (bool isNew = true; isNew;)
        {
            ILookup<string, Definition> shapes = come.Where(d => !renames._components.ContainsValue(d.SpecName!)).ToLookup(
                d => Shape(d, name => name == d.SpecName ? "@self" : name));
            isNew = false;
            foreach (Definition lost in gone.Where(d => !renames._components.ContainsKey(d.SpecName!)))
            {
                string shape = Shape(lost, name => name == lost.SpecName ? "@self" : renames._components.GetValueOrDefault(name, name));
                List<Definition> equal = [.. shapes[shape].Where(d => !renames._components.ContainsValue(d.SpecName!))];
                bool isOnly = !gone.Exists(d => d != lost && Shape(d, name => name == d.SpecName ? "@self" : renames._components.GetValueOrDefault(name, name)) == shape);
                if (equal is [Definition found] && isOnly && IsTelling(lost))
                {
                    renames._components[lost.SpecName!] = found.SpecName!;
                    isNew = true;
                }
            }
        }

        foreach (Definition definition in old.Values)
        {
            if (current.TryGetValue(renames._components.GetValueOrDefault(definition.SpecName!, definition.SpecName!), out Definition? now) && now.TypeName != definition.TypeName)
            {
                renames._types[definition.TypeName] = now.TypeName;
            }
        }

        return renames;
    }

    /// <summary>Whether two definitions are the same component.</summary>
    public bool AreSame(Definition? before, Definition? after) =>
        before?.SpecName is string name && after?.SpecName == _components.GetValueOrDefault(name, name);

    /// <summary>A C# type of the older revision with what its components are called in the newer one.</summary>
    public string Translated(TypeUse before) => Word().Replace(CSharpNames.Type(before), word => _types.GetValueOrDefault(word.Value, word.Value));

    private static Dictionary<string, Definition> ByName(ApiModel model) =>
        model.Definitions.Values.Where(d => d.SpecName is not null).ToDictionary(d => d.SpecName!, StringComparer.Ordinal);

    /// <summary>Two empty objects are equal, but not therefore the same.</summary>
    private static bool IsTelling(Definition definition) => definition switch
    {
        ObjectDefinition type => type.Properties.Count > 0,
        EnumDefinition type => type.Values.Count > 0,
        _ => true,
    };

    private static string Shape(Definition definition, Func<string, string> nameOf)
    {
        return definition switch
        {
            ObjectDefinition type => $"{{{string.Join(",", type.Properties.Where(p => p.AddedBy.Count == 0).OrderBy(p => p.JsonName, StringComparer.Ordinal).Select(Member))}}}",
            EnumDefinition type => $"[{string.Join("|", type.Values.Order(StringComparer.Ordinal))}]",
            UnionDefinition type => $"<{string.Join("|", type.Variants.Select(Inner).Order(StringComparer.Ordinal))}>{string.Join(",", type.Added.Select(Member))}",
            ChoiceDefinition type => $"({string.Join("|", type.Cases.Select(Use).Order(StringComparer.Ordinal))})",
            MapDefinition type => $"map<{Use(type.Item)}>",
            _ => definition.Place,
        };

        string Member(Property property) => $"{property.JsonName}{(property.IsRequired ? "!" : string.Empty)}:{property.Constant ?? (object)Use(property.Type)}";

        string Inner(Definition inner) => inner.SpecName is string name ? "#" + nameOf(name) : Shape(inner, nameOf);

        string Use(TypeUse use) =>
            (use.Definition is not null ? Inner(use.Definition) : use.Item is not null ? $"{use.Kind}<{Use(use.Item)}>" : use.Kind.ToString())
                + (use.Nullable ? "?" : string.Empty);
    }

    [GeneratedRegex(@"\w+")]
    private static partial Regex Word();
}
