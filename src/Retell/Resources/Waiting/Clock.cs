namespace Retell;

/// <summary>Waits with a given clock, for which the frameworks have different methods.</summary>
internal static class Clock
{
#if NET
    public static Task Delay(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, time, cancellationToken);

    public static CancellationTokenSource CancelAfter(TimeProvider time, TimeSpan delay) => new(delay, time);
#else
    public static Task Delay(TimeProvider time, TimeSpan delay, CancellationToken cancellationToken) => time.Delay(delay, cancellationToken);

    public static CancellationTokenSource CancelAfter(TimeProvider time, TimeSpan delay) => time.CreateCancellationTokenSource(delay);
#endif
}
