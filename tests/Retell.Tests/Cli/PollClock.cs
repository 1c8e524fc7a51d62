namespace Retell.Tests.Cli;

/// <summary>A clock whose waits between two requests end at once. Each one calls back.</summary>
/// <param name="waited">Gets the number of waits so far.</param>
internal sealed class PollClock(Action<int> waited) : TimeProvider
{
    /// <summary>The longer ones are the timeouts of requests.</summary>
    private static readonly TimeSpan s_shortestTimeout = TimeSpan.FromSeconds(30);

    private readonly List<TimeSpan> _waits = [];

    public IReadOnlyList<TimeSpan> Waits => _waits;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isWait = dueTime > TimeSpan.Zero && dueTime < s_shortestTimeout;
        if (isWait)
        {
            _waits.Add(dueTime);
            waited(_waits.Count);
        }

        return TimeProvider.System.CreateTimer(callback, state, isWait ? TimeSpan.Zero : dueTime, period);
    }
}
