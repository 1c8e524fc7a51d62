using System.Net.WebSockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Llm;

/// <summary>A custom-LLM server of somebody else, which does what a test wants, right or wrong.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RawServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single() + "/llm");

    public static async Task<RawServer> StartAsync(Func<Peer, Task> serve)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        app.Map("/llm/{call_id}", async (HttpContext context) =>
        {
            using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync();
            try
            {
                await serve(new Peer(socket));
            }
            catch (WebSocketException)
            {
                // The caller is gone.
            }
        });
        await app.StartAsync();
        return new(app);
    }

    /// <summary>Starts a server that sends a begin message, and for each request of a response the same messages, in which $ is its ID.</summary>
    public static Task<RawServer> StartAsync(string begin, params string[] messages) => StartAsync(async peer =>
    {
        await peer.SendAsync(begin);
        while (await peer.ReadAsync() is JObject message)
        {
            foreach (string reply in messages.Where(_ => message["response_id"] is not null))
            {
                await peer.SendAsync(reply.Replace("$", message["response_id"]!.ToString(), StringComparison.Ordinal));
            }
        }
    });

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    internal sealed class Peer(WebSocket socket)
    {
        public WebSocket Socket => socket;

        public Task SendAsync(string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

        public async Task<JObject?> ReadAsync()
        {
            using var message = new MemoryStream();
            byte[] buffer = new byte[64 * 1024];
            while (true)
            {
                WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    return null;
                }

                message.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                {
                    return JObject.Parse(Encoding.UTF8.GetString(message.ToArray()));
                }
            }
        }
    }
}
