using System.ComponentModel;

namespace Retell;

/// <summary>Names the operation of the OpenAPI document that a method calls.</summary>
/// <param name="operationId">The operationId.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OpenApiOperationAttribute(string operationId) : Attribute
{
    /// <summary>The operationId.</summary>
    public string OperationId { get; } = operationId;
}
