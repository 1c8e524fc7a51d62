using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;

namespace Retell.Spec.Model;

/// <summary>An operation as the document has it.</summary>
/// <param name="Path">The path template.</param>
/// <param name="Method">The HTTP method in small letters.</param>
/// <param name="Item">The path item, which holds what the operations of the path share.</param>
/// <param name="Source">The operation.</param>
internal sealed record OperationSource(string Path, string Method, JObject Item, JObject Source)
{
    public string Key => $"{Method} {Path}";

    public string Place => SpecPlace.OfOperation(Path, Method);

    /// <summary>Gets a value indicating whether the API no longer has it and only our callers do.</summary>
    public bool IsRetained => Source[RetainedFile.Mark] is not null;

    public string? OperationId => (string?)Source["operationId"] is { Length: > 0 } id ? id : null;

    /// <summary>Gets the parameters of the path, in the order of the path.</summary>
    public IEnumerable<string> PathParameters => Path.Split('{').Skip(1).Select(part => part.Split('}')[0]);
}
