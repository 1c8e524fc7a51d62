using System.Net;

namespace Retell.Testing;

/// <summary>
/// What the fake does with certain requests instead of, or before, its own answer. A rule acts as soon as it was told
/// what to do. Of several rules for a request the oldest acts that has uses left, so a sequence is written in its order:
/// <code>
/// server.When("createPhoneCall").Respond(429).Header("Retry-After", "1").Times(1);
/// server.When("createPhoneCall").DropConnection().Times(1);
/// </code>
/// </summary>
public sealed class FakeRule
{
    private readonly Lock _lock = new();
    private readonly Func<FakeRequest, bool> _where;
    private readonly List<KeyValuePair<string, string>> _headers = [];
    private Func<FakeRequest, FakeResponse>? _answer;
    private TimeSpan _delay;
    private bool _drops;
    private bool _acts;
    private int _times = int.MaxValue;
    private int _uses;

    internal FakeRule(Func<FakeRequest, bool> where) => _where = where;

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

    /// <summary>Closes the connection without an answer, after the request was read and recorded.</summary>
    /// <returns>This rule.</returns>
    public FakeRule DropConnection() => Set(() => _drops = true);

    /// <summary>Waits before it does the rest; alone, before the fake's own answer.</summary>
    /// <param name="delay">How long, by the clock of the server.</param>
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

    /// <summary>Takes one use for a request; null where the rule does not act on it.</summary>
    internal FakeReaction? Take(FakeRequest request)
    {
        if (!_where(request))
        {
            return null;
        }

        lock (_lock)
        {
            if (!_acts || _uses >= _times)
            {
                return null;
            }

            _uses++;
            return new(_delay, _drops, _answer, [.. _headers]);
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

/// <summary>What a rule does with one request.</summary>
internal sealed record FakeReaction(TimeSpan Delay, bool Drops, Func<FakeRequest, FakeResponse>? Answer, IReadOnlyList<KeyValuePair<string, string>> Headers);
