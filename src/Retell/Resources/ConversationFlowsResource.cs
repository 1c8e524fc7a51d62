using Retell.Models;

namespace Retell;

public partial class ConversationFlowsResource
{
    /// <summary>Creates a conversation flow.</summary>
    /// <param name="model">The language model.</param>
    /// <param name="startSpeaker">The speaker of the first message.</param>
    /// <param name="nodes">The nodes with their edges.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created conversation flow.</returns>
    /// <exception cref="ArgumentException"><paramref name="model"/> or <paramref name="startSpeaker"/> has no value, or <paramref name="nodes"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-conversation-flow</c> (<c>createConversationFlow</c>).</remarks>
    public virtual Task<ConversationFlow> CreateAsync(
        LlmModel model,
        StartSpeaker startSpeaker,
        IEnumerable<IConversationFlowNode> nodes,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateConversationFlowRequest
            {
                ModelChoice = new ModelChoiceCascading { Model = NotDefault(model) },
                StartSpeaker = NotDefault(startSpeaker),
                Nodes = ListOf(NotNull(nodes)),
            }),
            options: options,
            cancellationToken: cancellationToken);
}
