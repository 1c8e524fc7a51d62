using System.Collections.Concurrent;

namespace Retell.AspNetCore.Webhooks;

/// <summary>
/// The handlers that run in this process. A second delivery of the same event waits for the outcome of the first one: a response with status 204 before
/// that would lose the event if the handler failed.
/// </summary>
internal sealed class RunningHandlers
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<RetellWebhookOutcome>> _running = new(StringComparer.Ordinal);

    /// <summary>Runs a handler, unless one runs with the same key.</summary>
    public async Task<RetellWebhookOutcome> RunAsync(string key, Func<Task<RetellWebhookOutcome>> handle, CancellationToken cancellationToken)
    {
        var own = new TaskCompletionSource<RetellWebhookOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource<RetellWebhookOutcome> running = _running.GetOrAdd(key, own);
        if (running != own)
        {
            RetellWebhookOutcome first = await running.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return first is RetellWebhookOutcome.Failed or RetellWebhookOutcome.QueueFull ? first : RetellWebhookOutcome.Duplicate;
        }

        // What a canceled request leaves behind.
        RetellWebhookOutcome outcome = RetellWebhookOutcome.Failed;
        try
        {
            return outcome = await handle().ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(key, out _);
            own.SetResult(outcome);
        }
    }
}
