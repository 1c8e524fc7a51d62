using Retell.Models;

namespace Retell;

public partial class ChatsResource
{
    /// <summary>Begins a chat. Calls <c>createChat</c>.</summary>
    /// <param name="agentId">The chat agent that answers.</param>
    /// <param name="dynamicVariables">Values for the variables in prompts and messages, by name.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Chat> CreateAsync(string agentId, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateChatRequest
            {
                AgentId = NotEmpty(agentId),
                RetellLlmDynamicVariables = dynamicVariables,
            }, (nameof(CreateChatRequest.RetellLlmDynamicVariables), nameof(dynamicVariables))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Sends the first SMS of a chat. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createSmsChat</c>.</summary>
    /// <param name="fromNumber">A number of the account that can send SMS, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to write to, in E.164 format.</param>
    /// <param name="agentId">The chat agent that writes; by default the outbound SMS agent of <paramref name="fromNumber"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">Stops the request; an SMS that was sent cannot be called back.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> or <paramref name="toNumber"/> is no phone number in E.164 format.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<Chat> CreateSmsAsync(string fromNumber, string toNumber, string? agentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateSmsAsync(
            Made(new CreateSmsChatRequest
            {
                FromNumber = PhoneNumber(fromNumber),
                ToNumber = PhoneNumber(toNumber),
                OverrideAgentId = agentId,
            }, (nameof(CreateSmsChatRequest.OverrideAgentId), nameof(agentId))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Says something to the agent and waits for its answer. Calls <c>createChatCompletion</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="content">What the user says.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new messages of the agent, its tool calls among them.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> or <paramref name="content"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<ChatCompletion> CreateCompletionAsync(string chatId, string content, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateCompletionAsync(
            Made(new CreateChatCompletionRequest
            {
                ChatId = NotEmpty(chatId),
                Content = NotNull(content),
            }),
            options: options,
            cancellationToken: cancellationToken);
}
