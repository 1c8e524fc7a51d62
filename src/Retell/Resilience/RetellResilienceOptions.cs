using Microsoft.Extensions.Http.Resilience;
using Retell.Resilience;

namespace Retell;

/// <summary>
/// The settings for retries and timeouts, and for the optional circuit breaker and limiter, in the option classes of
/// Microsoft.Extensions.Http.Resilience. From the outside in: <see cref="TotalRequestTimeout"/>, <see cref="Retry"/>,
/// <see cref="CircuitBreaker"/>, <see cref="RateLimiter"/>, <see cref="AttemptTimeout"/>.
/// </summary>
/// <remarks>
/// No setting makes the client send a request again that must not be repeated. See <see cref="RetellHttpRequest.IsRepeatable"/>.
/// </remarks>
public sealed class RetellResilienceOptions
{
    /// <summary>The default of <see cref="AttemptTimeout"/>, which leaves to an operation the longer timeout that it needs.</summary>
    internal static readonly TimeSpan DefaultAttemptTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Gets or sets the timeout for an operation, including all attempts and the waits between them, or null for none. The default is null.</summary>
    public HttpTimeoutStrategyOptions? TotalRequestTimeout { get; set; }

    /// <summary>
    /// Gets or sets the retries. The default is two retries with exponential backoff from 0.5 seconds to 8 seconds and jitter, for
    /// dropped connections, timeouts, and the statuses 408, 409, 429 and 5xx.
    /// </summary>
    /// <remarks>
    /// <see cref="Polly.Retry.RetryStrategyOptions{TResult}.ShouldHandle"/> chooses among the failures that may be retried; it cannot widen them for
    /// an operation that must not be repeated. Zero <see cref="Polly.Retry.RetryStrategyOptions{TResult}.MaxRetryAttempts"/> switches retries off.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public HttpRetryStrategyOptions Retry
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Retry));
    } = RetryRules.CreateDefault();

    /// <summary>Gets or sets the circuit breaker, or null for none. The default is null.</summary>
    public HttpCircuitBreakerStrategyOptions? CircuitBreaker { get; set; }

    /// <summary>Gets or sets the limiter of the rate or of the concurrency of attempts, or null for none. The default is null.</summary>
    public HttpRateLimiterStrategyOptions? RateLimiter { get; set; }

    /// <summary>
    /// Gets or sets the timeout for each attempt, including reading the response. The default is 60 seconds, which operations that need longer
    /// raise (see <see cref="RetellClientOptions.Timeout"/>).
    /// </summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public HttpTimeoutStrategyOptions AttemptTimeout
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(AttemptTimeout));
    } = new() { Timeout = DefaultAttemptTimeout };

    /// <summary>Copies the settings that are read while the client is in use.</summary>
    internal RetellResilienceOptions Copy() => new()
    {
        TotalRequestTimeout = Copy(TotalRequestTimeout),
        Retry = RetryRules.Copy(Retry),
        CircuitBreaker = CircuitBreaker,
        RateLimiter = RateLimiter,
        AttemptTimeout = Copy(AttemptTimeout)!,
    };

    private static HttpTimeoutStrategyOptions? Copy(HttpTimeoutStrategyOptions? options) => options is null ? null : new()
    {
        Name = options.Name,
        Timeout = options.Timeout,
        TimeoutGenerator = options.TimeoutGenerator,
        OnTimeout = options.OnTimeout,
    };
}
