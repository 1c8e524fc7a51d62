using Microsoft.Extensions.Logging;

namespace Retell.AI.Chat;

/// <summary>The log messages. They contain nothing that people said; the message of an exception, which could, is logged at the level Debug.</summary>
internal static partial class ChatAgentLog
{
    [LoggerMessage(1, LogLevel.Warning, "The tool {Tool} failed with {Error}; the model was told")]
    public static partial void ToolFailed(ILogger log, string tool, string error);

    [LoggerMessage(2, LogLevel.Debug, "The tool {Tool} failed")]
    public static partial void ToolFailure(ILogger log, Exception exception, string tool);

    [LoggerMessage(3, LogLevel.Warning, "The model still asked for tools after {Rounds} rounds of response {ResponseId}; they were not run")]
    public static partial void TooManyRounds(ILogger log, int rounds, long responseId);

    [LoggerMessage(4, LogLevel.Warning, "The model answered response {ResponseId} with neither a text nor an action; the caller hears nothing")]
    public static partial void EmptyAnswer(ILogger log, long responseId);

    [LoggerMessage(5, LogLevel.Warning, "The model asked for the tool {Tool}, which does not exist")]
    public static partial void UnknownTool(ILogger log, string tool);

    [LoggerMessage(6, LogLevel.Warning, "A tool had not finished {Seconds} s after the call")]
    public static partial void ToolLeftBehind(ILogger log, double seconds);
}
