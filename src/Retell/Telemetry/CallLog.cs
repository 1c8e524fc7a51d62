using Microsoft.Extensions.Logging;
using Retell.Http;

namespace Retell.Telemetry;

/// <summary>The log lines, each with an event id that stays.</summary>
internal static class CallLog
{
    private const int LongestBody = 32768;

    // Defined rather than generated: the attributes of the generator would keep measuring tools from reading this assembly.
    private static readonly Action<ILogger, string, string, string, int, double, int, Exception?> s_completed =
        LoggerMessage.Define<string, string, string, int, double, int>(
            LogLevel.Debug, new EventId(1, nameof(Completed)), "{Operation} ({Method} {Path}) answered {Status} in {Milliseconds:0.0} ms, attempts: {Attempts}");

    private static readonly Action<ILogger, string, string, string, double, int, string, Exception?> s_failed =
        LoggerMessage.Define<string, string, string, double, int, string>(
            LogLevel.Debug, new EventId(2, nameof(Failed)), "{Operation} ({Method} {Path}) failed after {Milliseconds:0.0} ms, attempts: {Attempts}. {Reason}");

    private static readonly Action<ILogger, string, int, string, double, Exception?> s_retrying =
        LoggerMessage.Define<string, int, string, double>(
            LogLevel.Warning, new EventId(3, nameof(Retrying)), "{Operation}: attempt {Attempt} failed ({Reason}), the next one follows in {Seconds:0.0##} s");

    private static readonly Action<ILogger, string, string, string, Exception?> s_bodies =
        LoggerMessage.Define<string, string, string>(LogLevel.Trace, new EventId(4, nameof(Bodies)), "{Operation} sent {Sent} and received {Received}");

    public static void Completed(ILogger log, string operation, string method, string path, int status, double milliseconds, int attempts) =>
        s_completed(log, operation, method, path, status, milliseconds, attempts, null);

    public static void Failed(ILogger log, string operation, string method, string path, double milliseconds, int attempts, string reason) =>
        s_failed(log, operation, method, path, milliseconds, attempts, reason, null);

    public static void Retrying(ILogger log, string operation, int attempt, string reason, double seconds) =>
        s_retrying(log, operation, attempt, reason, seconds, null);

    public static void Bodies(ILogger log, string operation, string sent, string received) => s_bodies(log, operation, sent, received, null);

    /// <summary>A body as it may stand in a log.</summary>
    public static string Text(PooledBuffer? body)
    {
        if (body is null)
        {
            return "no JSON";
        }

        using TextReader text = RetellJson.OpenText(body.OpenRead(), 4096);
        char[] start = new char[Math.Min(LongestBody, body.Length)];
        return new string(start, 0, text.ReadBlock(start, 0, start.Length));
    }
}
