namespace Retell.AspNetCore;

/// <summary>
/// Remembers which events were handled, because the API can deliver an event more than once. The default remembers in memory of one process. Register
/// an implementation of your own as a singleton, such as a table with a unique key, if several processes receive webhooks or restarts matter.
/// </summary>
public interface IRetellWebhookDeduplicator
{
    /// <summary>Records that a handler starts to handle an event.</summary>
    /// <param name="key">The key of the event and the handler.</param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>true if the handler should run; false if it is running or has succeeded.</returns>
    ValueTask<bool> TryBeginAsync(string key, CancellationToken cancellationToken);

    /// <summary>Records that the handler succeeded.</summary>
    /// <param name="key">The key of the event and the handler.</param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>A task that completes when the success is recorded.</returns>
    ValueTask CompleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Forgets the event, because the handler failed. The next delivery is handled.</summary>
    /// <param name="key">The key of the event and the handler.</param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>A task that completes when the event is forgotten.</returns>
    ValueTask ReleaseAsync(string key, CancellationToken cancellationToken);
}
