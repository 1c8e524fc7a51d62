using Retell.Models;
using Retell.Testing.State;

namespace Retell.Testing;

/// <summary>A chat that the fake keeps. It is ongoing, then ended, and finally analyzed.</summary>
public sealed class FakeChat : FakeSession
{
    internal FakeChat(SessionServices services, Session session)
        : base(services, session)
    {
    }

    /// <summary>Reads the chat as the API shows it.</summary>
    /// <returns>The chat.</returns>
    public Chat Read() => RetellJson.Deserialize<Chat>(Json.ToString())!;

    /// <summary>Ends the chat and sends <c>chat_ended</c>.</summary>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhooks have been delivered.</returns>
    /// <exception cref="InvalidOperationException">The chat has ended.</exception>
    public Task EndAsync(CancellationToken cancellationToken = default) => StepAsync(Finish, cancellationToken, mustBeOpen: true);

    private protected override void Finish() => Lifecycle.End(Session, null);
}
