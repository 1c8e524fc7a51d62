using System.Net;
using Retell.Http;

namespace Retell;

/// <summary>Waits for a thing of the API by reading it again and again, less often as time goes by.</summary>
internal sealed class Waiter(TimeProvider time)
{
    private const double Growth = 1.5;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    /// <summary>A wait of hours survives an outage of minutes, but not one without end.</summary>
    private static readonly TimeSpan s_longestOutage = TimeSpan.FromMinutes(5);

    /// <param name="goal">What is waited for.</param>
    /// <param name="read">Reads the thing.</param>
    /// <param name="timeout">How long at most; <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="progress">Gets to know what was read, each time.</param>
    /// <param name="cancellationToken">Stops the waiting at once.</param>
    public Task<T> WaitAsync<T>(WaitGoal<T> goal, Func<CancellationToken, Task<T>> read, TimeSpan timeout, IProgress<T>? progress, CancellationToken cancellationToken)
        where T : class
    {
        OptionRules.Timeout(timeout, nameof(timeout));
        return PollAsync(goal, read, timeout, progress, cancellationToken);
    }

    private async Task<T> PollAsync<T>(WaitGoal<T> goal, Func<CancellationToken, Task<T>> read, TimeSpan timeout, IProgress<T>? progress, CancellationToken cancellationToken)
        where T : class
    {
        using CancellationTokenSource limit = Clock.CancelAfter(time, timeout);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        TimeSpan pause = s_firstPause;
        T? last = null;
        long? outage = null;
        RetellException? failure = null;
        try
        {
            while (true)
            {
                try
                {
                    last = await read(either.Token).ConfigureAwait(false);
                    (outage, failure) = (null, null);
                }
                catch (RetellException e) when (IsPassing(e) && time.GetElapsedTime(outage ??= time.GetTimestamp()) < s_longestOutage)
                {
                    failure = e;
                    await Clock.Delay(time, pause, either.Token).ConfigureAwait(false);
                    pause = Longer(pause);
                    continue;
                }

                progress?.Report(last);
                if (goal.HasFailed?.Invoke(last) == true)
                {
                    throw new RetellOperationFailedException($"{goal.Subject} failed: its status is {goal.Status(last)}.", last);
                }

                if (goal.IsReached(last))
                {
                    return last;
                }

                await Clock.Delay(time, pause, either.Token).ConfigureAwait(false);
                pause = Longer(pause);
            }
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException($"The caller stopped waiting for {goal.Subject}.", e, cancellationToken);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            string state = last is null ? "it could not be read in that time" : $"its status is {goal.Status(last)}";
            string problem = failure is null ? "" : $" The last attempt to read it failed: {failure.Message}";
            throw new RetellTimeoutException($"{goal.Subject} is not {goal.Name} after {timeout}: {state}.{problem}", (Exception?)failure ?? e) { Timeout = timeout };
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * Growth, s_longestPause.TotalSeconds));

    /// <summary>Whether the API may be back after a while.</summary>
    private static bool IsPassing(RetellException failure) =>
        failure is RetellConnectionException or RetellTimeoutException or RetellServerException or RetellRateLimitException
            or RetellApiException { StatusCode: HttpStatusCode.RequestTimeout };
}

/// <summary>What is waited for.</summary>
/// <param name="Subject">The thing, such as <c>Call call_1</c>.</param>
/// <param name="Name">What it is to become, such as <c>ended</c>.</param>
/// <param name="Status">Its status as text.</param>
/// <param name="IsReached">Whether it has become that.</param>
/// <param name="HasFailed">Whether it never will; null where the API knows no failure.</param>
internal sealed record WaitGoal<T>(string Subject, string Name, Func<T, string> Status, Func<T, bool> IsReached, Func<T, bool>? HasFailed = null);
