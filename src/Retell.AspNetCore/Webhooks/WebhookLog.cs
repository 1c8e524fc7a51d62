using Microsoft.Extensions.Logging;

namespace Retell.AspNetCore.Webhooks;

/// <summary>The log messages. They contain no part of a body; the message of an exception, which could, is logged at the level Debug.</summary>
internal static partial class WebhookLog
{
    [LoggerMessage(1, LogLevel.Debug, "{Event}: {Outcome}")]
    public static partial void Processed(ILogger log, string @event, RetellWebhookOutcome outcome);

    [LoggerMessage(2, LogLevel.Warning, "A request was rejected because its signature is missing, malformed, too old or does not match a signing key")]
    public static partial void SignatureRejected(ILogger log);

    [LoggerMessage(3, LogLevel.Warning, "A signed webhook was rejected because its body is not a JSON object")]
    public static partial void BodyRejected(ILogger log);

    [LoggerMessage(4, LogLevel.Error, "The handler {Handler} failed with {Error}")]
    public static partial void HandlerFailed(ILogger log, string handler, string error);

    [LoggerMessage(5, LogLevel.Debug, "The handler {Handler} failed")]
    public static partial void HandlerFailure(ILogger log, Exception exception, string handler);

    [LoggerMessage(6, LogLevel.Warning, "The queue is full. {Event} was rejected with status 503, so that it is delivered again")]
    public static partial void QueueFull(ILogger log, string @event);

    [LoggerMessage(7, LogLevel.Warning, "{Event} got the fallback because {Reason}")]
    public static partial void Fallback(ILogger log, string @event, string reason);

    [LoggerMessage(8, LogLevel.Error, "The queued event was dropped because the handler {Handler} is not registered")]
    public static partial void HandlerMissing(ILogger log, string handler);

    [LoggerMessage(9, LogLevel.Error, "The host stopped before all queued events were handled. Increase HostOptions.ShutdownTimeout")]
    public static partial void NotDrained(ILogger log);

    [LoggerMessage(10, LogLevel.Error, "The webhook queue failed with {Error}")]
    public static partial void QueueFailed(ILogger log, string error);

    [LoggerMessage(11, LogLevel.Warning, "The result of the function {Function} was cut from {Length} to {Limit} characters")]
    public static partial void ResultCut(ILogger log, string function, int length, int limit);

    [LoggerMessage(12, LogLevel.Warning, "The arguments of the function {Function} are not valid: {Count} problem(s)")]
    public static partial void ArgumentsInvalid(ILogger log, string function, int count);

    /// <summary>Logs the type of the exception as an error, and its text, which can contain personal data, for debugging.</summary>
    public static void Failed(ILogger log, string handler, Exception exception)
    {
        HandlerFailed(log, handler, exception.GetType().Name);
        HandlerFailure(log, exception, handler);
    }
}
