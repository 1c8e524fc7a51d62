using System.Diagnostics.CodeAnalysis;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Answers;

/// <summary>A kind of thing that the API keeps, such as agents, and those that the fake holds. Guarded by the lock of the store.</summary>
internal sealed class ResourceKind(string noun, string idName, JObject schema, IEnumerable<string> schemas)
{
    private readonly OrderedDictionary<string, StoredItem> _items = new(StringComparer.Ordinal);
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private int _lastNumber;

    /// <summary>Such as <c>agent</c> or <c>phone-number</c>.</summary>
    public string Noun { get; } = noun;

    /// <summary>The member that tells one from another, and the name of the value in the path.</summary>
    public string IdName { get; } = idName;

    /// <summary>What one looks like.</summary>
    public JObject Schema { get; } = schema;

    /// <summary>The names of the schemas that describe one: the union and its variants too.</summary>
    public IReadOnlySet<string> Schemas { get; } = schemas.ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether one was ever created or seeded: from then on an unknown id is an error.</summary>
    public bool WasUsed { get; private set; }

    /// <summary>The newest first.</summary>
    public IEnumerable<StoredItem> Newest => _items.Values.Reverse();

    public bool TryGet(string id, [MaybeNullWhen(false)] out StoredItem item) => _items.TryGetValue(id, out item);

    public bool WasDeleted(string id) => _deleted.Contains(id);

    /// <param name="id">The id.</param>
    /// <param name="item">What it is.</param>
    /// <param name="isNew">Whether it came into being, or was only changed.</param>
    public void Put(string id, StoredItem item, bool isNew)
    {
        _items[id] = item;
        _deleted.Remove(id);
        WasUsed |= isNew;
    }

    public void Delete(string id)
    {
        _items.Remove(id);
        _deleted.Add(id);
    }

    public int NextNumber() => ++_lastNumber;

    public void Clear()
    {
        _items.Clear();
        _deleted.Clear();
        (WasUsed, _lastNumber) = (false, 0);
    }
}

/// <summary>A thing and the name of the schema that describes it.</summary>
internal sealed record StoredItem(string Schema, JObject Value);
