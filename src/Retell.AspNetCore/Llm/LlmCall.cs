using Microsoft.AspNetCore.Http;
using Retell.AspNetCore.Llm;
using Retell.Models;

namespace Retell.AspNetCore;

/// <summary>A call that an agent with the response engine <c>custom-llm</c> is in. It stays the same when Retell connects again.</summary>
public sealed class LlmCall
{
    private readonly LlmConversation _conversation;

    internal LlmCall(LlmConversation conversation, string callId, IServiceProvider services, LlmRequest request, CancellationToken ended) =>
        (_conversation, CallId, Services, RouteValues, Query, Ended) = (conversation, callId, services, request.RouteValues, request.Query, ended);

    /// <summary>Gets the ID of the call.</summary>
    public string CallId { get; }

    /// <summary>
    /// Gets the call as it was registered, or null if it has not arrived or <see cref="RetellLlmOptions.CallDetails"/> is not set. A web call can lack numbers.
    /// </summary>
    public ICall? Details => _conversation.Details;

    /// <summary>Gets the newest transcript, of any message.</summary>
    public IReadOnlyList<Utterance> Transcript => _conversation.Latest?.Transcript ?? [];

    /// <summary>Gets the token that is canceled when the call ends. It outlives turns and connections.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Gets the services of the call's scope, which is disposed after the call.</summary>
    public IServiceProvider Services { get; }

    /// <summary>Gets the values of the route without the secret and the ID of the call, such as <c>tenant</c> of <c>/llm/{secret}/{tenant}</c>.</summary>
    public IReadOnlyDictionary<string, string> RouteValues { get; }

    /// <summary>Gets the query of the first connection, in which the URL of the agent can have dynamic variables.</summary>
    public IQueryCollection Query { get; }

    /// <summary>Gets the number of connections that the call has had.</summary>
    public int Connections => _conversation.Connections;

    /// <summary>Makes the agent say something outside a turn. It interrupts what the agent says.</summary>
    /// <param name="text">The text.</param>
    /// <param name="action">The action after the text, such as <see cref="LlmOutput.EndCall"/>, or null.</param>
    /// <param name="isUninterruptible">Whether the caller cannot interrupt it, as Retell recommends.</param>
    /// <param name="cancellationToken">The token that cancels the wait for room in the queue.</param>
    /// <returns>A task that completes when the text is queued.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="action"/> is not an action.</exception>
    /// <exception cref="OperationCanceledException">The call has ended, or <paramref name="cancellationToken"/> was canceled.</exception>
    public Task InterruptAsync(string text, LlmOutput? action = null, bool isUninterruptible = true, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return action is null or { IsAction: true }
            ? _conversation.InterruptAsync(text, action, isUninterruptible, cancellationToken)
            : throw new ArgumentException($"{action.GetType().Name} is not an action. Use LlmOutput.EndCall, Transfer or PressDigits.", nameof(action));
    }

    /// <summary>
    /// Sends what does not belong to a response: an entry of the transcript about a tool call, settings of the agent, or metadata. Use it for the result of a tool
    /// call that finishes after its turn was superseded.
    /// </summary>
    /// <param name="output">The output.</param>
    /// <param name="cancellationToken">The token that cancels the wait for room in the queue.</param>
    /// <returns>A task that completes when the output is queued.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="output"/> is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="output"/> is a text or an action.</exception>
    /// <exception cref="OperationCanceledException">The call has ended, or <paramref name="cancellationToken"/> was canceled.</exception>
    public Task SendAsync(LlmOutput output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output is not LlmSay and { IsAction: false }
            ? _conversation.SendAsync(output, cancellationToken)
            : throw new ArgumentException($"{output.GetType().Name} needs a response. Use {nameof(InterruptAsync)} outside a turn.", nameof(output));
    }

    /// <summary>Ends the call at once, by closing the connection with code 1000. Use <see cref="LlmOutput.EndCall"/> to end it after the agent has spoken.</summary>
    public void HangUp() => _conversation.HangUp();

    /// <summary>Returns a text without personal data.</summary>
    /// <returns>The ID of the call.</returns>
    public override string ToString() => $"{nameof(LlmCall)} {CallId}";
}
