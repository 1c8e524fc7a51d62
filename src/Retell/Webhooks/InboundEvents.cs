using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>
/// The base class of the events of an inbound call or SMS to a number with an inbound webhook. The API waits 10 seconds for a response that says
/// how to handle it.
/// </summary>
public abstract class InboundWebhookEvent : WebhookEvent
{
    private readonly JObject _inbound;

    private protected InboundWebhookEvent(JObject json, JObject inbound)
        : base(json) => _inbound = inbound;

    /// <summary>Gets the number of the caller or sender, in E.164 format.</summary>
    public string FromNumber => Text("from_number") ?? "";

    /// <summary>Gets the number that is called or written to, in E.164 format.</summary>
    public string ToNumber => Text("to_number") ?? "";

    /// <summary>Gets the ID of the inbound agent of the number, or null if it has none.</summary>
    public string? AgentId => Text("agent_id");

    /// <summary>Gets the version of the inbound agent, or null if there is none.</summary>
    public AgentVersionReference? AgentVersion => _inbound["agent_version"] is JValue { Value: not null } version
        && Utf8Document.TryRead(version, Retell.Models.AgentVersionReference.s_codec, out AgentVersionReference read)
        ? read
        : default(AgentVersionReference?);

    private protected string? Text(string name) => (_inbound[name] as JValue)?.Value as string;

    /// <summary>Returns headers by case-insensitive name. The values of a repeated header are joined, as in HTTP and SIP.</summary>
    private protected IReadOnlyDictionary<string, string> Headers(string name) => (_inbound[name] as JObject ?? [])
        .Properties()
        .GroupBy(property => property.Name, property => property.Value.ToString(), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(header => header.Key, header => string.Join(", ", header), StringComparer.OrdinalIgnoreCase);
}

/// <summary>The <c>call_inbound</c> event: a call is coming in. Respond with an <see cref="InboundCallResponse"/>.</summary>
public sealed class CallInboundEvent : InboundWebhookEvent
{
    internal CallInboundEvent(JObject json, JObject inbound)
        : base(json, inbound)
    {
    }

    /// <summary>Gets the ID of the call, which identifies a request that is delivered twice, or null if the event does not contain it.</summary>
    public string? CallId => Text("call_id");

    /// <summary>
    /// Gets the SIP headers of the call. The names are case-insensitive; the values of names that differ only in case are joined with a comma.
    /// </summary>
    public IReadOnlyDictionary<string, string> CustomSipHeaders => Headers("custom_sip_headers");
}

/// <summary>The <c>chat_inbound</c> event: an SMS has arrived. Respond with an <see cref="InboundChatResponse"/>.</summary>
public sealed class ChatInboundEvent : InboundWebhookEvent
{
    internal ChatInboundEvent(JObject json, JObject inbound)
        : base(json, inbound)
    {
    }

    /// <summary>Gets the ID of the chat, which identifies a request that is delivered twice, or null if the event does not contain it.</summary>
    public string? ChatId => Text("chat_id");
}
