using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Webhooks;

/// <summary>
/// What a webhook says. A <c>switch</c> tells the events apart, by the single event or by its family:
/// <see cref="CallWebhookEvent"/>, <see cref="TransferWebhookEvent"/>, <see cref="ChatWebhookEvent"/>,
/// <see cref="AlertWebhookEvent"/>.
/// </summary>
public abstract class WebhookEvent
{
    private protected WebhookEvent(JObject json) => Json = json;

    /// <summary>The name of the event, such as <c>call_ended</c>.</summary>
    public string Event => (Json["event"] as JValue)?.Value as string ?? "";

    /// <summary>When it happened, where the API says so.</summary>
    public DateTimeOffset? EventTime => Json["event_timestamp"] is JValue { Value: long milliseconds } && milliseconds is >= 0 and < 253402300800000
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : null;

    /// <summary>The whole webhook, with the members that the SDK does not know.</summary>
    public JObject Json { get; }

    /// <summary>A short text without what was said.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1})", GetType().Name, Event);
}

/// <summary>An event that this version of the SDK does not know, or that lacks what it should hold; all of it is in <see cref="WebhookEvent.Json"/>.</summary>
public sealed class UnknownWebhookEvent : WebhookEvent
{
    internal UnknownWebhookEvent(JObject json)
        : base(json)
    {
    }
}
