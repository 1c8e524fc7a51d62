using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Voice agents.</summary>
public class AgentsResource
{
    private readonly AgentsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected AgentsResource()
    {
    }

    internal AgentsResource(AgentsClient raw) => _raw = raw;

    private AgentsClient Raw => Resource.Required(_raw);

    /// <summary>Creates an agent. Calls <c>createAgent</c>.</summary>
    /// <param name="responseEngine">What decides on the answers, such as <see cref="ResponseEngineRetellLm"/>.</param>
    /// <param name="voiceId">The voice.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> CreateAsync(IResponseEngine responseEngine, string voiceId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateAgentRequest
            {
                ResponseEngine = Resource.NotNull(responseEngine, nameof(responseEngine)),
                VoiceId = Resource.NotNull(voiceId, nameof(voiceId)),
            },
            options,
            cancellationToken);

    /// <summary>Creates an agent. Calls <c>createAgent</c>.</summary>
    /// <param name="request">Response engine, voice and settings.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> CreateAsync(CreateAgentRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateAgentAsync(request, options, cancellationToken);

    /// <summary>Reads an agent. Calls <c>getAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="version">The version; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> GetAsync(string agentId, long? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetAgentAsync(agentId, version, options, cancellationToken);

    /// <summary>Lists the agents, page by page while the list is enumerated. Calls <c>listAgents</c>.</summary>
    /// <param name="pageSize">How many agents one request fetches, 1 to 1000; by default what the API gives.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The agents.</returns>
    public virtual Pager<Agent> ListAsync(long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByLastItem<Agent>(
            (last, token) => Raw.ListAgentsAsync(pageSize, last?.AgentId, last?.Version, options, token),
            agent => $"{agent.AgentId}/{agent.Version}",
            pageSize,
            cancellationToken);

    /// <summary>Lists all versions of an agent. Calls <c>getAgentVersions</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The versions; the API gives them in one answer.</returns>
    public virtual Pager<Agent> ListVersionsAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.Single(token => Raw.GetAgentVersionsAsync(agentId, options, token), cancellationToken);

    /// <summary>Publishes the latest version; a new draft with the next version takes its place. Calls <c>publishAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the agent is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task PublishAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.PublishAgentAsync(agentId, options, cancellationToken);

    /// <summary>Changes the latest draft of an agent. Calls <c>updateAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> UpdateAsync(string agentId, Action<AgentRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new AgentRequest();
        Resource.NotNull(change, nameof(change))(request);
        return UpdateAsync(agentId, request, version: null, options, cancellationToken);
    }

    /// <summary>Changes a draft of an agent. Calls <c>updateAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="version">The version; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> UpdateAsync(string agentId, AgentRequest request, long? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateAgentAsync(agentId, request, version, options, cancellationToken);

    /// <summary>Deletes an agent. Calls <c>deleteAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the agent is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteAgentAsync(agentId, options, cancellationToken);

    /// <summary>Lists the tools that an MCP server offers to an agent. Calls <c>getMCPTools</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="mcpId">The id of the MCP server.</param>
    /// <param name="version">The version of the agent; by default the latest.</param>
    /// <param name="componentId">The component, when the server is configured under one.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The tools; the API gives them in one answer.</returns>
    public virtual Pager<McpToolDefinition> ListMcpToolsAsync(string agentId, string mcpId, long? version = null, string? componentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.Single(token => Raw.GetMcpToolsAsync(agentId, mcpId, version, componentId, options, token), cancellationToken);
}
