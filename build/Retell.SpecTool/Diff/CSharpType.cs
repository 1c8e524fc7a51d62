using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>How the generated C# writes a type: what a change of the spec means for callers.</summary>
internal static class CSharpType
{
    public static string Of(TypeUse use) => use.Kind switch
    {
        ValueKind.String => "string",
        ValueKind.Integer => "long",
        ValueKind.Number => "double",
        ValueKind.Boolean => "bool",
        ValueKind.Any => "JToken",
        ValueKind.FreeForm => "JObject",
        ValueKind.File => "RetellFile",
        ValueKind.Named => use.Definition!.TypeName,
        ValueKind.List => $"IList<{Element(use.Item!)}>",
        ValueKind.Map => $"IDictionary<string, {Element(use.Item!)}>",
        _ => throw new InvalidOperationException(use.Kind.ToString()),
    };

    public static bool IsValueType(TypeUse use) =>
        use.Kind is ValueKind.Integer or ValueKind.Number or ValueKind.Boolean
        || use.Definition?.Canonical is EnumDefinition or ChoiceDefinition;

    private static string Element(TypeUse use) => Of(use) + (use.Nullable ? "?" : string.Empty);
}
