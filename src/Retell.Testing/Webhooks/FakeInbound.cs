using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Webhooks;

namespace Retell.Testing;

/// <summary>The result of an inbound call or message: what the inbound webhook responded, and how long it took.</summary>
public sealed class FakeInbound
{
    internal FakeInbound(IReadOnlyList<FakeWebhookDelivery> deliveries, JObject members, IReadOnlyList<string> errors)
    {
        (Deliveries, Members, Errors) = (deliveries, members, errors);
        IsRejected = members["reject"] is JValue { Value: true } && errors.Count == 0;
        Response = Last is { IsSuccess: true } last ? Read(last.Event) : null;
    }

    /// <summary>
    /// Gets the ID of the call or the chat that was created; null if none was: it was rejected, no agent takes it, or the webhook was sent by
    /// <see cref="FakeWebhooks"/>.
    /// </summary>
    public string? Id { get; private init; }

    /// <summary>Gets a value indicating whether the response rejected the call or message. A response with errors does not.</summary>
    public bool IsRejected { get; }

    /// <summary>Gets the errors in the response. Members with errors were ignored.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>
    /// Gets the valid members of the response: an <see cref="InboundCallResponse"/> or an <see cref="InboundChatResponse"/>; null without a
    /// successful response.
    /// </summary>
    public InboundResponse? Response { get; }

    /// <summary>Gets the attempts: one, and up to <see cref="FakeRetellServerOptions.WebhookRetries"/> more. It is empty if the number has no inbound webhook.</summary>
    public IReadOnlyList<FakeWebhookDelivery> Deliveries { get; }

    /// <summary>Gets the number of attempts.</summary>
    public int Attempts => Deliveries.Count;

    /// <summary>Gets the HTTP status of the last response; null without a response.</summary>
    public int? Status => Last?.Status;

    /// <summary>Gets the body of the last response; empty without a response.</summary>
    public string Body => Last?.Answer ?? "";

    /// <summary>Gets the time that all attempts took, which a caller hears as ringing, by the clock of the server: zero while it stands still.</summary>
    public TimeSpan Duration => Deliveries.Aggregate(TimeSpan.Zero, (sum, delivery) => sum + delivery.Duration);

    /// <summary>The valid members of the response.</summary>
    internal JObject Members { get; }

    private FakeWebhookDelivery? Last => Deliveries.Count > 0 ? Deliveries[^1] : null;

    /// <summary>Returns a copy with the ID of the call or the chat that was created.</summary>
    internal FakeInbound Of(string id) => new(Deliveries, Members, Errors) { Id = id };

    private InboundResponse Read(string eventName)
    {
        InboundResponse response = eventName == "chat_inbound" ? new InboundChatResponse() : new InboundCallResponse();
        response.Reject = IsRejected;
        response.OverrideAgentId = (string?)Members["override_agent_id"];
        response.OverrideAgentVersion = Members["override_agent_version"] is JToken version
            ? RetellJson.Deserialize<AgentVersionReference>(RetellJson.Serialize(version))
            : default(AgentVersionReference?);
        response.AgentOverride = Members["agent_override"] is JToken settings ? RetellJson.Deserialize<AgentOverride>(RetellJson.Serialize(settings)) : null;
        response.Metadata = (JObject?)Members["metadata"]?.DeepClone();
        foreach (JProperty variable in (Members["dynamic_variables"] as JObject ?? []).Properties())
        {
            response.DynamicVariables[variable.Name] = (string)variable.Value!;
        }

        return response;
    }
}
