using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>
/// Sends webhooks when a test asks for it, and returns what the application responded. Requests go the way of all webhooks, see
/// <see cref="FakeRetellServer.DeliverWebhooksTo"/>, and are in <see cref="FakeRetellServer.WebhookDeliveries"/>. The API waits 10 seconds for a
/// response: they pass by the clock of the server or in real time, whichever is first. All members are thread-safe.
/// </summary>
public sealed class FakeWebhooks
{
    private readonly WebhookSender _sender;
    private readonly WebhookEvents _events;
    private readonly InboundWebhooks _inbound;
    private readonly SampleEvents _samples;

    internal FakeWebhooks(WebhookSender sender, WebhookEvents events, InboundWebhooks inbound, SampleEvents samples) =>
        (_sender, _events, _inbound, _samples) = (sender, events, inbound, samples);

    /// <summary>Gets the names of the events that <see cref="CreateSample"/> knows.</summary>
    public IReadOnlyList<string> Events => _samples.Names;

    /// <summary>Creates the body of an event, to change it before it is delivered.</summary>
    /// <param name="eventName">The event, such as <c>call_analyzed</c>.</param>
    /// <param name="session">The call or chat that it is about, as it is now, or null for a sample with an ID of its own.</param>
    /// <returns>The body. It is valid by the OpenAPI document.</returns>
    /// <exception cref="ArgumentException"><paramref name="eventName"/> is unknown, or not an event of the call or chat.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="eventName"/> is null.</exception>
    public JObject CreateSample(string eventName, FakeSession? session = null)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        return _samples.Create(eventName, session?.Session, nameof(eventName));
    }

    /// <summary>Delivers an event by its name.</summary>
    /// <param name="eventName">The event, such as <c>call_analyzed</c>.</param>
    /// <param name="url">The URL of the receiver, or null for the <c>webhook_url</c> of the agent, otherwise <see cref="FakeRetellServerOptions.AccountWebhookUrl"/>.</param>
    /// <param name="session">The call or chat that it is about, as it is now, or null for a sample with an ID of its own.</param>
    /// <param name="times">The number of deliveries, one after the other. Those after the first are duplicates with the same body.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="retries">The number of retries of each delivery without a successful response.</param>
    /// <param name="timeout">The time limit for a response, or null for 10 seconds.</param>
    /// <param name="cancellationToken">The token that cancels the delivery.</param>
    /// <returns>All attempts, in their order. There are exactly <paramref name="times"/> without retries.</returns>
    /// <remarks>A response that is not successful is not an exception: see <see cref="FakeWebhookDelivery.IsSuccess"/>.</remarks>
    /// <exception cref="ArgumentException">
    /// <paramref name="eventName"/> is unknown or not an event of the call or chat, or <paramref name="url"/> is not an absolute http or https URL.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="eventName"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="times"/> is less than 1, <paramref name="retries"/> is negative, or <paramref name="timeout"/> is not positive.
    /// </exception>
    public Task<IReadOnlyList<FakeWebhookDelivery>> DeliverAsync(
        string eventName,
        string? url = null,
        FakeSession? session = null,
        int times = 1,
        FakeSignature signature = FakeSignature.Valid,
        int retries = 0,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        DeliverAsync(CreateSample(eventName, session), Target(url, session), new(times, signature, retries, timeout), cancellationToken);

    /// <summary>Delivers an event.</summary>
    /// <param name="webhook">
    /// The event, such as a <see cref="Retell.Webhooks.CallAnalyzedEvent"/>, or its body: a JObject, an object of the API or an anonymous object.
    /// </param>
    /// <param name="url">The URL of the receiver, or null for <see cref="FakeRetellServerOptions.AccountWebhookUrl"/>.</param>
    /// <param name="times">The number of deliveries, one after the other. Those after the first are duplicates with the same body.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="retries">The number of retries of each delivery without a successful response.</param>
    /// <param name="timeout">The time limit for a response, or null for 10 seconds.</param>
    /// <param name="cancellationToken">The token that cancels the delivery.</param>
    /// <returns>All attempts, in their order. There are exactly <paramref name="times"/> without retries.</returns>
    /// <remarks>A response that is not successful is not an exception: see <see cref="FakeWebhookDelivery.IsSuccess"/>.</remarks>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not an absolute http or https URL, or the event is not written as a JSON object.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="webhook"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="times"/> is less than 1, <paramref name="retries"/> is negative, or <paramref name="timeout"/> is not positive.
    /// </exception>
    public Task<IReadOnlyList<FakeWebhookDelivery>> DeliverAsync(
        object webhook,
        string? url = null,
        int times = 1,
        FakeSignature signature = FakeSignature.Valid,
        int retries = 0,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        return DeliverAsync(FakeRetellServer.ToJson(webhook, nameof(webhook)), Target(url, null), new(times, signature, retries, timeout), cancellationToken);
    }

    /// <summary>
    /// Sends <c>call_inbound</c> to any URL and reads the response. No phone number is needed, and no call is created: for that, see
    /// <see cref="FakeRetellServer.SimulateInboundCallAsync"/>.
    /// </summary>
    /// <param name="url">The URL of the receiver.</param>
    /// <param name="fromNumber">The number of the caller, in E.164 format.</param>
    /// <param name="toNumber">The number that is called.</param>
    /// <param name="agentId">The ID of the inbound agent of the number, or null if it has none.</param>
    /// <param name="sipHeaders">The SIP headers of the call, or null for none.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The response, with its errors and the time that it took.</returns>
    /// <remarks>A request without a successful response is retried, by default 3 times: see <see cref="FakeRetellServerOptions.WebhookRetries"/>.</remarks>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not an absolute http or https URL.</exception>
    /// <exception cref="ArgumentNullException">The URL or a number is null.</exception>
    public Task<FakeInbound> SendCallInboundAsync(
        string url,
        string fromNumber,
        string toNumber,
        string? agentId = null,
        IReadOnlyDictionary<string, string>? sipHeaders = null,
        FakeSignature signature = FakeSignature.Valid,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fromNumber);
        ArgumentNullException.ThrowIfNull(toNumber);
        return SendInboundAsync(_inbound.Question(isChat: false, fromNumber, toNumber, agentId, sipHeaders: sipHeaders), url, signature, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Sends <c>chat_inbound</c> to any URL and reads the response. No phone number is needed, and no chat is created: for that, see
    /// <see cref="FakeRetellServer.SimulateInboundSmsAsync"/>.
    /// </summary>
    /// <param name="url">The URL of the receiver.</param>
    /// <param name="fromNumber">The number of the sender, in E.164 format.</param>
    /// <param name="toNumber">The number that receives the message.</param>
    /// <param name="agentId">The ID of the inbound agent of the number, or null if it has none.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The response, with its errors and the time that it took.</returns>
    /// <remarks>A request without a successful response is retried, by default 3 times: see <see cref="FakeRetellServerOptions.WebhookRetries"/>.</remarks>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not an absolute http or https URL.</exception>
    /// <exception cref="ArgumentNullException">The URL or a number is null.</exception>
    public Task<FakeInbound> SendChatInboundAsync(
        string url,
        string fromNumber,
        string toNumber,
        string? agentId = null,
        FakeSignature signature = FakeSignature.Valid,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(fromNumber);
        ArgumentNullException.ThrowIfNull(toNumber);
        return SendInboundAsync(_inbound.Question(isChat: true, fromNumber, toNumber, agentId), url, signature, cancellationToken: cancellationToken);
    }

    /// <summary>Sends <c>call_inbound</c> or <c>chat_inbound</c> with any body and reads the response.</summary>
    /// <param name="webhook">The event or its body, such as one from <see cref="CreateSample"/>.</param>
    /// <param name="url">The URL of the receiver.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="timeout">The time limit for each response, or null for 10 seconds.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The response, with its errors and the time that it took.</returns>
    /// <remarks>A request without a successful response is retried, by default 3 times: see <see cref="FakeRetellServerOptions.WebhookRetries"/>.</remarks>
    /// <exception cref="ArgumentException">The event is not an inbound one, or <paramref name="url"/> is not an absolute http or https URL.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="webhook"/> or <paramref name="url"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is not positive.</exception>
    public Task<FakeInbound> SendInboundAsync(
        object webhook, string url, FakeSignature signature = FakeSignature.Valid, TimeSpan? timeout = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        ArgumentNullException.ThrowIfNull(url);
        OutboundHttp.ThrowIfNotUrl(url, nameof(url));
        JObject body = FakeRetellServer.ToJson(webhook, nameof(webhook));
        return Name(body) is "call_inbound" or "chat_inbound"
            ? _inbound.AskAsync(new(Name(body), url, body.ToString(Formatting.None), Limit(timeout)) { Signature = signature }, cancellationToken)
            : throw new ArgumentException($"\"{Name(body)}\" is not an inbound event. Use \"call_inbound\" or \"chat_inbound\".", nameof(webhook));
    }

    private static string Name(JObject body) => (body["event"] as JValue)?.Value as string ?? "";

    private static TimeSpan Limit(TimeSpan? timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout ?? TimeSpan.MaxValue, TimeSpan.Zero, nameof(timeout));
        return timeout ?? WebhookEvents.Timeout();
    }

    private string Target(string? url, FakeSession? session)
    {
        url ??= _events.Url(session?.Session) ?? throw new ArgumentException(
            $"There is no URL to deliver to. Pass one, or set {nameof(FakeRetellServerOptions.AccountWebhookUrl)} or the webhook_url of the agent.", nameof(url));
        OutboundHttp.ThrowIfNotUrl(url, nameof(url));
        return url;
    }

    private async Task<IReadOnlyList<FakeWebhookDelivery>> DeliverAsync(JObject body, string url, Delivery delivery, CancellationToken cancellationToken)
    {
        (int times, FakeSignature signature, int retries, TimeSpan? timeout) = delivery;
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(retries);
        var webhook = new Webhook(Name(body), url, body.ToString(Formatting.None), Limit(timeout)) { Signature = signature };
        var attempts = new List<FakeWebhookDelivery>();
        for (int i = 0; i < times; i++)
        {
            attempts.AddRange(await _sender.DeliverAsync(webhook, retries, cancellationToken).ConfigureAwait(false));
        }

        return attempts;
    }

    private sealed record Delivery(int Times, FakeSignature Signature, int Retries, TimeSpan? Timeout);
}
