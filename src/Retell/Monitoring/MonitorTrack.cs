using Newtonsoft.Json.Linq;

namespace Retell.Monitoring;

/// <summary>Items that are ordered by one clock, and found by their IDs.</summary>
internal sealed class MonitorTrack
{
    private static readonly Comparer<MonitorItem> s_byTime = Comparer<MonitorItem>.Create(
        static (one, other) => one.SortTime.CompareTo(other.SortTime) is int order and not 0 ? order : one.Order.CompareTo(other.Order));

    private readonly Dictionary<string, MonitorItem> _byKey = new(StringComparer.Ordinal);
    private readonly List<MonitorItem> _items = [];
    private long _lastOrder;

    public MonitorTrack() => Items = _items.AsReadOnly();

    public IReadOnlyList<MonitorItem> Items { get; }

    public void Clear()
    {
        _byKey.Clear();
        _items.Clear();
    }

    /// <summary>Adds items, and replaces those with the same ID.</summary>
    /// <returns>The items that were read.</returns>
    public IReadOnlyList<MonitorItem> Merge(JToken? items)
    {
        List<MonitorItem> read = [.. (items as JArray ?? []).OfType<JObject>().Select(MonitorItem.Read)];
        read.ForEach(Merge);
        return read;
    }

    private void Merge(MonitorItem item)
    {
        string key = item.Key;
        if (_byKey.TryGetValue(key, out MonitorItem? known))
        {
            item.Order = known.Order;
            _items.RemoveAt(_items.BinarySearch(known, s_byTime));
        }
        else
        {
            item.Order = ++_lastOrder;
        }

        _byKey[key] = item;
        _items.Insert(~_items.BinarySearch(item, s_byTime), item);
    }
}
