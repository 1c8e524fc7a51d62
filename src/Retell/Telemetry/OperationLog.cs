using System.Globalization;
using Microsoft.Extensions.Logging;
using Polly;
using Retell.Http;
using Retell.Json;

namespace Retell.Telemetry;

/// <summary>The log messages, each with a stable event ID. They contain no values of paths, queries and bodies, unless bodies are logged.</summary>
internal static partial class OperationLog
{
    private const int LongestBody = 32768;

    [LoggerMessage(1, LogLevel.Debug, "{Operation} returned {Status} after {Milliseconds:0.0} ms and {Attempts} attempt(s)")]
    public static partial void Completed(ILogger log, string operation, int status, double milliseconds, int attempts);

    [LoggerMessage(2, LogLevel.Warning, "{Operation} failed with {Error} after {Milliseconds:0.0} ms and {Attempts} attempt(s)")]
    public static partial void Failed(ILogger log, string operation, string error, double milliseconds, int attempts);

    [LoggerMessage(3, LogLevel.Warning, "{Operation}: attempt {Attempt} failed with {Error}; retrying in {Seconds:0.0##} s")]
    public static partial void Retrying(ILogger log, string operation, int attempt, string error, double seconds);

    [LoggerMessage(4, LogLevel.Trace, "{Operation} sent {Sent} and received {Received}")]
    public static partial void Bodies(ILogger log, string operation, string sent, string received);

    [LoggerMessage(5, LogLevel.Debug, "{Operation} was canceled by the caller after {Milliseconds:0.0} ms and {Attempts} attempt(s)")]
    public static partial void Cancelled(ILogger log, string operation, double milliseconds, int attempts);

    [LoggerMessage(6, LogLevel.Error, "The changed configuration is not valid. The client keeps the previous one: {Problem}")]
    public static partial void ChangeRefused(ILogger log, string problem);

    [LoggerMessage(
        7,
        LogLevel.Information,
        "Removed {Count} resilience handler(s) that ConfigureHttpClientDefaults added to the HTTP client \"{Client}\", because the SDK retries requests itself")]
    public static partial void DefaultsRemoved(ILogger log, int count, string client);

    [LoggerMessage(8, LogLevel.Debug, "{Operation}: the call is not live yet; connecting again in {Seconds:0.0##} s")]
    public static partial void NotLive(ILogger log, string operation, double seconds);

    /// <summary>Returns why an attempt failed: the status code, or the type of the exception, whose message could contain personal data.</summary>
    public static string Reason(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is Exception failure ? failure.GetType().Name : Status((int)outcome.Result!.StatusCode);

    public static string Status(int status) => "status " + status.ToString(CultureInfo.InvariantCulture);

    /// <summary>Returns the start of a body for the log.</summary>
    public static string Text(PooledBuffer? body)
    {
        if (body is null)
        {
            return "no JSON";
        }

        using TextReader text = NewtonsoftJson.OpenText(body.OpenRead(), 4096);
        char[] start = new char[(int)Math.Min(LongestBody, body.Length)];
        int length = text.ReadBlock(start, 0, start.Length);
        return new string(start, 0, length) + (text.Peek() >= 0 ? $"… ({body.Length} bytes)" : "");
    }
}
