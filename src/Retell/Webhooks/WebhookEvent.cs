using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Webhooks;

/// <summary>
/// The base class of the webhook events. Use a <c>switch</c> over the type of the event or of its family: <see cref="CallWebhookEvent"/>,
/// <see cref="TransferWebhookEvent"/>, <see cref="ChatWebhookEvent"/>, <see cref="InboundWebhookEvent"/>, <see cref="AlertWebhookEvent"/>.
/// </summary>
public abstract class WebhookEvent
{
    private protected WebhookEvent(JObject json) => Json = json;

    /// <summary>Gets the name of the event, such as <c>call_ended</c>.</summary>
    public string Event => (Json["event"] as JValue)?.Value as string ?? "";

    /// <summary>Gets the time of the event, or null if the webhook does not contain it.</summary>
    public DateTimeOffset? EventTime => Json["event_timestamp"] is JValue { Value: long milliseconds } && milliseconds is >= 0 and < 253402300800000
        ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
        : null;

    /// <summary>Gets the JSON of the webhook, including members that the SDK does not know.</summary>
    public JObject Json { get; }

    /// <summary>Returns a short text without personal data.</summary>
    /// <returns>The type and the name of the event.</returns>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0} ({1})", GetType().Name, Event);
}

/// <summary>An event that this version of the SDK does not know, or that lacks a required member. Its content is in <see cref="WebhookEvent.Json"/>.</summary>
public sealed class UnknownWebhookEvent : WebhookEvent
{
    internal UnknownWebhookEvent(JObject json)
        : base(json)
    {
    }
}
