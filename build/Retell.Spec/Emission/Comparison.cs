using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Emission;

/// <summary>
/// What an object compares that says only how to compare (<c>op</c>) and with what (<c>value</c>), such as the filters of lists.
/// The templates give it a factory method for each operator.
/// </summary>
internal static class Comparison
{
    private const string Operator = "op";
    private const string Operand = "value";
    private const string Key = "key";
    private const string Kind = "type";

    /// <summary>Returns the operators, the operand and the key, or null if the object holds more than that.</summary>
    public static JObject? Of(ObjectDefinition type)
    {
        if (type.Properties.Find(p => p.JsonName == Operator) is not Property op || Operators(op) is not { Count: > 0 } operators
            || type.Properties.Exists(p => p.JsonName is not (Operator or Operand or Key) && (p.JsonName != Kind || p.Constant is null)))
        {
            return null;
        }

        Property? operand = type.Properties.Find(p => p.JsonName == Operand);
        Property? key = type.Properties.Find(p => p.JsonName == Key);
        return DefinitionSchema.WithoutNulls(new JObject
        {
            ["operators"] = operators,
            ["is-fixed"] = op.Constant is not null ? true : null,
            ["operand"] = operand is null || operand.Constant is not null ? null : ValueSchema.Facts(operand.Type),
            ["key"] = key is null ? null : key.IsRequired ? "required" : "optional",

            // A number that is not said to be something else may be a point in time or a length of time.
            ["is-time"] = type.Properties.Find(p => p.JsonName == Kind)?.IsRequired == true ? true : null,
        });
    }

    private static JArray? Operators(Property op) => op switch
    {
        { Constant: JValue only } => [only],
        { Type.Definition.Canonical: EnumDefinition values } => [.. values.AllValues],
        _ => null,
    };
}
