using System.Net;

namespace Retell.Testing;

/// <summary>
/// What the fake does with certain requests instead of, or before, its own answer. A rule acts as soon as it was told
/// what to do. Of several rules for a request the oldest acts that has uses left, so a sequence is written in its order:
/// <code>
/// server.When("createPhoneCall").Respond(429).Header("Retry-After", "1").Times(1);
/// server.When("createPhoneCall").DropConnection().Times(1);
/// server.When("createPhoneCall").LoseResponse().Times(1); // placed, but the client does not know
/// server.When("listCalls").TruncateBody().WithProbability(0.1, seed: 7);
/// </code>
/// </summary>
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

    /// <summary>How often the rule acted.</summary>
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

    /// <summary>Answers with that status.</summary>
    /// <param name="status">The HTTP status, from 200 to 599.</param>
    /// <param name="body">
    /// A string is sent as it is (empty for no body), anything else as JSON: an object of the API, a JToken, an anonymous
    /// object. Null for an error in the shape of the API from status 400 on, else for no body.
    /// </param>
    /// <param name="headers">Headers of the answer.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The status is not from 200 to 599.</exception>
    public FakeRule Respond(int status, object? body = null, IEnumerable<KeyValuePair<string, string>>? headers = null)
    {
        // Made once here, so that what cannot be sent fails in the test that asks for it.
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

    /// <summary>Answers with that status.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">As in the other overload.</param>
    /// <returns>This rule.</returns>
    public FakeRule Respond(HttpStatusCode status, object? body = null) => Respond((int)status, body);

    /// <summary>Answers with what a function makes of the request; it may run on several threads at once.</summary>
    /// <param name="answer">The function.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="answer"/> is null.</exception>
    public FakeRule Respond(Func<FakeRequest, FakeResponse> answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return Set(() => _answer = answer);
    }

    /// <summary>Adds a header to the answer, to the fake's own answer too.</summary>
    /// <param name="name">The name.</param>
    /// <param name="value">The value.</param>
    /// <returns>This rule.</returns>
    public FakeRule Header(string name, string value) => Set(() => _headers.Add(new(name, value)));

    /// <summary>Closes the connection without an answer, after the request was read and recorded. The operation is not carried out.</summary>
    /// <returns>This rule.</returns>
    public FakeRule DropConnection() => Set(() => _fault = FakeFault.Drop);

    /// <summary>
    /// Carries out the operation and then closes the connection without a response: what was created is there, but the client
    /// cannot know. A request that the fake refuses is refused and not carried out, and its response is lost as well.
    /// </summary>
    /// <returns>This rule.</returns>
    public FakeRule LoseResponse() => Set(() => _fault = FakeFault.LoseResponse);

    /// <summary>
    /// Closes the connection before the body of the request is read: it is recorded without one, and a rule that chooses among
    /// requests can do so by their heads only. It comes before older rules that choose among requests, for those need the body.
    /// </summary>
    /// <returns>This rule.</returns>
    public FakeRule DropBeforeReading() => Set(() => _fault = FakeFault.DropBeforeReading);

    /// <summary>Sends the head of the answer and a part of its body, then closes the connection.</summary>
    /// <param name="bytes">How many bytes of the body are sent, all but one at most; null for half of it.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public FakeRule TruncateBody(int? bytes = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes ?? 0, nameof(bytes));
        return Set(() => (_fault, _sentBytes) = (FakeFault.Truncate, bytes));
    }

    /// <summary>Sends the answer whole, but its JSON breaks off in the middle.</summary>
    /// <returns>This rule.</returns>
    public FakeRule MalformJson() => Set(() => _fault = FakeFault.MalformedJson);

    /// <summary>Answers 429 as the API does: with <c>X-RateLimit-Limiter</c> and <c>RateLimit-…</c>, without <c>Retry-After</c>.</summary>
    /// <param name="reset">When it is over, rounded up to seconds; null for one second.</param>
    /// <param name="limiter">Which limit it is: <c>general</c>, <c>list</c>, <c>call</c>, <c>call-error</c> or <c>llm-playground</c>.</param>
    /// <param name="limit">How many requests it allows.</param>
    /// <returns>This rule.</returns>
    public FakeRule LimitRate(TimeSpan? reset = null, string limiter = "general", int limit = 100)
    {
        ArgumentNullException.ThrowIfNull(limiter);
        FakeResponse answer = Http.RateLimits.TooMany(limiter, limit, reset ?? TimeSpan.FromSeconds(1));
        return Respond(_ => answer);
    }

    /// <summary>Acts on a random share of the requests only; the others pass on to the next rule.</summary>
    /// <param name="share">The share, from 0 to 1.</param>
    /// <param name="seed">What the random numbers begin with: the same seed hits the same requests in every run.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The share is not from 0 to 1.</exception>
    public FakeRule WithProbability(double share, int seed = 0)
    {
        if (share is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is from 0 to 1.");
        }

        lock (_lock)
        {
            (_share, _random) = (share, new Random(seed));
        }

        return this;
    }

    /// <summary>Waits before it does the rest; alone, before the fake's own answer.</summary>
    /// <param name="delay">How long, in real time; if the options name a clock that the server follows, by that.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public FakeRule Delay(TimeSpan delay)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(delay, TimeSpan.Zero);
        return Set(() => _delay = delay);
    }

    /// <summary>Acts on that many requests only; without it, on all.</summary>
    /// <param name="count">How many.</param>
    /// <returns>This rule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public FakeRule Times(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        lock (_lock)
        {
            _times = count;
        }

        return this;
    }

    /// <summary>Whether it acts before there is a body.</summary>
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

    /// <summary>Whether it looks at the request, and that after it was read.</summary>
    internal bool NeedsBody => _where is not null && !DropsBeforeReading;

    /// <summary>Takes one use for a request; null where the rule does not act on it.</summary>
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

/// <summary>What a rule does to a connection or an answer.</summary>
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
