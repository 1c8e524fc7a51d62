using Retell.Models;

namespace Retell;

public partial class AgentsResource
{
    /// <summary>Creates an agent.</summary>
    /// <param name="responseEngine">The response engine, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="voiceId">The ID of the voice.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="voiceId"/> is null or empty, or <paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-agent</c> (<c>createAgent</c>).</remarks>
    public virtual Task<Agent> CreateAsync(IResponseEngine responseEngine, string voiceId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateAgentRequest
            {
                ResponseEngine = NotNull(responseEngine),
                VoiceId = NotEmpty(voiceId),
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Lists the voice and chat agents. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="filter">The filter, or null for all agents.</param>
    /// <param name="pageSize">The maximum number of agents per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="sortOrder">The sort order, or null for descending.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The agents. An item has fewer members than <see cref="GetAsync"/> returns.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>POST /v2/list-agents</c> (<c>listAgents</c>).</remarks>
    public virtual Pager<AgentSummary> ListAsync(
        AgentListFilter? filter = null,
        long? pageSize = null,
        SortOrder? sortOrder = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            "listAgents",
            pageSize,
            (key, token) =>
                Raw.ListAgentsAsync(
                    limit: pageSize,
                    sortOrder: sortOrder,
                    paginationKey: key,
                    body: Made(new ListAgentsRequest { FilterCriteria = filter }, (nameof(ListAgentsRequest.FilterCriteria), nameof(filter))),
                    options: options,
                    cancellationToken: token),
            page => new PageContent<AgentSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Creates a draft from a version of an agent.</summary>
    /// <param name="agentId">The ID of the agent.</param>
    /// <param name="baseVersion">The version to start from.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The draft: an <see cref="Agent"/> or a <see cref="ChatAgent"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-agent-version/{agent_id}</c> (<c>createAgentVersion</c>).</remarks>
    public virtual Task<IAgent> CreateVersionAsync(string agentId, long baseVersion, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateVersionAsync(agentId, Made(new CreateAgentVersionRequest { BaseVersion = baseVersion }), options: options, cancellationToken: cancellationToken);

    /// <summary>Publishes a version of an agent.</summary>
    /// <param name="agentId">The ID of the agent.</param>
    /// <param name="version">The version to publish.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /publish-agent-version/{agent_id}</c> (<c>publishAgentVersion</c>).</remarks>
    public virtual Task PublishVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        PublishVersionAsync(agentId, Made(new PublishAgentVersionRequest { Version = version }), options: options, cancellationToken: cancellationToken);
}
