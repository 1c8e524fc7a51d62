using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;

namespace Retell.Benchmarks.Llm;

/// <summary>A caller that costs little: it requests a turn after the other, and sends a ping every 2 seconds.</summary>
internal sealed class LlmLoadCaller(Uri url) : IDisposable
{
    private static readonly TimeSpan s_pingInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_pingTimeout = TimeSpan.FromSeconds(5);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly ConcurrentQueue<long> _pings = [];
    private long _requested;
    private long _frames;
    private int _late;

    public long Frames => Volatile.Read(ref _frames);

    public int Pings { get; private set; }

    /// <summary>Gets the number of pings whose reply came too late or not at all.</summary>
    public int Missed => _late + (_pings.TryPeek(out long oldest) && Stopwatch.GetElapsedTime(oldest) > s_pingTimeout ? 1 : 0);

    public TimeSpan LongestPing { get; private set; }

    public bool IsOpen => _socket.State == WebSocketState.Open;

    /// <summary>Gets the times from the request of a turn to its first frame, in milliseconds.</summary>
    public ConcurrentQueue<double> FirstFrames { get; } = [];

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(url, cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.WhenAll(ReadAsync(cancellationToken), PingAsync(cancellationToken)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException && cancellationToken.IsCancellationRequested)
        {
            _socket.Abort();
        }
    }

    public void Dispose()
    {
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[4096];
        long id = 0;
        bool isFirst = false;
        while (true)
        {
            ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
            ReadOnlyMemory<byte> frame = buffer.AsMemory(0, received.Count);
            _frames++;
            if (frame.Span.IndexOf("\"ping_pong\""u8) >= 0)
            {
                Answered();
            }
            else if (frame.Span.IndexOf("\"response\""u8) >= 0)
            {
                if (isFirst)
                {
                    isFirst = false;
                    FirstFrames.Enqueue(Stopwatch.GetElapsedTime(_requested).TotalMilliseconds);
                }

                if (frame.Span.IndexOf("\"content_complete\":true"u8) >= 0)
                {
                    isFirst = true;
                    _requested = Stopwatch.GetTimestamp();
                    FormattableString request =
                        $$"""{"interaction_type":"response_required","response_id":{{++id}},"transcript":[{"role":"user","content":"Go on."}]}""";
                    await SendAsync(FormattableString.Invariant(request), cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private void Answered()
    {
        if (_pings.TryDequeue(out long sent))
        {
            TimeSpan elapsed = Stopwatch.GetElapsedTime(sent);
            LongestPing = elapsed > LongestPing ? elapsed : LongestPing;
            _late += elapsed > s_pingTimeout ? 1 : 0;
        }
    }

    private async Task PingAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(s_pingInterval, cancellationToken).ConfigureAwait(false);
            Pings++;
            _pings.Enqueue(Stopwatch.GetTimestamp());
            await SendAsync("""{"interaction_type":"ping_pong","timestamp":1703302407333}""", cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task SendAsync(string text, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }
}
