using System.Collections.Concurrent;

namespace Retell.Testing.Monitoring;

/// <summary>The monitors of all calls, by the IDs of the calls.</summary>
internal sealed class MonitorHub
{
    private readonly ConcurrentDictionary<string, MonitorFeed> _feeds = new(StringComparer.Ordinal);

    public MonitorFeed Of(string callId) => _feeds.GetOrAdd(callId, static _ => new MonitorFeed());

    /// <summary>Drops all connections and forgets what was said.</summary>
    public void Clear()
    {
        foreach (MonitorFeed feed in _feeds.Values)
        {
            feed.Broadcast(MonitorFrame.Abort);
        }

        _feeds.Clear();
    }
}
