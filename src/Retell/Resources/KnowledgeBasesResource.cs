using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Knowledge bases and their sources: files, web pages and texts.</summary>
public class KnowledgeBasesResource
{
    private readonly KnowledgeBasesClient? _raw;
    private readonly Waiter _waiter = new(TimeProvider.System);

    /// <summary>For test doubles.</summary>
    protected KnowledgeBasesResource()
    {
    }

    internal KnowledgeBasesResource(KnowledgeBasesClient raw, TimeProvider time)
    {
        _raw = raw;
        _waiter = new Waiter(time);
    }

    private KnowledgeBasesClient Raw => Resource.Required(_raw);

    /// <summary>Creates a knowledge base. Calls <c>createKnowledgeBase</c>.</summary>
    /// <param name="name">The name, less than 40 characters.</param>
    /// <param name="files">Files to learn from, at most 25 of 50 MB each.</param>
    /// <param name="urls">Web pages to learn from.</param>
    /// <param name="texts">Texts to learn from.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The knowledge base; its sources are processed afterwards.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> CreateAsync(string name, IEnumerable<RetellFile>? files = null, IEnumerable<string>? urls = null, IEnumerable<KnowledgeBaseText>? texts = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateKnowledgeBaseRequest
            {
                KnowledgeBaseName = Resource.NotEmpty(name),
                KnowledgeBaseFiles = Resource.ListOf(files),
                KnowledgeBaseUrls = Resource.ListOf(urls),
                KnowledgeBaseTexts = Resource.ListOf(texts),
            },
            options,
            cancellationToken);

    /// <summary>Creates a knowledge base. Calls <c>createKnowledgeBase</c>.</summary>
    /// <param name="request">Name, sources and settings.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The knowledge base; its sources are processed afterwards.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> CreateAsync(CreateKnowledgeBaseRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateKnowledgeBaseAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a knowledge base. Calls <c>getKnowledgeBase</c>.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The knowledge base; its sources are there once its status is complete.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> GetAsync(string knowledgeBaseId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetKnowledgeBaseAsync(Resource.NotEmpty(knowledgeBaseId), options, cancellationToken);

    /// <summary>Lists the knowledge bases. Calls <c>listKnowledgeBases</c>.</summary>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The knowledge bases; the API gives them in one answer.</returns>
    public virtual Pager<KnowledgeBase> ListAsync(RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.Single(token => Raw.ListKnowledgeBasesAsync(options, token), cancellationToken);

    /// <summary>Adds sources to a knowledge base. Calls <c>addKnowledgeBaseSources</c>.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="files">Files to learn from, at most 25 of 50 MB each.</param>
    /// <param name="urls">Web pages to learn from.</param>
    /// <param name="texts">Texts to learn from.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The knowledge base; the new sources are processed afterwards.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> AddSourcesAsync(string knowledgeBaseId, IEnumerable<RetellFile>? files = null, IEnumerable<string>? urls = null, IEnumerable<KnowledgeBaseText>? texts = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        AddSourcesAsync(
            knowledgeBaseId,
            new AddKnowledgeBaseSourcesRequest
            {
                KnowledgeBaseFiles = Resource.ListOf(files),
                KnowledgeBaseUrls = Resource.ListOf(urls),
                KnowledgeBaseTexts = Resource.ListOf(texts),
            },
            options,
            cancellationToken);

    /// <summary>Adds sources to a knowledge base. Calls <c>addKnowledgeBaseSources</c>.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="request">The sources.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The knowledge base; the new sources are processed afterwards.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> AddSourcesAsync(string knowledgeBaseId, AddKnowledgeBaseSourcesRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.AddKnowledgeBaseSourcesAsync(Resource.NotEmpty(knowledgeBaseId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Removes one source. Calls <c>deleteKnowledgeBaseSource</c>.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="sourceId">The id of the source.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The knowledge base as it is now.</returns>
    /// <exception cref="ArgumentException">An id is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> DeleteSourceAsync(string knowledgeBaseId, string sourceId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteKnowledgeBaseSourceAsync(Resource.NotEmpty(knowledgeBaseId), Resource.NotEmpty(sourceId), options, cancellationToken);

    /// <summary>Deletes a knowledge base. Calls <c>deleteKnowledgeBase</c>.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the knowledge base is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string knowledgeBaseId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteKnowledgeBaseAsync(Resource.NotEmpty(knowledgeBaseId), options, cancellationToken);

    /// <summary>Waits until the sources of a knowledge base are processed. It is read again after a second, and then less and less often, up to every 10 seconds.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="timeout">How long to wait; by default 30 minutes, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="progress">Gets to know what was read, each time.</param>
    /// <param name="options">What the calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The knowledge base with its sources.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty, or <paramref name="timeout"/> is not more than zero.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="RetellOperationFailedException">A source could not be processed.</exception>
    /// <exception cref="RetellTimeoutException">The time is over; the message says what was read last.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> WaitUntilReadyAsync(string knowledgeBaseId, TimeSpan? timeout = null, IProgress<KnowledgeBase>? progress = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(knowledgeBaseId);
        return _waiter.WaitAsync(
            new WaitGoal<KnowledgeBase>(
                $"Knowledge base {knowledgeBaseId}",
                "ready",
                knowledgeBase => knowledgeBase.Status.Value,
                knowledgeBase => knowledgeBase.Status == KnowledgeBaseStatus.Complete,
                knowledgeBase => knowledgeBase.Status == KnowledgeBaseStatus.Error),
            token => GetAsync(knowledgeBaseId, options, token),
            timeout ?? TimeSpan.FromMinutes(30),
            progress,
            cancellationToken);
    }
}
