using System.Net.Http.Headers;
using Retell.Testing.Resources;
using Retell.Testing.Spec;

namespace Retell.Testing.Http;

/// <summary>Handles requests, from a socket or from a handler.</summary>
internal sealed class FakeApi(FakeRetellServerOptions options, ResourceTable resources, FakeClock clock)
{
    private const int ShownErrors = 20;

    private readonly List<FakeRule> _rules = [];
    private readonly RequestReader _reader = new(ApiDocument.Embedded, new SchemaValidator(ApiDocument.Embedded, options.AllowUnknownMembers));
    private readonly RateLimits? _limits = options.EnforceRateLimits ? new RateLimits(clock) : null;

    // A clock that stands still by default would hide the time between requests.
    private readonly TimeProvider _arrivals = options.TimeProvider is null ? TimeProvider.System : clock;

    // A delay on a clock that stands still would never end.
    private readonly TimeProvider _delays = options.TimeProvider is null or FakeClock ? TimeProvider.System : options.TimeProvider;

    public FakeRequestLog Log { get; } = new(options.KeepRequests, options.KeepBodyBytes);

    public FakeRule AddRule(Func<FakeRequest, bool>? where, string? operationId = null)
    {
        var rule = new FakeRule(operationId, where);
        lock (_rules)
        {
            _rules.Add(rule);
        }

        return rule;
    }

    public void ClearRules()
    {
        lock (_rules)
        {
            _rules.Clear();
        }
    }

    public void Clear()
    {
        ClearRules();
        Log.Clear();
        _limits?.Clear();
    }

    public async Task<FakeAnswer> HandleAsync(IncomingRequest incoming, CancellationToken cancellationToken)
    {
        var request = new FakeRequest(incoming.Method.ToUpperInvariant(), incoming.Target, incoming.Headers, _arrivals.GetUtcNow());
        _reader.ReadHead(request);
        FakeRule[] rules = Rules();
        (FakeReaction? reaction, int asked) = ReactToHead(rules, request);
        if (reaction?.Fault == FakeFault.DropBeforeReading)
        {
            Log.Add(request);
            await DelayAsync(reaction, cancellationToken).ConfigureAwait(false);
            return new(null);
        }

        request.Body = await incoming.ReadBodyAsync(cancellationToken).ConfigureAwait(false);
        await _reader.ReadBodyAsync(request, cancellationToken).ConfigureAwait(false);
        Log.Add(request);
        try
        {
            return await HandleAsync(request, reaction ?? React(rules, request, asked), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Log.Completed(request);
        }
    }

    private async Task<FakeAnswer> HandleAsync(FakeRequest request, FakeReaction? reaction, CancellationToken cancellationToken)
    {
        await DelayAsync(reaction, cancellationToken).ConfigureAwait(false);
        if (reaction?.Fault == FakeFault.Drop)
        {
            return new(null);
        }

        FakeResponse response = reaction?.Answer?.Invoke(request) ?? Answer(request);
        if (reaction?.Fault == FakeFault.LoseResponse)
        {
            return new(null);
        }

        response = reaction is { Headers.Count: > 0 } ? With(response, reaction.Headers) : response;
        if (reaction?.Fault == FakeFault.MalformedJson)
        {
            response = Malformed(response);
        }

        request.Complete(response.Status);
        bool isCut = reaction?.Fault == FakeFault.Truncate && !response.Body.IsEmpty;
        return new(response, isCut ? Math.Min(reaction!.SentBytes ?? response.Body.Length / 2, response.Body.Length - 1) : null);
    }

    private Task DelayAsync(FakeReaction? reaction, CancellationToken cancellationToken) =>
        reaction?.Delay > TimeSpan.Zero ? Task.Delay(reaction.Delay, _delays, cancellationToken) : Task.CompletedTask;

    /// <summary>Returns a complete response whose JSON ends in the middle.</summary>
    private static FakeResponse Malformed(FakeResponse response) => Copy(response.Status, response.Body[..(response.Body.Length / 2)], response.Headers);

    /// <summary>Returns a copy with headers that replace those of the same name. A response of a rule serves many requests and is not changed.</summary>
    private static FakeResponse With(FakeResponse response, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var replaced = headers.Select(h => h.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Copy(response.Status, response.Body, response.Headers.Where(h => !replaced.Contains(h.Key)).Concat(headers));
    }

    private static FakeResponse Copy(int status, ReadOnlyMemory<byte> body, IEnumerable<KeyValuePair<string, string>> headers)
    {
        var copy = new FakeResponse(status, body);
        foreach (KeyValuePair<string, string> header in headers)
        {
            copy.Headers.Add(header);
        }

        return copy;
    }

    private FakeRule[] Rules()
    {
        lock (_rules)
        {
            return [.. _rules];
        }
    }

    /// <summary>
    /// Applies the rules that drop the connection before the body is read, and those before them. A rule with a condition has to wait for the
    /// body.
    /// </summary>
    /// <returns>The reaction, and the number of rules that were asked if they need no body.</returns>
    private static (FakeReaction? Reaction, int Asked) ReactToHead(FakeRule[] rules, FakeRequest request)
    {
        int asked = Array.FindLastIndex(rules, r => r.DropsBeforeReading) + 1;
        return (rules.Take(asked).Where(r => !r.NeedsBody).Select(r => r.Take(request)).FirstOrDefault(r => r is not null), asked);
    }

    private static FakeReaction? React(FakeRule[] rules, FakeRequest request, int asked) =>
        rules.Where((rule, i) => i >= asked || rule.NeedsBody).Select(rule => rule.Take(request)).FirstOrDefault(r => r is not null);

    private FakeResponse Answer(FakeRequest request)
    {
        if (request.Operation is null)
        {
            IReadOnlyList<string> methods = _reader.MethodsAt(request);
            if (methods.Count == 0)
            {
                return FakeResponse.Error(404, $"The API has no operation at {request.RawPath}.");
            }

            FakeResponse wrong = FakeResponse.Error(405, $"{request.RawPath} supports {string.Join(", ", methods)}, not {request.Method}.");
            wrong.Headers.Add(new("Allow", string.Join(", ", methods)));
            return wrong;
        }

        if (Refusal(request) is string refusal)
        {
            return FakeResponse.Error(401, refusal);
        }

        FakeResponse answer = _limits?.Take(request.Operation) ?? Checked(request);
        _limits?.Answered(request.Operation, answer.Status);
        return answer;
    }

    private FakeResponse Checked(FakeRequest request)
    {
        if (request.Errors.Count > 0)
        {
            string more = request.Errors.Count > ShownErrors ? $"; and {request.Errors.Count - ShownErrors} more" : "";
            return FakeResponse.Error(400, $"Invalid {request.OperationId} request: {string.Join("; ", request.Errors.Take(ShownErrors))}{more}.");
        }

        return resources.Respond(request);
    }

    /// <summary>Returns why the request is not authorized; null if it is. The message does not contain the key, because it may be logged.</summary>
    private string? Refusal(FakeRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") is not string sent)
        {
            return "The Authorization header is missing. It must be: Bearer <API key>.";
        }

        if (!AuthenticationHeaderValue.TryParse(sent, out AuthenticationHeaderValue? header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || string.IsNullOrWhiteSpace(header.Parameter))
        {
            return "The Authorization header must be: Bearer <API key>.";
        }

        return options.ApiKey is null || header.Parameter == options.ApiKey ? null : "The API key is not valid.";
    }
}
