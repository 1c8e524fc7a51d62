using System.Net.Http.Headers;
using Retell.Testing.Answers;
using Retell.Testing.Spec;

namespace Retell.Testing.Http;

/// <summary>What becomes of a request, whatever way it came: over a socket or through a handler.</summary>
internal sealed class FakeApi(FakeRetellServerOptions options)
{
    private const int ShownErrors = 20;

    private readonly List<FakeRule> _rules = [];
    private readonly RequestReader _reader = new(ApiDocument.Embedded, new SchemaValidator(ApiDocument.Embedded, options.AllowUnknownMembers));

    public FakeRequestLog Log { get; } = new();

    public Responder Responder { get; } = new(ApiDocument.Embedded, options);

    public FakeRule AddRule(Func<FakeRequest, bool> where)
    {
        var rule = new FakeRule(where);
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

    /// <returns>The answer; null to drop the connection.</returns>
    public async Task<FakeResponse?> HandleAsync(
        string method, string target, IReadOnlyDictionary<string, string> headers, byte[] body, CancellationToken cancellationToken)
    {
        var request = new FakeRequest(method.ToUpperInvariant(), target, headers, body, options.TimeProvider.GetUtcNow());
        await _reader.ReadAsync(request, cancellationToken).ConfigureAwait(false);
        Log.Add(request);
        FakeReaction? reaction = React(request);
        if (reaction?.Delay > TimeSpan.Zero)
        {
            await Task.Delay(reaction.Delay, options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        if (reaction?.Drops == true)
        {
            return null;
        }

        FakeResponse response = reaction?.Answer?.Invoke(request) ?? Answer(request);
        request.Complete(response.Status);
        return reaction is { Headers.Count: > 0 } ? With(response, reaction.Headers) : response;
    }

    /// <summary>A copy with headers that replace those of the same name: a scripted answer serves many requests and is not changed.</summary>
    private static FakeResponse With(FakeResponse response, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var copy = new FakeResponse(response.Status, response.Body);
        var replaced = headers.Select(h => h.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, string> header in response.Headers.Where(h => !replaced.Contains(h.Key)).Concat(headers))
        {
            copy.Headers.Add(header);
        }

        return copy;
    }

    private FakeReaction? React(FakeRequest request)
    {
        FakeRule[] rules;
        lock (_rules)
        {
            rules = [.. _rules];
        }

        return rules.Select(rule => rule.Take(request)).FirstOrDefault(reaction => reaction is not null);
    }

    private FakeResponse Answer(FakeRequest request)
    {
        if (request.Operation is null)
        {
            IReadOnlyList<string> methods = _reader.MethodsAt(request);
            if (methods.Count == 0)
            {
                return FakeResponse.Error(404, $"There is nothing at {request.RawPath}.");
            }

            FakeResponse answer = FakeResponse.Error(405, $"{request.RawPath} takes {string.Join(", ", methods)}, not {request.Method}.");
            answer.Headers.Add(new("Allow", string.Join(", ", methods)));
            return answer;
        }

        if (Refusal(request) is string refusal)
        {
            return FakeResponse.Error(401, refusal);
        }

        if (request.Errors.Count > 0)
        {
            string more = request.Errors.Count > ShownErrors ? $"; and {request.Errors.Count - ShownErrors} more" : "";
            return FakeResponse.Error(400, $"Invalid {request.OperationId} request: {string.Join("; ", request.Errors.Take(ShownErrors))}{more}.");
        }

        return Responder.Answer(request);
    }

    /// <summary>Why the request may not come in; null if it may. The key is not repeated: it may end up in a log.</summary>
    private string? Refusal(FakeRequest request)
    {
        if (request.Headers.GetValueOrDefault("Authorization") is not string sent)
        {
            return "The header Authorization is missing, it must be: Bearer <API key>.";
        }

        if (!AuthenticationHeaderValue.TryParse(sent, out AuthenticationHeaderValue? header)
            || !header.Scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || string.IsNullOrWhiteSpace(header.Parameter))
        {
            return "The header Authorization must be: Bearer <API key>.";
        }

        return options.ApiKey is null || header.Parameter == options.ApiKey ? null : "The API key is not valid.";
    }
}
