using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Webhooks;

namespace Retell.AspNetCore.Webhooks;

/// <summary>The key that two deliveries of an event share.</summary>
internal static class WebhookEventKey
{
    /// <summary>Returns the key, or null if deliveries of the event cannot be told apart from other events.</summary>
    public static string? Of(WebhookEvent webhook) => webhook switch
    {
        TransferWebhookEvent transfer => Join(
            Text(webhook, "call", "call_id"), webhook.Event, Text(webhook, "call", "start_timestamp"), transfer.DestinationNumber, transfer.DestinationExtension),
        CallWebhookEvent => Join(Text(webhook, "call", "call_id"), webhook.Event),
        ChatWebhookEvent => Join(Text(webhook, "chat", "chat_id"), webhook.Event),
        AlertWebhookEvent => Join(Text(webhook, "alert", "alert_incident_id"), webhook.Event),
        _ => null,
    };

    private static string? Join(string? id, params ReadOnlySpan<string?> parts) => string.IsNullOrEmpty(id) ? null : $"{id}|{string.Join('|', parts)}";

    private static string? Text(WebhookEvent webhook, string subject, string name) => (webhook.Json[subject] as JObject)?[name] is JValue { Value: not null } value
        ? value.ToString(CultureInfo.InvariantCulture)
        : null;
}
