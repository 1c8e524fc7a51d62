using Retell.Models;

namespace Retell;

public partial class PlaygroundResource
{
    /// <summary>Sends a message to an agent and returns its response. The conversation is not stored: each request contains all messages so far.</summary>
    /// <param name="agentId">The ID of the agent.</param>
    /// <param name="content">The message of the user.</param>
    /// <param name="version">The version: a number, <c>latest</c>, <c>latest_published</c> or a tag, or null for the latest.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new messages of the agent, with its current state or node.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="content"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /agent-playground-completion/{agent_id}</c> (<c>agentPlaygroundCompletion</c>). The operation costs money. It is retried
    /// only if the API certainly did not process the request.
    /// </remarks>
    public virtual Task<PlaygroundCompletion> CompleteAsync(
        string agentId,
        string content,
        AgentVersionReference? version = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CompleteAsync(agentId, [new MessageInput { Role = MessageRole.User, Content = NotNull(content) }], version, options: options, cancellationToken: cancellationToken);

    /// <summary>Sends a message to an agent and returns its response. The conversation is not stored: each request contains all messages so far.</summary>
    /// <param name="agentId">The ID of the agent.</param>
    /// <param name="messages">The messages of the conversation so far.</param>
    /// <param name="version">The version: a number, <c>latest</c>, <c>latest_published</c> or a tag, or null for the latest.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new messages of the agent, with its current state or node.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="messages"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /agent-playground-completion/{agent_id}</c> (<c>agentPlaygroundCompletion</c>). The operation costs money. It is retried
    /// only if the API certainly did not process the request.
    /// </remarks>
    public virtual Task<PlaygroundCompletion> CompleteAsync(
        string agentId,
        IEnumerable<IChatMessageInput> messages,
        AgentVersionReference? version = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CompleteAsync(agentId, Made(new PlaygroundCompletionRequest { Messages = ListOf(NotNull(messages)) }), version, options: options, cancellationToken: cancellationToken);
}
