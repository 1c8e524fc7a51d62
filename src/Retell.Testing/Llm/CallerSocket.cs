using System.Net.WebSockets;

namespace Retell.Testing.Llm;

/// <summary>One connection of a caller to a custom-LLM server.</summary>
internal sealed class CallerSocket(WebSocket socket, int? fragmentSize) : IDisposable
{
    private readonly SemaphoreSlim _sending = new(1, 1);

    public int? CloseCode => (int?)socket.CloseStatus;

    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>Reads the next message.</summary>
    /// <returns>The message, or null at the end of the connection.</returns>
    public async Task<(WebSocketMessageType Type, byte[] Content)?> ReadAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[16 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                WebSocketReceiveResult received = await socket.ReceiveAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    return null;
                }

                message.Write(buffer, 0, received.Count);
                if (received.EndOfMessage)
                {
                    return (received.MessageType, message.ToArray());
                }
            }
        }
        catch (Exception e) when (IsLost(e))
        {
            return null;
        }
    }

    public async Task SendAsync(ReadOnlyMemory<byte> content, WebSocketMessageType type, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            int size = Math.Max(1, fragmentSize ?? content.Length);
            int start = 0;
            do
            {
                int length = Math.Min(size, content.Length - start);
                await socket.SendAsync(content.Slice(start, length), type, start + length == content.Length, cancellationToken).ConfigureAwait(false);
                start += length;
            }
            while (start < content.Length);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Sends a close message. The reader gets the reply.</summary>
    public async Task CloseAsync(int code, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await socket.CloseOutputAsync((WebSocketCloseStatus)code, null, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (IsLost(e))
        {
            // It is closed already.
        }
        finally
        {
            _sending.Release();
        }
    }

    public void Abort() => socket.Abort();

    public void Dispose()
    {
        socket.Dispose();
        _sending.Dispose();
    }

    public static bool IsLost(Exception failure) =>
        failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
