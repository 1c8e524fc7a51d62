using Retell.Models;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>A call that the fake holds: registered, then ongoing, then ended, at last analyzed.</summary>
public sealed class FakeCall : FakeSession
{
    internal FakeCall(Store store, Lifecycle lifecycle, WebhookSender sender, Session session)
        : base(store, lifecycle, sender, session)
    {
    }

    /// <summary>The call as the API answers it.</summary>
    /// <returns>The call.</returns>
    public ICall Read() => RetellJson.Deserialize<ICall>(Json.ToString())!;

    /// <summary>A registered call is answered: it is ongoing from now on, and <c>call_started</c> is sent.</summary>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhooks were delivered.</returns>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => StepAsync(() => Lifecycle.Start(Session), cancellationToken, mustBeOpen: true);

    /// <summary>
    /// The call ends, and <c>call_ended</c> is sent. A registered call is answered first, unless the reason is one of calls that
    /// were never connected, such as <c>dial_no_answer</c>.
    /// </summary>
    /// <param name="disconnectionReason">The reason, such as <c>agent_hangup</c>; <c>error_…</c> makes the status <c>error</c>.</param>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhooks were delivered.</returns>
    /// <exception cref="InvalidOperationException">The call has ended already.</exception>
    public Task EndAsync(string disconnectionReason = "user_hangup", CancellationToken cancellationToken = default) =>
        StepAsync(() => End(disconnectionReason), cancellationToken, mustBeOpen: true);

    private protected override void Finish() => End("user_hangup");

    private void End(string reason)
    {
        if (!Disconnection.NeverConnected(reason))
        {
            Lifecycle.Start(Session);
        }

        Lifecycle.End(Session, reason);
    }
}
