using Newtonsoft.Json.Linq;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Testing;

/// <summary>A call or a chat that the fake holds, as a test moves it on. Each step is taken once its webhooks were delivered.</summary>
public abstract class FakeSession
{
    private readonly Store _store;
    private readonly WebhookSender _sender;

    private protected FakeSession(Store store, Lifecycle lifecycle, WebhookSender sender, Session session) =>
        (_store, Lifecycle, _sender, Session) = (store, lifecycle, sender, session);

    /// <summary>The id.</summary>
    public string Id => Session.Id;

    /// <summary>The status as the API answers it, such as <c>ongoing</c>.</summary>
    public string Status
    {
        get
        {
            lock (_store.Lock)
            {
                return Session.Status;
            }
        }
    }

    /// <summary>It as the API answers it, a copy.</summary>
    public JObject Json
    {
        get
        {
            lock (_store.Lock)
            {
                return (JObject)Session.Item.Value.DeepClone();
            }
        }
    }

    private protected Lifecycle Lifecycle { get; }

    private protected Session Session { get; }

    /// <summary>Somebody says something: it is added to the transcript, and <c>transcript_updated</c> is sent to who wants it.</summary>
    /// <param name="role"><c>agent</c> or <c>user</c>.</param>
    /// <param name="content">What is said.</param>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhooks were delivered.</returns>
    /// <exception cref="ArgumentException">The role is another one.</exception>
    /// <exception cref="InvalidOperationException">It has ended.</exception>
    public Task SayAsync(string role, string content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return role is "agent" or "user"
            ? StepAsync(() => Lifecycle.Say(Session, role, content), cancellationToken, mustBeOpen: true)
            : throw new ArgumentException($"The role is agent or user, not {role}.", nameof(role));
    }

    /// <summary>The analysis is ready. What has not ended ends first.</summary>
    /// <param name="analysis">
    /// The members of <c>call_analysis</c> or <c>chat_analysis</c> that matter: an object of the API, a JObject, an anonymous
    /// object; null for a plain analysis.
    /// </param>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhooks were delivered.</returns>
    public Task AnalyzeAsync(object? analysis = null, CancellationToken cancellationToken = default)
    {
        JObject said = analysis is null ? [] : FakeRetellServer.ToJson(analysis);
        return StepAsync(
            () =>
            {
                Finish();
                Lifecycle.Analyze(Session, said);
            },
            cancellationToken);
    }

    /// <summary>Sends any other event about it, such as <c>transfer_started</c>, if its agent's <c>webhook_events</c> has that.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="members">What stands beside the call or the chat: a JObject or an anonymous object; null for nothing.</param>
    /// <param name="cancellationToken">Stops the waiting for webhooks.</param>
    /// <returns>A task that ends when the webhook was delivered.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="eventName"/> is null.</exception>
    public Task TellAsync(string eventName, object? members = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        JObject more = members is null ? [] : FakeRetellServer.ToJson(members);
        return StepAsync(() => Lifecycle.Tell(Session, eventName, more), cancellationToken);
    }

    /// <summary>Changes members without any webhook.</summary>
    /// <param name="members">The members: an object of the API, a JObject, an anonymous object.</param>
    /// <exception cref="ArgumentException">It would not be valid; the message says why.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="members"/> is null.</exception>
    public void Change(object members)
    {
        ArgumentNullException.ThrowIfNull(members);
        lock (_store.Lock)
        {
            _store.SetMembers(Session.Kind, Session.Item, FakeRetellServer.ToJson(members));
        }
    }

    /// <summary>Id and status.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Id} ({Status})";

    /// <summary>Ends it as it usually ends.</summary>
    private protected abstract void Finish();

    private protected Task StepAsync(Action step, CancellationToken cancellationToken, bool mustBeOpen = false)
    {
        lock (_store.Lock)
        {
            if (mustBeOpen && Session.HasEnded)
            {
                throw new InvalidOperationException($"{Id} has ended: it is {Session.Status}.");
            }

            step();
        }

        return _sender.WhenSentAsync(cancellationToken);
    }
}
