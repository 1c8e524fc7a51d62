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
    /// <param name="responseEngine">What decides on the answers, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="voiceId">The voice.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="voiceId"/> is null or empty, or <paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> CreateAsync(IResponseEngine responseEngine, string voiceId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateAgentRequest
            {
                ResponseEngine = Resource.NotNull(responseEngine),
                VoiceId = Resource.NotEmpty(voiceId),
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
        Raw.CreateAgentAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads an agent. Calls <c>getAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> GetAsync(string agentId, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetAgentAsync(Resource.NotEmpty(agentId), version, options, cancellationToken);

    /// <summary>Lists voice and chat agents, page by page while the list is enumerated. Calls <c>listAgents</c>.</summary>
    /// <param name="filter">Which agents; by default all.</param>
    /// <param name="pageSize">How many agents one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The agents, with less than <see cref="GetAsync"/> gives.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<AgentSummary> ListAsync(AgentListFilter? filter = null, long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListAgentsAsync(pageSize, sortOrder, key, new ListAgentsRequest { FilterCriteria = filter }, options, token),
            page => new Page<AgentSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Lists the versions of an agent, page by page while the list is enumerated. Calls <c>listAgentVersions</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="pageSize">How many versions one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<AgentVersionSummary> ListVersionsAsync(string agentId, long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(agentId);
        return Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListAgentVersionsAsync(agentId, pageSize, sortOrder, key, options, token),
            page => new Page<AgentVersionSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Makes a new draft from a version. Calls <c>createAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="baseVersion">The version to start from.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The draft: an <see cref="Agent"/> or a <see cref="ChatAgent"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<IAgent> CreateVersionAsync(string agentId, long baseVersion, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateAgentVersionAsync(Resource.NotEmpty(agentId), new CreateAgentVersionRequest { BaseVersion = baseVersion }, options, cancellationToken);

    /// <summary>Publishes a version. Calls <c>publishAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="version">The version to publish.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task PublishVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        PublishVersionAsync(agentId, new PublishAgentVersionRequest { Version = version }, options, cancellationToken);

    /// <summary>Publishes a version. Calls <c>publishAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="request">The version, its title and description.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task PublishVersionAsync(string agentId, PublishAgentVersionRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.PublishAgentVersionAsync(Resource.NotEmpty(agentId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Deletes a version. Calls <c>deleteAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="version">The version.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the version is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteAgentVersionAsync(Resource.NotEmpty(agentId), version, options, cancellationToken);

    /// <summary>Repairs an agent whose parts no longer fit together. Calls <c>repairAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent: an <see cref="Agent"/> or a <see cref="ChatAgent"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<IAgent> RepairAsync(string agentId, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.RepairAgentAsync(Resource.NotEmpty(agentId), version, options, cancellationToken);

    /// <summary>Publishes the latest version by the retired version of the API. Calls <c>publishAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the agent is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    [Obsolete("The API no longer has it. Use PublishVersionAsync.")]
    public virtual Task PublishV1Async(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.PublishAgentAsync(Resource.NotEmpty(agentId), options, cancellationToken);

    /// <summary>Changes the latest draft of an agent. Calls <c>updateAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> UpdateAsync(string agentId, Action<AgentSettings> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(agentId, Resource.Configured(change), version: null, options, cancellationToken);

    /// <summary>Changes a draft of an agent. Calls <c>updateAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The agent as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Agent> UpdateAsync(string agentId, AgentSettings request, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateAgentAsync(Resource.NotEmpty(agentId), Resource.NotNull(request), version, options, cancellationToken);

    /// <summary>Deletes an agent. Calls <c>deleteAgent</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the agent is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string agentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteAgentAsync(Resource.NotEmpty(agentId), options, cancellationToken);

    /// <summary>Lists the tools that an MCP server offers to an agent. Calls <c>getMCPTools</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="mcpId">The id of the MCP server.</param>
    /// <param name="version">The version of the agent: a number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="componentId">The component, when the server is configured under one.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The tools; the API gives them in one answer.</returns>
    /// <exception cref="ArgumentException">An id is null or empty.</exception>
    public virtual Pager<McpToolDefinition> ListMcpToolsAsync(string agentId, string mcpId, AgentVersionReference? version = null, string? componentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(agentId);
        Resource.NotEmpty(mcpId);
        return Pager.Single(token => Raw.GetMcpToolsAsync(agentId, mcpId, version, componentId, options, token), cancellationToken);
    }
}
