using System.Runtime.CompilerServices;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing.Functions;
using Retell.Testing.Http;
using Retell.Testing.Monitoring;
using Retell.Testing.Resources;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Testing.Webhooks;
using WebhookEvent = Retell.Webhooks.WebhookEvent;

namespace Retell.Testing;

/// <summary>
/// A fake of the Retell API for tests of code that uses it. It runs in the test process and knows every operation of the OpenAPI document
/// that the SDK was generated from. Each request is validated against the document: an invalid one gets status 400 with a list of its errors, one
/// without an API key gets 401, and a valid one gets a valid response.
/// <para>
/// What was created or seeded can be read, listed with filters, updated, versioned and deleted; other IDs are not found. No call is ever placed:
/// calls, chats and knowledge bases progress by the <see cref="Clock"/>, which stands still until a test advances it, or step by step through
/// <see cref="Calls"/> and <see cref="Chats"/>. Signed webhooks are sent to the agent's <c>webhook_url</c>. Rules (<see cref="When"/>) set responses
/// and faults.
/// </para>
/// <code>
/// await using var server = await FakeRetellServer.StartAsync();
/// using var retell = server.CreateClient();
///
/// // Faults: the first attempt is rejected, the second one succeeds.
/// server.When("createPhoneCall").LimitRate(TimeSpan.FromSeconds(1)).Times(1);
/// // … the code under test places a call …
/// Assert.That(server.Requests.For("createPhoneCall"), Has.Count.EqualTo(2));
/// Assert.That(server.Requests.Invalid(), Is.Empty);
///
/// // The course of the call, and its webhooks.
/// FakeCall call = server.Calls.Last();
/// await call.StartAsync();
/// await call.CallFunctionAsync("book_slot", new { day = "Monday" });
/// await call.EndAsync("agent_hangup", cost: 12.5m);
/// await server.AdvanceAsync(TimeSpan.FromMinutes(1)); // analyzed by now
/// Assert.That(server.WebhookDeliveries.Select(d => d.Event), Is.EqualTo(new[] { "call_started", "call_ended", "call_analyzed" }));
/// </code>
/// All members are thread-safe.
/// </summary>
public sealed class FakeRetellServer : IAsyncDisposable
{
    /// <summary>The API key of the clients that the fake creates, unless the options have one.</summary>
    private const string DefaultApiKey = "key_for_the_fake";

    private readonly FakeApi _api;
    private readonly Store _store;
    private readonly OutboundHttp _outbound;
    private readonly WebhookSender _sender;
    private readonly InboundWebhooks _inbound;
    private readonly FunctionCaller _functions;
    private readonly MonitorHub _monitors = new();
    private readonly MonitorSocket _monitorSocket;
    private readonly int _port;
    private readonly bool _ownsClock;
    private FakeListener? _listener;

    /// <summary>Creates a fake that does not listen on a port. Use <see cref="CreateHandler"/> or <see cref="CreateClient"/> to reach it.</summary>
    /// <param name="options">The options, or null for the defaults.</param>
    public FakeRetellServer(FakeRetellServerOptions? options = null)
    {
        options ??= new();
        ApiKey = options.ApiKey ?? DefaultApiKey;
        Clock = FakeClock.For(options.TimeProvider);
        _ownsClock = Clock != options.TimeProvider;
        _port = options.Port;
        _store = new Store(ApiDocument.Embedded, options, Clock);
        _outbound = new OutboundHttp(options, options.WebhookKey ?? ApiKey, Clock);
        _sender = new WebhookSender(options, _outbound, Clock);
        var events = new WebhookEvents(_store, _sender);
        var schedule = new Schedule(_store);
        var lifecycle = new SessionLifecycle(_store, schedule, events, _monitors);
        _functions = new FunctionCaller(_store, lifecycle, _outbound);
        var services = new SessionServices(_store, lifecycle, _sender, events, _functions, _monitors);
        _inbound = new InboundWebhooks(_store, _sender, lifecycle);
        Webhooks = new FakeWebhooks(_sender, events, _inbound, new SampleEvents(_store, lifecycle, _inbound));
        _api = new FakeApi(options, new ResourceTable(new ResourceContext(_store, schedule, lifecycle)), Clock);
        _monitorSocket = new MonitorSocket(_monitors, _store, options.ApiKey);
        Calls = new FakeSessionCollection<FakeCall>(_store, "call", session => new FakeCall(services, session));
        Chats = new FakeSessionCollection<FakeChat>(_store, "chat", session => new FakeChat(services, session));
    }

    /// <summary>
    /// Gets the URL that the fake listens on, such as <c>http://127.0.0.1:49152/</c>. If it does not listen, a URL that only
    /// <see cref="CreateHandler"/> serves.
    /// </summary>
    public Uri BaseUrl { get; private set; } = new("https://fake-retell.invalid/");

    /// <summary>Gets an API key that the fake accepts.</summary>
    public string ApiKey { get; }

    /// <summary>Gets the requests that the fake received.</summary>
    public FakeRequestLog Requests => _api.Log;

    /// <summary>Gets the clock of everything that takes time. It stands still unless <see cref="FakeRetellServerOptions.TimeProvider"/> is set.</summary>
    public FakeClock Clock { get; }

    /// <summary>Gets the calls, to move them on.</summary>
    public FakeSessionCollection<FakeCall> Calls { get; }

    /// <summary>Gets the chats, to move them on.</summary>
    public FakeSessionCollection<FakeChat> Chats { get; }

    /// <summary>Gets the sender of webhooks that a test asks for: any event to any URL, duplicates, wrong signatures, inbound webhooks.</summary>
    public FakeWebhooks Webhooks { get; }

    /// <summary>Gets all attempts to deliver a webhook.</summary>
    public FakeWebhookLog WebhookDeliveries => _sender.Log;

    /// <summary>Creates a fake that listens on the loopback address, on a free port unless <see cref="FakeRetellServerOptions.Port"/> is set.</summary>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the start.</param>
    /// <returns>The fake. Dispose it to stop listening.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<FakeRetellServer> StartAsync(FakeRetellServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new FakeRetellServer(options);
        server._listener = new FakeListener(server._api, server._monitorSocket, server._port);
        try
        {
            await server._listener.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        server.BaseUrl = server._listener.Address!;
        return server;
    }

    /// <summary>
    /// Creates a handler that reaches the fake without a socket, for an HttpClient or <see cref="RetellClientOptions.HttpMessageHandler"/>. It
    /// ignores the host of a URL.
    /// </summary>
    /// <returns>The handler. It does not own the fake.</returns>
    public HttpMessageHandler CreateHandler() => new FakeHandler(_api);

    /// <summary>Creates a client of the fake: over its socket if it listens, else through a handler.</summary>
    /// <param name="configure">Changes the options of the client; null for no changes.</param>
    /// <returns>The client. Dispose it after use.</returns>
    public RetellClient CreateClient(Action<RetellClientOptions>? configure = null)
    {
        var options = new RetellClientOptions { ApiKey = ApiKey, BaseUrl = BaseUrl, HttpMessageHandler = _listener is null ? CreateHandler() : null };
        configure?.Invoke(options);
        return new RetellClient(options);
    }

    /// <summary>Adds a rule for the requests of one operation. Call a method of the rule to say what it does.</summary>
    /// <param name="operationId">The operationId, such as <c>createPhoneCall</c>.</param>
    /// <param name="where">The condition that a request must meet; null for all requests.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The API has no such operation.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="operationId"/> is null.</exception>
    public FakeRule When(string operationId, Func<FakeRequest, bool>? where = null)
    {
        ArgumentNullException.ThrowIfNull(operationId);
        ApiDocument.Embedded.ThrowIfUnknown(operationId, nameof(operationId));
        return _api.AddRule(where, operationId);
    }

    /// <summary>Adds a rule for the requests of all operations, and for requests that match no operation.</summary>
    /// <param name="where">The condition that a request must meet; null for all requests.</param>
    /// <returns>The rule.</returns>
    public FakeRule WhenAny(Func<FakeRequest, bool>? where = null) => _api.AddRule(where);

    /// <summary>Removes all rules.</summary>
    public void ClearRules() => _api.ClearRules();

    /// <summary>
    /// Advances the clock and delivers the webhooks of what happens until then. Events happen in their order, each at its own time.
    /// </summary>
    /// <param name="by">The time to advance by.</param>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhooks have been delivered.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        Clock.Advance(by);
        return DeliverWebhooksAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until all webhooks that were raised so far have been delivered or have failed. Do not call it while a webhook is being handled.
    /// </summary>
    /// <param name="cancellationToken">The token that stops waiting.</param>
    /// <returns>A task that completes when no webhook is left to send.</returns>
    public Task DeliverWebhooksAsync(CancellationToken cancellationToken = default) => _sender.WhenSentAsync(cancellationToken);

    /// <summary>
    /// Sends webhooks and calls of custom functions through a handler from now on, whatever the host of their URLs. Use it where the application
    /// under test needs the fake before it can start: <c>server.DeliverWebhooksTo(factory.Server.CreateHandler())</c>.
    /// </summary>
    /// <param name="handler">The handler, such as that of a WebApplicationFactory. It is never disposed.</param>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public void DeliverWebhooksTo(HttpMessageHandler handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _outbound.Use(handler);
    }

    /// <summary>
    /// Calls a custom function at any URL, as an agent does: sends the signed request, and returns the result. No agent with a tool is needed: for
    /// one, see <see cref="FakeSession.CallFunctionAsync"/>.
    /// </summary>
    /// <param name="url">The URL of the function.</param>
    /// <param name="arguments">The arguments: an object of the API, a JObject or an anonymous object. Null for no arguments.</param>
    /// <param name="request">The name, the method, the envelope and the headers, or null for a POST about a sample call.</param>
    /// <param name="retry">The number of retries without a successful response, as in the tool's <c>max_retry</c>.</param>
    /// <param name="signature">The signature.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The request that was sent, and the result.</returns>
    /// <remarks>
    /// A failure of the function is not an exception: see <see cref="FakeFunctionCall.IsSuccess"/>. The request goes the same way as webhooks, see
    /// <see cref="DeliverWebhooksTo"/>.
    /// </remarks>
    /// <exception cref="ArgumentException"><paramref name="url"/> is not an absolute http or https URL, or the arguments are not written as a JSON object.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="retry"/> is negative.</exception>
    public Task<FakeFunctionCall> CallFunctionAsync(
        string url,
        object? arguments = null,
        FakeFunctionRequest? request = null,
        int retry = 0,
        FakeSignature signature = FakeSignature.Valid,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentOutOfRangeException.ThrowIfNegative(retry);
        OutboundHttp.ThrowIfNotUrl(url, nameof(url));
        JObject json = arguments is null ? [] : ToJson(arguments);
        return _functions.CallAsync(url, request ?? new(), json, retry, signature, cancellationToken);
    }

    /// <summary>
    /// Simulates an inbound call to one of the phone numbers. Its <c>inbound_webhook_url</c> decides about the call; without a response the number's
    /// agent takes it.
    /// </summary>
    /// <param name="fromNumber">The number of the caller, in E.164 format.</param>
    /// <param name="toNumber">The number that is called. It must have been created or seeded.</param>
    /// <param name="sipHeaders">The SIP headers of the call; null for none.</param>
    /// <param name="cancellationToken">The token that cancels the simulation.</param>
    /// <returns>The result. The call is in <see cref="Calls"/> under its ID.</returns>
    /// <exception cref="ArgumentException">There is no phone number <paramref name="toNumber"/>.</exception>
    /// <exception cref="ArgumentNullException">A number is null.</exception>
    public Task<FakeInbound> SimulateInboundCallAsync(
        string fromNumber, string toNumber, IReadOnlyDictionary<string, string>? sipHeaders = null, CancellationToken cancellationToken = default) =>
        _inbound.ReceiveAsync(isChat: false, fromNumber, toNumber, sipHeaders, cancellationToken);

    /// <summary>
    /// Simulates the first text message of somebody to one of the phone numbers. Its <c>inbound_sms_webhook_url</c> decides about the message;
    /// without a response the number's agent takes it.
    /// </summary>
    /// <param name="fromNumber">The number of the sender, in E.164 format.</param>
    /// <param name="toNumber">The number that receives the message. It must have been created or seeded.</param>
    /// <param name="cancellationToken">The token that cancels the simulation.</param>
    /// <returns>The result. The chat is in <see cref="Chats"/> under its ID.</returns>
    /// <exception cref="ArgumentException">There is no phone number <paramref name="toNumber"/>.</exception>
    /// <exception cref="ArgumentNullException">A number is null.</exception>
    public Task<FakeInbound> SimulateInboundSmsAsync(string fromNumber, string toNumber, CancellationToken cancellationToken = default) =>
        _inbound.ReceiveAsync(isChat: true, fromNumber, toNumber, null, cancellationToken);

    /// <summary>Removes all rules, requests, webhooks and objects. The clock keeps its time.</summary>
    public void Reset()
    {
        _api.Clear();
        _sender.Forget();
        _monitors.Clear();
        lock (_store.Lock)
        {
            _store.Clear();
        }
    }

    /// <summary>Seeds an object, so that it exists.</summary>
    /// <param name="item">The object as the API returns it, such as a PhoneCall or an Agent. Missing required members, including the ID, are added.</param>
    /// <returns>The ID; for a phone number, the number.</returns>
    /// <exception cref="ArgumentException">The fake does not keep objects of this type, or the object is not valid; the message lists the errors.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public string Seed(RetellObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        JObject json = ToJson(item);
        lock (_store.Lock)
        {
            return _store.Seed(item.GetType().Name, json, full: false, nameof(item), nameof(item));
        }
    }

    /// <summary>Seeds an object, so that it exists.</summary>
    /// <param name="kind">The type of the object, such as <c>PhoneCall</c>, or an operation that returns it, such as <c>getAgent</c>.</param>
    /// <param name="item">
    /// The object, or the members that matter: an object of the API, a JObject or an anonymous object. Missing required members are added.
    /// </param>
    /// <returns>The ID; for a phone number, the number.</returns>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is unknown, or the object is not valid; the message lists the errors.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public string Seed(string kind, object item)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(item);
        JObject json = ToJson(item);
        lock (_store.Lock)
        {
            return _store.Seed(kind, json, full: false, nameof(kind), nameof(item));
        }
    }

    /// <summary>Seeds several objects, completed by the examples of the document. Lists return the last one first.</summary>
    /// <param name="kind">The type of the objects, such as <c>Agent</c>, or an operation that returns them, such as <c>listAgents</c>.</param>
    /// <param name="count">The number of objects.</param>
    /// <param name="members">Returns the members that differ for each index, from 0: an object as in the other overload. Null for none.</param>
    /// <returns>The IDs, in the order of the indexes.</returns>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is unknown, or an object is not valid; the message lists the errors.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="kind"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<string> Seed(string kind, int count, Func<int, object>? members = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        JObject[] all = [.. Enumerable.Range(0, count).Select(i => ToJson(members?.Invoke(i) ?? new JObject(), nameof(members)))];
        lock (_store.Lock)
        {
            return [.. all.Select(json => _store.Seed(kind, json, full: true, nameof(kind), nameof(members)))];
        }
    }

    /// <summary>Changes an object that exists, without a request and without a webhook.</summary>
    /// <param name="kind">The type of the object, such as <c>Agent</c>, or an operation that returns it, such as <c>getKnowledgeBase</c>.</param>
    /// <param name="id">The ID of the object.</param>
    /// <param name="members">The members to change: an object of the API, a JObject or an anonymous object.</param>
    /// <exception cref="ArgumentException">There is no such kind or object, or it would not be valid; the message lists the errors.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Change(string kind, string id, object members)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(members);
        JObject json = ToJson(members);
        lock (_store.Lock)
        {
            _store.SetMembers(kind, id, json, nameof(kind), nameof(id), nameof(members));
        }
    }

    /// <summary>
    /// Seeds phone calls that have ended, one each minute until now by the <see cref="Clock"/>, each ten seconds long. Lists return the last one first.
    /// </summary>
    /// <param name="count">The number of calls.</param>
    /// <returns>The IDs, oldest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<string> SeedCalls(int count)
    {
        const long Duration = 10_000;
        long now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        return Seed(nameof(PhoneCall), count, i =>
        {
            long start = now - ((count - i) * 60_000L);
            return new JObject
            {
                ["call_status"] = "ended",
                ["disconnection_reason"] = "user_hangup",
                ["start_timestamp"] = start,
                ["end_timestamp"] = start + Duration,
                ["duration_ms"] = Duration,
            };
        });
    }

    /// <summary>Stops listening and sending webhooks. Requests in progress are aborted.</summary>
    /// <returns>A task that completes when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        _outbound.Dispose();
        if (_ownsClock)
        {
            Clock.Stop();
        }

        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <exception cref="ArgumentException">The item is not written as a JSON object.</exception>
    internal static JObject ToJson(object item, [CallerArgumentExpression(nameof(item))] string? parameter = null) => item as JObject
        ?? (item as WebhookEvent)?.Json
        ?? Text.ParseJson(System.Text.Encoding.UTF8.GetBytes(RetellJson.Serialize(item))) as JObject
        ?? throw new ArgumentException(
            $"A value of the type {item.GetType().Name} is not written as a JSON object. Use an object of the API, a JObject or an anonymous object.", parameter);
}
