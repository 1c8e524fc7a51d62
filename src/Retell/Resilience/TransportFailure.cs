using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Retell.Resilience;

/// <summary>Classifies the exceptions of the HTTP stack.</summary>
internal static class TransportFailure
{
    /// <summary>
    /// Returns a value indicating whether the connection could not be made or was lost. It is false for other failures, such as a bug in a
    /// handler of the application.
    /// </summary>
    public static bool IsConnection(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or AuthenticationException or WebException or InvalidDataException
        || IsRejected(failure);

    /// <summary>Returns a value indicating whether a timeout ended the attempt.</summary>
    public static bool IsTimeout(Exception failure) => failure is TimeoutRejectedException or TimeoutException;

    /// <summary>Returns a value indicating whether the circuit breaker or the rate limiter rejected the attempt.</summary>
    public static bool IsRejected(Exception failure) => failure is BrokenCircuitException or RateLimiterRejectedException;

    /// <summary>Returns a value indicating whether no connection was made, so that nothing was sent. In doubt it is false.</summary>
    public static bool IsNeverSent(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                // A timeout does not tell, whatever its inner exception.
                case TimeoutRejectedException or TimeoutException or OperationCanceledException:
                    return false;

                case HttpRequestException http when ErrorOf(http) is string error and not "Unknown":
                    return error is "NameResolutionError" or "ConnectionError" or "SecureConnectionError" or "ProxyTunnelError";

                case SocketException socket when IsNeverSent(socket.SocketErrorCode):
                case WebException web when IsNeverSent(web.Status):
                    return true;
            }
        }

        return IsRejected(failure);
    }

#if NET
    private static string ErrorOf(HttpRequestException failure) => failure.HttpRequestError.ToString();
#else
    private static readonly System.Reflection.PropertyInfo? s_error = typeof(HttpRequestException).GetProperty("HttpRequestError");

    /// <summary>Returns the error that .NET 8 and later report. This build also runs there; .NET Framework does not have the property.</summary>
    private static string? ErrorOf(HttpRequestException failure) => s_error?.GetValue(failure)?.ToString();
#endif

    private static bool IsNeverSent(SocketError code) =>
        code is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery;

    private static bool IsNeverSent(WebExceptionStatus status) =>
        status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.ConnectFailure
            or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure;
}
