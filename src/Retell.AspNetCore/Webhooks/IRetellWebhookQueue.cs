using System.Diagnostics.CodeAnalysis;

namespace Retell.AspNetCore;

/// <summary>A webhook event that waits for a queued handler.</summary>
/// <param name="Body">The JSON of the event as UTF-8. Its signature has been verified.</param>
/// <param name="Handler">The name of the handler.</param>
/// <param name="Key">The key of the event for the handler in <see cref="IRetellWebhookDeduplicator"/>, or null if the event has none.</param>
public sealed record QueuedWebhook(ReadOnlyMemory<byte> Body, string Handler, string? Key)
{
    /// <summary>Gets the span of the request that queued the event, in the format of the header <c>traceparent</c>, or null if the request is not traced.</summary>
    public string? TraceParent { get; init; }

    /// <summary>Returns the name of the handler, without personal data.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{nameof(QueuedWebhook)} ({Handler})";
}

/// <summary>
/// The queue of the events for queued handlers. The default keeps them in memory, so that a crash of the process loses them; a shutdown of the host
/// does not. Register an implementation of your own as a singleton before or after AddRetellWebhooks to keep them elsewhere.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue.")]
public interface IRetellWebhookQueue
{
    /// <summary>Adds an event to the queue.</summary>
    /// <param name="webhook">The event.</param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>true if the event was added; false if the queue is full or no longer accepts events. The response then has status 503.</returns>
    ValueTask<bool> TryEnqueueAsync(QueuedWebhook webhook, CancellationToken cancellationToken);

    /// <summary>Removes the oldest event from the queue, and waits for one if the queue is empty.</summary>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>The event, or null if <see cref="Complete"/> was called and no event is left for this process.</returns>
    ValueTask<QueuedWebhook?> DequeueAsync(CancellationToken cancellationToken);

    /// <summary>Reports that the handler of an event has ended. A durable queue deletes the event, or delivers it again after a failure.</summary>
    /// <param name="webhook">The event.</param>
    /// <param name="failure">The exception of the handler, or null if it succeeded.</param>
    /// <param name="cancellationToken">The token that cancels the operation.</param>
    /// <returns>A task that completes when the outcome is recorded.</returns>
    ValueTask SettleAsync(QueuedWebhook webhook, Exception? failure, CancellationToken cancellationToken);

    /// <summary>Stops accepting events, because the host is shutting down.</summary>
    void Complete();
}
