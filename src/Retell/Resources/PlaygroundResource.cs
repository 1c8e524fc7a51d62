using Retell.Models;

namespace Retell;

public partial class PlaygroundResource
{
    /// <summary>Says something to an agent and waits for its answer. Nothing is kept: the next request holds the whole conversation again. Each one costs money and is never repeated unless the API surely did not carry it out. Calls <c>agentPlaygroundCompletion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="content">What the user says.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new messages of the agent, and where in its states or nodes it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> or <paramref name="content"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<PlaygroundCompletion> CompleteAsync(string agentId, string content, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(agentId, [new MessageInput { Role = MessageRole.User, Content = NotNull(content) }], version, options: options, cancellationToken: cancellationToken);

    /// <summary>Says something to an agent and waits for its answer. Nothing is kept: the next request holds the whole conversation again. Each one costs money and is never repeated unless the API surely did not carry it out. Calls <c>agentPlaygroundCompletion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="messages">The conversation so far.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new messages of the agent, and where in its states or nodes it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="messages"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<PlaygroundCompletion> CompleteAsync(string agentId, IEnumerable<IChatMessageInput> messages, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(agentId, Made(new PlaygroundCompletionRequest { Messages = ListOf(NotNull(messages)) }), version, options: options, cancellationToken: cancellationToken);
}
