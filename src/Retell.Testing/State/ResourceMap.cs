using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing.State;

/// <summary>What an operation does with the objects of the fake, as far as the document tells.</summary>
internal enum OperationRole
{
    /// <summary>It returns the example of the document.</summary>
    Plain,
    Create,
    Get,
    List,
    Update,
    Delete,

    /// <summary>It does something with an object and returns nothing.</summary>
    Act,
}

/// <summary>The role of an operation, the kind of object it is about, and the schema of an object in its response.</summary>
internal sealed record OperationPlan(OperationRole Role, ResourceKind? Kind, JObject? Item, bool IsPage);

/// <summary>
/// Derives from the document which kinds of objects there are: what can be read by an ID, or listed. It also derives what an operation does with them,
/// for operations that have no entry in <see cref="Resources.ResourceTable"/>.
/// </summary>
internal sealed class ResourceMap
{
    private readonly ApiDocument _document;
    private readonly List<ResourceKind> _kinds = [];
    private readonly StrongBox<long> _lastOrder = new();
    private readonly Dictionary<FakeOperation, OperationPlan> _plans;

    public ResourceMap(ApiDocument document)
    {
        _document = document;
        foreach (FakeOperation get in document.Operations.Where(o => o.Method == "GET" && o.Path.EndsWith('}')))
        {
            FakeParameter id = get.Parameters.Last(p => !p.IsQuery);
            if (!_kinds.Exists(k => k.Schemas.Contains(ApiDocument.Name(get.Response) ?? "")))
            {
                AddKind(get.Noun, get.Response, id.Name);
            }
        }

        foreach (FakeOperation list in document.Operations)
        {
            if (ItemOf(list).Item is JObject item && FindKind(list, item) is null)
            {
                string? id = Properties(item).FirstOrDefault(p => p.Name.EndsWith("_id", StringComparison.Ordinal))?.Name;
                AddKind(list.Noun, item, id);
            }
        }

        _plans = document.Operations.ToDictionary(o => o, Plan);
    }

    public IReadOnlyList<ResourceKind> Kinds => _kinds;

    public OperationPlan this[FakeOperation operation] => _plans[operation];

    /// <exception cref="InvalidDataException">The document has no such kind.</exception>
    public ResourceKind Kind(string noun) =>
        _kinds.Find(k => k.Noun == noun) ?? throw new InvalidDataException($"The document has no kind of object named {noun}.");

    /// <summary>Returns the kind of a schema or an operation, and the schema of a new object.</summary>
    public (ResourceKind Kind, string Schema)? Find(string schemaOrOperation)
    {
        FakeOperation? operation = _document.Operations.FirstOrDefault(o => o.Id == schemaOrOperation);
        string? schema = operation is null ? schemaOrOperation : ApiDocument.Name(ItemOf(operation).Item ?? operation.Response);
        ResourceKind? kind = operation is null ? _kinds.Find(k => k.Schemas.Contains(schemaOrOperation)) : this[operation].Kind;
        return kind is null ? null : (kind, schema is not null && kind.Schemas.Contains(schema) ? schema : ApiDocument.Name(kind.Schema)!);
    }

    /// <summary>Returns the members of a schema; for a union, those that all variants have.</summary>
    private IEnumerable<JProperty> Properties(JObject schema)
    {
        JObject target = _document.Resolve(schema);
        if (target["properties"] is JObject properties)
        {
            return properties.Properties();
        }

        List<List<JProperty>> variants = [.. ApiDocument.Alternatives(target).Select(variant => Properties(variant).ToList())];
        return variants.Count == 0 ? [] : variants[0].Where(member => variants.TrueForAll(variant => variant.Exists(other => other.Name == member.Name)));
    }

    private void AddKind(string noun, JObject? schema, string? id)
    {
        if (id is not null && ApiDocument.Name(schema) is string name && Properties(schema!).Any(p => p.Name == id) && _kinds.TrueForAll(k => k.Noun != noun))
        {
            _kinds.Add(new(noun, id, schema!, ApiDocument.Alternatives(_document.Resolve(schema!)).Select(ApiDocument.Name).OfType<string>().Append(name), _lastOrder));
        }
    }

    private ResourceKind? FindKind(FakeOperation operation, JObject? schema)
    {
        string name = ApiDocument.Name(schema) ?? "";
        return _kinds.Where(k => k.Schemas.Contains(name)).OrderByDescending(k => k.Noun == operation.Noun).FirstOrDefault()
            ?? _kinds.Find(k => k.Noun == operation.Noun);
    }

    /// <summary>Returns the schema of an item of a list, and whether the list is part of a page.</summary>
    private (JObject? Item, bool IsPage) ItemOf(FakeOperation operation)
    {
        if (operation.Response is not JObject response)
        {
            return default;
        }

        if ((string?)response["type"] == "array")
        {
            return (response["items"] as JObject, false);
        }

        var members = Properties(response).ToDictionary(p => p.Name, p => (JObject)p.Value);
        return members.ContainsKey("pagination_key") && members.GetValueOrDefault("items")?["items"] is JObject item ? (item, true) : default;
    }

    private OperationPlan Plan(FakeOperation operation)
    {
        (JObject? item, bool isPage) = ItemOf(operation);
        ResourceKind? kind = FindKind(operation, item ?? operation.Response);
        bool isList = item is not null;
        bool isOne = operation.Response is not null && !isList;
        OperationRole role = kind switch
        {
            null => isList ? OperationRole.List : OperationRole.Plain,
            _ when isList => OperationRole.List,
            _ when isOne && !kind.Schemas.Contains(ApiDocument.Name(operation.Response) ?? "") => OperationRole.Plain,
            _ when !operation.HasPathValue(kind.IdName) => operation.Method == "POST" && isOne ? OperationRole.Create : OperationRole.Plain,
            _ when operation.Method == "GET" => OperationRole.Get,
            _ when isOne => OperationRole.Update,
            _ => operation.Method == "DELETE" ? OperationRole.Delete : OperationRole.Act,
        };
        return new(role, kind, item, isPage);
    }
}
