using Retell.Spec.Emission;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>The names that integrators see.</summary>
internal static class CSharpNames
{
    public static string Of(Definition definition) => "Retell.Models." + definition.TypeName;

    public static string Of(ApiOperation operation) => $"{operation.Resource}Client.{operation.MethodName}Async";

    public static string Of(ApiOperation operation, string argument) => $"{Of(operation)}({argument})";

    /// <summary>A property by its JSON name, as the class that is generated calls it.</summary>
    public static string? Of(Definition definition, string property) =>
        (definition.Canonical as ObjectDefinition)?.Properties.Find(p => p.JsonName == property) is Property known ? $"{Of(definition)}.{known.CSharpName}" : null;

    /// <summary>A property that a union adds to its variants: each of their classes has it, and the interface when all can be read alike.</summary>
    public static IEnumerable<string> OfAdded(UnionDefinition union, string property) =>
        union.Leaves.Select(leaf => Of(leaf, property)).OfType<string>()
            .Concat(((UnionDefinition)union.Canonical).Shared.Where(m => m.JsonName == property).Select(m => $"{Of(union)}.{m.CSharpName}"));

    /// <summary>The member of an enumeration for a value.</summary>
    public static string? Of(EnumDefinition definition, string value)
    {
        string? member = EnumMembers.Of((EnumDefinition)definition.Canonical).FirstOrDefault(m => m.Value == value).Name;
        return member is null ? null : $"{Of(definition)}.{member}";
    }

    /// <summary>A type as the compiler tells it from others: long and long? are two, string and string? are one.</summary>
    public static string Type(TypeUse use) => use.Kind switch
    {
        ValueKind.List => $"IList<{Element(use.Item!)}>",
        ValueKind.Map => $"IDictionary<string, {Element(use.Item!)}>",
        _ => CSharpType.Of(use),
    };

    /// <summary>old → new where they differ.</summary>
    public static string[] Pair(string? before, string? after) => (before, after) switch
    {
        (null, null) => [],
        (null, _) => [after],
        (_, null) => [before],
        _ => [before == after ? after : $"{before} → {after}"],
    };

    /// <summary>What a parameter is called as an argument.</summary>
    public static string Argument(ApiOperation operation, Parameter parameter) => operation.Arguments.Find(argument => argument.Parameter == parameter)!.Name;

    private static string Element(TypeUse use) => Type(use) + (use.Nullable && CSharpType.IsValueType(use) ? "?" : string.Empty);
}
