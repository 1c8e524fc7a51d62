using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing.Http;
using Retell.Testing.Spec;

namespace Retell.Testing;

/// <summary>
/// The API on this machine, for tests of code that uses it. It knows every operation of the document that the SDK was
/// generated from: it checks each request against the document and answers 400 with a message that lists what is wrong
/// and where, 401 without an API key, and otherwise an answer that is valid itself. What was created can be read,
/// listed, updated and deleted; nothing is ever dialled or sent.
/// <code>
/// await using var server = await FakeRetellServer.StartAsync();
/// using var retell = server.CreateClient();
/// server.When("createPhoneCall").Respond(429).Header("Retry-After", "1").Times(1);
/// // … run the code under test …
/// Assert.That(server.Requests.For("createPhoneCall"), Has.Count.EqualTo(2));
/// Assert.That(server.Requests.Invalid(), Is.Empty);
/// </code>
/// All members may be used from several threads at once.
/// </summary>
public sealed class FakeRetellServer : IAsyncDisposable
{
    /// <summary>The key of the clients that the fake makes, unless the options name one.</summary>
    private const string DefaultApiKey = "key_for_the_fake";

    private readonly FakeApi _api;
    private FakeListener? _listener;

    /// <summary>Creates a fake that does not listen: use <see cref="CreateHandler"/> or <see cref="CreateClient"/>.</summary>
    /// <param name="options">How it works; null for the defaults.</param>
    public FakeRetellServer(FakeRetellServerOptions? options = null)
    {
        options ??= new();
        ApiKey = options.ApiKey ?? DefaultApiKey;
        _api = new FakeApi(options);
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:49152/</c>; an address that leads nowhere if it does not listen.</summary>
    public Uri BaseUrl { get; private set; } = new("http://fake-retell.invalid/");

    /// <summary>An API key that is accepted.</summary>
    public string ApiKey { get; }

    /// <summary>Every request that reached the fake.</summary>
    public FakeRequestLog Requests => _api.Log;

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

        return _api.AddRule(request => request.OperationId == operationId && where?.Invoke(request) != false);
    }

    /// <summary>Begins a rule for requests of all operations, and for those that are for none.</summary>
    /// <param name="where">Which of them; null for all.</param>
    /// <returns>The rule.</returns>
    public FakeRule WhenAny(Func<FakeRequest, bool>? where = null) => _api.AddRule(where ?? (_ => true));

    /// <summary>Forgets all rules.</summary>
    public void ClearRules() => _api.ClearRules();

    /// <summary>Forgets all rules, requests and things: the fake is as new.</summary>
    public void Reset()
    {
        _api.ClearRules();
        _api.Log.Clear();
        _api.Responder.Clear();
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
        return _api.Responder.Seed(kind, ToJson(item), full: false);
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
        return [.. Enumerable.Range(0, count).Select(i => _api.Responder.Seed(kind, ToJson(members?.Invoke(i) ?? new JObject()), full: true))];
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

    /// <summary>Stops listening; requests that are under way are cut off.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _listener, null) is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static JObject ToJson(object item) => item as JObject
        ?? Text.ParseJson(System.Text.Encoding.UTF8.GetBytes(RetellJson.Serialize(item))) as JObject
        ?? throw new ArgumentException($"{item.GetType().Name} is written as JSON, but not as an object.", nameof(item));
}
