using Retell.Models;
using Retell.Testing.State;

namespace Retell.Testing;

/// <summary>A call that the fake keeps. It is registered, then ongoing, then ended, and finally analyzed.</summary>
public sealed class FakeCall : FakeSession
{
    internal FakeCall(SessionServices services, Session session)
        : base(services, session) => Monitor = new FakeMonitor(services, session);

    /// <summary>Gets the monitor WebSocket of the call.</summary>
    public FakeMonitor Monitor { get; }

    /// <summary>Reads the call as the API shows it.</summary>
    /// <returns>The call.</returns>
    public ICall Read() => RetellJson.Deserialize<ICall>(Json.ToString())!;

    /// <summary>Connects a registered call, so that it is ongoing, and sends <c>call_started</c>.</summary>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhooks have been delivered.</returns>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public Task StartAsync(CancellationToken cancellationToken = default) => StepAsync(() => Lifecycle.Start(Session), cancellationToken, mustBeOpen: true);

    /// <summary>
    /// Ends the call and sends <c>call_ended</c>. A registered call is connected first, unless the reason says that it never was, such as
    /// <c>dial_no_answer</c>. The call then has a cost and, if it was connected, a latency.
    /// </summary>
    /// <param name="disconnectionReason">The reason, such as <c>agent_hangup</c>. A reason that begins with <c>error_</c> sets the status <c>error</c>.</param>
    /// <param name="cost">The total cost in cents (<c>call_cost.combined_cost</c>); null to derive it from the duration.</param>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhooks have been delivered.</returns>
    /// <exception cref="ArgumentException"><paramref name="disconnectionReason"/> is not a reason of the API; the message lists the reasons.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="disconnectionReason"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="cost"/> is negative.</exception>
    /// <exception cref="InvalidOperationException">The call has ended.</exception>
    public Task EndAsync(string disconnectionReason = "user_hangup", decimal? cost = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(disconnectionReason);
        ArgumentOutOfRangeException.ThrowIfNegative(cost ?? 0, nameof(cost));
        return StepAsync(
            () =>
            {
                ThrowIfAny(Lifecycle.ReasonErrors(Session, disconnectionReason), "The reason is not valid", nameof(disconnectionReason));
                End(disconnectionReason, cost);
            },
            cancellationToken,
            mustBeOpen: true);
    }

    private protected override void Finish() => End("user_hangup", null);

    private void End(string reason, decimal? cost)
    {
        if (!Disconnection.NeverConnected(reason))
        {
            Lifecycle.Start(Session);
        }

        Lifecycle.End(Session, reason, cost);
    }
}
