using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>Which C# types of the older and the newer revision convert into each other by themselves.</summary>
internal static class Conversions
{
    /// <summary>Whether a value of the one type may be assigned to a variable of the other.</summary>
    public static bool Exists(TypeUse from, TypeUse to) => (from, to) switch
    {
        _ when IsSame(from, to) => true,
        ({ Kind: ValueKind.Integer }, { Kind: ValueKind.Number }) => true,

        // JToken takes them; it gives them back by a cast only.
        ({ Kind: ValueKind.String or ValueKind.Integer or ValueKind.Number or ValueKind.Boolean or ValueKind.FreeForm }, { Kind: ValueKind.Any }) => true,
        ({ Kind: ValueKind.String }, { Definition: EnumDefinition }) => true,
        (_, { Definition: ChoiceDefinition choice }) => choice.Cases.Exists(shape => shape.Definition is not UnionDefinition && IsStandard(from, shape)),
        ({ Definition: ObjectDefinition variant }, { Definition: UnionDefinition union }) => union.Leaves.Exists(leaf => leaf.TypeName == variant.TypeName),
        ({ Definition: UnionDefinition inner }, { Definition: UnionDefinition union }) => union.Variants.Exists(v => v is UnionDefinition && v.TypeName == inner.TypeName),
        _ => false,
    };

    /// <summary>A type of the same name may be of another kind in the other revision.</summary>
    private static bool IsSame(TypeUse from, TypeUse to) =>
        CSharpNames.Type(from) == CSharpNames.Type(to) && from.Definition?.GetType() == to.Definition?.GetType();

    private static bool IsStandard(TypeUse from, TypeUse to) =>
        IsSame(from, to) || (from.Kind == ValueKind.Integer && to.Kind == ValueKind.Number);
}
