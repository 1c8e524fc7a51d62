using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Polly;
using Polly.Timeout;

namespace Retell.Http;

/// <summary>Tells what an exception of the HTTP stack means for the request.</summary>
internal static class TransportFailure
{
    /// <summary>The connection could not be made or broke; false for anything else, such as a bug in an injected handler.</summary>
    public static bool IsConnection(Exception failure) =>
        failure is HttpRequestException or IOException or SocketException or AuthenticationException or WebException or InvalidDataException
            or ExecutionRejectedException;

    /// <summary>A time limit of an injected HttpClient or handler; the limits of the SDK are Polly's.</summary>
    public static bool IsTimeout(Exception failure) => failure is OperationCanceledException or TimeoutException or TimeoutRejectedException;

    /// <summary>Whether no connection was made, so that nothing of the request was sent. In doubt it was.</summary>
    public static bool IsNeverSent(Exception failure)
    {
        for (Exception? e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
#if NET
                case HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } http:
                    return http.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
#endif

                // A circuit breaker or rate limiter of the application turned the request away.
                case ExecutionRejectedException:
                case AuthenticationException:
                case SocketException socket when IsNeverSent(socket.SocketErrorCode):
                case WebException web when IsNeverSent(web.Status):
                    return true;
            }
        }

        return false;
    }

    private static bool IsNeverSent(SocketError code) =>
        code is SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery;

    private static bool IsNeverSent(WebExceptionStatus status) =>
        status is WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ProxyNameResolutionFailure or WebExceptionStatus.ConnectFailure
            or WebExceptionStatus.TrustFailure or WebExceptionStatus.SecureChannelFailure;
}
