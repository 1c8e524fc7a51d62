using Retell.Spec.Model;

namespace Retell.Spec.Emission;

/// <summary>How a type is written in the generated C#, and which codec reads and writes it.</summary>
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

    public static string Codec(TypeUse use) => use.Kind switch
    {
        ValueKind.String => "Codec.String",
        ValueKind.Integer => "Codec.Int64",
        ValueKind.Number => "Codec.Number",
        ValueKind.Boolean => "Codec.Boolean",
        ValueKind.Any => "Codec.Any",
        ValueKind.FreeForm => "Codec.FreeForm",
        ValueKind.File => "Codec.File",
        ValueKind.List => $"Codec.List({ElementCodec(use.Item!)})",
        ValueKind.Map => $"Codec.Map({ElementCodec(use.Item!)})",
        _ => use.Definition!.Canonical switch
        {
            ObjectDefinition => $"Codec.Object<{use.Definition.TypeName}>()",
            UnionDefinition => $"Codec.Union<{use.Definition.TypeName}>()",
            // In full: a property may have the name of its type.
            _ => $"global::Retell.Models.{use.Definition.TypeName}.s_codec",
        },
    };

    public static bool IsValueType(TypeUse use) =>
        use.Kind is ValueKind.Integer or ValueKind.Number or ValueKind.Boolean
        || use.Definition?.Canonical is EnumDefinition or ChoiceDefinition;

    private static string Element(TypeUse use) => Of(use) + (use.Nullable ? "?" : string.Empty);

    private static string ElementCodec(TypeUse use) => use.Nullable && IsValueType(use) ? $"Codec.Nullable({Codec(use)})" : Codec(use);
}
