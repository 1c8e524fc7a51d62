using Retell.Generated;
using Retell.Models;

namespace Retell;

public partial class ChatAgentsResource
{
    /// <summary>Creates a chat agent. Calls <c>createChatAgent</c>.</summary>
    /// <param name="responseEngine">What decides on the answers, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The chat agent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ChatAgent> CreateAsync(IResponseEngine responseEngine, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(Made(new CreateChatAgentRequest { ResponseEngine = NotNull(responseEngine) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Lists the chat agents, page by page while the list is enumerated. Calls <c>listAgents</c>.</summary>
    /// <param name="query">A text to search for; by default all chat agents are listed.</param>
    /// <param name="pageSize">How many agents one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The chat agents, with less than <see cref="GetAsync"/> gives.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<AgentSummary> ListAsync(string? query = null, long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var filter = new AgentListFilter { Channel = new AgentChannelFilter { Value = AgentChannel.Chat }, Query = query };
        return Pager.ByKey(
            "listAgents",
            pageSize,
            (key, token) => Api.Agents.ListAgentsAsync(pageSize, sortOrder, key, new ListAgentsRequest { FilterCriteria = filter }, options: options, cancellationToken: token),
            page => new PageContent<AgentSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Lists the versions of a chat agent, page by page while the list is enumerated. Calls <c>listAgentVersions</c>.</summary>
    /// <param name="agentId">The id of the chat agent.</param>
    /// <param name="pageSize">How many versions one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<AgentVersionSummary> ListVersionsAsync(string agentId, long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        PathText(agentId);
        return Pager.ByKey(
            "listAgentVersions",
            pageSize,
            (key, token) => Api.Agents.ListAgentVersionsAsync(agentId, pageSize, sortOrder, key, options: options, cancellationToken: token),
            page => new PageContent<AgentVersionSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Makes a new draft from a version. Calls <c>createAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the chat agent.</param>
    /// <param name="baseVersion">The version to start from.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ChatAgent> CreateVersionAsync(string agentId, long baseVersion, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        ChatAgentOf(Api.Agents.CreateAgentVersionAsync(PathText(agentId), Made(new CreateAgentVersionRequest { BaseVersion = baseVersion }), options: options, cancellationToken: cancellationToken));

    /// <summary>Publishes a version. Calls <c>publishAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the chat agent.</param>
    /// <param name="version">The version to publish.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task PublishVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        PublishVersionAsync(agentId, Made(new PublishAgentVersionRequest { Version = version }), options: options, cancellationToken: cancellationToken);

    /// <summary>Publishes a version. Calls <c>publishAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the chat agent.</param>
    /// <param name="request">The version, its title and description.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task PublishVersionAsync(string agentId, PublishAgentVersionRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Api.Agents.PublishAgentVersionAsync(PathText(agentId), Body(request), options: options, cancellationToken: cancellationToken);

    /// <summary>Deletes a version. Calls <c>deleteAgentVersion</c>.</summary>
    /// <param name="agentId">The id of the chat agent.</param>
    /// <param name="version">The version.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that ends when the version is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task DeleteVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Api.Agents.DeleteAgentVersionAsync(PathText(agentId), version, options: options, cancellationToken: cancellationToken);

    /// <summary>Repairs a chat agent whose parts no longer fit together. Calls <c>repairAgent</c>.</summary>
    /// <param name="agentId">The id of the chat agent.</param>
    /// <param name="version">A number, <c>latest</c>, <c>latest_published</c> or a tag; by default the latest.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The chat agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ChatAgent> RepairAsync(string agentId, AgentVersionReference? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        ChatAgentOf(Api.Agents.RepairAgentAsync(PathText(agentId), version, options: options, cancellationToken: cancellationToken));

    /// <summary>The API has one operation for both kinds of agents; an id of the other kind is only seen in the answer.</summary>
    private static async Task<ChatAgent> ChatAgentOf(Task<IAgent> answer)
    {
        IAgent agent = await answer.ConfigureAwait(false);
        return agent as ChatAgent
            ?? throw new RetellException($"It was done, but {agent.AgentId} is no chat agent. Use {nameof(RetellClient)}.{nameof(RetellClient.Agents)} for it.");
    }
}
