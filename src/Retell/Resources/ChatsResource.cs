using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Chats by text, also by SMS.</summary>
public class ChatsResource
{
    private readonly ChatsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected ChatsResource()
    {
    }

    internal ChatsResource(ChatsClient raw) => _raw = raw;

    private ChatsClient Raw => Resource.Required(_raw);

    /// <summary>Begins a chat. Calls <c>createChat</c>.</summary>
    /// <param name="agentId">The chat agent that answers.</param>
    /// <param name="dynamicVariables">Values for the variables in prompts and messages, by name.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="agentId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> CreateAsync(string agentId, IDictionary<string, string>? dynamicVariables = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateChatRequest
            {
                AgentId = Resource.NotEmpty(agentId),
                RetellLlmDynamicVariables = dynamicVariables,
            },
            options,
            cancellationToken);

    /// <summary>Begins a chat. Calls <c>createChat</c>.</summary>
    /// <param name="request">The chat agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> CreateAsync(CreateChatRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateChatAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Sends the first SMS of a chat. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createSmsChat</c>.</summary>
    /// <param name="fromNumber">A number of the account that can send SMS, in E.164 format such as <c>+14157774444</c>.</param>
    /// <param name="toNumber">The number to write to, in E.164 format.</param>
    /// <param name="agentId">The chat agent that writes; by default the outbound SMS agent of <paramref name="fromNumber"/>.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; an SMS that was sent cannot be called back.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="fromNumber"/> or <paramref name="toNumber"/> is no phone number in E.164 format.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> CreateSmsAsync(string fromNumber, string toNumber, string? agentId = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateSmsAsync(
            new CreateSmsChatRequest
            {
                FromNumber = Resource.PhoneNumber(fromNumber),
                ToNumber = Resource.PhoneNumber(toNumber),
                OverrideAgentId = agentId,
            },
            options,
            cancellationToken);

    /// <summary>Sends the first SMS of a chat. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createSmsChat</c>.</summary>
    /// <param name="request">The numbers, the chat agent and what it should know.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; an SMS that was sent cannot be called back.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> CreateSmsAsync(CreateSmsChatRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateSmsChatAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Says something to the agent and waits for its answer. Calls <c>createChatCompletion</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="content">What the user says.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The new messages of the agent, its tool calls among them.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> or <paramref name="content"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ChatCompletion> CreateCompletionAsync(string chatId, string content, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateCompletionAsync(
            new CreateChatCompletionRequest
            {
                ChatId = Resource.NotEmpty(chatId),
                Content = Resource.NotNull(content),
            },
            options,
            cancellationToken);

    /// <summary>Says something to the agent and waits for its answer. Calls <c>createChatCompletion</c>.</summary>
    /// <param name="request">The chat and what the user says.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The new messages of the agent, its tool calls among them.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<ChatCompletion> CreateCompletionAsync(CreateChatCompletionRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateChatCompletionAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a chat. Calls <c>getChat</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The chat.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> GetAsync(string chatId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetChatAsync(Resource.NotEmpty(chatId), options, cancellationToken);

    /// <summary>Lists chats, page by page while the list is enumerated. Calls <c>listChats</c>.</summary>
    /// <param name="request">Filter, order and page size (<c>Limit</c>); a pagination key there is where the list starts. It is not changed.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The chats, with less than <see cref="GetAsync"/> gives; by default the newest first.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The page size is not from 1 to 1000.</exception>
    public virtual Pager<ChatSummary> ListAsync(ListChatsRequest? request = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            request?.Limit,
            (key, token) => Raw.ListChatsAsync(Resource.ForPage(request, key, (next, from) => (next.PaginationKey, next.Skip) = (from, null)), options, token),
            page => new Page<ChatSummary>(page.Items, page.PaginationKey, page.HasMore, page.Total),
            cancellationToken,
            nameof(request));

    /// <summary>Changes the metadata and the data storage of a chat. Calls <c>updateChatMetadata</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="change">Sets what is to change; what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The chat as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> UpdateAsync(string chatId, Action<UpdateChatRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(chatId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes the metadata and the data storage of a chat. Calls <c>updateChatMetadata</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="request">What to change; what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The chat as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> UpdateAsync(string chatId, UpdateChatRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateChatMetadataAsync(Resource.NotEmpty(chatId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Ends a chat. Calls <c>endChat</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the chat is ended.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task EndAsync(string chatId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.EndChatAsync(Resource.NotEmpty(chatId), options, cancellationToken);

    /// <summary>Runs the analysis of an ended chat again. Each run costs money, so it is never repeated unless the API surely did not carry it out. Calls <c>rerunChatAnalysis</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request; an analysis that has begun goes on.</param>
    /// <returns>The chat; its analysis follows.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<Chat> RerunAnalysisAsync(string chatId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.RerunChatAnalysisAsync(Resource.NotEmpty(chatId), options, cancellationToken);

    /// <summary>Deletes a chat and what was stored of it. Calls <c>deleteChat</c>.</summary>
    /// <param name="chatId">The id of the chat.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the chat is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="chatId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string chatId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteChatAsync(Resource.NotEmpty(chatId), options, cancellationToken);
}
