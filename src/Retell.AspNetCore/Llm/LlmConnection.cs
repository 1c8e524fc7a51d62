using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Threading.Channels;

namespace Retell.AspNetCore.Llm;

/// <summary>Why a connection ended.</summary>
internal enum LlmCloseReason
{
    /// <summary>The connection was lost, or Retell closed it with another code than 1000.</summary>
    Lost,

    /// <summary>Retell closed the connection with code 1000.</summary>
    Closed,

    /// <summary>No message arrived for too long.</summary>
    KeepAliveLost,

    /// <summary>Retell has made a new connection.</summary>
    Replaced,

    /// <summary>A message was not a JSON object, not text, or too large.</summary>
    BadMessage,

    /// <summary>The application hung up.</summary>
    HungUp,

    /// <summary>The host stops.</summary>
    HostStopping,

    /// <summary>The call has ended.</summary>
    Ended,
}

/// <summary>One connection of a call: a reader that waits for nobody, and a writer that sends replies to pings first.</summary>
[SuppressMessage("Design", "CA1001", Justification = "RunAsync disposes of it.")]
internal sealed class LlmConnection(WebSocket socket, LlmConversation conversation)
{
    private const int BufferSize = 4 * 1024;
    private const int KeptSize = 64 * 1024;
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    private readonly Channel<LlmFrame> _pongs = Channel.CreateBounded<LlmFrame>(new BoundedChannelOptions(8) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock = conversation.Clock;
    private int _reason = -1;
    private int _closeWith;
    private bool _hasPings;

    /// <summary>Gets a task that completes when nothing more is read or written.</summary>
    public Task Ended => _ended.Task;

    public LlmCloseReason Reason => (LlmCloseReason)Math.Max(0, Volatile.Read(ref _reason));

    /// <summary>Gets the code with which Retell closed the connection, or null.</summary>
    public int? CloseCode { get; private set; }

    private int? CloseWith => Volatile.Read(ref _closeWith) is int code and not 0 ? code : null;

    /// <summary>Reads and writes until the connection ends.</summary>
    public async Task RunAsync()
    {
        try
        {
            Task writer = WriteAsync();
            Task reader = ReadAsync();
            await Task.WhenAny(writer, reader).ConfigureAwait(false);
            _pongs.Writer.TryComplete();
            if (CloseWith is not null)
            {
                // Until both sides have closed: what is not read from a socket makes it discard what is not delivered.
                await Task.WhenAny(Task.WhenAll(writer, reader), Task.Delay(s_closeTimeout, _clock, _stop.Token)).ConfigureAwait(false);
            }

            await _stop.CancelAsync().ConfigureAwait(false);
            if (!reader.IsCompleted)
            {
                socket.Abort();
            }

            await Task.WhenAll(writer, reader).ConfigureAwait(false);
        }
        finally
        {
            _stop.Dispose();
            _ended.TrySetResult();
        }
    }

    /// <summary>Drops the connection at once, with what has not been delivered.</summary>
    public void Abort(LlmCloseReason reason)
    {
        SetReason(reason);
        socket.Abort();
    }

    /// <summary>Drops the connection without a close message, after what has been sent is delivered.</summary>
    public void Drop(LlmCloseReason reason)
    {
        SetReason(reason);
        socket.Dispose();
    }

    /// <summary>Closes the connection with a code, after the frame that is being sent.</summary>
    public void Close(LlmCloseReason reason, WebSocketCloseStatus code)
    {
        SetReason(reason);
        Interlocked.CompareExchange(ref _closeWith, (int)code, 0);
        _pongs.Writer.TryComplete();
    }

    private void SetReason(LlmCloseReason reason) => Interlocked.CompareExchange(ref _reason, (int)reason, -1);

    private async Task ReadAsync()
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        ITimer? keepAlive = null;
        try
        {
            int length = 0;
            while (true)
            {
                ValueWebSocketReceiveResult received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
                keepAlive?.Change(conversation.Options.KeepAliveTimeout, Timeout.InfiniteTimeSpan);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    Closed();
                    return;
                }

                length = CloseWith is null ? length + received.Count : 0;
                if (received.MessageType == WebSocketMessageType.Binary)
                {
                    Close(LlmCloseReason.BadMessage, WebSocketCloseStatus.InvalidPayloadData);
                }
                else if (length > conversation.Options.MaxMessageSize)
                {
                    Close(LlmCloseReason.BadMessage, WebSocketCloseStatus.MessageTooBig);
                }

                if (CloseWith is not null)
                {
                    continue;
                }

                if (!received.EndOfMessage)
                {
                    buffer = length < buffer.Length ? buffer : Resized(buffer, length, buffer.Length * 2);
                    continue;
                }

                Handle(buffer.AsMemory(0, length));
                length = 0;
                buffer = buffer.Length <= KeptSize ? buffer : Resized(buffer, 0, BufferSize);
                keepAlive ??= !_hasPings ? null : _clock.CreateTimer(
                    _ => Abort(LlmCloseReason.KeepAliveLost), null, conversation.Options.KeepAliveTimeout, Timeout.InfiniteTimeSpan);
            }
        }
        catch (Exception e) when (IsLost(e))
        {
            SetReason(LlmCloseReason.Lost);
        }
        finally
        {
            keepAlive?.Dispose();
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Records that Retell has closed the connection, and replies.</summary>
    private void Closed()
    {
        CloseCode = (int?)socket.CloseStatus;
        Close(
            socket.CloseStatus == WebSocketCloseStatus.NormalClosure ? LlmCloseReason.Closed : LlmCloseReason.Lost,
            socket.CloseStatus ?? WebSocketCloseStatus.NormalClosure);
    }

    private void Handle(ReadOnlyMemory<byte> utf8)
    {
        if (LlmMessage.Read(utf8) is not LlmMessage message)
        {
            Close(LlmCloseReason.BadMessage, WebSocketCloseStatus.ProtocolError);
        }
        else if (message.Kind == LlmMessageKind.Ping)
        {
            _hasPings = true;
            _pongs.Writer.TryWrite(LlmFrame.Pong(message, _clock.GetUtcNow()));
        }
        else
        {
            conversation.Receive(message.Keep());
        }
    }

    private async Task WriteAsync()
    {
        try
        {
            await SendAsync(LlmFrame.Config(conversation.Options)).ConfigureAwait(false);
            Task pong = Task.CompletedTask;
            Task frame = Task.CompletedTask;
            while (CloseWith is null && !_stop.IsCancellationRequested)
            {
                if (_pongs.Reader.TryRead(out LlmFrame? next))
                {
                    await SendAsync(next).ConfigureAwait(false);
                }
                else if (conversation.TryTake(out next))
                {
                    await SendOrKeepAsync(next).ConfigureAwait(false);
                }
                else
                {
                    pong = pong.IsCompleted ? _pongs.Reader.WaitToReadAsync(_stop.Token).AsTask() : pong;
                    frame = frame.IsCompleted ? conversation.WaitForFrameAsync(_stop.Token) : frame;
                    await Task.WhenAny(pong, frame).ConfigureAwait(false);
                }
            }

            if (CloseWith is int code)
            {
                await socket.CloseOutputAsync(Valid(code), null, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (IsLost(e))
        {
            Abort(LlmCloseReason.Lost);
        }
    }

    private async Task SendOrKeepAsync(LlmFrame frame)
    {
        bool isSent = false;
        try
        {
            await SendAsync(frame).ConfigureAwait(false);
            isSent = true;
        }
        finally
        {
            conversation.Sent(frame, isSent);
        }
    }

    private ValueTask SendAsync(LlmFrame frame) => socket.SendAsync(frame.Utf8, WebSocketMessageType.Text, endOfMessage: true, _stop.Token);

    private static byte[] Resized(byte[] buffer, int length, int size)
    {
        byte[] other = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, length).CopyTo(other);
        ArrayPool<byte>.Shared.Return(buffer);
        return other;
    }

    /// <summary>Returns the code of a reply: some codes say that there was none, and cannot be sent.</summary>
    private static WebSocketCloseStatus Valid(int code) => code is 1005 or 1006 or 1015 ? WebSocketCloseStatus.NormalClosure : (WebSocketCloseStatus)code;

    private static bool IsLost(Exception failure) =>
        failure is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
