using System.ComponentModel;

namespace Retell;

/// <summary>Names the operation of the spec that a method calls.</summary>
/// <param name="operationId">The ID of the operation.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class OpenApiOperationAttribute(string operationId) : Attribute
{
    /// <summary>Gets the ID of the operation.</summary>
    public string OperationId { get; } = operationId;
}
