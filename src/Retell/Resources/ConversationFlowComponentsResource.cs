using Retell.Models;

namespace Retell;

public partial class ConversationFlowComponentsResource
{
    /// <summary>Creates a conversation flow component.</summary>
    /// <param name="name">The name of the component.</param>
    /// <param name="nodes">The nodes with their edges.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created component.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="nodes"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-conversation-flow-component</c> (<c>createConversationFlowComponent</c>).</remarks>
    public virtual Task<ConversationFlowComponent> CreateAsync(
        string name,
        IEnumerable<IConversationFlowNode> nodes,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new ConversationFlowComponentDefinition
            {
                Name = NotEmpty(name),
                Nodes = ListOf(NotNull(nodes)),
            }),
            options: options,
            cancellationToken: cancellationToken);
}
