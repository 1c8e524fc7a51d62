namespace Retell.Testing;

/// <summary>The completed attempts to deliver webhooks, in their order. It is thread-safe.</summary>
public sealed class FakeWebhookLog : FakeLog<FakeWebhookDelivery>
{
    internal FakeWebhookLog(int capacity)
        : base(capacity)
    {
    }

    /// <summary>Returns the attempts for one event.</summary>
    /// <param name="eventName">The event, such as <c>call_ended</c>.</param>
    /// <returns>The attempts, oldest first.</returns>
    public IReadOnlyList<FakeWebhookDelivery> For(string eventName) => [.. Snapshot().Where(d => d.Event == eventName)];
}
