using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.Models;

namespace Retell.AspNetCore.Llm;

/// <summary>
/// A call: its agent, the response that counts, and the frames that wait for a connection. It outlives a connection, and ends when Retell hangs up or does not
/// connect again in time.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "EndAsync disposes of what the call owns; the token outlives it.")]
[SuppressMessage("Design", "CA1031", Justification = "An agent can throw any exception, and a call goes on after it.")]
internal sealed class LlmConversation
{
    private const int UpdateCapacity = 8;

    private readonly Lock _lock = new();
    private readonly AsyncServiceScope _scope;
    private readonly Action<LlmConversation> _ended;
    private readonly CancellationTokenSource _ending = new();
    private readonly Channel<LlmFrame> _frames;
    private readonly Channel<LlmUpdate> _updates = Channel.CreateBounded<LlmUpdate>(
        new BoundedChannelOptions(UpdateCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly TaskCompletionSource _details = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<Task> _running = [];
    private readonly LlmCall _call;
    private readonly IRetellLlmAgent _agent;
    private readonly bool _ownsAgent;
    private LlmConnection? _connection;
    private LlmResponse? _live;
    private LlmFrame? _unsent;
    private ITimer? _expiry;
    private LlmMessage? _latest;
    private long _lastInterruptId;
    private int _connections;
    private bool _hasEndCall;
    private bool _isHungUp;
    private Task? _end;

    public LlmConversation(LlmEndpointContext endpoint, string callId, LlmRequest request, Action<LlmConversation> ended)
    {
        (Options, Clock, Log, CallId, _ended) = (endpoint.Options, endpoint.Clock, endpoint.Log, callId, ended);
        Ended = _ending.Token;
        _frames = Channel.CreateBounded<LlmFrame>(new BoundedChannelOptions(Options.QueueCapacity));
        _scope = endpoint.Services.CreateAsyncScope();
        try
        {
            _call = new LlmCall(this, callId, _scope.ServiceProvider, request, Ended);
            (_agent, _ownsAgent) = endpoint.CreateAgent(_scope.ServiceProvider);
        }
        catch
        {
            _scope.Dispose();
            throw;
        }

        Span = LlmInstruments.StartCall(endpoint.Route, callId, request.Activity);
        LlmInstruments.ActiveCalls.Add(1);
        ExpireUnlessConnected(LlmEndReason.ConnectionLost, null);
    }

    public string CallId { get; }

    public RetellLlmOptions Options { get; }

    public TimeProvider Clock { get; }

    public ILogger Log { get; }

    public Activity? Span { get; }

    public CancellationToken Ended { get; }

    public ICall? Details { get; private set; }

    public LlmMessage? Latest => Volatile.Read(ref _latest);

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Serves a connection until it ends. It replaces an earlier one.</summary>
    /// <returns>False if the call has ended already.</returns>
    public async Task<bool> TryServeAsync(WebSocket socket)
    {
        var connection = new LlmConnection(socket, this);
        LlmConnection? former;
        int number;
        lock (_lock)
        {
            if (_end is not null)
            {
                return false;
            }

            (former, _connection) = (_connection, connection);
            _expiry?.Dispose();
            _expiry = null;
            number = _connections + 1;
            Volatile.Write(ref _connections, number);
            if (_isHungUp)
            {
                connection.Close(LlmCloseReason.HungUp, WebSocketCloseStatus.NormalClosure);
            }
        }

        former?.Abort(LlmCloseReason.Replaced);
        await (former?.Ended ?? Task.CompletedTask).ConfigureAwait(false);
        LlmLog.Connected(Log, CallId, number);
        if (number == 1)
        {
            Begin();
        }
        else
        {
            CloseAgain();
        }

        await connection.RunAsync().ConfigureAwait(false);
        await DisconnectedAsync(connection).ConfigureAwait(false);
        return true;
    }

    /// <summary>Receives a message other than a ping. It does not wait for the agent.</summary>
    public void Receive(LlmMessage message)
    {
        switch (message.Kind)
        {
            case LlmMessageKind.CallDetails:
                Details = message.Call ?? Details;
                _details.TrySetResult();
                break;
            case LlmMessageKind.Response or LlmMessageKind.Reminder when message.ResponseId is long id:
                Volatile.Write(ref _latest, message);
                Request(message, id);
                break;
            case LlmMessageKind.Response or LlmMessageKind.Reminder:
                LlmLog.NoResponseId(Log, CallId);
                break;
            case LlmMessageKind.Update:
                Volatile.Write(ref _latest, message);
                _updates.Writer.TryWrite(new(_call, message));
                break;
            default:
                LlmLog.UnknownMessage(Log, CallId, message.Type);
                _updates.Writer.TryWrite(new(_call, message));
                break;
        }
    }

    /// <summary>Queues a frame. It waits while the queue is full, as it is when the connection is slow or lost.</summary>
    public ValueTask QueueAsync(LlmFrame frame, CancellationToken cancellationToken) => _frames.Writer.WriteAsync(frame, cancellationToken);

    public async Task SendAsync(LlmOutput output, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        await QueueAsync(LlmFrame.Of(output), either.Token).ConfigureAwait(false);
    }

    public async Task InterruptAsync(string text, LlmOutput? action, bool isUninterruptible, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        long id = Interlocked.Increment(ref _lastInterruptId);
        await QueueAsync(LlmFrame.Interrupt(id, text, action, isUninterruptible), either.Token).ConfigureAwait(false);
        _hasEndCall |= action is LlmEndCall;
    }

    /// <summary>Closes the connection, or the next one, with code 1000.</summary>
    public void HangUp()
    {
        lock (_lock)
        {
            (_hasEndCall, _isHungUp) = (true, true);
            _connection?.Close(LlmCloseReason.HungUp, WebSocketCloseStatus.NormalClosure);
        }
    }

    /// <summary>Takes the next frame that is still to be sent. Frames of a response that a newer one has superseded, or that is closed, are dropped.</summary>
    public bool TryTake([NotNullWhen(true)] out LlmFrame? frame)
    {
        frame = Interlocked.Exchange(ref _unsent, null);
        while (frame is not null || _frames.Reader.TryRead(out frame))
        {
            if (frame.Response is not LlmResponse response || (response == Volatile.Read(ref _live) && !response.IsClosed))
            {
                return true;
            }

            frame = null;
        }

        return false;
    }

    public Task WaitForFrameAsync(CancellationToken cancellationToken) => _frames.Reader.WaitToReadAsync(cancellationToken).AsTask();

    /// <summary>Records that a frame was sent, or keeps it for the next connection.</summary>
    public void Sent(LlmFrame frame, bool isSent)
    {
        if (!isSent)
        {
            Volatile.Write(ref _unsent, frame);
            return;
        }

        _hasEndCall |= frame is { IsClosing: true, Response.Action: LlmEndCall };
        frame.Response?.Sent(frame);
    }

    /// <summary>Adds a task that the end of the call waits for.</summary>
    public Task Track(Task task)
    {
        lock (_lock)
        {
            _running.RemoveWhere(finished => finished.IsCompleted);
            _running.Add(task);
        }

        return task;
    }

    /// <summary>Finishes the turn, drops the connection so that Retell connects again elsewhere, and ends.</summary>
    public async Task DrainAsync()
    {
        LlmResponse? live = Volatile.Read(ref _live);
        LlmConnection? connection = _connection;
        if (live is not null && connection is not null)
        {
            using var timeout = new CancellationTokenSource(Options.DrainTimeout, Clock);
            using CancellationTokenRegistration stop = timeout.Token.Register(() => Volatile.Read(ref _live)!.Cancel(LlmStop.HostStopping));
            do
            {
                live = Volatile.Read(ref _live)!;
                if (timeout.IsCancellationRequested)
                {
                    live.Cancel(LlmStop.HostStopping);
                }

                await Task.WhenAny(live.Completed, connection.Ended).ConfigureAwait(false);
            }
            while (live != Volatile.Read(ref _live) && !connection.Ended.IsCompleted);
        }

        connection?.Drop(LlmCloseReason.HostStopping);
        await (connection?.Ended ?? Task.CompletedTask).ConfigureAwait(false);
        await EndAsync(LlmEndReason.HostStopping, null).ConfigureAwait(false);
    }

    /// <summary>Ends the call once.</summary>
    public Task EndAsync(LlmEndReason reason, int? closeCode)
    {
        lock (_lock)
        {
            if (_end is null)
            {
                _ended(this);
                _end = Task.Run(() => EndOnceAsync(reason, closeCode));
            }

            return _end;
        }
    }

    private void ExpireUnlessConnected(LlmEndReason reason, int? closeCode) =>
        _expiry = Clock.CreateTimer(_ => EndAsync(reason, closeCode), null, Options.ConversationLifetime, Timeout.InfiniteTimeSpan);

    private void Begin()
    {
        _ = Track(Task.Run(UpdateAsync));
        Start(new LlmResponse(this, 0, "begin", BeginAsync, fallback: null));
    }

    private async IAsyncEnumerable<LlmOutput> BeginAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Options.CallDetails)
        {
            await Task.WhenAny(_details.Task, Task.Delay(Options.BeginTimeout, Clock, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (await _agent.BeginAsync(_call, cancellationToken).ConfigureAwait(false) is { Length: > 0 } text)
        {
            yield return text;
        }
    }

    private void Request(LlmMessage message, long id)
    {
        LlmResponse? live = Volatile.Read(ref _live);
        if (live is { IsBegin: false } && (id == live.Id || (id < live.Id && live.Connection == Connections)))
        {
            LlmInstruments.Duplicates.Add(1);
            LlmLog.Duplicate(Log, CallId, id);
            if (id == live.Id && live.IsClosed)
            {
                // Without the agent, whose tools would run twice.
                Start(ReplayOf(live));
            }

            return;
        }

        Start(TurnOf(new LlmTurn(_call, message, id)));
    }

    // In a method of its own: a closure that also had the former response would keep all of them alive.
    private LlmResponse TurnOf(LlmTurn turn) =>
        new(this, turn.ResponseId, turn.IsReminder ? "reminder" : "turn", token => _agent.RespondAsync(turn, token), Options.FallbackText);

    private LlmResponse ReplayOf(LlmResponse former) => new(this, former.Id, "replay", _ => Replay(former), fallback: null);

    private static async IAsyncEnumerable<LlmOutput> Replay(LlmResponse former)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        yield return former.Spoken;
        if (former.Action is LlmOutput action)
        {
            yield return action;
        }
    }

    private void Start(LlmResponse response)
    {
        lock (_lock)
        {
            if (_end is not null)
            {
                return;
            }

            _live?.Cancel(LlmStop.Superseded);
            Volatile.Write(ref _live, response);
        }

        _ = Track(Task.Run(response.RunAsync));
    }

    /// <summary>Closes the newest response once more on a new connection, because its last frame may have been lost with the former one.</summary>
    private void CloseAgain()
    {
        if (Volatile.Read(ref _live) is { IsClosed: true } live)
        {
            _frames.Writer.TryWrite(LlmFrame.ClosedBefore(live.Id, live.Action as LlmEndCall));
        }
    }

    private async Task UpdateAsync()
    {
        await foreach (LlmUpdate update in _updates.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            try
            {
                await _agent.UpdatedAsync(update, Ended).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (Ended.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LlmLog.Failed(Log, nameof(IRetellLlmAgent.UpdatedAsync), e);
            }
        }
    }

    private async Task DisconnectedAsync(LlmConnection connection)
    {
        LlmCloseReason reason = connection.Reason;
        LlmLog.Disconnected(Log, CallId, reason, connection.CloseCode);
        LlmInstruments.Connections.Add(1, new KeyValuePair<string, object?>("retell.llm.connection.reason", reason.ToString()));
        bool isAgent = reason == LlmCloseReason.HungUp || _hasEndCall;
        lock (_lock)
        {
            if (_connection != connection || _end is not null)
            {
                return;
            }

            _connection = null;
            if (!isAgent && reason is not LlmCloseReason.Closed and not LlmCloseReason.HostStopping)
            {
                LlmEndReason lost = reason == LlmCloseReason.KeepAliveLost ? LlmEndReason.KeepAliveLost : LlmEndReason.ConnectionLost;
                ExpireUnlessConnected(lost, connection.CloseCode);
                return;
            }
        }

        LlmEndReason end = isAgent ? LlmEndReason.EndedByAgent : reason == LlmCloseReason.HostStopping ? LlmEndReason.HostStopping : LlmEndReason.HungUp;
        await EndAsync(end, connection.CloseCode).ConfigureAwait(false);
    }

    private async Task EndOnceAsync(LlmEndReason reason, int? closeCode)
    {
        _expiry?.Dispose();
        _connection?.Abort(LlmCloseReason.Ended);
        LlmResponse? live = Volatile.Read(ref _live);
        bool isClosed = live?.IsClosed != false;
        live?.Cancel(LlmStop.Ended);
        _updates.Writer.TryComplete();
        await CancelAsync().ConfigureAwait(false);
        await StopRunningAsync().ConfigureAwait(false);
        if (!isClosed)
        {
            LlmInstruments.Unclosed.Add(1);
        }

        try
        {
            await _agent.EndedAsync(new LlmEnd(_call, reason, closeCode)).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LlmLog.Failed(Log, nameof(IRetellLlmAgent.EndedAsync), e);
        }

        await DisposeAsync().ConfigureAwait(false);
        Span?.SetTag("retell.llm.end_reason", reason.ToString());
        Span?.SetTag("retell.llm.connections", Connections);
        Span?.Stop();
        LlmInstruments.ActiveCalls.Add(-1);
        LlmLog.Ended(Log, CallId, reason);
    }

    private async Task CancelAsync()
    {
        try
        {
            await _ending.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LlmLog.Failed(Log, nameof(LlmCall.Ended), e);
        }
    }

    /// <summary>Waits for what the agent has begun, for as long as a turn may take.</summary>
    private async Task StopRunningAsync()
    {
        Task[] running;
        lock (_lock)
        {
            running = [.. _running];
        }

        try
        {
            await Task.WhenAll(running).WaitAsync(Options.TurnTimeout, Clock, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // A failed turn has been logged, and a hanging one is left behind.
            _ = e;
        }
    }

    private async Task DisposeAsync()
    {
        try
        {
            if (_ownsAgent && _agent is IAsyncDisposable asynchronous)
            {
                await asynchronous.DisposeAsync().ConfigureAwait(false);
            }
            else if (_ownsAgent && _agent is IDisposable disposable)
            {
                disposable.Dispose();
            }

            await _scope.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LlmLog.Failed(Log, nameof(IAsyncDisposable.DisposeAsync), e);
        }
    }
}
