using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Talks with an agent by text, without a call or chat: to try it out.</summary>
public class PlaygroundResource
{
    private readonly PlaygroundClient? _raw;

    /// <summary>For test doubles.</summary>
    protected PlaygroundResource()
    {
    }

    internal PlaygroundResource(PlaygroundClient raw) => _raw = raw;

    private PlaygroundClient Raw => Resource.Required(_raw);

    /// <summary>Says something to an agent and waits for its answer. Nothing is kept: the next request holds the whole conversation again. Each one costs money and is never repeated unless the API surely did not carry it out. Calls <c>agentPlaygroundCompletion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="content">What the user says.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The new messages of the agent, and where in its states or nodes it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> or <paramref name="content"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PlaygroundCompletion> CompleteAsync(string agentId, string content, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(agentId, [new MessageInput { Role = MessageRole.User, Content = Resource.NotNull(content) }], version, options, cancellationToken);

    /// <summary>Says something to an agent and waits for its answer. Nothing is kept: the next request holds the whole conversation again. Each one costs money and is never repeated unless the API surely did not carry it out. Calls <c>agentPlaygroundCompletion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="messages">The conversation so far.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The new messages of the agent, and where in its states or nodes it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="messages"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PlaygroundCompletion> CompleteAsync(string agentId, IEnumerable<IChatMessageInput> messages, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CompleteAsync(agentId, new PlaygroundCompletionRequest { Messages = Resource.ListOf(Resource.NotNull(messages)) }, version, options, cancellationToken);

    /// <summary>Says something to an agent and waits for its answer. Nothing is kept: the next request holds the whole conversation again. Each one costs money and is never repeated unless the API surely did not carry it out. Calls <c>agentPlaygroundCompletion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="request">The conversation so far, where the agent is, its variables and mocks of its tools.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The new messages of the agent, and where in its states or nodes it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<PlaygroundCompletion> CompleteAsync(string agentId, PlaygroundCompletionRequest request, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.AgentPlaygroundCompletionAsync(Resource.NotEmpty(agentId), Resource.NotNull(request), version, options, cancellationToken);
}
