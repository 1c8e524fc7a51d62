namespace Retell.Testing;

/// <summary>
/// The clock of a <see cref="FakeRetellServer"/>. It stands still until it is advanced, or follows another clock. What is due happens in its order,
/// each event at its own time. Code under test may use it as its <see cref="TimeProvider"/>.
/// </summary>
public sealed class FakeClock : TimeProvider
{
    private readonly TimeProvider? _followed;
    private readonly Lock _lock = new();
    private readonly Lock _advancing = new();
    private readonly PriorityQueue<Due, (DateTimeOffset At, long Order)> _queue = new();
    private readonly ITimer? _alarm;
    private DateTimeOffset _now;
    private TimeSpan _ahead;
    private long _lastOrder;

    /// <summary>Creates a clock that stands still.</summary>
    /// <param name="now">The time at which it stands; null for the current time.</param>
    public FakeClock(DateTimeOffset? now = null) => _now = now?.ToUniversalTime() ?? DateTimeOffset.UtcNow;

    internal FakeClock(TimeProvider followed)
    {
        _followed = followed;
        _alarm = followed.CreateTimer(_ => Advance(TimeSpan.Zero), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the number of ticks per second: one each 100 nanoseconds.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Returns the clock of a server: a fake clock is used as it is, any other one is followed.</summary>
    internal static FakeClock For(TimeProvider? provider) => provider switch
    {
        null => new FakeClock(),
        FakeClock clock => clock,
        _ => new FakeClock(provider),
    };

    /// <summary>Advances the clock. What is due until then happens before the method returns.</summary>
    /// <param name="by">The time to advance by.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="by"/> is negative.</exception>
    public void Advance(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        lock (_advancing)
        {
            DateTimeOffset end = GetUtcNow() + by;
            while (Next(end) is Due due)
            {
                due.Action();
            }

            lock (_lock)
            {
                _now = _now > end ? _now : end;
                _ahead += _followed is null ? TimeSpan.Zero : by;
                SetAlarm();
            }
        }
    }

    /// <summary>Returns the time of the clock.</summary>
    /// <returns>The time.</returns>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return Now();
        }
    }

    /// <summary>Returns the time of the clock in ticks of 100 nanoseconds.</summary>
    /// <returns>The ticks.</returns>
    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    /// <summary>Creates a timer that runs by this clock. Its callback runs on the thread that advances the clock.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="state">The argument of the callback.</param>
    /// <param name="dueTime">The time until the first run; infinite for never.</param>
    /// <param name="period">The time between runs; infinite for a single run.</param>
    /// <returns>The timer.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="callback"/> is null.</exception>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new ClockTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Schedules an action.</summary>
    internal IDisposable Schedule(TimeSpan after, Action action)
    {
        var due = new Due(action);
        lock (_lock)
        {
            _queue.Enqueue(due, (Now() + after, ++_lastOrder));
            SetAlarm();
        }

        return due;
    }

    /// <summary>Stops following another clock.</summary>
    internal void Stop() => _alarm?.Dispose();

    private DateTimeOffset Now() => _followed is null ? _now : Max(_followed.GetUtcNow() + _ahead, _now);

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private Due? Next(DateTimeOffset end)
    {
        lock (_lock)
        {
            while (_queue.TryPeek(out Due? due, out (DateTimeOffset At, long Order) place) && (due.IsCancelled || place.At <= end))
            {
                _queue.Dequeue();
                if (!due.IsCancelled)
                {
                    _now = Max(_now, place.At);
                    return due;
                }
            }

            return null;
        }
    }

    private void SetAlarm()
    {
        if (_alarm is not null && _queue.TryPeek(out _, out (DateTimeOffset At, long Order) place))
        {
            _alarm.Change(new TimeSpan(Math.Clamp((place.At - Now()).Ticks, TimeSpan.TicksPerMillisecond, TimeSpan.TicksPerDay)), Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Due(Action action) : IDisposable
    {
        public Action Action => action;

        public bool IsCancelled { get; private set; }

        public void Dispose() => IsCancelled = true;
    }

    private sealed class ClockTimer(FakeClock clock, Action action) : ITimer
    {
        private readonly Lock _lock = new();
        private IDisposable? _next;
        private bool _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (_lock)
            {
                _next?.Dispose();
                _next = null;
                if (!_isDisposed && dueTime != Timeout.InfiniteTimeSpan)
                {
                    _next = clock.Schedule(dueTime, () => Run(period));
                }

                return !_isDisposed;
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _isDisposed = true;
                _next?.Dispose();
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Run(TimeSpan period)
        {
            if (period > TimeSpan.Zero)
            {
                Change(period, period);
            }

            action();
        }
    }
}
