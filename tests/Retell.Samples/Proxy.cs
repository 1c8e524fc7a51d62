using System.Net;
using Retell;
using Retell.Testing;

namespace Samples;

internal static class Proxy
{
    public static Task RunAsync(FakeRetellServer _)
    {
        #region proxy
        var handler = new SocketsHttpHandler { Proxy = new WebProxy("http://proxy.example:8080"), UseProxy = true };
        using var retell = new RetellClient(new RetellClientOptions { HttpMessageHandler = handler });
        #endregion

        Console.WriteLine(((WebProxy)handler.Proxy).Address);
        handler.Dispose();
        return Task.CompletedTask;
    }
}
