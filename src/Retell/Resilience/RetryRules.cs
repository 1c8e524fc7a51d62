using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Retell.Http;

namespace Retell.Resilience;

/// <summary>
/// Decides whether and when a request is sent again. A request that must not be sent twice is sent again only if the API did not process it: the
/// status was 429, or no connection was made.
/// </summary>
internal static class RetryRules
{
    /// <summary>The largest part of a wait that jitter takes off.</summary>
    private const double Jitter = 0.25;

    /// <summary>The longest wait that a server can ask for. A longer one is left to the caller.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(60);

    public static HttpRetryStrategyOptions CreateDefault() => new()
    {
        MaxRetryAttempts = 2,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromSeconds(0.5),
        MaxDelay = TimeSpan.FromSeconds(8),
        ShouldHandle = static arguments => new(IsTransient(arguments.Outcome)),

        // The generator of the package supports only one of the headers that the API sends.
        DelayGenerator = null,
    };

    public static HttpRetryStrategyOptions Copy(HttpRetryStrategyOptions options) => new()
    {
        Name = options.Name,
        MaxRetryAttempts = options.MaxRetryAttempts,
        BackoffType = options.BackoffType,
        UseJitter = options.UseJitter,
        Delay = options.Delay,
        MaxDelay = options.MaxDelay,
        ShouldRetryAfterHeader = options.ShouldRetryAfterHeader,
        ShouldHandle = options.ShouldHandle,
        DelayGenerator = options.DelayGenerator,
        OnRetry = options.OnRetry,
        Randomizer = options.Randomizer,
    };

    /// <summary>Returns a value indicating whether a call can be sent again, whatever the options say. No other place decides this.</summary>
    public static bool MayRetry(ApiCall call, RetryPredicateArguments<HttpResponseMessage> arguments, HttpRetryStrategyOptions options)
    {
        Outcome<HttpResponseMessage> outcome = arguments.Outcome;
        ServerAdvice advice = ServerAdvice.Of(outcome.Result);
        if (call.Gate.WasRefused || !call.CanBeSentAgain || advice.ShouldRetry == false)
        {
            return false;
        }

        bool isUnprocessed = outcome.Exception is null ? IsUnprocessed(outcome.Result!) : !call.Gate.MayHaveBeenSent;
        if (!call.IsRepeatable && !isUnprocessed)
        {
            return false;
        }

        // The shortest wait with jitter: a retry that cannot start in time would hide the failure behind a timeout.
        TimeSpan? requested = options.ShouldRetryAfterHeader ? advice.GetWait(call.Clock.GetUtcNow()) : null;
        TimeSpan shortest = requested ?? Backoff(options, arguments.AttemptNumber, options.UseJitter ? 1 : 0);
        return !(requested > s_longestWait) && !(shortest >= call.RemainingTime);
    }

    /// <summary>Returns a value indicating whether the response means that the API did not process the request.</summary>
    public static bool IsUnprocessed(HttpResponseMessage response) => (int)response.StatusCode == 429;

    /// <summary>Returns the wait before the next attempt: the one that the server asks for, or else the backoff.</summary>
    public static TimeSpan GetDelay(ApiCall call, HttpResponseMessage? response, int attempt, HttpRetryStrategyOptions options) =>
        (options.ShouldRetryAfterHeader ? ServerAdvice.Of(response).GetWait(call.Clock.GetUtcNow()) : null)
        ?? Backoff(options, attempt, options.UseJitter ? options.Randomizer() : 0);

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome.Exception is Exception failure
        ? TransportFailure.IsConnection(failure) || TransportFailure.IsTimeout(failure)
        : outcome.Result is { IsSuccessStatusCode: false } response
            && (ServerAdvice.Of(response).ShouldRetry ?? (int)response.StatusCode is 408 or 409 or 429 or >= 500);

    /// <summary>
    /// Returns the delay, which grows with each attempt up to the maximum, shortened by up to a quarter so that clients do not retry at the same
    /// time.
    /// </summary>
    private static TimeSpan Backoff(HttpRetryStrategyOptions options, int attempt, double jitter)
    {
        double seconds = options.Delay.TotalSeconds * options.BackoffType switch
        {
            DelayBackoffType.Exponential => Math.Pow(2, attempt),
            DelayBackoffType.Linear => attempt + 1,
            _ => 1,
        };
        double longest = (options.MaxDelay ?? TimeSpan.FromDays(1)).TotalSeconds;
        return TimeSpan.FromSeconds(Math.Min(seconds, longest) * (1 - (Jitter * jitter)));
    }
}
