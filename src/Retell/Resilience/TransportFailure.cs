using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace Retell.Resilience;

/// <summary>Tells what an exception of the HTTP stack means for the request.</summary>
internal static class TransportFailure
{
    /// <summary>The connection could not be made or broke; false for anything else, such as a bug in an injected handler.</summary>
    public static bool IsConnection(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or AuthenticationException or WebException or InvalidDataException
        || IsRejected(failure);

    /// <summary>Whether a timeout ended the attempt.</summary>
    public static bool IsTimeout(Exception failure) => failure is TimeoutRejectedException or TimeoutException;

    /// <summary>Whether a circuit breaker or limiter turned the attempt away.</summary>
    public static bool IsRejected(Exception failure) => failure is BrokenCircuitException or RateLimiterRejectedException;

    /// <summary>Whether no connection was made, so that nothing of the request was sent. In doubt it was.</summary>
    public static bool IsNeverSent(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                // A timeout says nothing, whatever it wraps.
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

    /// <summary>What .NET 8 and later say of it, on which this build runs as well; .NET Framework does not know it.</summary>
    private static string? ErrorOf(HttpRequestException failure) => s_error?.GetValue(failure)?.ToString();
#endif

    private static bool IsNeverSent(SocketError code) =>
        code is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery;

    private static bool IsNeverSent(WebExceptionStatus status) =>
        status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.ConnectFailure
            or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure;
}
