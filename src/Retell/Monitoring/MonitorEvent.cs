using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Monitoring;

/// <summary>
/// The base class of the events of a live call. Use a <c>switch</c> over the type: <see cref="MonitorSnapshotEvent"/>,
/// <see cref="MonitorUpdatedEvent"/>, <see cref="MonitorEndedEvent"/>, <see cref="UnknownMonitorEvent"/>.
/// </summary>
public abstract class MonitorEvent
{
    private protected MonitorEvent(JObject json, MonitorTranscript transcript) => (Json, Transcript) = (json, transcript);

    /// <summary>Gets the type of the event, such as <c>transcript_updated</c>.</summary>
    public string Type => MonitorItem.TextOf(Json["type"]) ?? "";

    /// <summary>Gets the JSON of the event, including members that the SDK does not know.</summary>
    public JObject Json { get; }

    /// <summary>Gets the transcript so far. Later events change it; copy its lists to keep them.</summary>
    public MonitorTranscript Transcript { get; }

    /// <summary>Returns a short text without personal data.</summary>
    /// <returns>The class and the type of the event.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1})", GetType().Name, Type);
}

/// <summary>The <c>transcript_snapshot</c> event: the transcript so far, which replaces what came before. It is the first event of each connection.</summary>
public sealed class MonitorSnapshotEvent : MonitorEvent
{
    internal MonitorSnapshotEvent(JObject json, MonitorTranscript transcript)
        : base(json, transcript)
    {
    }
}

/// <summary>The <c>transcript_updated</c> event: items of the transcript are new or have changed.</summary>
public sealed class MonitorUpdatedEvent : MonitorEvent
{
    internal MonitorUpdatedEvent(JObject json, MonitorTranscript transcript, IReadOnlyList<MonitorItem> items, IReadOnlyList<MonitorItem> preSessionItems)
        : base(json, transcript) => (Items, PreSessionItems) = (items, preSessionItems);

    /// <summary>Gets the items that are new or have changed, in the order in which they arrived.</summary>
    public IReadOnlyList<MonitorItem> Items { get; }

    /// <summary>Gets the items of the pre-session that are new or have changed, in the order in which they arrived.</summary>
    public IReadOnlyList<MonitorItem> PreSessionItems { get; }
}

/// <summary>The <c>call_ended</c> event. It is the last event. The client creates it if the connection was lost and the call has ended since.</summary>
public sealed class MonitorEndedEvent : MonitorEvent
{
    internal MonitorEndedEvent(JObject json, MonitorTranscript transcript, ICall? call = null)
        : base(json, transcript) => Call = call;

    /// <summary>Gets the time when the call ended, or null if it is not known.</summary>
    public DateTimeOffset? EndTime => Json["event_timestamp"] is JValue { Value: long milliseconds } ? Milliseconds.ToTime(milliseconds) : null;

    /// <summary>Gets the disconnection reason, such as <c>user_hangup</c>, or null if it is not known.</summary>
    public DisconnectionReason? DisconnectionReason =>
        MonitorItem.TextOf(Json["disconnection_reason"]) is string reason ? new DisconnectionReason(reason) : default(DisconnectionReason?);

    /// <summary>Gets the call if the client had to read it to learn that it has ended, or null if the API sent the event.</summary>
    public ICall? Call { get; }
}

/// <summary>An event that this version of the SDK does not know. Its content is in <see cref="MonitorEvent.Json"/>.</summary>
public sealed class UnknownMonitorEvent : MonitorEvent
{
    internal UnknownMonitorEvent(JObject json, MonitorTranscript transcript)
        : base(json, transcript)
    {
    }
}
