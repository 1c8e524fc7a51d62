namespace Retell.Workspaces.Remote;

/// <summary>Delays requests so that they stay within a rate limit of the API: at most so many within ten seconds.</summary>
internal sealed class RateGate(int limit, TimeProvider time)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(10);

    private readonly Queue<long> _sent = new();

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_sent.Count >= limit)
        {
            TimeSpan wait = s_window - time.GetElapsedTime(_sent.Dequeue());
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
            }
        }

        _sent.Enqueue(time.GetTimestamp());
    }
}
