using Microsoft.Extensions.Logging;

namespace Retell.AspNetCore.Llm;

/// <summary>
/// The log messages. They contain no secret and nothing that people said; the message of an exception, which could, is logged at the level Debug.
/// </summary>
internal static partial class LlmLog
{
    [LoggerMessage(1, LogLevel.Information, "{CallId}: connection {Connection} opened")]
    public static partial void Connected(ILogger log, string callId, int connection);

    [LoggerMessage(2, LogLevel.Information, "{CallId}: the connection ended: {Reason} (close code {CloseCode})")]
    public static partial void Disconnected(ILogger log, string callId, LlmCloseReason reason, int? closeCode);

    [LoggerMessage(3, LogLevel.Information, "{CallId}: the call ended: {Reason}")]
    public static partial void Ended(ILogger log, string callId, LlmEndReason reason);

    [LoggerMessage(4, LogLevel.Warning, "A connection was rejected with status {Status} because {Reason}")]
    public static partial void Rejected(ILogger log, int status, string reason);

    [LoggerMessage(5, LogLevel.Debug, "Response {ResponseId} finished: {Outcome} after {Milliseconds:0.0} ms")]
    public static partial void TurnFinished(ILogger log, long responseId, string outcome, double milliseconds);

    [LoggerMessage(6, LogLevel.Error, "Response {ResponseId} was closed because the agent failed with {Error}")]
    public static partial void TurnFailed(ILogger log, long responseId, string error);

    [LoggerMessage(7, LogLevel.Debug, "Response {ResponseId} failed")]
    public static partial void TurnFailure(ILogger log, Exception exception, long responseId);

    [LoggerMessage(8, LogLevel.Error, "Response {ResponseId} was closed because the agent had no output for {Seconds:0.###} s")]
    public static partial void TurnTimedOut(ILogger log, long responseId, double seconds);

    [LoggerMessage(9, LogLevel.Warning, "The action {Action} of response {ResponseId} was dropped, because a response has one action at most")]
    public static partial void SecondAction(ILogger log, string action, long responseId);

    [LoggerMessage(10, LogLevel.Error, "The agent failed with {Error} in {Member}")]
    public static partial void AgentFailed(ILogger log, string member, string error);

    [LoggerMessage(11, LogLevel.Debug, "The agent failed in {Member}")]
    public static partial void AgentFailure(ILogger log, Exception exception, string member);

    [LoggerMessage(12, LogLevel.Warning, "{CallId}: a request of a response was ignored, because it has no valid response_id")]
    public static partial void NoResponseId(ILogger log, string callId);

    [LoggerMessage(13, LogLevel.Debug, "{CallId}: response {ResponseId} was requested again")]
    public static partial void Duplicate(ILogger log, string callId, long responseId);

    [LoggerMessage(14, LogLevel.Debug, "{CallId}: a message of the type {Type} is not known")]
    public static partial void UnknownMessage(ILogger log, string callId, string type);

    [LoggerMessage(
        15,
        LogLevel.Warning,
        "The logger Microsoft.AspNetCore.Hosting.Diagnostics writes the path of each request, and with it the secret of this endpoint. Set its level to Warning")]
    public static partial void RequestLogHasSecret(ILogger log);

    /// <summary>Logs the type of the exception as an error, and its text, which can contain what people said, for debugging.</summary>
    public static void Failed(ILogger log, string member, Exception failure)
    {
        AgentFailed(log, member, failure.GetType().Name);
        AgentFailure(log, failure, member);
    }
}
