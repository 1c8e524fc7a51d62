using Retell.Models;

namespace Retell;

public partial class KnowledgeBasesResource
{
    /// <summary>Creates a knowledge base.</summary>
    /// <param name="name">The name of the knowledge base, less than 40 characters.</param>
    /// <param name="files">The files to add, at most 25 with at most 50 MB each, or null for none.</param>
    /// <param name="urls">The URLs of the web pages to add, or null for none.</param>
    /// <param name="texts">The texts to add, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The knowledge base. Its sources are processed in the background; see <see cref="WaitUntilReadyAsync"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty, or <paramref name="files"/> has more than 25 items.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-knowledge-base</c> (<c>createKnowledgeBase</c>).</remarks>
    public virtual Task<KnowledgeBase> CreateAsync(
        string name,
        IEnumerable<RetellFile>? files = null,
        IEnumerable<string>? urls = null,
        IEnumerable<KnowledgeBaseText>? texts = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateKnowledgeBaseRequest
            {
                KnowledgeBaseName = NotEmpty(name),
                KnowledgeBaseFiles = ListOf(files),
                KnowledgeBaseUrls = ListOf(urls),
                KnowledgeBaseTexts = ListOf(texts),
            },
            (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseName), nameof(name)),
            (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseFiles), nameof(files)),
            (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseUrls), nameof(urls)),
            (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseTexts), nameof(texts))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Adds sources to a knowledge base.</summary>
    /// <param name="knowledgeBaseId">The ID of the knowledge base.</param>
    /// <param name="files">The files to add, at most 25 with at most 50 MB each, or null for none.</param>
    /// <param name="urls">The URLs of the web pages to add, or null for none.</param>
    /// <param name="texts">The texts to add, or null for none.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The knowledge base. The new sources are processed in the background; see <see cref="WaitUntilReadyAsync"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty, or <paramref name="files"/> has more than 25 items.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /add-knowledge-base-sources/{knowledge_base_id}</c> (<c>addKnowledgeBaseSources</c>).</remarks>
    public virtual Task<KnowledgeBase> AddSourcesAsync(
        string knowledgeBaseId,
        IEnumerable<RetellFile>? files = null,
        IEnumerable<string>? urls = null,
        IEnumerable<KnowledgeBaseText>? texts = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        AddSourcesAsync(
            knowledgeBaseId,
            Made(new AddKnowledgeBaseSourcesRequest
            {
                KnowledgeBaseFiles = ListOf(files),
                KnowledgeBaseUrls = ListOf(urls),
                KnowledgeBaseTexts = ListOf(texts),
            },
            (nameof(AddKnowledgeBaseSourcesRequest.KnowledgeBaseFiles), nameof(files)),
            (nameof(AddKnowledgeBaseSourcesRequest.KnowledgeBaseUrls), nameof(urls)),
            (nameof(AddKnowledgeBaseSourcesRequest.KnowledgeBaseTexts), nameof(texts))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Waits until the sources of a knowledge base are processed.</summary>
    /// <param name="knowledgeBaseId">The ID of the knowledge base.</param>
    /// <param name="timeout">The maximum time to wait, or null for the default of 30 minutes. <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="progress">The object that receives the state after each read, or null for none.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The knowledge base with its sources.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty, or <paramref name="timeout"/> is zero, negative or more than 24 days.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    /// <exception cref="RetellOperationFailedException">A source could not be processed.</exception>
    /// <exception cref="RetellTimeoutException">The time to wait has elapsed. The message contains the last status.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>The status is read at once, again after 1 second, and then less and less often, up to every 10 seconds.</remarks>
    public virtual Task<KnowledgeBase> WaitUntilReadyAsync(
        string knowledgeBaseId,
        TimeSpan? timeout = null,
        IProgress<KnowledgeBase>? progress = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(knowledgeBaseId);
        return Waiter.WaitAsync(
            new WaitGoal<KnowledgeBase>(
                $"Knowledge base \"{knowledgeBaseId}\"",
                "ready",
                knowledgeBase => knowledgeBase.Status.Value,
                knowledgeBase => knowledgeBase.Status == KnowledgeBaseStatus.Complete,
                knowledgeBase => knowledgeBase.Status == KnowledgeBaseStatus.Error),
            token => GetAsync(knowledgeBaseId, options: options, cancellationToken: token),
            timeout ?? TimeSpan.FromMinutes(30),
            progress,
            cancellationToken);
    }
}
