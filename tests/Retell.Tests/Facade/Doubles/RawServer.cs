using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Retell.Tests.Facade.Doubles;

/// <summary>
/// A server that reads requests off a socket and does with the connection what a test wants. What it writes is written
/// as it stands; the connection is closed unless the answer says that it stays.
/// </summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, string, Stream, CancellationToken, Task<bool>> _serve;
    private readonly Func<NetworkStream, CancellationToken, Task<Stream>> _secure;
    private readonly List<string> _requests = [];
    private int _connections;

    /// <param name="serve">Number and text of the request and the connection; true leaves it open for the next request.</param>
    /// <param name="secure">Wraps the connection.</param>
    public RawServer(Func<int, string, Stream, CancellationToken, Task<bool>> serve, Func<NetworkStream, CancellationToken, Task<Stream>>? secure = null)
    {
        _serve = serve;
        _secure = secure ?? ((stream, _) => Task.FromResult<Stream>(stream));
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Url => new($"http://127.0.0.1:{Port}");

    public int Connections => Volatile.Read(ref _connections);

    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>Nobody listens on this port.</summary>
    public static Uri Refusing()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return new Uri($"http://127.0.0.1:{port}");
    }

    /// <summary>Gives the same bytes to every request.</summary>
    public static RawServer Answering(string answer) => new(async (_, _, stream, token) =>
    {
        await WriteAsync(stream, answer, token).ConfigureAwait(false);
        return false;
    });

    /// <summary>Reads the request and hangs up.</summary>
    public static RawServer Dropping() => new((_, _, _, _) => Task.FromResult(false));

    /// <summary>Reads the request and says nothing; <paramref name="reached"/> tells when.</summary>
    public static RawServer Silent(out Task reached, string? answerStart = null)
    {
        var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reached = signal.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return new(async (_, _, stream, token) =>
        {
            await WriteAsync(stream, answerStart ?? "", token).ConfigureAwait(false);
            signal.TrySetResult();
            await Task.Delay(Timeout.Infinite, token).ConfigureAwait(false);
            return false;
        });
    }

    public static string Response(int status, string body, string headers = "", int? length = null) =>
        $"HTTP/1.1 {status} Some\r\nContent-Type: application/json\r\nContent-Length: {length ?? Encoding.UTF8.GetByteCount(body)}\r\n{headers}\r\n{body}";

    public static async Task WriteAsync(Stream stream, string text, CancellationToken token)
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text), token).ConfigureAwait(false);
        await stream.FlushAsync(token).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
    }

    private static async Task<string?> ReadRequestAsync(Stream stream, CancellationToken token)
    {
        var bytes = new List<byte>();
        byte[] buffer = new byte[65536];
        while (true)
        {
            // One byte is one character here: only lengths and ASCII matter.
            string text = Encoding.Latin1.GetString([.. bytes]);
            int end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end >= 0)
            {
                string head = text[..end];
                bool isComplete = head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)
                    ? text.EndsWith("\r\n0\r\n\r\n", StringComparison.Ordinal)
                    : text.Length - end - 4 >= LengthOf(head);
                if (isComplete)
                {
                    return Encoding.UTF8.GetString([.. bytes]);
                }
            }

            int read = await stream.ReadAsync(buffer, token).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            bytes.AddRange(buffer[..read]);
        }
    }

    private static int LengthOf(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line["Content-Length:".Length..], CultureInfo.InvariantCulture))
        .FirstOrDefault();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false);
                Interlocked.Increment(ref _connections);
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient owned = client;
        try
        {
            using Stream stream = await _secure(client.GetStream(), _stop.Token).ConfigureAwait(false);
            while (await ReadRequestAsync(stream, _stop.Token).ConfigureAwait(false) is string request)
            {
                int number;
                lock (_requests)
                {
                    _requests.Add(request);
                    number = _requests.Count;
                }

                if (!await _serve(number, request, stream, _stop.Token).ConfigureAwait(false))
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
        }
    }
}
