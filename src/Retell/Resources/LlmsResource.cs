using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Retell LLMs: prompts, tools and states, the response engine of agents without a conversation flow.</summary>
public class LlmsResource
{
    private readonly LlmsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected LlmsResource()
    {
    }

    internal LlmsResource(LlmsClient raw) => _raw = raw;

    private LlmsClient Raw => Resource.Required(_raw);

    /// <summary>Creates an LLM. Calls <c>createRetellLLM</c>.</summary>
    /// <param name="generalPrompt">What the agent is and does.</param>
    /// <param name="startSpeaker">Who speaks first.</param>
    /// <param name="beginMessage">What the agent says first; by default it finds words of its own.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The LLM.</returns>
    /// <exception cref="ArgumentException"><paramref name="generalPrompt"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<RetellLlm> CreateAsync(string generalPrompt, StartSpeaker startSpeaker, string? beginMessage = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = new RetellLlmSettings { GeneralPrompt = Resource.NotEmpty(generalPrompt), StartSpeaker = startSpeaker };
        if (beginMessage is not null)
        {
            // A null would be sent: it has a meaning there.
            request.BeginMessage = beginMessage;
        }

        return CreateAsync(request, options, cancellationToken);
    }

    /// <summary>Creates an LLM. Calls <c>createRetellLLM</c>.</summary>
    /// <param name="request">Prompts, model, tools and states.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The LLM.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<RetellLlm> CreateAsync(RetellLlmSettings request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateRetellLlmAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads an LLM. Calls <c>getRetellLLM</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="version">The version; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The LLM.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<RetellLlm> GetAsync(string llmId, long? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetRetellLlmAsync(Resource.NotEmpty(llmId), version, options, cancellationToken);

    /// <summary>Lists the LLMs, page by page while the list is enumerated. Calls <c>listRetellLLM</c>.</summary>
    /// <param name="pageSize">How many LLMs one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="sortOrder">The order; by default descending.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The LLMs.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<RetellLlm> ListAsync(long? pageSize = null, SortOrder? sortOrder = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListRetellLlmAsync(pageSize, sortOrder, key, options, token),
            page => new Page<RetellLlm>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Changes the latest draft of an LLM. Calls <c>updateRetellLLM</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="change">Sets what is to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The LLM as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<RetellLlm> UpdateAsync(string llmId, Action<RetellLlmSettings> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(llmId, Resource.Configured(change), version: null, options, cancellationToken);

    /// <summary>Changes a draft of an LLM. Calls <c>updateRetellLLM</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="request">What to change; null clears a setting that may be null, and what is not set stays as it is.</param>
    /// <param name="version">The version; by default the latest.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The LLM as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<RetellLlm> UpdateAsync(string llmId, RetellLlmSettings request, long? version = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateRetellLlmAsync(Resource.NotEmpty(llmId), Resource.NotNull(request), version, options, cancellationToken);

    /// <summary>Deletes an LLM. Calls <c>deleteRetellLLM</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="forceDelete">Whether to delete it even where agents use it.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the LLM is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string llmId, bool? forceDelete = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteRetellLlmAsync(Resource.NotEmpty(llmId), forceDelete, options, cancellationToken);
}
