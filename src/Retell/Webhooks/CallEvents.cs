using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>The base class of the events of a call.</summary>
public abstract class CallWebhookEvent : WebhookEvent
{
    private protected CallWebhookEvent(JObject json, ICall call)
        : base(json) => Call = call;

    /// <summary>Gets the call at the time of the event: a <see cref="PhoneCall"/> or a <see cref="WebCall"/>.</summary>
    public ICall Call { get; }
}

/// <summary>The <c>call_started</c> event: the call was connected. It is not sent if dialing failed.</summary>
public sealed class CallStartedEvent : CallWebhookEvent
{
    internal CallStartedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary>The <c>call_ended</c> event: the call ended, was transferred or failed, even before it was connected. The call has no analysis yet.</summary>
public sealed class CallEndedEvent : CallWebhookEvent
{
    internal CallEndedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary>The <c>call_analyzed</c> event: the analysis of the call is complete.</summary>
public sealed class CallAnalyzedEvent : CallWebhookEvent
{
    internal CallAnalyzedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary>The <c>transcript_updated</c> event: the transcript of a call or chat has changed. It is sent many times, and once more at the end.</summary>
public sealed class TranscriptUpdatedEvent : WebhookEvent
{
    internal TranscriptUpdatedEvent(JObject json, ICall? call, Chat? chat, IReadOnlyList<IUtteranceOrToolCall> transcript)
        : base(json)
    {
        Call = call;
        Chat = chat;
        TranscriptWithToolCalls = transcript;
    }

    /// <summary>Gets the call, or null in a chat.</summary>
    public ICall? Call { get; }

    /// <summary>Gets the chat, or null in a call.</summary>
    public Chat? Chat { get; }

    /// <summary>Gets the transcript so far, with the tool calls.</summary>
    public IReadOnlyList<IUtteranceOrToolCall> TranscriptWithToolCalls { get; }
}

/// <summary>The base class of the events of a call transfer.</summary>
public abstract class TransferWebhookEvent : CallWebhookEvent
{
    private protected TransferWebhookEvent(JObject json, ICall call)
        : base(json, call)
    {
    }

    /// <summary>Gets the number that the call is transferred to, in E.164 format or as a SIP URI, or null if the event does not contain it.</summary>
    public string? DestinationNumber => (Json["transfer_destination"] as JObject)?["number"]?.ToString();

    /// <summary>Gets the extension at the destination number, or null if there is none.</summary>
    public string? DestinationExtension =>
        (Json["transfer_destination"] as JObject)?["extension"] is JValue { Value: not null } extension ? extension.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>Gets the options of the transfer, or null. The members depend on the type of the transfer and are in camelCase.</summary>
    public JToken? TransferOption => Json["transfer_option"];
}

/// <summary>The <c>transfer_started</c> event: a transfer has started.</summary>
public sealed class TransferStartedEvent : TransferWebhookEvent
{
    internal TransferStartedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary>The <c>transfer_bridged</c> event: the caller was connected to the destination.</summary>
public sealed class TransferBridgedEvent : TransferWebhookEvent
{
    internal TransferBridgedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary>The <c>transfer_cancelled</c> event: the transfer was canceled or did not connect.</summary>
public sealed class TransferCancelledEvent : TransferWebhookEvent
{
    internal TransferCancelledEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary>The <c>transfer_ended</c> event: the transferred leg has ended.</summary>
public sealed class TransferEndedEvent : TransferWebhookEvent
{
    internal TransferEndedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}
