using System.Net;

namespace Retell.Resilience;

/// <summary>The handler that the SDK sends with when it is given none.</summary>
internal static class RetellHttpHandler
{
#if NET
    public static SocketsHttpHandler Create() =>
        new()
        {
            // A redirect would lose the key or turn a POST into a GET; it is reported instead.
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

            // .NET Framework would open two.
            MaxConnectionsPerServer = int.MaxValue,
            UseCookies = false,
        };
#endif
}
