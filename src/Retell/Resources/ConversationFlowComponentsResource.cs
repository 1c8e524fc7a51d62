using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Parts that several conversation flows share.</summary>
public class ConversationFlowComponentsResource
{
    private readonly ConversationFlowComponentsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ConversationFlowComponentsResource()
    {
    }

    internal ConversationFlowComponentsResource(ConversationFlowComponentsClient raw) => _raw = raw;

    private ConversationFlowComponentsClient Raw => Resource.Required(_raw);

    /// <summary>Creates a component. Calls <c>createConversationFlowComponent</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nodes">The nodes with the ways between them.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The component.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="nodes"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlowComponent> CreateAsync(string name, IEnumerable<IConversationFlowNode> nodes, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new ConversationFlowComponentDefinition
            {
                Name = Resource.NotEmpty(name),
                Nodes = Resource.ListOf(Resource.NotNull(nodes)),
            },
            options,
            cancellationToken);

    /// <summary>Creates a component. Calls <c>createConversationFlowComponent</c>.</summary>
    /// <param name="request">Name, nodes and tools.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The component.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlowComponent> CreateAsync(ConversationFlowComponentDefinition request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateConversationFlowComponentAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a component. Calls <c>getConversationFlowComponent</c>.</summary>
    /// <param name="componentId">The id of the component.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The component.</returns>
    /// <exception cref="ArgumentException"><paramref name="componentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlowComponent> GetAsync(string componentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetConversationFlowComponentAsync(Resource.NotEmpty(componentId), options, cancellationToken);

    /// <summary>Lists the components, page by page while the list is enumerated. Calls <c>listConversationFlowComponents</c>.</summary>
    /// <param name="pageSize">How many components one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The components.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<ConversationFlowComponent> ListAsync(long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListConversationFlowComponentsAsync(pageSize, sortOrder, key, options, token),
            page => new Page<ConversationFlowComponent>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Changes a component, and with it every conversation flow that uses it. Calls <c>updateConversationFlowComponent</c>.</summary>
    /// <param name="componentId">The id of the component.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The component as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="componentId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlowComponent> UpdateAsync(string componentId, Action<UpdateConversationFlowComponentRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(componentId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes a component, and with it every conversation flow that uses it. Calls <c>updateConversationFlowComponent</c>.</summary>
    /// <param name="componentId">The id of the component.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The component as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="componentId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ConversationFlowComponent> UpdateAsync(string componentId, UpdateConversationFlowComponentRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateConversationFlowComponentAsync(Resource.NotEmpty(componentId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Deletes a component; the conversation flows that use it get a copy of their own. Calls <c>deleteConversationFlowComponent</c>.</summary>
    /// <param name="componentId">The id of the component.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the component is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="componentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string componentId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteConversationFlowComponentAsync(Resource.NotEmpty(componentId), options, cancellationToken);
}
