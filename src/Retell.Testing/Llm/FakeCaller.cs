using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.Llm;

namespace Retell.Testing;

/// <summary>
/// The other side of a custom-LLM server: it dials as Retell does, says what a test lets it say, and records what the agent says and does and what violates the
/// protocol. It works with servers in any language. It speaks no audio: a response counts as spoken when it has arrived.
/// </summary>
public sealed class FakeCaller : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly FakeCallerOptions _options;
    private readonly CallerProtocol _protocol;
    private readonly List<JObject> _transcript = [];
    private readonly List<JObject> _items = [];
    private readonly Queue<long> _pings = new();
    private readonly JObject _call;
    private readonly SemaphoreSlim _requests = new(1, 1);
    private CallerSocket? _socket;
    private CancellationTokenSource _pinging = new();
    private Task _reading = Task.CompletedTask;
    private Task _pingLoop = Task.CompletedTask;
    private TaskCompletionSource _changed = NewSignal();
    private FakeLlmTurn? _heard;
    private long _lastId;

    private FakeCaller(Uri url, FakeCallerOptions options)
    {
        (_options, _protocol) = (options, new(options.TimeProvider));
        CallId = options.CallId ?? "call_" + Guid.NewGuid().ToString("N");
        Url = WithCallId(url, CallId);
        _call = options.Call is null
            ? new JObject { ["call_type"] = "web_call", ["call_status"] = "registered", ["agent_id"] = "agent_1" }
            : JObject.Parse(RetellJson.Serialize(options.Call));
        _call["call_id"] = CallId;
        _protocol.Begin(0, null, isReminder: false);
    }

    /// <summary>Gets the ID of the call.</summary>
    public string CallId { get; }

    /// <summary>Gets the URL that is dialed, with the ID of the call.</summary>
    public Uri Url { get; }

    /// <summary>Gets the configuration that the server sent last, or null.</summary>
    public JObject? Config => Locked(() => _protocol.Config);

    /// <summary>Gets the turns, of which the first one is the begin message.</summary>
    public IReadOnlyList<FakeLlmTurn> Turns => Locked(() => _protocol.Turns.ToList());

    /// <summary>Gets the begin message.</summary>
    public FakeLlmTurn Begin => Turns[0];

    /// <summary>Gets what violates the protocol.</summary>
    public IReadOnlyList<FakeLlmViolation> Violations => Locked(() => _protocol.Violations.ToList());

    /// <summary>Gets all messages of the server in the order of their arrival.</summary>
    public IReadOnlyList<JObject> Frames => Locked(() => _protocol.Frames.ToList());

    /// <summary>Gets the transcript as it is sent: role and content.</summary>
    public IReadOnlyList<JObject> Transcript => Locked(() => _transcript.ToList());

    /// <summary>Gets the number of pings that were sent.</summary>
    public int Pings { get; private set; }

    /// <summary>Gets the number of replies to pings.</summary>
    public int Pongs => Locked(() => _protocol.Pongs);

    /// <summary>Gets the longest time to the reply to a ping, or null without one.</summary>
    public TimeSpan? LongestPing { get; private set; }

    /// <summary>Gets a value indicating whether there is a connection.</summary>
    public bool IsConnected => _socket?.IsOpen == true && !_reading.IsCompleted;

    /// <summary>Gets the code with which the server closed the last connection, or null if it sent none.</summary>
    public int? CloseCode => _socket?.CloseCode;

    /// <summary>Gets a task that completes at the end of the current connection.</summary>
    public Task Disconnected => _reading;

    /// <summary>Dials a custom-LLM server.</summary>
    /// <param name="url">The URL without the ID of the call, such as <c>ws://127.0.0.1:5005/llm/secret</c>. The schemes http and https are replaced.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The caller, in the call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    /// <exception cref="WebSocketException">The server refused the connection.</exception>
    public static async Task<FakeCaller> DialAsync(Uri url, FakeCallerOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        var caller = new FakeCaller(url, options ?? new());
        try
        {
            await caller.ConnectAsync(cancellationToken).ConfigureAwait(false);
            if (caller._options.WaitsForBegin)
            {
                await caller.WaitForCloseAsync(caller.Begin, cancellationToken).ConfigureAwait(false);
            }

            return caller;
        }
        catch
        {
            await caller.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Dials a custom-LLM server.</summary>
    /// <param name="host">The base URL of the server, such as <c>http://127.0.0.1:5005</c>.</param>
    /// <param name="path">The path without the ID of the call, such as <c>/llm/secret</c>.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The caller, in the call.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="host"/> or <paramref name="path"/> is null.</exception>
    /// <exception cref="WebSocketException">The server refused the connection.</exception>
    public static Task<FakeCaller> DialAsync(string host, string path, FakeCallerOptions? options = null, CancellationToken cancellationToken = default) =>
        DialAsync(new Uri(new Uri(host), path), options, cancellationToken);

    /// <summary>Says something and waits for the response.</summary>
    /// <param name="text">What the caller says.</param>
    /// <param name="bargeIn">When the caller interrupts the response that is being sent, or null to let the agent finish.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The turn: closed, superseded, or open if the connection was lost.</returns>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public async Task<FakeLlmTurn> SayAsync(string text, FakeBargeIn? bargeIn = null, CancellationToken cancellationToken = default)
    {
        FakeLlmTurn former = Turns[^1];
        await WaitAsync(() => former.IsClosed || bargeIn?.IsMet(former) == true, cancellationToken).ConfigureAwait(false);
        return await RequestAsync("response_required", text, null, Speak, cancellationToken).ConfigureAwait(false);

        void Speak()
        {
            Hear(bargeIn);
            Add("user", text);
        }
    }

    /// <summary>Stays silent, so that the agent is asked to remind, and waits for the response.</summary>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The turn.</returns>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public async Task<FakeLlmTurn> StaySilentAsync(CancellationToken cancellationToken = default)
    {
        FakeLlmTurn former = Turns[^1];
        await WaitAsync(() => former.IsClosed, cancellationToken).ConfigureAwait(false);
        return await RequestAsync("reminder_required", null, null, () => Hear(null), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Requests the response to the last turn once more, with the same transcript, as Retell does when a turn is superseded by noise.</summary>
    /// <param name="sameId">Whether the ID of the response is the same, too.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The new turn.</returns>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public Task<FakeLlmTurn> RepeatTurnAsync(bool sameId = false, CancellationToken cancellationToken = default)
    {
        FakeLlmTurn former = Turns[^1];
        return RequestAsync(former.IsReminder ? "reminder_required" : "response_required", former.UserText, sameId ? former.ResponseId : null, () => { }, cancellationToken);
    }

    /// <summary>Waits until a response is closed or superseded, or the connection ends. A response that is not closed in time is a violation of the protocol.</summary>
    /// <param name="turn">The turn.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>A task that completes then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="turn"/> is null.</exception>
    public async Task WaitForCloseAsync(FakeLlmTurn turn, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(turn);
        if (!await WaitAsync(() => turn.IsClosed || turn.IsSuperseded, cancellationToken).ConfigureAwait(false) && IsConnected)
        {
            FormattableString message =
                $"Response {turn.ResponseId} was not closed within {_options.ResponseTimeout.TotalSeconds:0.###} s. The caller hears nothing more.";
            Locked(() => _protocol.Violate("unclosed", FormattableString.Invariant(message)));
        }
    }

    /// <summary>Waits until the server has sent a message.</summary>
    /// <param name="match">Whether it is the message.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The first message that matches, or null if none arrived within the timeout or the connection ended.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="match"/> is null.</exception>
    public async Task<JObject?> WaitForFrameAsync(Func<JObject, bool> match, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(match);
        JObject? found = null;
        int seen = 0;
        await WaitAsync(Find, cancellationToken).ConfigureAwait(false);
        return found;

        bool Find()
        {
            while (found is null && seen < _protocol.Frames.Count)
            {
                JObject frame = _protocol.Frames[seen++];
                found = match(frame) ? frame : null;
            }

            return found is not null;
        }
    }

    /// <summary>Adds an utterance to the transcript without requesting a response.</summary>
    /// <param name="role">The role: <c>agent</c> or <c>user</c>.</param>
    /// <param name="content">The text.</param>
    public void AddUtterance(string role, string content) => Locked(() => Add(role, content));

    /// <summary>Sends the transcript without requesting a response.</summary>
    /// <param name="turnTaking">Whose turn begins: <c>agent_turn</c>, <c>user_turn</c> or null.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the message is sent.</returns>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public Task SendUpdateAsync(string? turnTaking = null, CancellationToken cancellationToken = default)
    {
        JObject message = Locked(() => Message("update_only"));
        if (turnTaking is not null)
        {
            message["turntaking"] = turnTaking;
        }

        return SendAsync(message, cancellationToken);
    }

    /// <summary>Sends a message of any content, such as one of a type that the server does not know.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the message is sent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="message"/> is null.</exception>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public Task SendAsync(JObject message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return SendRawAsync(Utf8(message), WebSocketMessageType.Text, cancellationToken);
    }

    /// <summary>Sends bytes, such as invalid JSON.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="type">The type of the message.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the message is sent.</returns>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public Task SendRawAsync(ReadOnlyMemory<byte> content, WebSocketMessageType type, CancellationToken cancellationToken = default) =>
        (IsConnected ? _socket! : throw NotConnected()).SendAsync(content, type, cancellationToken);

    /// <summary>Sends no more pings, as when the network between Retell and the server is lost without notice.</summary>
    /// <returns>A task that completes when there are no more pings.</returns>
    public async Task StopPingsAsync()
    {
        await _pinging.CancelAsync().ConfigureAwait(false);
        await _pingLoop.ConfigureAwait(false);
    }

    /// <summary>Ends the connection, but not the call.</summary>
    /// <param name="code">The code of the close message. With 1006, there is none.</param>
    /// <returns>A task that completes when the connection has ended.</returns>
    public async Task DropAsync(int code = 1006)
    {
        if (_socket is not CallerSocket socket)
        {
            return;
        }

        if (code == 1006)
        {
            socket.Abort();
        }
        else
        {
            await socket.CloseAsync(code, CancellationToken.None).ConfigureAwait(false);
            await Task.WhenAny(_reading, Task.Delay(_options.ResponseTimeout, _options.TimeProvider)).ConfigureAwait(false);
            socket.Abort();
        }

        await StopPingsAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    /// <summary>Connects again, with the same call and transcript.</summary>
    /// <param name="cancellationToken">The token that cancels the connection.</param>
    /// <returns>A task that completes when there is a connection.</returns>
    /// <exception cref="WebSocketException">The server refused the connection.</exception>
    public async Task ReconnectAsync(CancellationToken cancellationToken = default)
    {
        await DropAsync().ConfigureAwait(false);
        await ConnectAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Hangs up: closes the connection with code 1000.</summary>
    /// <returns>A task that completes when the connection has ended.</returns>
    public Task HangUpAsync() => DropAsync(1000);

    /// <summary>Hangs up if there is a connection.</summary>
    /// <returns>A task that completes when the connection has ended.</returns>
    public async ValueTask DisposeAsync()
    {
        if (IsConnected)
        {
            await HangUpAsync().ConfigureAwait(false);
        }

        await StopPingsAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _socket?.Dispose();
        _pinging.Dispose();
        _requests.Dispose();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static byte[] Utf8(JObject message) => Encoding.UTF8.GetBytes(message.ToString(Formatting.None));

    private static InvalidOperationException NotConnected() => new("There is no connection to the server. Call ReconnectAsync first.");

    private static Uri WithCallId(Uri url, string callId)
    {
        var builder = new UriBuilder(url);
        builder.Scheme = builder.Scheme switch
        {
            "http" => "ws",
            "https" => "wss",
            string scheme => scheme,
        };
        builder.Path = $"{builder.Path.TrimEnd('/')}/{Uri.EscapeDataString(callId)}";
        return builder.Uri;
    }

    private async Task ConnectAsync(CancellationToken cancellationToken)
    {
        WebSocket socket;
        if (_options.Connect is { } connect)
        {
            socket = await connect(Url, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            var client = new ClientWebSocket();
            try
            {
                await client.ConnectAsync(Url, cancellationToken).ConfigureAwait(false);
            }
            catch
            {
                client.Dispose();
                throw;
            }

            socket = client;
        }

        _socket?.Dispose();
        _pinging.Dispose();
        _pinging = new();
        _pingLoop = Task.CompletedTask;
        lock (_lock)
        {
            _protocol.Connected();
            _pings.Clear();
        }

        _socket = new(socket, _options.FragmentSize);
        CallerSocket connected = _socket;
        _reading = Task.Run(() => ReadAsync(connected), CancellationToken.None);
    }

    private async Task ReadAsync(CallerSocket socket)
    {
        bool isFirst = true;
        bool isHangingUp = false;
        while (await socket.ReadAsync(CancellationToken.None).ConfigureAwait(false) is (WebSocketMessageType type, byte[] content))
        {
            bool hasEnded = Locked(() =>
            {
                Apply(type, content);
                return _protocol.HasEnded;
            });
            if (isFirst)
            {
                isFirst = false;
                await ConfigureAsync(socket).ConfigureAwait(false);
            }

            Changed();
            if (hasEnded && !isHangingUp)
            {
                isHangingUp = true;
                await socket.CloseAsync(1000, CancellationToken.None).ConfigureAwait(false);
            }
        }

        // Replies to the close message of the server, if there was one.
        await socket.CloseAsync(1000, CancellationToken.None).ConfigureAwait(false);
        await _pinging.CancelAsync().ConfigureAwait(false);
        Changed();
    }

    private void Apply(WebSocketMessageType type, byte[] content)
    {
        if (type != WebSocketMessageType.Text)
        {
            _protocol.Violate("not-text", "A message is binary. Retell closes the connection with code 1007.");
            return;
        }

        JObject? frame = Text.Json(Encoding.UTF8.GetString(content)) as JObject;
        if (frame is null)
        {
            _protocol.Violate("not-json", "A message is not a JSON object.");
            return;
        }

        int pongs = _protocol.Pongs;
        _protocol.Apply(frame);
        if (_protocol.Pongs > pongs && _pings.TryDequeue(out long sent))
        {
            TimeSpan elapsed = _options.TimeProvider.GetElapsedTime(sent);
            LongestPing = LongestPing is null || elapsed > LongestPing ? elapsed : LongestPing;
            if (elapsed > _options.PingTimeout)
            {
                _protocol.Violate("ping-unanswered", string.Create(CultureInfo.InvariantCulture, $"The reply to a ping took {elapsed.TotalSeconds:0.#} s."));
            }
        }
    }

    /// <summary>Does what the first message asks for, if it is the configuration.</summary>
    private async Task ConfigureAsync(CallerSocket socket)
    {
        JObject? config = Config;
        if (CallerProtocol.IsSet(config, "auto_reconnect"))
        {
            CancellationToken token = _pinging.Token;
            _pingLoop = Task.Run(() => PingAsync(socket, token), CancellationToken.None);
        }

        if (CallerProtocol.IsSet(config, "call_details") && _options.SendsCallDetails)
        {
            await TrySendAsync(socket, new JObject { ["interaction_type"] = "call_details", ["call"] = _call }, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private async Task PingAsync(CallerSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                lock (_lock)
                {
                    if (_pings.TryPeek(out long oldest) && _options.TimeProvider.GetElapsedTime(oldest) > _options.PingTimeout)
                    {
                        _pings.Clear();
                        _protocol.Violate("ping-unanswered", "A ping got no reply in time. Retell closes the connection.");
                    }

                    _pings.Enqueue(_options.TimeProvider.GetTimestamp());
                    Pings++;
                }

                var ping = new JObject { ["interaction_type"] = "ping_pong", ["timestamp"] = _options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds() };
                await TrySendAsync(socket, ping, cancellationToken).ConfigureAwait(false);
                await Task.Delay(_options.PingInterval, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // No more pings.
        }
    }

    private static async Task TrySendAsync(CallerSocket socket, JObject message, CancellationToken cancellationToken)
    {
        try
        {
            await socket.SendAsync(Utf8(message), WebSocketMessageType.Text, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (CallerSocket.IsLost(e))
        {
            // The reader finds out.
        }
    }

    /// <summary>Requests a response. The turn begins before the first wait, so that a caller can interrupt what it has just requested.</summary>
    private async Task<FakeLlmTurn> RequestAsync(string type, string? userText, long? id, Action prepare, CancellationToken cancellationToken)
    {
        FakeLlmTurn turn;
        JObject update;
        JObject message;
        lock (_lock)
        {
            prepare();
            update = Message("update_only");
            update["turntaking"] = "user_turn";
            turn = _protocol.Begin(id ?? ++_lastId, userText, isReminder: type == "reminder_required");
            message = Message(type);
            message["response_id"] = turn.ResponseId;
        }

        await _requests.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            Changed();
            if (userText is not null && id is null)
            {
                await SendAsync(update, cancellationToken).ConfigureAwait(false);
            }

            await SendAsync(message, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _requests.Release();
        }

        await WaitForCloseAsync(turn, cancellationToken).ConfigureAwait(false);
        if (turn.IsClosed && Locked(() => _protocol.HasEnded))
        {
            await _reading.WaitAsync(_options.ResponseTimeout, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        return turn;
    }

    /// <summary>Adds what the agent has said to the transcript, cut where the caller interrupts.</summary>
    private void Hear(FakeBargeIn? bargeIn)
    {
        FakeLlmTurn live = _protocol.Live;
        if (_heard == live)
        {
            return;
        }

        _heard = live;
        _items.AddRange(_protocol.TakeToolItems());
        string text = bargeIn is null || live.IsClosed ? live.Text : bargeIn.Heard(live.Text);
        if (text.Length > 0)
        {
            Add("agent", text);
        }
    }

    private void Add(string role, string content)
    {
        var utterance = new JObject { ["role"] = role, ["content"] = content };
        _transcript.Add(utterance);
        _items.Add(utterance);
    }

    private JObject Message(string type)
    {
        var message = new JObject { ["interaction_type"] = type, ["transcript"] = new JArray(_transcript) };
        if (CallerProtocol.IsSet(_protocol.Config, "transcript_with_tool_calls"))
        {
            message["transcript_with_tool_calls"] = new JArray(_items);
        }

        return message;
    }

    /// <summary>Waits for a condition.</summary>
    /// <returns>False if it was not met in time, or the connection has ended.</returns>
    private async Task<bool> WaitAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(_options.ResponseTimeout, _options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        while (true)
        {
            Task changed = Locked(() => _changed.Task);
            if (Locked(condition))
            {
                return true;
            }

            if (_reading.IsCompleted)
            {
                return false;
            }

            try
            {
                await Task.WhenAny(changed, _reading).WaitAsync(either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    private void Changed()
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            (changed, _changed) = (_changed, NewSignal());
        }

        changed.TrySetResult();
    }

    private void Locked(Action action)
    {
        lock (_lock)
        {
            action();
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
