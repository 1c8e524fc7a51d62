namespace Retell.Testing;

/// <summary>Every attempt to deliver a webhook that has come to its end, in their order. It may be read while more come.</summary>
public sealed class FakeWebhookLog : FakeLog<FakeWebhookDelivery>
{
    internal FakeWebhookLog(int capacity)
        : base(capacity)
    {
    }

    /// <summary>The attempts for one event.</summary>
    /// <param name="eventName">The event, such as <c>call_ended</c>.</param>
    /// <returns>The attempts, in their order.</returns>
    public IReadOnlyList<FakeWebhookDelivery> For(string eventName) => [.. Snapshot().Where(d => d.Event == eventName)];
}
