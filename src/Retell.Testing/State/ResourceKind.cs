using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>A kind of object that the API keeps, such as agents, and the objects of this kind. Guarded by the lock of the store.</summary>
internal sealed class ResourceKind(string noun, string idName, JObject schema, IEnumerable<string> schemas, StrongBox<long> lastOrder)
{
    private readonly Dictionary<string, StoredItem> _items = new(StringComparer.Ordinal);

    // In the order of creation, which is that of StoredItem.Order.
    private readonly List<StoredItem> _oldest = [];
    private readonly HashSet<string> _deleted = new(StringComparer.Ordinal);
    private int _lastNumber;

    /// <summary>Such as <c>agent</c> or <c>phone-number</c>.</summary>
    public string Noun { get; } = noun;

    /// <summary>The name of the member that is the ID, and of the path parameter.</summary>
    public string IdName { get; } = idName;

    /// <summary>The schema of an object.</summary>
    public JObject Schema { get; } = schema;

    /// <summary>The names of the schemas that describe an object, including a union and its variants.</summary>
    public IReadOnlySet<string> Schemas { get; } = schemas.ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether an ID has several versions.</summary>
    public bool HasVersions { get; } = noun is "agent" or "chat-agent";

    /// <summary>Whether an object was ever created or seeded. After that, no sample stands in for an unknown ID.</summary>
    public bool WasUsed { get; private set; }

    public IReadOnlyList<StoredItem> Oldest => _oldest;

    public IEnumerable<StoredItem> Newest
    {
        get
        {
            for (int i = _oldest.Count - 1; i >= 0; i--)
            {
                yield return _oldest[i];
            }
        }
    }

    public bool TryGet(string id, [MaybeNullWhen(false)] out StoredItem item) => _items.TryGetValue(id, out item);

    public bool WasDeleted(string id) => _deleted.Contains(id);

    /// <param name="id">The ID.</param>
    /// <param name="item">The object.</param>
    /// <param name="isNew">Whether the object is new, or was only changed.</param>
    public void Put(string id, StoredItem item, bool isNew)
    {
        WasUsed |= isNew;
        if (_items.GetValueOrDefault(id) == item)
        {
            return;
        }

        Remove(id);
        item.Order = ++lastOrder.Value;
        _items[id] = item;
        _oldest.Add(item);
        _deleted.Remove(id);
    }

    public void Delete(string id)
    {
        Remove(id);
        _deleted.Add(id);
    }

    public int NextNumber() => ++_lastNumber;

    public void Clear()
    {
        _items.Clear();
        _oldest.Clear();
        _deleted.Clear();
        (WasUsed, _lastNumber) = (false, 0);
    }

    private void Remove(string id)
    {
        if (_items.Remove(id, out StoredItem? item))
        {
            _oldest.RemoveAt(_oldest.BinarySearch(item, Comparer<StoredItem>.Create((one, other) => one.Order.CompareTo(other.Order))));
        }
    }
}
