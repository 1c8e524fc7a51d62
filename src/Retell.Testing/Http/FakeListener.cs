using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Retell.Testing.Monitoring;

namespace Retell.Testing.Http;

/// <summary>
/// Reaches the fake over a socket. It is Kestrel without a host, so that no settings file or environment variable of the application under test
/// applies to it, and it logs nothing.
/// </summary>
internal sealed class FakeListener(FakeApi api, MonitorSocket monitors, int port) : IHttpApplication<HttpContext>, IAsyncDisposable
{
    private readonly KestrelServer _server = CreateServer(port);

    public Uri? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _server.StartAsync(this, cancellationToken).ConfigureAwait(false);
        Address = new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async ValueTask DisposeAsync()
    {
        // Open requests are cut off: a test is over.
        await _server.StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        _server.Dispose();
    }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        try
        {
            IncomingRequest incoming = Read(context);
            await (MonitorSocket.IsFor(context) ? monitors.ServeAsync(context, incoming) : AnswerAsync(context, incoming)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client closed the connection.
        }
    }

    private static KestrelServer CreateServer(int port)
    {
        var options = new KestrelServerOptions { AddServerHeader = false, Limits = { MaxRequestBodySize = null, MinRequestBodyDataRate = null } };
        options.Listen(IPAddress.Loopback, port);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new(Options.Create(options), sockets, NullLoggerFactory.Instance);
    }

    private static IncomingRequest Read(HttpContext context) => new(
        context.Request.Method,
        context.Features.Get<IHttpRequestFeature>()!.RawTarget,
        context.Request.Headers.ToDictionary(h => h.Key, h => string.Join(", ", h.Value.ToArray()), StringComparer.OrdinalIgnoreCase),
        token => ReadBodyAsync(context, token));

    private async Task AnswerAsync(HttpContext context, IncomingRequest incoming)
    {
        (FakeResponse? answer, int? sentBytes) = await api.HandleAsync(incoming, context.RequestAborted).ConfigureAwait(false);
        if (answer is null)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        foreach (IGrouping<string, string> header in answer.Headers.GroupBy(h => h.Key, h => h.Value, StringComparer.OrdinalIgnoreCase))
        {
            context.Response.Headers[header.Key] = header.ToArray();
        }

        if (!answer.Body.IsEmpty)
        {
            context.Response.ContentLength ??= answer.Body.Length;
            await context.Response.Body.WriteAsync(answer.Body[..(sentBytes ?? answer.Body.Length)], context.RequestAborted).ConfigureAwait(false);
            if (sentBytes is not null)
            {
                // Kestrel closes the connection because bytes are missing; an abort could discard those that were sent.
                await context.Response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
            }
        }
        else if (answer.Status is not (204 or 205 or 304))
        {
            context.Response.ContentLength ??= 0;
        }
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, cancellationToken).ConfigureAwait(false);
        return body.ToArray();
    }
}
