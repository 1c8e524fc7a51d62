using System.Net;

namespace Retell.Resilience;

/// <summary>Creates the handler that sends the requests if the application has not set one.</summary>
internal static class RetellHttpHandler
{
#if NET
    public static SocketsHttpHandler Create() =>
        new()
        {
            // A redirect would drop the key or turn a POST into a GET. It is reported as an error instead.
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.All,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        };
#else
    public static HttpClientHandler Create() =>
        new()
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,

            // The default of .NET Framework is two.
            MaxConnectionsPerServer = int.MaxValue,
            UseCookies = false,
        };
#endif
}
