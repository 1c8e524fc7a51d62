using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Http;
using Retell.Models;
using Retell.Telemetry;

namespace Retell.Monitoring;

/// <summary>Reads the events of one call over as many connections as it takes.</summary>
internal sealed class MonitorSession(
    ApiCall call, MonitorOptions options, OperationTrace trace, HttpMessageInvoker invoker, Func<CancellationToken, Task<ICall>> readCall) : IAsyncDisposable
{
    /// <summary>The operation for telemetry, logs and exceptions. It is not in the spec.</summary>
    public static readonly ApiOperation Operation = new("monitorCall", "GET", "/v2/monitor-call/{call_id}", isRepeatable: true);

    private readonly MonitorTranscript _transcript = new();
    private readonly Random _jitter = new();
    private MonitorCredential? _credential;
    private MonitorConnection? _connection;
    private long? _notLiveSince;
    private int _notLive;
    private int _failures;
    private bool _isOver;

    /// <summary>Reads the next event, and connects as often as needed.</summary>
    /// <returns>The event, or null after the last one.</returns>
    /// <exception cref="RetellException">The API refused the connection, could not be reached, or sent a message that cannot be read.</exception>
    public async Task<MonitorEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        trace.Enter();
        while (!_isOver)
        {
            MonitorDrop? drop = _connection is null ? await ConnectAsync(cancellationToken).ConfigureAwait(false) : null;
            if (drop is null)
            {
                (JObject? message, drop) = await _connection!.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (message is not null)
                {
                    return Apply(message);
                }
            }

            if (await HandleAsync(drop!, cancellationToken).ConfigureAwait(false) is MonitorEndedEvent ended)
            {
                _isOver = true;
                return ended;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await _connection.DisposeAsync().ConfigureAwait(false);
            _connection = null;
        }
    }

    private async Task<MonitorDrop?> ConnectAsync(CancellationToken cancellationToken)
    {
        using (HttpRequestMessage message = call.CreateMessage())
        {
            call.BeginAttempt(message, cancellationToken);
            _credential ??= new MonitorCredential(message);
        }

        _connection = new MonitorConnection(call, options);
        MonitorDrop? drop = await _connection.OpenAsync(_credential, invoker, cancellationToken).ConfigureAwait(false);
        if (drop is null)
        {
            trace.Upgraded();
        }

        return drop;
    }

    private MonitorEvent Apply(JObject message)
    {
        (_notLiveSince, _notLive) = (null, 0);
        MonitorEvent read = _transcript.Apply(message);
        _isOver = read is MonitorEndedEvent;
        return read;
    }

    /// <summary>Finds out whether the call has ended, and otherwise waits until the next connection.</summary>
    /// <returns>The last event, or null to connect again.</returns>
    private async Task<MonitorEndedEvent?> HandleAsync(MonitorDrop drop, CancellationToken cancellationToken)
    {
        // A server that accepts connections and drops them at once must not be asked forever.
        _failures = _connection!.Age > options.MaxReconnectDelay ? 0 : _failures;
        await DisposeAsync().ConfigureAwait(false);
        if (drop.IsEnd)
        {
            return Ended(null);
        }

        if (drop.IsUnauthorized && _credential!.TryNext())
        {
            return null;
        }

        if (drop.IsFinal)
        {
            throw Refused(drop);
        }

        if (await FindEndAsync(cancellationToken).ConfigureAwait(false) is MonitorEndedEvent ended)
        {
            return ended;
        }

        TimeSpan delay = drop.IsNotLive ? DelayUntilLive(drop) : DelayUntilReconnection(drop);
        await Clock.Delay(call.Clock, delay, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private TimeSpan DelayUntilLive(MonitorDrop drop)
    {
        _notLiveSince ??= call.Clock.GetTimestamp();
        TimeSpan left = options.NotLiveTimeout == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : options.NotLiveTimeout - call.Clock.GetElapsedTime(_notLiveSince.Value);
        if (left <= TimeSpan.Zero)
        {
            throw NotLive(drop);
        }

        TimeSpan delay = Delay(_notLive++);
        delay = delay < left ? delay : left;
        OperationLog.NotLive(call.Log, call.Operation.Name, delay.TotalSeconds);
        return delay;
    }

    private TimeSpan DelayUntilReconnection(MonitorDrop drop)
    {
        if (_failures >= options.MaxReconnects)
        {
            throw Lost(drop);
        }

        TimeSpan delay = Delay(_failures++);
        OperationLog.Retrying(call.Log, call.Operation.Name, call.Attempts, drop.LogText, delay.TotalSeconds);
        return delay;
    }

    /// <summary>Returns the delay before a connection, which doubles. Jitter keeps many watchers from reconnecting at once.</summary>
    private TimeSpan Delay(int number)
    {
        double delay = Math.Min(options.ReconnectDelay.TotalSeconds * Math.Pow(2, Math.Min(number, 30)), options.MaxReconnectDelay.TotalSeconds);
        return TimeSpan.FromSeconds(delay * (1 - (0.25 * _jitter.NextDouble())));
    }

    /// <summary>Reads the call. A failure that says nothing about the call is ignored, because the next connection can still succeed.</summary>
    private async Task<MonitorEndedEvent?> FindEndAsync(CancellationToken cancellationToken)
    {
        try
        {
            ICall read = await readCall(cancellationToken).ConfigureAwait(false);
            return CallsResource.HasEnded(read) ? Ended(read) : null;
        }
        catch (RetellException e) when (e is not (RetellApiException { IsNotFound: true } or RetellAuthenticationException))
        {
            return null;
        }
    }

    private MonitorEndedEvent Ended(ICall? read)
    {
        JObject json = new() { ["type"] = "call_ended" };
        if (read?.EndTimestamp is long time)
        {
            json["event_timestamp"] = time;
        }

        if (read?.DisconnectionReason is DisconnectionReason reason)
        {
            json["disconnection_reason"] = reason.Value;
        }

        return new(json, _transcript, read);
    }

    private RetellMonitorException Refused(MonitorDrop drop) => new(
        call.Mask.Apply($"{call.Operation.Id}: {drop} ({call.AttemptsText}). {Advice(drop)}"),
        drop.Failure is null ? null : call.Mask.Apply(drop.Failure))
    {
        OperationId = call.Operation.Id,
        Attempts = call.Attempts,
        CloseCode = drop.CloseCode,
        CloseReason = drop.CloseReason,
        StatusCode = drop.Status,
    };

    private static string Advice(MonitorDrop drop) => drop switch
    {
        { IsUnauthorized: true } => "Check the API key and its permission for calls.",
        { CloseCode: 4008 } => "The call has too many watchers. Close another one first.",
        _ => "The connection is not retried.",
    };

    private RetellCallNotLiveException NotLive(MonitorDrop drop) =>
        new(
            FormattableString.Invariant($"{call.Operation.Id}: the call was not live within {options.NotLiveTimeout.TotalSeconds:0.###} s ({call.AttemptsText}). ")
            + $"Check its status, or raise {nameof(MonitorOptions)}.{nameof(MonitorOptions.NotLiveTimeout)}.")
        {
            OperationId = call.Operation.Id,
            Attempts = call.Attempts,
            CloseCode = drop.CloseCode,
            CloseReason = drop.CloseReason,
            Timeout = options.NotLiveTimeout,
        };

    private RetellConnectionException Lost(MonitorDrop drop) => new(
        call.Mask.Apply($"{call.Operation.Id}: {drop} ({call.AttemptsText}). The call may still be live. It is safe to monitor it again."),
        drop.Failure is null ? null : call.Mask.Apply(drop.Failure))
    {
        OperationId = call.Operation.Id,
        Attempts = call.Attempts,
        MayHaveBeenSent = true,
    };
}
