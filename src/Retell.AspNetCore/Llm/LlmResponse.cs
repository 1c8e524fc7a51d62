using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Retell.AspNetCore.Llm;

/// <summary>Why a response stopped before its agent had finished.</summary>
internal enum LlmStop
{
    None,

    /// <summary>A newer response was requested.</summary>
    Superseded,

    /// <summary>The agent had no output for too long.</summary>
    TimedOut,

    /// <summary>The host stops.</summary>
    HostStopping,

    /// <summary>The call has ended.</summary>
    Ended,
}

/// <summary>A response with an ID: it queues what the agent says and does, and is closed whatever the agent does.</summary>
[SuppressMessage("Design", "CA1001", Justification = "A source without a timer holds nothing, and its token outlives the response.")]
internal sealed class LlmResponse
{
    private readonly LlmConversation _conversation;
    private readonly Func<CancellationToken, IAsyncEnumerable<LlmOutput>> _outputs;
    private readonly string _kind;
    private readonly string? _fallback;
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly StringBuilder _spoken = new();
    private readonly long _started;
    private volatile bool _isClosed;
    private volatile bool _hasSpoken;
    private Exception? _failure;
    private int _stop;
    private char? _highSurrogate;
    private bool _hasSentence;

    /// <param name="conversation">The conversation.</param>
    /// <param name="id">The ID of the response.</param>
    /// <param name="kind">The kind for telemetry: begin, turn, reminder or replay.</param>
    /// <param name="outputs">What the agent says and does.</param>
    /// <param name="fallback">What the agent says if it fails or takes too long, or null.</param>
    public LlmResponse(LlmConversation conversation, long id, string kind, Func<CancellationToken, IAsyncEnumerable<LlmOutput>> outputs, string? fallback)
    {
        (_conversation, Id, _kind, _outputs, _fallback) = (conversation, id, kind, outputs, fallback);
        Connection = conversation.Connections;
        _started = conversation.Clock.GetTimestamp();
    }

    public long Id { get; }

    /// <summary>Gets the action of the closing frame, or null.</summary>
    public LlmOutput? Action { get; private set; }

    /// <summary>Gets a value indicating whether the response is the greeting, which no message has requested.</summary>
    public bool IsBegin => _kind == "begin";

    /// <summary>Gets the number of the connection on which the response was requested.</summary>
    public int Connection { get; }

    /// <summary>Gets a value indicating whether the closing frame has been sent. Nothing is sent after it.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Gets a task that completes when the closing frame has been sent or the response no longer counts.</summary>
    public Task Completed => _completed.Task;

    public LlmStop Stop => (LlmStop)Volatile.Read(ref _stop);

    /// <summary>Gets what the agent has said so far.</summary>
    public string Spoken
    {
        get
        {
            lock (_spoken)
            {
                return _spoken.ToString();
            }
        }
    }

    /// <summary>Stops the agent. Only the first reason counts. It does not wait for the agent, nor for what is registered with its token.</summary>
    public void Cancel(LlmStop reason)
    {
        if (Interlocked.CompareExchange(ref _stop, (int)reason, (int)LlmStop.None) != (int)LlmStop.None)
        {
            return;
        }

        _stopped.TrySetResult();
        _ = _cancellation.CancelAsync();
        if (reason is LlmStop.Superseded or LlmStop.Ended)
        {
            _completed.TrySetResult();
        }
    }

    /// <summary>Runs the agent and closes the response.</summary>
    public async Task RunAsync()
    {
        using Activity? span = LlmInstruments.StartTurn(_conversation.Span, Id, _kind);
        Task pump = _conversation.Track(Task.Run(PumpAsync));
        await Task.WhenAny(pump, _stopped.Task).ConfigureAwait(false);
        LlmStop stop = Stop;
        string outcome = stop != LlmStop.None ? LlmInstruments.Text(stop) : _failure is null ? "completed" : "failed";
        if (stop is LlmStop.None or LlmStop.TimedOut or LlmStop.HostStopping)
        {
            await CloseAsync(outcome is "failed" or "timed_out").ConfigureAwait(false);
        }

        Report(span, outcome);
    }

    /// <summary>Records that a frame of this response has been sent.</summary>
    public void Sent(LlmFrame frame)
    {
        if (!_hasSentence && (frame.EndsSentence || (frame.IsClosing && _hasSpoken)) && _kind != "replay")
        {
            _hasSentence = true;
            LlmInstruments.FirstSentence.Record(_conversation.Clock.GetElapsedTime(_started).TotalSeconds, new KeyValuePair<string, object?>("retell.llm.turn.kind", _kind));
        }

        if (frame.IsClosing)
        {
            _isClosed = true;
            _completed.TrySetResult();
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "An agent can throw any exception, and the response is closed after it.")]
    private async Task PumpAsync()
    {
        CancellationToken token = _cancellation.Token;
        try
        {
            await EnumerateAsync(token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // As it should.
        }
        catch (Exception e)
        {
            _failure = e;
            LlmLog.TurnFailure(_conversation.Log, e, Id);
        }
    }

    private async Task EnumerateAsync(CancellationToken cancellationToken)
    {
        TimeSpan timeout = _conversation.Options.TurnTimeout;
        using ITimer watchdog = _conversation.Clock.CreateTimer(_ => Cancel(LlmStop.TimedOut), null, timeout, Timeout.InfiniteTimeSpan);
        await foreach (LlmOutput output in _outputs(cancellationToken).WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            watchdog.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            cancellationToken.ThrowIfCancellationRequested();
            await WriteAsync(output, cancellationToken).ConfigureAwait(false);
            watchdog.Change(timeout, Timeout.InfiniteTimeSpan);
        }
    }

    private async ValueTask WriteAsync(LlmOutput? output, CancellationToken cancellationToken)
    {
        switch (output)
        {
            case null:
                break;
            case LlmSay say:
                if (Whole(say.Text) is { Length: > 0 } text)
                {
                    Spoke(text);
                    await _conversation.QueueAsync(LlmFrame.Text(this, text, say.IsUninterruptible), cancellationToken).ConfigureAwait(false);
                }

                break;
            case { IsAction: true } when Action is null:
                Action = output;
                break;
            case { IsAction: true }:
                LlmLog.SecondAction(_conversation.Log, output.GetType().Name, Id);
                break;
            default:
                await _conversation.QueueAsync(LlmFrame.Of(output, this), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private void Spoke(string text)
    {
        lock (_spoken)
        {
            _spoken.Append(text);
        }

        _hasSpoken = true;
    }

    /// <summary>Keeps back the first half of a surrogate pair, which a model can split, until the second one arrives.</summary>
    private string Whole(string text)
    {
        text = _highSurrogate is char high ? high + text : text;
        bool isSplit = text.Length > 0 && char.IsHighSurrogate(text[^1]);
        _highSurrogate = isSplit ? text[^1] : null;
        return isSplit ? text[..^1] : text;
    }

    private async Task CloseAsync(bool withFallback)
    {
        try
        {
            if (withFallback && !string.IsNullOrEmpty(_fallback))
            {
                // After an unfinished sentence, the texts would run into each other.
                string text = (Spoken is [.., char last] && !char.IsWhiteSpace(last) ? " " : "") + _fallback;
                Action = null;
                Spoke(text);
                await _conversation.QueueAsync(LlmFrame.Text(this, text, isUninterruptible: false), _conversation.Ended).ConfigureAwait(false);
            }

            await _conversation.QueueAsync(LlmFrame.Closing(this, Action), _conversation.Ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // The call has ended.
        }
    }

    private void Report(Activity? span, string outcome)
    {
        TimeSpan elapsed = _conversation.Clock.GetElapsedTime(_started);
        LlmInstruments.Finished(span, _kind, outcome, elapsed, outcome == "failed" ? _failure : null);
        switch (outcome)
        {
            case "failed":
                LlmLog.TurnFailed(_conversation.Log, Id, _failure!.GetType().Name);
                break;
            case "timed_out":
                LlmLog.TurnTimedOut(_conversation.Log, Id, _conversation.Options.TurnTimeout.TotalSeconds);
                break;
            default:
                LlmLog.TurnFinished(_conversation.Log, Id, outcome, elapsed.TotalMilliseconds);
                break;
        }
    }
}
