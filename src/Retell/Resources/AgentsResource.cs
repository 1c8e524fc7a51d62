using Retell.Models;

namespace Retell;

public partial class AgentsResource
{
    /// <summary>Creates an agent. Calls <c>createAgent</c>.</summary>
    /// <param name="responseEngine">What decides on the answers, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="voiceId">The voice.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="voiceId"/> is null or empty, or <paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Agent> CreateAsync(IResponseEngine responseEngine, string voiceId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateAgentRequest
            {
                ResponseEngine = NotNull(responseEngine),
                VoiceId = NotEmpty(voiceId),
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Lists voice and chat agents, page by page while the list is enumerated. Calls <c>listAgents</c>.</summary>
    /// <param name="filter">Which agents; by default all.</param>
    /// <param name="pageSize">How many agents one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The agents, with less than <see cref="GetAsync"/> gives.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<AgentSummary> ListAsync(AgentListFilter? filter = null, long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            "listAgents",
            pageSize,
            (key, token) => Raw.ListAgentsAsync(limit: pageSize, sortOrder: sortOrder, paginationKey: key, body: Made(new ListAgentsRequest { FilterCriteria = filter }, (nameof(ListAgentsRequest.FilterCriteria), nameof(filter))), options: options, cancellationToken: token),
            page => new PageContent<AgentSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Makes a new draft from a version. Calls <c>createAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="baseVersion">The version to start from.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The draft: an <see cref="Agent"/> or a <see cref="ChatAgent"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<IAgent> CreateVersionAsync(string agentId, long baseVersion, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateVersionAsync(agentId, Made(new CreateAgentVersionRequest { BaseVersion = baseVersion }), options: options, cancellationToken: cancellationToken);

    /// <summary>Publishes a version. Calls <c>publishAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the agent.</param>
    /// <param name="version">The version to publish.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task PublishVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        PublishVersionAsync(agentId, Made(new PublishAgentVersionRequest { Version = version }), options: options, cancellationToken: cancellationToken);
}
