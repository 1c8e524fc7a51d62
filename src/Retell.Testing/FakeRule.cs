using System.Net;

namespace Retell.Testing;

/// <summary>
/// A rule that changes how the fake handles certain requests: it sets a response, a fault or a delay. A rule takes effect as soon as one of its
/// methods says what it does. Where several rules match a request, the oldest one that has uses left is applied, so a sequence is written in order.
/// </summary>
/// <example>
/// <code>
/// server.When("createPhoneCall").Respond(429).Header("Retry-After", "1").Times(1);
/// server.When("createPhoneCall").DropConnection().Times(1);
/// server.When("createPhoneCall").LoseResponse().Times(1); // placed, but the client gets no response
/// server.When("listCalls").TruncateBody().WithProbability(0.1, seed: 7);
/// </code>
/// </example>
public sealed class FakeRule
{
    private readonly Lock _lock = new();
    private readonly string? _operationId;
    private readonly Func<FakeRequest, bool>? _where;
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private Func<FakeRequest, FakeResponse>? _answer;
    private TimeSpan _delay;
    private FakeFault _fault;
    private int? _sentBytes;
    private double _share = 1;
    private Random? _random;
    private bool _acts;
    private int _times = int.MaxValue;
    private int _uses;

    internal FakeRule(string? operationId, Func<FakeRequest, bool>? where) => (_operationId, _where) = (operationId, where);

    /// <summary>Gets how often the rule was applied.</summary>
    public int Uses
    {
        get
        {
            lock (_lock)
            {
                return _uses;
            }
        }
    }

    /// <summary>Responds with a status.</summary>
    /// <param name="status">The HTTP status, from 200 to 599.</param>
    /// <param name="body">
    /// The body. A string is sent as it is (empty for no body), anything else as JSON: an object of the API, a JToken or an anonymous object. Null
    /// sends an error in the format of the API for a status of 400 or more, else no body.
    /// </param>
    /// <param name="headers">The headers of the response; null for none.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="status"/> is not from 200 to 599.</exception>
    public FakeRule Respond(int status, object? body = null, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        // Created here, so that a body that cannot be sent fails in the test that sets it.
        FakeResponse answer = body switch
        {
            string text => FakeResponse.Text(status, text),
            null when status >= 400 => FakeResponse.Error(status, $"Scripted: {(HttpStatusCode)status}"),
            null => new FakeResponse(status),
            _ => FakeResponse.Json(status, body),
        };
        return Set(() =>
        {
            _answer = _ => answer;
            _headers.AddRange(headers ?? []);
        });
    }

    /// <summary>Responds with a status.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, as in the other overload.</param>
    /// <returns>This rule.</returns>
    public FakeRule Respond(HttpStatusCode status, object? body = null) => Respond((int)status, body);

    /// <summary>Responds with the result of a function, which may run on several threads at once.</summary>
    /// <param name="answer">The function that creates the response.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="answer"/> is null.</exception>
    public FakeRule Respond(Func<FakeRequest, FakeResponse> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Set(() => _answer = answer);
    }

    /// <summary>Adds a header to the response, also to that of the fake itself.</summary>
    /// <param name="name">The name of the header.</param>
    /// <param name="value">The value of the header.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public FakeRule Header(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        return Set(() => _headers.Add(new(name, value)));
    }

    /// <summary>Closes the connection without a response, after the request was read and recorded. The operation is not carried out.</summary>
    /// <returns>This rule.</returns>
    public FakeRule DropConnection() => Set(() => _fault = FakeFault.Drop);

    /// <summary>
    /// Carries out the operation and then closes the connection without a response: what was created exists, but the client cannot know. An invalid
    /// request is not carried out; its error response is lost as well.
    /// </summary>
    /// <returns>This rule.</returns>
    public FakeRule LoseResponse() => Set(() => _fault = FakeFault.LoseResponse);

    /// <summary>
    /// Closes the connection before the body of the request is read. The request is recorded without a body, and a condition of the rule sees only
    /// its headers. The rule is applied before older rules that have a condition, because those need the body.
    /// </summary>
    /// <returns>This rule.</returns>
    public FakeRule DropBeforeReading() => Set(() => _fault = FakeFault.DropBeforeReading);

    /// <summary>Sends the headers of the response and a part of its body, then closes the connection.</summary>
    /// <param name="bytes">The number of bytes of the body to send, at most all but one; null for half of them.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is negative.</exception>
    public FakeRule TruncateBody(int? bytes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes ?? 0, nameof(bytes));
        return Set(() => (_fault, _sentBytes) = (FakeFault.Truncate, bytes));
    }

    /// <summary>Sends a complete response whose JSON ends in the middle.</summary>
    /// <returns>This rule.</returns>
    public FakeRule MalformJson() => Set(() => _fault = FakeFault.MalformedJson);

    /// <summary>Responds with 429 as the API does: with <c>X-RateLimit-Limiter</c> and <c>RateLimit-…</c>, without <c>Retry-After</c>.</summary>
    /// <param name="reset">The time until the limit is reset, rounded up to seconds; null for one second.</param>
    /// <param name="limiter">The name of the limit: <c>general</c>, <c>list</c>, <c>call</c>, <c>call-error</c> or <c>llm-playground</c>.</param>
    /// <param name="limit">The number of requests that the limit allows.</param>
    /// <returns>This rule.</returns>
    public FakeRule LimitRate(TimeSpan? reset = null, string limiter = "general", int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        FakeResponse answer = Http.RateLimits.TooMany(limiter, limit, reset ?? TimeSpan.FromSeconds(1));
        return Respond(_ => answer);
    }

    /// <summary>Applies the rule to a random share of the requests only; the next rule handles the others.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="seed">The seed of the random numbers: the same seed selects the same requests in every run.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is not from 0 to 1.</exception>
    public FakeRule WithProbability(double share, int seed = 0)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "The share must be from 0 to 1.");
        }

        lock (_lock)
        {
            (_share, _random) = (share, new Random(seed));
        }

        return this;
    }

    /// <summary>Delays what the rule does, or the response of the fake if the rule does nothing else.</summary>
    /// <param name="delay">The delay, in real time; by the clock of the options if the server follows one.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="delay"/> is negative.</exception>
    public FakeRule Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Set(() => _delay = delay);
    }

    /// <summary>Limits the rule to a number of requests. Without a limit it is applied to all.</summary>
    /// <param name="count">The number of requests.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public FakeRule Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_lock)
        {
            _times = count;
        }

        return this;
    }

    /// <summary>Whether the rule is applied before the body is read.</summary>
    internal bool DropsBeforeReading
    {
        get
        {
            lock (_lock)
            {
                return _fault == FakeFault.DropBeforeReading && _uses < _times;
            }
        }
    }

    /// <summary>Whether the rule has a condition, and needs the body for it.</summary>
    internal bool NeedsBody => _where is not null && !DropsBeforeReading;

    /// <summary>Uses the rule once for a request; null where it does not apply.</summary>
    internal FakeReaction? Take(FakeRequest request)
    {
        if ((_operationId is not null && request.OperationId != _operationId) || _where?.Invoke(request) == false)
        {
            return null;
        }

        lock (_lock)
        {
            if (!_acts || _uses >= _times || _random?.NextDouble() >= _share)
            {
                return null;
            }

            _uses++;
            return new(_delay, _fault, _sentBytes, _answer, [.. _headers]);
        }
    }

    private FakeRule Set(Action change)
    {
        lock (_lock)
        {
            change();
            _acts = true;
        }

        return this;
    }
}

/// <summary>What a rule does to a connection or a response.</summary>
internal enum FakeFault
{
    None,
    DropBeforeReading,
    Drop,
    LoseResponse,
    Truncate,
    MalformedJson,
}

/// <summary>What a rule does with one request.</summary>
internal sealed record FakeReaction(
    TimeSpan Delay, FakeFault Fault, int? SentBytes, Func<FakeRequest, FakeResponse>? Answer, IReadOnlyList<KeyValuePair<string, string>> Headers);
