using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Conversation flows: nodes and the ways between them, a response engine of agents.</summary>
public class ConversationFlowsResource
{
    private readonly ConversationFlowsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ConversationFlowsResource()
    {
    }

    internal ConversationFlowsResource(ConversationFlowsClient raw) => _raw = raw;

    private ConversationFlowsClient Raw => Resource.Required(_raw);

    /// <summary>Creates a conversation flow. Calls <c>createConversationFlow</c>.</summary>
    /// <param name="model">The language model.</param>
    /// <param name="startSpeaker">Who speaks first.</param>
    /// <param name="nodes">The nodes with the ways between them.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The conversation flow.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="nodes"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlow> CreateAsync(LlmModel model, StartSpeaker startSpeaker, IEnumerable<IConversationFlowNode> nodes, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateConversationFlowRequest
            {
                ModelChoice = new ModelChoiceCascading { Model = model },
                StartSpeaker = startSpeaker,
                Nodes = Resource.ListOf(Resource.NotNull(nodes)),
            },
            options,
            cancellationToken);

    /// <summary>Creates a conversation flow. Calls <c>createConversationFlow</c>.</summary>
    /// <param name="request">Model, nodes, tools and settings.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The conversation flow.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlow> CreateAsync(CreateConversationFlowRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateConversationFlowAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a conversation flow. Calls <c>getConversationFlow</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="version">The version; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The conversation flow.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlow> GetAsync(string conversationFlowId, long? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetConversationFlowAsync(Resource.NotEmpty(conversationFlowId), version, options, cancellationToken);

    /// <summary>Lists the conversation flows, page by page while the list is enumerated. Calls <c>listConversationFlows</c>.</summary>
    /// <param name="pageSize">How many flows one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The conversation flows.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<ConversationFlow> ListAsync(long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListConversationFlowsAsync(pageSize, sortOrder, key, options, token),
            page => new Page<ConversationFlow>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Changes the latest draft of a conversation flow. Calls <c>updateConversationFlow</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The conversation flow as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlow> UpdateAsync(string conversationFlowId, Action<UpdateConversationFlowRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(conversationFlowId, Resource.Configured(change), version: null, options, cancellationToken);

    /// <summary>Changes a draft of a conversation flow. Calls <c>updateConversationFlow</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="version">The version; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The conversation flow as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlow> UpdateAsync(string conversationFlowId, UpdateConversationFlowRequest request, long? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateConversationFlowAsync(Resource.NotEmpty(conversationFlowId), Resource.NotNull(request), version, options, cancellationToken);

    /// <summary>Deletes a conversation flow with all its versions. Calls <c>deleteConversationFlow</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="forceDelete">Whether to delete it even where agents use it.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the conversation flow is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string conversationFlowId, bool? forceDelete = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteConversationFlowAsync(Resource.NotEmpty(conversationFlowId), forceDelete, options, cancellationToken);
}
