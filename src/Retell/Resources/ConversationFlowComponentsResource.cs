using Retell.Models;

namespace Retell;

public partial class ConversationFlowComponentsResource
{
    /// <summary>Creates a component. Calls <c>createConversationFlowComponent</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nodes">The nodes with the ways between them.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The component.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="nodes"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ConversationFlowComponent> CreateAsync(string name, IEnumerable<IConversationFlowNode> nodes, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new ConversationFlowComponentDefinition
            {
                Name = NotEmpty(name),
                Nodes = ListOf(NotNull(nodes)),
            }),
            options: options,
            cancellationToken: cancellationToken);
}
