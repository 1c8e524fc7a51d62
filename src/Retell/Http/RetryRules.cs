using Polly;
using Polly.Timeout;

namespace Retell.Http;

/// <summary>
/// Never dial twice. Any request may be sent again when the API certainly did not carry it out: it was turned away with
/// 429, the connection was never made, or the answer says <c>x-should-retry: true</c>. Where nobody knows (timeout, broken
/// connection, 408, 409, 5xx) only a repeatable operation may. <c>x-should-retry: false</c> ends it always.
/// </summary>
internal static class RetryRules
{
    /// <summary>A server may ask for any wait; a longer one than this is left to the caller.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan s_firstBackoff = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan s_longestBackoff = TimeSpan.FromSeconds(8);

    /// <summary>How long to wait before the next attempt; null when there is none.</summary>
    public static TimeSpan? GetWait(ApiCall call, Outcome<ApiResponse> outcome, DateTimeOffset now, Func<double> random)
    {
        if (call.Attempts > call.MaxRetries || !call.CanBeSentAgain || !MayRepeat(call.IsRepeatable, outcome))
        {
            return null;
        }

        TimeSpan wait = outcome.Result?.GetRequestedWait(now) ?? Backoff(call.Attempts, random());
        return wait <= LongestWait ? wait : null;
    }

    private static bool MayRepeat(bool isRepeatable, Outcome<ApiResponse> outcome) => outcome.Exception switch
    {
        RetellConnectionException e => isRepeatable || !e.MayHaveBeenSent,
        RetellTimeoutException or TimeoutRejectedException => isRepeatable,
        not null => false,
        null => outcome.Result is { IsSuccess: false } response && (response.ShouldRetry ?? (int)response.StatusCode switch
        {
            429 => true,
            408 or 409 or >= 500 => isRepeatable,
            _ => false,
        }),
    };

    /// <summary>Half a second, doubled with each attempt up to 8 s, less up to a quarter so that clients do not march in step.</summary>
    private static TimeSpan Backoff(int attempt, double random)
    {
        double seconds = Math.Min(s_firstBackoff.TotalSeconds * Math.Pow(2, attempt - 1), s_longestBackoff.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - (0.25 * random)));
    }
}
