using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>Creates the event of a webhook.</summary>
internal static class WebhookEvents
{
    public static WebhookEvent Read(JObject json) => ReadKnown(json) ?? new UnknownWebhookEvent(json);

    /// <summary>Returns the event, or null if it is not known or lacks its subject.</summary>
    private static WebhookEvent? ReadKnown(JObject json) => ((json["event"] as JValue)?.Value as string) switch
    {
        "call_started" => About(json, "call", Unions.ICall, static (json, subject) => new CallStartedEvent(json, subject)),
        "call_ended" => About(json, "call", Unions.ICall, static (json, subject) => new CallEndedEvent(json, subject)),
        "call_analyzed" => About(json, "call", Unions.ICall, static (json, subject) => new CallAnalyzedEvent(json, subject)),
        "transfer_started" => About(json, "call", Unions.ICall, static (json, subject) => new TransferStartedEvent(json, subject)),
        "transfer_bridged" => About(json, "call", Unions.ICall, static (json, subject) => new TransferBridgedEvent(json, subject)),
        "transfer_cancelled" => About(json, "call", Unions.ICall, static (json, subject) => new TransferCancelledEvent(json, subject)),
        "transfer_ended" => About(json, "call", Unions.ICall, static (json, subject) => new TransferEndedEvent(json, subject)),
        "transcript_updated" => TranscriptUpdated(json),
        "chat_started" => About(json, "chat", Codec.Object<Chat>(), static (json, subject) => new ChatStartedEvent(json, subject)),
        "chat_ended" => About(json, "chat", Codec.Object<Chat>(), static (json, subject) => new ChatEndedEvent(json, subject)),
        "chat_analyzed" => About(json, "chat", Codec.Object<Chat>(), static (json, subject) => new ChatAnalyzedEvent(json, subject)),
        "call_inbound" => json["call_inbound"] is JObject inbound ? new CallInboundEvent(json, inbound) : null,
        "chat_inbound" => json["chat_inbound"] is JObject inbound ? new ChatInboundEvent(json, inbound) : null,
        "alert_triggered" => About(json, "alert", Codec.Object<AlertIncident>(), static (json, subject) => new AlertTriggeredEvent(json, subject)),
        "alert_resolved" => About(json, "alert", Codec.Object<AlertIncident>(), static (json, subject) => new AlertResolvedEvent(json, subject)),
        _ => null,
    };

    private static WebhookEvent? About<T>(JObject json, string name, JsonCodec<T> codec, Func<JObject, T, WebhookEvent> create)
        where T : class => Read(json[name], codec) is T subject ? create(json, subject) : null;

    private static TranscriptUpdatedEvent? TranscriptUpdated(JObject json)
    {
        var call = Read(json["call"], Unions.ICall);
        var chat = Read(json["chat"], Codec.Object<Chat>());

        // The API documentation does not say whether it is beside the call or in it.
        JToken? transcript = json["transcript_with_tool_calls"] ?? (json["call"] as JObject)?["transcript_with_tool_calls"];
        return call is null && chat is null ? null : new TranscriptUpdatedEvent(
            json,
            call,
            chat,
            [.. (transcript as JArray ?? []).OfType<JObject>().Select(item => Read(item, Unions.IUtteranceOrToolCall)!)]);
    }

    private static T? Read<T>(JToken? json, JsonCodec<T> codec)
        where T : class => json is JObject && Utf8Document.TryRead(json, codec, out T value) ? value : null;
}
