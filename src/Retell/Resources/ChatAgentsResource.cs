using Retell.Generated;
using Retell.Models;

namespace Retell;

public partial class ChatAgentsResource
{
    /// <summary>Creates a chat agent.</summary>
    /// <param name="responseEngine">The response engine, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The chat agent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-chat-agent</c> (<c>createChatAgent</c>).</remarks>
    public virtual Task<ChatAgent> CreateAsync(IResponseEngine responseEngine, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(Made(new CreateChatAgentRequest { ResponseEngine = NotNull(responseEngine) }), options: options, cancellationToken: cancellationToken);

    /// <summary>Lists the chat agents. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="query">The text to search for, or null for all chat agents.</param>
    /// <param name="pageSize">The maximum number of agents per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="sortOrder">The sort order, or null for descending.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The chat agents. An item has fewer members than <see cref="GetAsync"/> returns.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>POST /v2/list-agents</c> (<c>listAgents</c>).</remarks>
    public virtual Pager<AgentSummary> ListAsync(
        string? query = null,
        long? pageSize = null,
        SortOrder? sortOrder = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var filter = new AgentListFilter { Channel = new AgentChannelFilter { Value = AgentChannel.Chat }, Query = query };
        return Pager.ByKey(
            "listAgents",
            pageSize,
            (key, token) => Api.Agents.ListAgentsAsync(pageSize, sortOrder, key, new ListAgentsRequest { FilterCriteria = filter }, options: options, cancellationToken: token),
            page => new PageContent<AgentSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Lists the versions of a chat agent. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="pageSize">The maximum number of versions per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="sortOrder">The sort order, or null for descending.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The versions.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>GET /list-agent-versions/{agent_id}</c> (<c>listAgentVersions</c>).</remarks>
    public virtual Pager<AgentVersionSummary> ListVersionsAsync(
        string agentId,
        long? pageSize = null,
        SortOrder? sortOrder = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        PathText(agentId);
        return Pager.ByKey(
            "listAgentVersions",
            pageSize,
            (key, token) => Api.Agents.ListAgentVersionsAsync(agentId, pageSize, sortOrder, key, options: options, cancellationToken: token),
            page => new PageContent<AgentVersionSummary>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }

    /// <summary>Creates a draft from a version of a chat agent.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="baseVersion">The version to start from.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The draft.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-agent-version/{agent_id}</c> (<c>createAgentVersion</c>).</remarks>
    public virtual Task<ChatAgent> CreateVersionAsync(string agentId, long baseVersion, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        ChatAgentOf(
            Api.Agents.CreateAgentVersionAsync(
                PathText(agentId),
                Made(new CreateAgentVersionRequest { BaseVersion = baseVersion }),
                options: options,
                cancellationToken: cancellationToken));

    /// <summary>Publishes a version of a chat agent.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="version">The version to publish.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /publish-agent-version/{agent_id}</c> (<c>publishAgentVersion</c>).</remarks>
    public virtual Task PublishVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        PublishVersionAsync(agentId, Made(new PublishAgentVersionRequest { Version = version }), options: options, cancellationToken: cancellationToken);

    /// <summary>Publishes a version of a chat agent.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="request">The version, with its title and description.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the version is published.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /publish-agent-version/{agent_id}</c> (<c>publishAgentVersion</c>).</remarks>
    public virtual Task PublishVersionAsync(string agentId, PublishAgentVersionRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Api.Agents.PublishAgentVersionAsync(PathText(agentId), Body(request), options: options, cancellationToken: cancellationToken);

    /// <summary>Deletes a version of a chat agent.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="version">The version to delete.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>A task that completes when the version is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>DELETE /delete-agent-version/{agent_id}</c> (<c>deleteAgentVersion</c>).</remarks>
    public virtual Task DeleteVersionAsync(string agentId, long version, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Api.Agents.DeleteAgentVersionAsync(PathText(agentId), version, options: options, cancellationToken: cancellationToken);

    /// <summary>Repairs a chat agent whose parts are inconsistent.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="version">The version: a number, <c>latest</c>, <c>latest_published</c> or a tag, or null for the latest.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The chat agent.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /repair-agent/{agent_id}</c> (<c>repairAgent</c>).</remarks>
    public virtual Task<ChatAgent> RepairAsync(
        string agentId,
        AgentVersionReference? version = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        ChatAgentOf(Api.Agents.RepairAgentAsync(PathText(agentId), version, options: options, cancellationToken: cancellationToken));

    /// <summary>
    /// Returns the chat agent of a response. The API has one operation for both types of agents, so that an ID of the other type is only noticed
    /// here.
    /// </summary>
    private static async Task<ChatAgent> ChatAgentOf(Task<IAgent> response)
    {
        IAgent agent = await response.ConfigureAwait(false);
        return agent as ChatAgent
            ?? throw new RetellException(
                $"The operation succeeded, but \"{agent.AgentId}\" is not a chat agent. Use {nameof(RetellClient)}.{nameof(RetellClient.Agents)} instead.");
    }
}
