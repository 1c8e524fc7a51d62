using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Retell.Testing.Http;
using Retell.Testing.State;

namespace Retell.Testing.Monitoring;

/// <summary>Serves the monitor WebSocket of the calls.</summary>
internal sealed class MonitorSocket(MonitorHub hub, Store store, string? apiKey)
{
    private const string PathPrefix = "/v2/monitor-call/";

    /// <summary>The text that RFC 6455 appends to the key of a handshake.</summary>
    private const string HandshakeSuffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    /// <summary>Returns whether the request is for a monitor.</summary>
    public static bool IsFor(HttpContext context) => context.Request.Method == "GET" && context.Request.Path.Value?.StartsWith(PathPrefix, StringComparison.Ordinal) == true;

    public async Task ServeAsync(HttpContext context, IncomingRequest incoming)
    {
        string id = context.Request.Path.Value![PathPrefix.Length..];
        MonitorFeed feed = hub.Of(id);
        MonitorRefusal? refusal = feed.Record(new(incoming.Method, incoming.Target, incoming.Headers, DateTimeOffset.UtcNow));
        IHttpUpgradeFeature? upgrade = context.Features.Get<IHttpUpgradeFeature>();
        string key = context.Request.Headers.SecWebSocketKey.ToString();
        if (refusal?.Status is not null || upgrade?.IsUpgradableRequest != true || key.Length == 0)
        {
            context.Response.StatusCode = refusal?.Status ?? StatusCodes.Status426UpgradeRequired;
            return;
        }

        string[] protocols = context.Request.Headers.SecWebSocketProtocol.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? protocol = protocols is ["bearer", _] ? "bearer" : null;
        using WebSocket socket = await AcceptAsync(context, upgrade, key, protocol).ConfigureAwait(false);
        refusal ??= !IsAuthorized(context, feed, protocols) ? new(null, 4001, "Unauthorized") : !IsLive(id) ? new(null, 4004, "Call is not live") : null;
        if (refusal is not null)
        {
            await CloseAsync(socket, refusal.CloseCode!.Value, refusal.Reason, context.RequestAborted).ConfigureAwait(false);
            return;
        }

        await RunAsync(context, socket, feed).ConfigureAwait(false);
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6455 prescribes SHA-1 for the handshake.")]
    private static async Task<WebSocket> AcceptAsync(HttpContext context, IHttpUpgradeFeature upgrade, string key, string? protocol)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.Connection = "Upgrade";
        headers.Upgrade = "websocket";
        headers.SecWebSocketAccept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + HandshakeSuffix)));
        if (protocol is not null)
        {
            headers.SecWebSocketProtocol = protocol;
        }

        Stream stream = await upgrade.UpgradeAsync().ConfigureAwait(false);
        return WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, SubProtocol = protocol, KeepAliveInterval = Timeout.InfiniteTimeSpan });
    }

    private static async Task CloseAsync(WebSocket socket, int code, string? reason, CancellationToken cancellationToken)
    {
        try
        {
            await socket.CloseAsync((WebSocketCloseStatus)code, reason, cancellationToken).ConfigureAwait(false);
        }
        catch (WebSocketException)
        {
            // The client is gone.
        }
    }

    private static async Task RunAsync(HttpContext context, WebSocket socket, MonitorFeed feed)
    {
        Channel<MonitorFrame> frames = feed.Watch();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        try
        {
            // Reading also answers pings.
            Task reading = feed.IsFrozen ? Task.Delay(Timeout.Infinite, stop.Token) : ReadAsync(socket, stop);
            await SendAsync(context, socket, frames.Reader, stop.Token).ConfigureAwait(false);
            await reading.ConfigureAwait(false);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client closed the connection.
        }
        finally
        {
            feed.Unwatch(frames);
        }
    }

    private static async Task SendAsync(HttpContext context, WebSocket socket, ChannelReader<MonitorFrame> frames, CancellationToken cancellationToken)
    {
        await foreach (MonitorFrame frame in frames.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (frame.Text is string text)
            {
                await socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken).ConfigureAwait(false);
            }
            else if (frame.CloseCode is int code)
            {
                await socket.CloseOutputAsync((WebSocketCloseStatus)code, frame.Reason, cancellationToken).ConfigureAwait(false);
                return;
            }
            else
            {
                context.Abort();
                return;
            }
        }
    }

    private static async Task ReadAsync(WebSocket socket, CancellationTokenSource stop)
    {
        byte[] buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, stop.Token).ConfigureAwait(false)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    private bool IsAuthorized(HttpContext context, MonitorFeed feed, string[] protocols)
    {
        string header = context.Request.Headers.Authorization.ToString();
        string? sent = protocols is ["bearer", string inProtocol] ? inProtocol
            : feed.AcceptsHeader && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim()
            : null;
        return sent?.Length > 0 && (apiKey is null || sent == apiKey);
    }

    private bool IsLive(string id)
    {
        lock (store.Lock)
        {
            return (string?)store.Existing("call", id)?.Value["call_status"] == "ongoing";
        }
    }
}
