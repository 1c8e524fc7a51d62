using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing.Answers;
using Retell.Testing.Http;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>
/// The API on this machine, for tests of code that uses it. It knows every operation of the document that the SDK was
/// generated from: it checks each request against the document and answers 400 with a message that lists what is wrong
/// and where, 401 without an API key, and otherwise an answer that is valid itself.
/// <para>
/// What was created can be read, listed with filters, updated, versioned and deleted. Nothing is ever dialled; calls, chats and
/// knowledge bases get on by a <see cref="Clock"/> that stands still until a test advances it, or step by step through
/// <see cref="Calls"/> and <see cref="Chats"/>, and signed webhooks go to the <c>webhook_url</c> of the agent. Rules
/// (<see cref="When"/>) script answers and faults.
/// </para>
/// <code>
/// await using var server = await FakeRetellServer.StartAsync();
/// using var retell = server.CreateClient();
///
/// // Faults: the first attempt is turned away, the second is answered.
/// server.When("createPhoneCall").LimitRate(TimeSpan.FromSeconds(1)).Times(1);
/// // … the code under test places a call …
/// Assert.That(server.Requests.For("createPhoneCall"), Has.Count.EqualTo(2));
/// Assert.That(server.Requests.Invalid(), Is.Empty);
///
/// // The course of the call, and its webhooks.
/// FakeCall call = server.Calls.Last();
/// await call.StartAsync();
/// await call.EndAsync("agent_hangup");
/// await server.AdvanceAsync(TimeSpan.FromMinutes(1)); // analyzed by now
/// Assert.That(server.WebhookDeliveries.Select(d => d.Event), Is.EqualTo(new[] { "call_started", "call_ended", "call_analyzed" }));
/// </code>
/// All members may be used from several threads at once.
/// </summary>
public sealed class FakeRetellServer : IAsyncDisposable
{
    /// <summary>The key of the clients that the fake makes, unless the options name one.</summary>
    private const string DefaultApiKey = "key_for_the_fake";

    private readonly FakeApi _api;
    private readonly Store _store;
    private readonly WebhookSender _sender;
    private readonly InboundWebhooks _inbound;
    private readonly bool _ownsClock;
    private FakeListener? _listener;

    /// <summary>Creates a fake that does not listen: use <see cref="CreateHandler"/> or <see cref="CreateClient"/>.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    public FakeRetellServer(FakeRetellServerOptions? options = null)
    {
        options ??= new();
        ApiKey = options.ApiKey ?? DefaultApiKey;
        Clock = FakeClock.For(options.TimeProvider);
        _ownsClock = Clock != options.TimeProvider;
        _store = new Store(ApiDocument.Embedded, options, Clock);
        _sender = new WebhookSender(options, options.WebhookKey ?? ApiKey, Clock);
        var lifecycle = new Lifecycle(_store, new WebhookEvents(_store, _sender));
        _inbound = new InboundWebhooks(_store, _sender, lifecycle);
        _api = new FakeApi(options, new Responder(new AnswerKit(_store, lifecycle)), Clock);
        Calls = new FakeSessionCollection<FakeCall>(_store, "call", session => new FakeCall(_store, lifecycle, _sender, session));
        Chats = new FakeSessionCollection<FakeChat>(_store, "chat", session => new FakeChat(_store, lifecycle, _sender, session));
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:49152/</c>; an address that leads nowhere if it does not listen.</summary>
    public Uri BaseUrl { get; private set; } = new("https://fake-retell.invalid/");

    /// <summary>An API key that is accepted.</summary>
    public string ApiKey { get; }

    /// <summary>Every request that reached the fake.</summary>
    public FakeRequestLog Requests => _api.Log;

    /// <summary>The clock of everything that takes time. It stands still unless the options say otherwise.</summary>
    public FakeClock Clock { get; }

    /// <summary>The calls, to move them on.</summary>
    public FakeSessionCollection<FakeCall> Calls { get; }

    /// <summary>The chats, to move them on.</summary>
    public FakeSessionCollection<FakeChat> Chats { get; }

    /// <summary>Every attempt to deliver a webhook.</summary>
    public FakeWebhookLog WebhookDeliveries => _sender.Log;

    /// <summary>Creates a fake that listens on a free port of the loopback address.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <returns>The fake; dispose it to stop listening.</returns>
    public static async Task<FakeRetellServer> StartAsync(FakeRetellServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new FakeRetellServer(options);
        server._listener = new FakeListener(server._api);
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
    /// A way to the fake without a socket, for an HttpClient or <see cref="RetellClientOptions.HttpMessageHandler"/>. The
    /// host of a URL does not matter.
    /// </summary>
    /// <returns>The handler; the fake outlives it.</returns>
    public HttpMessageHandler CreateHandler() => new FakeHandler(_api);

    /// <summary>A client of the fake: over its socket where it listens, else through a handler.</summary>
    /// <param name="configure">Changes the options of the client; null for none.</param>
    /// <returns>The client; dispose it.</returns>
    public RetellClient CreateClient(Action<RetellClientOptions>? configure = null)
    {
        var options = new RetellClientOptions { ApiKey = ApiKey, BaseUrl = BaseUrl, HttpMessageHandler = _listener is null ? CreateHandler() : null };
        configure?.Invoke(options);
        return new RetellClient(options);
    }

    /// <summary>Begins a rule for the requests of one operation; say next what is to happen.</summary>
    /// <param name="operationId">The operationId, such as <c>createPhoneCall</c>.</param>
    /// <param name="where">Which of its requests; null for all.</param>
    /// <returns>The rule.</returns>
    /// <exception cref="ArgumentException">The API has no such operation.</exception>
    public FakeRule When(string operationId, Func<FakeRequest, bool>? where = null)
    {
        string? known = ApiDocument.Embedded.Operations.Select(o => o.Id).FirstOrDefault(id => id.Equals(operationId, StringComparison.OrdinalIgnoreCase));
        if (known != operationId || known is null)
        {
            string hint = known is null ? "" : $" Did you mean \"{known}\"?";
            throw new ArgumentException($"The API has no operation \"{operationId}\".{hint}", nameof(operationId));
        }

        return _api.AddRule(where, operationId);
    }

    /// <summary>Begins a rule for requests of all operations, and for those that are for none.</summary>
    /// <param name="where">Which of them; null for all.</param>
    /// <returns>The rule.</returns>
    public FakeRule WhenAny(Func<FakeRequest, bool>? where = null) => _api.AddRule(where);

    /// <summary>Forgets all rules.</summary>
    public void ClearRules() => _api.ClearRules();

    /// <summary>
    /// Puts the clock forward and delivers the webhooks of what happens by then. What happens at several times happens in its
    /// order, each thing at its own time.
    /// </summary>
    /// <param name="by">How far.</param>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhooks were delivered.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        Clock.Advance(by);
        return DeliverWebhooksAsync(cancellationToken);
    }

    /// <summary>
    /// Waits until all webhooks that were raised so far are delivered, or given up. A receiver of webhooks must not wait for this.
    /// </summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>A task that ends when nothing is left to send.</returns>
    public Task DeliverWebhooksAsync(CancellationToken cancellationToken = default) => _sender.WhenSentAsync(cancellationToken);

    /// <summary>Sends any signed webhook, such as <c>alert_triggered</c> or <c>transfer_started</c>.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="body">The body, with its member <c>event</c>: an object of the API, a JObject, an anonymous object.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>A task that ends when it was delivered, or given up.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public Task SendWebhookAsync(string url, object body, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        ArgumentNullException.ThrowIfNull(body);
        JObject json = ToJson(body);
        _sender.Send(new((string?)json["event"] ?? "", url, json.ToString(Formatting.None), WebhookEvents.Timeout()));
        return _sender.WhenSentAsync(cancellationToken);
    }

    /// <summary>
    /// Somebody calls one of the numbers. Its <c>inbound_webhook_url</c> is asked what is to become of the call, and the answer is
    /// obeyed; without an answer the number's agent takes the call.
    /// </summary>
    /// <param name="fromNumber">Who calls, in E.164 format.</param>
    /// <param name="toNumber">The number, which was created or seeded.</param>
    /// <param name="sipHeaders">SIP headers of the call; null for none.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What became of it; the call is in <see cref="Calls"/> under its id.</returns>
    /// <exception cref="ArgumentException">There is no such number.</exception>
    public Task<FakeInbound> SimulateInboundCallAsync(
        string fromNumber, string toNumber, IReadOnlyDictionary<string, string>? sipHeaders = null, CancellationToken cancellationToken = default) =>
        _inbound.ReceiveAsync(isChat: false, fromNumber, toNumber, sipHeaders, cancellationToken);

    /// <summary>
    /// Somebody writes to one of the numbers for the first time. Its <c>inbound_sms_webhook_url</c> is asked what is to become of
    /// the message, and the answer is obeyed; without an answer the number's agent takes it.
    /// </summary>
    /// <param name="fromNumber">Who writes, in E.164 format.</param>
    /// <param name="toNumber">The number, which was created or seeded.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What became of it; the chat is in <see cref="Chats"/> under its id.</returns>
    /// <exception cref="ArgumentException">There is no such number.</exception>
    public Task<FakeInbound> SimulateInboundSmsAsync(string fromNumber, string toNumber, CancellationToken cancellationToken = default) =>
        _inbound.ReceiveAsync(isChat: true, fromNumber, toNumber, null, cancellationToken);

    /// <summary>Forgets all rules, requests, webhooks and things: the fake is as new, but the clock goes on.</summary>
    public void Reset()
    {
        _api.Clear();
        _sender.Forget();
        lock (_store.Lock)
        {
            _store.Clear();
        }
    }

    /// <summary>Lets a thing exist.</summary>
    /// <param name="item">The thing as the API answers it, such as a PhoneCall or an Agent; required members that it lacks, its id too, are added.</param>
    /// <returns>Its id (of a phone number the number).</returns>
    /// <exception cref="ArgumentException">It is no thing that the API keeps, or it is not valid; the message says why.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="item"/> is null.</exception>
    public string Seed(RetellObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return Seed(item.GetType().Name, item);
    }

    /// <summary>Lets a thing exist.</summary>
    /// <param name="kind">The type of the thing, such as <c>PhoneCall</c>, or an operation that answers it, such as <c>getAgent</c>.</param>
    /// <param name="item">
    /// The thing, or the members that matter: an object of the API, a JObject, an anonymous object. Required members that
    /// it lacks are added.
    /// </param>
    /// <returns>Its id (of a phone number the number).</returns>
    /// <exception cref="ArgumentException">There is no such kind, or the thing is not valid; the message says why.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public string Seed(string kind, object item)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(item);
        lock (_store.Lock)
        {
            return _store.Seed(kind, ToJson(item), full: false);
        }
    }

    /// <summary>Lets several things exist, made of the examples of the document; lists show the last one first.</summary>
    /// <param name="kind">The type of the things, such as <c>Agent</c>, or an operation that answers them, such as <c>listAgents</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="members">What is different in each, from its number (the first is 0): an object as in the other overload; null for nothing.</param>
    /// <returns>Their ids, in the order of their numbers.</returns>
    /// <exception cref="ArgumentException">There is no such kind, or a thing is not valid; the message says why.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<string> Seed(string kind, int count, Func<int, object>? members = null)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        JObject[] things = [.. Enumerable.Range(0, count).Select(i => ToJson(members?.Invoke(i) ?? new JObject()))];
        lock (_store.Lock)
        {
            return [.. things.Select(thing => _store.Seed(kind, thing, full: true))];
        }
    }

    /// <summary>Changes a thing that exists, behind the back of the API and without any webhook.</summary>
    /// <param name="kind">The type of the thing, such as <c>Agent</c>, or an operation that answers it, such as <c>getKnowledgeBase</c>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="members">The members that change: an object of the API, a JObject, an anonymous object.</param>
    /// <exception cref="ArgumentException">There is no such kind or thing, or it would not be valid; the message says why.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public void Change(string kind, string id, object members)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(members);
        JObject json = ToJson(members);
        lock (_store.Lock)
        {
            _store.SetMembers(kind, id, json);
        }
    }

    /// <summary>Lets phone calls exist that have ended, one a minute; lists show the last one first.</summary>
    /// <param name="count">How many.</param>
    /// <returns>Their ids, the oldest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<string> SeedCalls(int count) => Seed(nameof(PhoneCall), count, i => new JObject
    {
        ["call_status"] = "ended",
        ["start_timestamp"] = 1735689600000 + (i * 60000L),
        ["end_timestamp"] = 1735689600000 + (i * 60000L) + 10000,
        ["duration_ms"] = 10000,
    });

    /// <summary>Stops listening and sending webhooks; requests that are under way are cut off.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        _sender.Dispose();
        if (_ownsClock)
        {
            Clock.Stop();
        }

        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    internal static JObject ToJson(object item) => item as JObject
        ?? Text.ParseJson(System.Text.Encoding.UTF8.GetBytes(RetellJson.Serialize(item))) as JObject
        ?? throw new ArgumentException($"{item.GetType().Name} is written as JSON, but not as an object.", nameof(item));
}
