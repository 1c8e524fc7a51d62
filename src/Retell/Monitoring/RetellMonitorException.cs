using System.Net;

namespace Retell.Monitoring;

/// <summary>The exception that is thrown when the API refuses to let a call be monitored, or stops it.</summary>
public class RetellMonitorException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellMonitorException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// Gets the code with which the API closed the WebSocket, or null if it refused the connection with an HTTP status. The codes 4001 and 4003
    /// mean that the API key is not valid or not permitted, and 4008 that the call has too many watchers.
    /// </summary>
    public int? CloseCode { get; init; }

    /// <summary>Gets the reason with which the API closed the WebSocket, or null if there is none.</summary>
    public string? CloseReason { get; init; }

    /// <summary>Gets the HTTP status with which the API refused the connection, or null if the connection was made.</summary>
    public HttpStatusCode? StatusCode { get; init; }
}

/// <summary>The exception that is thrown when a call is not live within <see cref="MonitorOptions.NotLiveTimeout"/>. Its close code is 4004.</summary>
public sealed class RetellCallNotLiveException : RetellMonitorException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellCallNotLiveException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the time that was waited for the call.</summary>
    public TimeSpan Timeout { get; init; }
}
