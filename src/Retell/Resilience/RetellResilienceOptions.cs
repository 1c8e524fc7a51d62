using Microsoft.Extensions.Http.Resilience;
using Retell.Resilience;

namespace Retell;

/// <summary>
/// The settings for retries and timeouts, and for the optional circuit breaker and rate limiter, in the option classes of
/// Microsoft.Extensions.Http.Resilience. From the outermost to the innermost: <see cref="TotalRequestTimeout"/>, <see cref="Retry"/>,
/// <see cref="CircuitBreaker"/>, <see cref="RateLimiter"/>, <see cref="AttemptTimeout"/>.
/// </summary>
/// <remarks>No setting makes the client resend a request that must not be sent twice. See <see cref="RetellHttpRequest.IsRepeatable"/>.</remarks>
public sealed class RetellResilienceOptions
{
    /// <summary>The default of <see cref="AttemptTimeout"/>. An operation with a longer timeout of its own uses that instead.</summary>
    internal static readonly TimeSpan DefaultAttemptTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Gets or sets the timeout for an operation, including all attempts and the waits between them, or null for no timeout. The default is
    /// null.
    /// </summary>
    public HttpTimeoutStrategyOptions? TotalRequestTimeout { get; set; }

    /// <summary>
    /// Gets or sets the retries. The default is two retries after dropped connections, timeouts and the status codes 408, 409, 429 and 5xx, with
    /// exponential backoff from 0.5 to 8 seconds and jitter.
    /// </summary>
    /// <remarks>
    /// <see cref="Polly.Retry.RetryStrategyOptions{TResult}.ShouldHandle"/> selects among the failures that can be retried; it cannot add
    /// failures for an operation that must not be sent twice. Set <see cref="Polly.Retry.RetryStrategyOptions{TResult}.MaxRetryAttempts"/> to 0
    /// to switch retries off.
    /// </remarks>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public HttpRetryStrategyOptions Retry
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Retry));
    } = RetryRules.CreateDefault();

    /// <summary>Gets or sets the circuit breaker, or null for none. The default is null.</summary>
    public HttpCircuitBreakerStrategyOptions? CircuitBreaker { get; set; }

    /// <summary>Gets or sets the limiter of the rate or the concurrency of attempts, or null for none. The default is null.</summary>
    public HttpRateLimiterStrategyOptions? RateLimiter { get; set; }

    /// <summary>
    /// Gets or sets the timeout for each attempt, including reading the response. See <see cref="RetellClientOptions.Timeout"/> for the default.
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
