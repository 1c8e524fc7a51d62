using System.Globalization;
using Retell.Testing.Spec;

namespace Retell.Testing.Http;

/// <summary>The rate limits of the API. Each applies to one operation, in a time window that starts with its first request.</summary>
internal sealed class RateLimits(TimeProvider clock)
{
    private static readonly string[] s_calls = ["createPhoneCall", "createWebCall", "createWebCallV2", "registerPhoneCall", "createBatchCall"];

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Operation, string Limiter), (DateTimeOffset Since, int Count)> _windows = [];

    /// <summary>Counts a request.</summary>
    /// <returns>The response to a request over the limit; null for others.</returns>
    public FakeResponse? Take(FakeOperation operation)
    {
        (string limiter, int limit, TimeSpan window) = LimitOf(operation);
        lock (_lock)
        {
            return s_calls.Contains(operation.Id) && Count(operation, "call-error", TimeSpan.FromMinutes(1), 0) is { Count: >= 60 } errors
                ? TooMany("call-error", 60, errors.Reset)
                : Count(operation, limiter, window, 1) is var used && used.Count > limit ? TooMany(limiter, limit, used.Reset) : null;
        }
    }

    /// <summary>Counts failed calls, which have a limit of their own.</summary>
    public void Answered(FakeOperation operation, int status)
    {
        if (status is >= 400 and < 500 and not 429 && s_calls.Contains(operation.Id))
        {
            lock (_lock)
            {
                Count(operation, "call-error", TimeSpan.FromMinutes(1), 1);
            }
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            _windows.Clear();
        }
    }

    public static FakeResponse TooMany(string limiter, int limit, TimeSpan reset)
    {
        FakeResponse response = FakeResponse.Error(429, "Too many requests, please try again later.");
        response.Headers.Add(new("X-RateLimit-Limiter", limiter));
        response.Headers.Add(new("RateLimit-Limit", limit.ToString(CultureInfo.InvariantCulture)));
        response.Headers.Add(new("RateLimit-Remaining", "0"));
        response.Headers.Add(new("RateLimit-Reset", Math.Ceiling(reset.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        return response;
    }

    private static (string Limiter, int Limit, TimeSpan Window) LimitOf(FakeOperation operation) => operation.Id switch
    {
        _ when s_calls.Contains(operation.Id) => ("call", 1000, TimeSpan.FromSeconds(10)),
        "agentPlaygroundCompletion" => ("llm-playground", 8, TimeSpan.FromSeconds(2)),
        _ when operation.Path.Contains("/list-", StringComparison.Ordinal) || operation.Path.Contains("/batch-get-", StringComparison.Ordinal) =>
            ("list", 15, TimeSpan.FromSeconds(10)),
        _ => ("general", 100, TimeSpan.FromSeconds(10)),
    };

    private (int Count, TimeSpan Reset) Count(FakeOperation operation, string limiter, TimeSpan window, int more)
    {
        DateTimeOffset now = clock.GetUtcNow();
        (DateTimeOffset since, int count) = _windows.GetValueOrDefault((operation.Id, limiter), (now, 0));
        if (now - since >= window)
        {
            (since, count) = (now, 0);
        }

        _windows[(operation.Id, limiter)] = (since, count + more);
        return (count + more, since + window - now);
    }
}
