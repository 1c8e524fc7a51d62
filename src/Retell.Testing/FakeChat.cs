using Retell.Models;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>A chat that the fake holds: ongoing, then ended, at last analyzed.</summary>
public sealed class FakeChat : FakeSession
{
    internal FakeChat(Store store, Lifecycle lifecycle, WebhookSender sender, Session session)
        : base(store, lifecycle, sender, session)
    {
    }

    /// <summary>The chat as the API answers it.</summary>
    /// <returns>The chat.</returns>
    public Chat Read() => RetellJson.Deserialize<Chat>(Json.ToString())!;

    /// <summary>The chat ends, and <c>chat_ended</c> is sent.</summary>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhooks were delivered.</returns>
    /// <exception cref="InvalidOperationException">The chat has ended already.</exception>
    public Task EndAsync(CancellationToken cancellationToken = default) => StepAsync(Finish, cancellationToken, mustBeOpen: true);

    private protected override void Finish() => Lifecycle.End(Session, null);
}
