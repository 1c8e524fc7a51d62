using Microsoft.Extensions.Logging;
using Retell.Http;

namespace Retell.Telemetry;

/// <summary>The log lines, each with an event id that stays.</summary>
internal static partial class CallLog
{
    private const int LongestBody = 32768;

    [LoggerMessage(1, LogLevel.Debug, "{Operation} ({Method} {Path}) answered {Status} in {Milliseconds:0.0} ms, attempts: {Attempts}")]
    public static partial void Completed(ILogger log, string operation, string method, string path, int status, double milliseconds, int attempts);

    [LoggerMessage(2, LogLevel.Debug, "{Operation} ({Method} {Path}) failed after {Milliseconds:0.0} ms, attempts: {Attempts}. {Reason}")]
    public static partial void Failed(ILogger log, string operation, string method, string path, double milliseconds, int attempts, string reason);

    [LoggerMessage(3, LogLevel.Warning, "{Operation}: attempt {Attempt} failed ({Reason}), the next one follows in {Seconds:0.0##} s")]
    public static partial void Retrying(ILogger log, string operation, int attempt, string reason, double seconds);

    [LoggerMessage(4, LogLevel.Trace, "{Operation} sent {Sent} and received {Received}", SkipEnabledCheck = true)]
    public static partial void Bodies(ILogger log, string operation, string sent, string received);

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
