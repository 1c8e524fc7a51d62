using System.ComponentModel;

namespace Retell;

/// <summary>Names the schema of the OpenAPI document that a type stands for.</summary>
/// <param name="name">The name of the schema, or for an inline schema the place where it stands.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface, Inherited = false)]
public sealed class OpenApiSchemaAttribute(string name) : Attribute
{
    /// <summary>The name of the schema, or for an inline schema the place where it stands.</summary>
    public string Name { get; } = name;
}
