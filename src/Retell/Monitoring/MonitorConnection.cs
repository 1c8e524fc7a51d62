using System.Net;
using System.Net.WebSockets;
using Newtonsoft.Json.Linq;
using Retell.Http;
using Retell.Resilience;

namespace Retell.Monitoring;

/// <summary>One connection to the monitor of a call. Nothing is sent over it.</summary>
internal sealed class MonitorConnection : IAsyncDisposable
{
    private const int BufferSize = 16 * 1024;
    private const int KeptSize = 1024 * 1024;
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(1);

    private readonly ClientWebSocket _socket = new();
    private readonly ArraySegment<byte> _buffer = new(new byte[BufferSize]);
    private readonly ApiCall _call;
    private readonly MonitorOptions _options;
    private MemoryStream _message = new();
    private long? _opened;

    public MonitorConnection(ApiCall call, MonitorOptions options) => (_call, _options) = (call, options);

    /// <summary>Gets the time since the connection was made.</summary>
    public TimeSpan Age => _opened is long opened ? _call.Clock.GetElapsedTime(opened) : TimeSpan.Zero;

    /// <summary>Opens the connection.</summary>
    /// <param name="credential">How the API key is sent.</param>
    /// <param name="invoker">The handlers of the client, which the .NET Standard 2.0 build cannot use.</param>
    /// <param name="cancellationToken">The token that cancels the connection.</param>
    /// <returns>Null, or why there is no connection.</returns>
    public async Task<MonitorDrop?> OpenAsync(MonitorCredential credential, HttpMessageInvoker invoker, CancellationToken cancellationToken)
    {
        credential.ApplyTo(_socket.Options);
        _socket.Options.KeepAliveInterval = _options.KeepAliveInterval;
#if NET
        _socket.Options.KeepAliveTimeout = _options.KeepAliveTimeout;
        _socket.Options.CollectHttpResponseDetails = true;
#endif
        using CancellationTokenSource timeout = Clock.CancelAfter(_call.Clock, _options.ConnectTimeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            var url = new Uri((_call.Uri.Scheme == "https" ? "wss" : "ws") + _call.Uri.AbsoluteUri.Remove(0, _call.Uri.Scheme.Length));
#if NET
            await _socket.ConnectAsync(url, invoker, either.Token).ConfigureAwait(false);
#else
            await _socket.ConnectAsync(url, either.Token).ConfigureAwait(false);
#endif
            _opened = _call.Clock.GetTimestamp();
            return null;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsDrop(e))
        {
            Exception failure = timeout.IsCancellationRequested
                ? new TimeoutException(FormattableString.Invariant($"No connection was made within {_options.ConnectTimeout.TotalSeconds:0.###} s."), e)
                : e;
            return new(Status: StatusOf(e), Failure: failure);
        }
    }

    /// <summary>Reads the next message.</summary>
    /// <returns>The message, or why there is none.</returns>
    /// <exception cref="RetellException">The message is too large, or is not a JSON object.</exception>
    public async Task<(JObject? Message, MonitorDrop? Drop)> ReadAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource? idle = _options.IdleTimeout == Timeout.InfiniteTimeSpan ? null : Clock.CancelAfter(_call.Clock, _options.IdleTimeout);
        using CancellationTokenSource? either = idle is null ? null : CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
        _message.SetLength(0);
        try
        {
            while (true)
            {
                WebSocketReceiveResult result = await _socket.ReceiveAsync(_buffer, either?.Token ?? cancellationToken).ConfigureAwait(false);
                if (result.MessageType == WebSocketMessageType.Close)
                {
                    return (null, new((int?)result.CloseStatus, _call.Mask.ApplyOrNull(result.CloseStatusDescription)));
                }

                if (_message.Length + result.Count > _options.MaxMessageSize)
                {
                    throw TooLarge();
                }

                _message.Write(_buffer.Array!, 0, result.Count);
                if (result.EndOfMessage)
                {
                    return (Parse(), null);
                }
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && IsDrop(e))
        {
            Exception failure = idle?.IsCancellationRequested == true
                ? new TimeoutException(FormattableString.Invariant($"No message arrived within {_options.IdleTimeout.TotalSeconds:0.###} s."), e)
                : e;
            return (null, new(Failure: failure));
        }
        finally
        {
            if (_message.Capacity > KeptSize)
            {
                _message = new MemoryStream();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            using var timeout = new CancellationTokenSource(s_closeTimeout);
            try
            {
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, timeout.Token).ConfigureAwait(false);
            }
            catch (Exception e) when (IsDrop(e) || e is InvalidOperationException)
            {
                // The connection is lost anyway.
            }
        }

        _socket.Dispose();
    }

    private static bool IsDrop(Exception failure) =>
        failure is WebSocketException or OperationCanceledException || TransportFailure.IsConnection(failure) || TransportFailure.IsTimeout(failure);

#if NET
    private HttpStatusCode? StatusOf(Exception failure) => failure is WebSocketException && _socket.HttpStatusCode is not 0 and HttpStatusCode status ? status : null;
#else
    /// <summary>Returns the HTTP status, which .NET Framework has in an inner exception and later frameworks have only in the message.</summary>
    private static HttpStatusCode? StatusOf(Exception failure)
    {
        if (failure.InnerException is WebException { Response: HttpWebResponse response })
        {
            return response.StatusCode;
        }

        string? digits = failure is WebSocketException ? failure.Message.Split('\'').FirstOrDefault(part => part.Length == 3 && part.All(char.IsDigit)) : null;
        return digits is null or "101" ? null : (HttpStatusCode)int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);
    }
#endif

    private JObject Parse()
    {
        _message.Position = 0;
        JToken? read;
        try
        {
            read = RetellJson.Deserialize<JToken>(_message);
        }
        catch (RetellSerializationException e)
        {
            throw Unreadable(e.Message, e);
        }

        return read as JObject ?? throw Unreadable("it is not a JSON object", null);
    }

    private RetellSerializationException Unreadable(string why, RetellSerializationException? cause) =>
        new(_call.Mask.Apply($"{_call.Operation.Id}: a message of the monitor cannot be read: {why.TrimEnd('.')}."), cause is null ? null : _call.Mask.Apply(cause))
        {
            OperationId = _call.Operation.Id,
            Attempts = _call.Attempts,
            JsonPath = _call.Mask.Apply(cause?.JsonPath ?? ""),
            Excerpt = _call.Mask.ApplyOrNull(cause?.Excerpt),
        };

    private RetellException TooLarge() =>
        new(FormattableString.Invariant(
            $"{_call.Operation.Id}: a message is larger than {_options.MaxMessageSize} bytes. Raise {nameof(MonitorOptions)}.{nameof(MonitorOptions.MaxMessageSize)}."))
        {
            OperationId = _call.Operation.Id,
            Attempts = _call.Attempts,
        };
}
