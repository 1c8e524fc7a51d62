using System.ComponentModel;

namespace Retell;

/// <summary>Names the schema of the spec that a type represents.</summary>
/// <param name="name">The name of the schema, or the location of an inline schema.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class OpenApiSchemaAttribute(string name) : Attribute
{
    /// <summary>Gets the name of the schema, or the location of an inline schema.</summary>
    public string Name { get; } = name;
}
