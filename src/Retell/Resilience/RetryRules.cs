using Microsoft.Extensions.Http.Resilience;
using Polly;
using Polly.Retry;
using Retell.Http;

namespace Retell.Resilience;

/// <summary>
/// Decides whether a request may be sent again, and after which wait. A request that must not be repeated is sent again only when the API
/// did not process it: it answered 429, or the connection was never made.
/// </summary>
internal static class RetryRules
{
    /// <summary>The part of a wait by which jitter shortens it at most.</summary>
    private const double Jitter = 0.25;

    /// <summary>A server may ask for any wait; a longer one than this is left to the caller.</summary>
    private static readonly TimeSpan s_longestWait = TimeSpan.FromSeconds(60);

    public static HttpRetryStrategyOptions CreateDefault() => new()
    {
        MaxRetryAttempts = 2,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = TimeSpan.FromSeconds(0.5),
        MaxDelay = TimeSpan.FromSeconds(8),
        ShouldHandle = static arguments => new(IsTransient(arguments.Outcome)),

        // The generator of the package knows one of the headers that the API sends.
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

    /// <summary>Decides whether a call may be sent again at all, whatever the options say. This is the only place that decides it.</summary>
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

        // Without the jitter, which only shortens it: a retry that cannot begin in time would hide the failure behind a timeout.
        TimeSpan? requested = options.ShouldRetryAfterHeader ? advice.GetWait(call.Clock.GetUtcNow()) : null;
        TimeSpan shortest = requested ?? Backoff(options, arguments.AttemptNumber, options.UseJitter ? 1 : 0);
        return !(requested > s_longestWait) && !(shortest >= call.RemainingTime);
    }

    /// <summary>Says whether the response means that the API did not process the request.</summary>
    public static bool IsUnprocessed(HttpResponseMessage response) => (int)response.StatusCode == 429;

    /// <summary>Gets the wait before the next attempt: what the server asks for, or else the backoff.</summary>
    public static TimeSpan GetDelay(ApiCall call, HttpResponseMessage? response, int attempt, HttpRetryStrategyOptions options) =>
        (options.ShouldRetryAfterHeader ? ServerAdvice.Of(response).GetWait(call.Clock.GetUtcNow()) : null)
        ?? Backoff(options, attempt, options.UseJitter ? options.Randomizer() : 0);

    private static bool IsTransient(Outcome<HttpResponseMessage> outcome) => outcome.Exception is Exception failure
        ? TransportFailure.IsConnection(failure) || TransportFailure.IsTimeout(failure)
        : outcome.Result is { IsSuccessStatusCode: false } response
            && (ServerAdvice.Of(response).ShouldRetry ?? (int)response.StatusCode is 408 or 409 or 429 or >= 500);

    /// <summary>The delay, grown with each attempt up to the longest, less up to a quarter so that clients do not march in step.</summary>
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
