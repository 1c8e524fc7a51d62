using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Telemetry;
using Polly.Timeout;
using Retell.Http;
using Retell.Telemetry;

namespace Retell.Resilience;

/// <summary>The resilience pipelines of a client, one for each number of retries. They share the circuit breaker and the rate limiter.</summary>
internal sealed class RetellPipeline
{
    private const string Name = "Retell";

    private readonly ConcurrentDictionary<int, ResiliencePipeline<HttpResponseMessage>> _byRetries = new();
    private readonly RetellClientOptions _options;
    private readonly RetellResilienceOptions _resilience;
    private readonly ILogger _log;

    /// <summary>The strategies that have state and are therefore shared.</summary>
    private readonly ResiliencePipeline<HttpResponseMessage>? _shared;

    /// <exception cref="RetellException">A setting is not valid.</exception>
    public RetellPipeline(RetellClientOptions options, ILogger log)
    {
        (_options, _resilience, _log) = (options, options.Resilience, log);
        try
        {
            _shared = _resilience is { CircuitBreaker: null, RateLimiter: null } ? null : AddAttempt(Create()).Build();
            For(options.MaxRetries);
        }
        catch (ValidationException e)
        {
            throw new RetellException($"The resilience settings are not valid: {e.Message}", e);
        }
    }

    public ResiliencePipeline<HttpResponseMessage> For(int maxRetries) => _byRetries.GetOrAdd(maxRetries, Build);

    private ResiliencePipeline<HttpResponseMessage> Build(int maxRetries)
    {
        ResiliencePipelineBuilder<HttpResponseMessage> builder = Create();
        if (_resilience.TotalRequestTimeout is HttpTimeoutStrategyOptions total)
        {
            builder.AddTimeout(Timeout(total, "TotalRequestTimeout", _ => total.Timeout));
        }

        if (maxRetries > 0)
        {
            builder.AddRetry(Retry(maxRetries));
        }

        return (_shared is null ? AddAttempt(builder) : builder.AddPipeline(_shared)).Build();
    }

    private ResiliencePipelineBuilder<HttpResponseMessage> AddAttempt(ResiliencePipelineBuilder<HttpResponseMessage> builder)
    {
        if (_resilience.CircuitBreaker is HttpCircuitBreakerStrategyOptions breaker)
        {
            builder.AddCircuitBreaker(breaker);
        }

        if (_resilience.RateLimiter is HttpRateLimiterStrategyOptions limiter)
        {
            builder.AddRateLimiter(limiter);
        }

        return builder.AddTimeout(Timeout(_resilience.AttemptTimeout, "AttemptTimeout", static call => call.Timeout));
    }

    private ResiliencePipelineBuilder<HttpResponseMessage> Create()
    {
        // Metrics, enrichers and listeners are those of the application. The client writes its own log.
        TelemetryOptions telemetry = _options.PipelineTelemetry is TelemetryOptions shared ? new(shared) : new();
        telemetry.LoggerFactory = NullLoggerFactory.Instance;
        return new ResiliencePipelineBuilder<HttpResponseMessage> { Name = Name, TimeProvider = _options.TimeProvider }.ConfigureTelemetry(telemetry);
    }

    private HttpRetryStrategyOptions Retry(int maxRetries)
    {
        HttpRetryStrategyOptions options = _resilience.Retry;
        HttpRetryStrategyOptions retry = RetryRules.Copy(options);
        retry.MaxRetryAttempts = maxRetries;
        retry.ShouldHandle = arguments => RetryRules.MayRetry(ApiCall.Of(arguments.Context), arguments, options) ? options.ShouldHandle(arguments) : new(false);
        retry.DelayGenerator = async arguments =>
            (options.DelayGenerator is null ? null : await options.DelayGenerator(arguments).ConfigureAwait(false))
            ?? RetryRules.GetDelay(ApiCall.Of(arguments.Context), arguments.Outcome.Result, arguments.AttemptNumber, options);
        retry.OnRetry = arguments =>
        {
            ApiCall call = ApiCall.Of(arguments.Context);
            OperationLog.Retrying(_log, call.Operation.Name, call.Attempts, OperationLog.Reason(arguments.Outcome), arguments.RetryDelay.TotalSeconds);
            return options.OnRetry?.Invoke(arguments) ?? default;
        };
        return retry;
    }

    private static TimeoutStrategyOptions Timeout(HttpTimeoutStrategyOptions options, string name, Func<ApiCall, TimeSpan> limit) => new()
    {
        Name = options.Name is { Length: > 0 } own ? own : name,
        TimeoutGenerator = options.TimeoutGenerator ?? (arguments => new(limit(ApiCall.Of(arguments.Context)))),
        OnTimeout = options.OnTimeout,
    };
}
