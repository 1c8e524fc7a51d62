using System.Net;
using Retell.Http;

namespace Retell;

/// <summary>Waits for a state of an object by reading it repeatedly, with growing pauses.</summary>
internal sealed class Waiter(TimeProvider time)
{
    private const double Growth = 1.5;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(10);

    /// <summary>The time for which failed reads are tolerated, so that a long wait survives a short outage.</summary>
    private static readonly TimeSpan s_longestOutage = TimeSpan.FromMinutes(5);

    /// <param name="goal">The state to wait for.</param>
    /// <param name="read">The function that reads the object.</param>
    /// <param name="timeout">The maximum time to wait, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <param name="progress">The object that receives the state after each read, or null for none.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
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
                    throw new RetellOperationFailedException($"{goal.Subject} failed: its status is \"{goal.Status(last)}\".", last);
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
            throw new OperationCanceledException($"{goal.Subject}: the wait was canceled by the caller.", e, cancellationToken);
        }
        catch (OperationCanceledException e) when (limit.IsCancellationRequested)
        {
            string state = last is null ? "it could not be read" : $"its status is \"{goal.Status(last)}\"";
            string problem = failure is null ? "" : $" The last read failed: {failure.Message}";
            throw new RetellTimeoutException($"{goal.Subject} is not {goal.Name} after {timeout}: {state}.{problem}", (Exception?)failure ?? e) { Timeout = timeout };
        }
    }

    private static TimeSpan Longer(TimeSpan pause) => TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * Growth, s_longestPause.TotalSeconds));

    /// <summary>Returns a value indicating whether the failure may be temporary.</summary>
    private static bool IsPassing(RetellException failure) =>
        failure is RetellConnectionException or RetellTimeoutException or RetellServerException or RetellRateLimitException
            or RetellApiException { StatusCode: HttpStatusCode.RequestTimeout };
}

/// <summary>The state to wait for.</summary>
/// <param name="Subject">The object, such as <c>Call "call_1"</c>.</param>
/// <param name="Name">The name of the state, such as <c>ended</c>.</param>
/// <param name="Status">The function that returns the status as text.</param>
/// <param name="IsReached">The function that tells whether the state is reached.</param>
/// <param name="HasFailed">The function that tells whether the object has failed, or null if it cannot fail.</param>
internal sealed record WaitGoal<T>(string Subject, string Name, Func<T, string> Status, Func<T, bool> IsReached, Func<T, bool>? HasFailed = null);
