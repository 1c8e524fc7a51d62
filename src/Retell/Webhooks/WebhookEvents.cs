using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>Which event a webhook is.</summary>
internal static class WebhookEvents
{
    public static WebhookEvent Read(JObject json) => ReadKnown(json) ?? new UnknownWebhookEvent(json);

    /// <summary>Null where the event is not known or lacks what it is about.</summary>
    private static WebhookEvent? ReadKnown(JObject json) => ((json["event"] as JValue)?.Value as string) switch
    {
        "call_started" => About<ICall>(json, "call", static (json, subject) => new CallStartedEvent(json, subject)),
        "call_ended" => About<ICall>(json, "call", static (json, subject) => new CallEndedEvent(json, subject)),
        "call_analyzed" => About<ICall>(json, "call", static (json, subject) => new CallAnalyzedEvent(json, subject)),
        "transfer_started" => About<ICall>(json, "call", static (json, subject) => new TransferStartedEvent(json, subject)),
        "transfer_bridged" => About<ICall>(json, "call", static (json, subject) => new TransferBridgedEvent(json, subject)),
        "transfer_cancelled" => About<ICall>(json, "call", static (json, subject) => new TransferCancelledEvent(json, subject)),
        "transfer_ended" => About<ICall>(json, "call", static (json, subject) => new TransferEndedEvent(json, subject)),
        "transcript_updated" => TranscriptUpdated(json),
        "chat_started" => About<Chat>(json, "chat", static (json, subject) => new ChatStartedEvent(json, subject)),
        "chat_ended" => About<Chat>(json, "chat", static (json, subject) => new ChatEndedEvent(json, subject)),
        "chat_analyzed" => About<Chat>(json, "chat", static (json, subject) => new ChatAnalyzedEvent(json, subject)),
        "call_inbound" => json["call_inbound"] is JObject inbound ? new CallInboundEvent(json, inbound) : null,
        "chat_inbound" => json["chat_inbound"] is JObject inbound ? new ChatInboundEvent(json, inbound) : null,
        "alert_triggered" => About<AlertIncident>(json, "alert", static (json, subject) => new AlertTriggeredEvent(json, subject)),
        "alert_resolved" => About<AlertIncident>(json, "alert", static (json, subject) => new AlertResolvedEvent(json, subject)),
        _ => null,
    };

    private static WebhookEvent? About<T>(JObject json, string name, Func<JObject, T, WebhookEvent> create)
        where T : class => Member<T>(json, name) is T subject ? create(json, subject) : null;

    private static TranscriptUpdatedEvent? TranscriptUpdated(JObject json)
    {
        var call = Member<ICall>(json, "call");
        var chat = Member<Chat>(json, "chat");

        // Whether it stands beside the call or in it, no document says.
        JToken? transcript = json["transcript_with_tool_calls"] ?? (json["call"] as JObject)?["transcript_with_tool_calls"];
        return call is null && chat is null ? null : new TranscriptUpdatedEvent(
            json,
            call,
            chat,
            [.. (transcript as JArray ?? []).OfType<JObject>().Select(item => item.ToObject<IUtteranceOrToolCall>(RetellJson.Serializer)!)]);
    }

    private static T? Member<T>(JObject json, string name)
        where T : class => (json[name] as JObject)?.ToObject<T>(RetellJson.Serializer);
}
