using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>
/// Somebody calls or writes to a number with an inbound webhook, and the API asks what to do. It waits 10 seconds for the
/// answer, while the caller hears it ring.
/// </summary>
public abstract class InboundWebhookEvent : WebhookEvent
{
    private readonly JObject _inbound;

    private protected InboundWebhookEvent(JObject json, JObject inbound)
        : base(json) => _inbound = inbound;

    /// <summary>The number of the one who calls, in E.164 format.</summary>
    public string FromNumber => Text("from_number") ?? "";

    /// <summary>The number that is called, in E.164 format.</summary>
    public string ToNumber => Text("to_number") ?? "";

    /// <summary>The inbound agent of the number; null where it has none.</summary>
    public string? AgentId => Text("agent_id");

    /// <summary>The version of that agent; null where there is none.</summary>
    public AgentVersionReference? AgentVersion => _inbound["agent_version"] is JValue { Value: not null } version
        && Utf8Document.TryRead(version, Retell.Models.AgentVersionReference.s_codec, out AgentVersionReference read)
        ? read
        : default(AgentVersionReference?);

    private protected string? Text(string name) => (_inbound[name] as JValue)?.Value as string;

    /// <summary>Headers by their name in any case; one that comes several times has its values joined, as HTTP and SIP do.</summary>
    private protected IReadOnlyDictionary<string, string> Headers(string name) => (_inbound[name] as JObject ?? [])
        .Properties()
        .GroupBy(property => property.Name, property => property.Value.ToString(), StringComparer.OrdinalIgnoreCase)
        .ToDictionary(header => header.Key, header => string.Join(", ", header), StringComparer.OrdinalIgnoreCase);
}

/// <summary><c>call_inbound</c>: somebody calls. Answer with an <see cref="InboundCallResponse"/>.</summary>
public sealed class CallInboundEvent : InboundWebhookEvent
{
    internal CallInboundEvent(JObject json, JObject inbound)
        : base(json, inbound)
    {
    }

    /// <summary>By it a request that comes a second time is known; null where the API does not say.</summary>
    public string? CallId => Text("call_id");

    /// <summary>
    /// Gets the SIP headers of the call, by their name in any case. The values of names that differ only in case are joined by
    /// a comma.
    /// </summary>
    public IReadOnlyDictionary<string, string> CustomSipHeaders => Headers("custom_sip_headers");
}

/// <summary><c>chat_inbound</c>: somebody writes an SMS. Answer with an <see cref="InboundChatResponse"/>.</summary>
public sealed class ChatInboundEvent : InboundWebhookEvent
{
    internal ChatInboundEvent(JObject json, JObject inbound)
        : base(json, inbound)
    {
    }

    /// <summary>By it a request that comes a second time is known; null where the API does not say.</summary>
    public string? ChatId => Text("chat_id");
}
