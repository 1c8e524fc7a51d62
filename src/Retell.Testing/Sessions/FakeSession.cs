using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing;

/// <summary>
/// A call or a chat that the fake keeps. A test moves it on step by step; each step completes when its webhooks have been delivered.
/// </summary>
public abstract class FakeSession
{
    private readonly SessionServices _services;

    private protected FakeSession(SessionServices services, Session session) => (_services, Session) = (services, session);

    /// <summary>Gets the ID of the call or chat.</summary>
    public string Id => Session.Id;

    /// <summary>Gets the status as the API shows it, such as <c>ongoing</c>.</summary>
    public string Status
    {
        get
        {
            lock (_services.Store.Lock)
            {
                return Session.Status;
            }
        }
    }

    /// <summary>Gets a copy of the call or chat as the API shows it.</summary>
    public JObject Json
    {
        get
        {
            lock (_services.Store.Lock)
            {
                return (JObject)Session.Item.Value.DeepClone();
            }
        }
    }

    private protected SessionLifecycle Lifecycle => _services.Lifecycle;

    internal Session Session { get; }

    /// <summary>Adds an utterance to the transcript. Sends <c>transcript_updated</c> if the agent's <c>webhook_events</c> include it.</summary>
    /// <param name="role">The speaker: <c>agent</c> or <c>user</c>.</param>
    /// <param name="content">What the speaker says.</param>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhooks have been delivered.</returns>
    /// <exception cref="ArgumentException"><paramref name="role"/> is neither <c>agent</c> nor <c>user</c>.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="content"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call or chat has ended.</exception>
    public Task SayAsync(string role, string content, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        return role is "agent" or "user"
            ? StepAsync(() => Lifecycle.Say(Session, role, content), cancellationToken, mustBeOpen: true)
            : throw new ArgumentException($"\"{role}\" is not a speaker. Use \"agent\" or \"user\".", nameof(role));
    }

    /// <summary>
    /// Calls a custom function of the agent, as the agent does during a conversation: sends the signed request to the URL of the tool, and adds
    /// the invocation and the result to the transcript.
    /// </summary>
    /// <param name="name">The name of the tool, which has the type <c>custom</c>.</param>
    /// <param name="arguments">The arguments: an object of the API, a JObject or an anonymous object. Null for no arguments.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The request that was sent, and the result.</returns>
    /// <remarks>
    /// A failure of the function is not an exception: see <see cref="FakeFunctionCall.IsSuccess"/>. The request honors the tool's method, headers,
    /// query parameters, <c>args_at_root</c>, <c>timeout_ms</c> (120 seconds by default, by the clock of the server or in real time, whichever is first)
    /// and <c>max_retry</c>. It goes the same way as webhooks, see <see cref="FakeRetellServer.DeliverWebhooksTo"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The agent has no such function; the message lists those that it has.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The call or chat has ended, or its agent, LLM or conversation flow does not exist in the fake.</exception>
    public Task<FakeFunctionCall> CallFunctionAsync(string name, object? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        JObject json = arguments is null ? [] : FakeRetellServer.ToJson(arguments, nameof(arguments));
        return _services.Functions.CallAsync(Session, name, json, cancellationToken);
    }

    /// <summary>Completes the analysis. Ends the call or chat first if it has not ended.</summary>
    /// <param name="analysis">
    /// The members of <c>call_analysis</c> or <c>chat_analysis</c> that matter: an object of the API, a JObject or an anonymous object. Null for a
    /// default analysis.
    /// </param>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhooks have been delivered.</returns>
    /// <exception cref="ArgumentException"><paramref name="analysis"/> is not valid; the message lists the errors.</exception>
    public Task AnalyzeAsync(object? analysis = null, CancellationToken cancellationToken = default)
    {
        JObject members = analysis is null ? [] : FakeRetellServer.ToJson(analysis, nameof(analysis));
        return StepAsync(
            () =>
            {
                ThrowIfAny(Lifecycle.AnalysisErrors(Session, members), "The analysis is not valid", nameof(analysis));
                Finish();
                Lifecycle.Analyze(Session, members);
            },
            cancellationToken);
    }

    /// <summary>Sends any other event about the call or chat, such as <c>transfer_started</c>, if the agent's <c>webhook_events</c> include it.</summary>
    /// <param name="eventName">The event.</param>
    /// <param name="members">The members beside the call or chat: a JObject or an anonymous object. Null for none.</param>
    /// <param name="cancellationToken">The token that stops waiting for webhooks.</param>
    /// <returns>A task that completes when the webhook has been delivered.</returns>
    /// <exception cref="ArgumentException">
    /// An agent cannot subscribe to <paramref name="eventName"/>. Use <see cref="FakeRetellServer.Webhooks"/> for other events.
    /// </exception>
    /// <exception cref="ArgumentNullException"><paramref name="eventName"/> is null.</exception>
    public Task TellAsync(string eventName, object? members = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        JObject more = members is null ? [] : FakeRetellServer.ToJson(members, nameof(members));
        return StepAsync(
            () =>
            {
                ThrowIfAny(_services.Events.EventErrors(Session, eventName), "No agent can subscribe to this event", nameof(eventName));
                Lifecycle.Tell(Session, eventName, more);
            },
            cancellationToken);
    }

    /// <summary>Changes members without sending a webhook.</summary>
    /// <param name="members">The members: an object of the API, a JObject or an anonymous object.</param>
    /// <exception cref="ArgumentException">The result would not be valid; the message lists the errors.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="members"/> is null.</exception>
    public void Change(object members)
    {
        ArgumentNullException.ThrowIfNull(members);
        JObject json = FakeRetellServer.ToJson(members, nameof(members));
        lock (_services.Store.Lock)
        {
            _services.Store.SetMembers(Session.Kind, Session.Item, json, nameof(members));
        }
    }

    /// <summary>Returns the ID and the status.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Id} ({Status})";

    /// <summary>Ends the call or chat in the usual way.</summary>
    private protected abstract void Finish();

    private protected Task StepAsync(Action step, CancellationToken cancellationToken, bool mustBeOpen = false)
    {
        lock (_services.Store.Lock)
        {
            if (mustBeOpen)
            {
                Session.MustBeOpen();
            }

            step();
        }

        return _services.Sender.WhenSentAsync(cancellationToken);
    }

    private protected static void ThrowIfAny(List<FakeRequestError> errors, string what, string parameter)
    {
        if (errors.Count > 0)
        {
            throw new ArgumentException($"{what}: {string.Join("; ", errors)}.", parameter);
        }
    }
}
