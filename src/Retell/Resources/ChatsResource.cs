using Retell.Models;

namespace Retell;

public partial class ChatsResource
{
    /// <summary>Creates a chat.</summary>
    /// <param name="agentId">The ID of the chat agent.</param>
    /// <param name="dynamicVariables">The values of dynamic variables, by name, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-chat</c> (<c>createChat</c>).</remarks>
    public virtual Task<Chat> CreateAsync(
        string agentId,
        IDictionary<string, string>? dynamicVariables = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateChatRequest
            {
                AgentId = NotEmpty(agentId),
                RetellLlmDynamicVariables = dynamicVariables,
            }, (nameof(CreateChatRequest.RetellLlmDynamicVariables), nameof(dynamicVariables))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Creates a chat by sending an SMS.</summary>
    /// <param name="fromNumber">The number of the account to send from, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to send the SMS to, in E.164 format.</param>
    /// <param name="agentId">The ID of the chat agent, or null for the outbound SMS agent of <paramref name="fromNumber"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request. An SMS that was sent is not recalled.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> or <paramref name="toNumber"/> is not a valid E.164 phone number.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /create-sms-chat</c> (<c>createSmsChat</c>). The operation costs money. It is retried only if the API certainly did not
    /// process the request.
    /// </remarks>
    public virtual Task<Chat> CreateSmsAsync(
        string fromNumber,
        string toNumber,
        string? agentId = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateSmsAsync(
            Made(new CreateSmsChatRequest
            {
                FromNumber = PhoneNumber(fromNumber),
                ToNumber = PhoneNumber(toNumber),
                OverrideAgentId = agentId,
            }, (nameof(CreateSmsChatRequest.OverrideAgentId), nameof(agentId))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Sends a message to the agent and returns its response.</summary>
    /// <param name="chatId">The ID of the chat.</param>
    /// <param name="content">The message of the user.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The new messages of the agent, including tool calls.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty, or <paramref name="content"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-chat-completion</c> (<c>createChatCompletion</c>).</remarks>
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
