using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>Something happened to a call.</summary>
public abstract class CallWebhookEvent : WebhookEvent
{
    private protected CallWebhookEvent(JObject json, ICall call)
        : base(json) => Call = call;

    /// <summary>The call as it is then: a <see cref="PhoneCall"/> or a <see cref="WebCall"/>.</summary>
    public ICall Call { get; }
}

/// <summary><c>call_started</c>: the call was connected. It is not sent when dialling failed.</summary>
public sealed class CallStartedEvent : CallWebhookEvent
{
    internal CallStartedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary><c>call_ended</c>: the call ended, was transferred or failed, also before it was connected. It has no analysis yet.</summary>
public sealed class CallEndedEvent : CallWebhookEvent
{
    internal CallEndedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary><c>call_analyzed</c>: the analysis of the call is ready.</summary>
public sealed class CallAnalyzedEvent : CallWebhookEvent
{
    internal CallAnalyzedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary><c>transcript_updated</c>: somebody spoke or wrote. It is sent many times in a call or chat, and once more at its end.</summary>
public sealed class TranscriptUpdatedEvent : WebhookEvent
{
    internal TranscriptUpdatedEvent(JObject json, ICall? call, Chat? chat, IReadOnlyList<IUtteranceOrToolCall> transcript)
        : base(json)
    {
        Call = call;
        Chat = chat;
        TranscriptWithToolCalls = transcript;
    }

    /// <summary>The call; null in a chat.</summary>
    public ICall? Call { get; }

    /// <summary>The chat; null in a call.</summary>
    public Chat? Chat { get; }

    /// <summary>What was said so far in a call, and the tools that were called.</summary>
    public IReadOnlyList<IUtteranceOrToolCall> TranscriptWithToolCalls { get; }
}

/// <summary>A call is being transferred.</summary>
public abstract class TransferWebhookEvent : CallWebhookEvent
{
    private protected TransferWebhookEvent(JObject json, ICall call)
        : base(json, call)
    {
    }

    /// <summary>The number it is transferred to, in E.164 format or as a SIP address; null where the API does not say.</summary>
    public string? DestinationNumber => (Json["transfer_destination"] as JObject)?["number"]?.ToString();

    /// <summary>The extension behind that number; null where there is none.</summary>
    public string? DestinationExtension => (Json["transfer_destination"] as JObject)?["extension"] is JValue { Value: not null } extension ? extension.ToString(CultureInfo.InvariantCulture) : null;

    /// <summary>How it is transferred; what it holds depends on the kind of transfer, and its members are in camelCase.</summary>
    public JToken? TransferOption => Json["transfer_option"];
}

/// <summary><c>transfer_started</c>: a transfer begins.</summary>
public sealed class TransferStartedEvent : TransferWebhookEvent
{
    internal TransferStartedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary><c>transfer_bridged</c>: the caller was connected.</summary>
public sealed class TransferBridgedEvent : TransferWebhookEvent
{
    internal TransferBridgedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary><c>transfer_cancelled</c>: the transfer was cancelled or did not connect.</summary>
public sealed class TransferCancelledEvent : TransferWebhookEvent
{
    internal TransferCancelledEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}

/// <summary><c>transfer_ended</c>: the transferred leg is over.</summary>
public sealed class TransferEndedEvent : TransferWebhookEvent
{
    internal TransferEndedEvent(JObject json, ICall call)
        : base(json, call)
    {
    }
}
