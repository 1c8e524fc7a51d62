using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Monitoring;

/// <summary>
/// The transcript of a live call, built from the messages of the monitor. It is not thread-safe. Create one to build events in a test, or to read
/// messages that arrive in another way.
/// </summary>
public sealed class MonitorTranscript
{
    private readonly MonitorTrack _items = new();
    private readonly MonitorTrack _preSessionItems = new();

    /// <summary>Gets the items of the call, ordered by time. The list changes with each event.</summary>
    public IReadOnlyList<MonitorItem> Items => _items.Items;

    /// <summary>Gets the items before the session, ordered by a clock of their own. The list changes with each event.</summary>
    public IReadOnlyList<MonitorItem> PreSessionItems => _preSessionItems.Items;

    /// <summary>Reads a message of the monitor. A snapshot replaces the transcript, and an update is merged into it by the IDs of its items.</summary>
    /// <param name="message">The message.</param>
    /// <returns>The event. It is an <see cref="UnknownMonitorEvent"/> if this version of the SDK does not know the message.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    public MonitorEvent Apply(JObject message)
    {
        switch (MonitorItem.TextOf((message ?? throw new ArgumentNullException(nameof(message)))["type"]))
        {
            case "transcript_snapshot":
                _items.Clear();
                _preSessionItems.Clear();
                Merge(message);
                return new MonitorSnapshotEvent(message, this);
            case "transcript_updated":
                (IReadOnlyList<MonitorItem> items, IReadOnlyList<MonitorItem> preSessionItems) = Merge(message);
                return new MonitorUpdatedEvent(message, this, items, preSessionItems);
            case "call_ended":
                return new MonitorEndedEvent(message, this);
            default:
                return new UnknownMonitorEvent(message, this);
        }
    }

    /// <summary>Returns a short text without personal data.</summary>
    /// <returns>The number of items.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1} items)", nameof(MonitorTranscript), Items.Count);

    private (IReadOnlyList<MonitorItem> Items, IReadOnlyList<MonitorItem> PreSessionItems) Merge(JObject message) =>
        (_items.Merge(message["transcripts"]), _preSessionItems.Merge(message["pre_session_transcripts"]));
}
