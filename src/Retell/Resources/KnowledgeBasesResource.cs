using Retell.Models;

namespace Retell;

public partial class KnowledgeBasesResource
{
    /// <summary>Creates a knowledge base. Calls <c>createKnowledgeBase</c>.</summary>
    /// <param name="name">The name, less than 40 characters.</param>
    /// <param name="files">Files to learn from, at most 25 of 50 MB each.</param>
    /// <param name="urls">Web pages to learn from.</param>
    /// <param name="texts">Texts to learn from.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The knowledge base; its sources are processed afterwards.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> CreateAsync(string name, IEnumerable<RetellFile>? files = null, IEnumerable<string>? urls = null, IEnumerable<KnowledgeBaseText>? texts = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateKnowledgeBaseRequest
            {
                KnowledgeBaseName = NotEmpty(name),
                KnowledgeBaseFiles = ListOf(files),
                KnowledgeBaseUrls = ListOf(urls),
                KnowledgeBaseTexts = ListOf(texts),
            }, (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseName), nameof(name)), (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseFiles), nameof(files)), (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseUrls), nameof(urls)), (nameof(CreateKnowledgeBaseRequest.KnowledgeBaseTexts), nameof(texts))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Adds sources to a knowledge base. Calls <c>addKnowledgeBaseSources</c>.</summary>
    /// <param name="knowledgeBaseId">The id of the knowledge base.</param>
    /// <param name="files">Files to learn from, at most 25 of 50 MB each.</param>
    /// <param name="urls">Web pages to learn from.</param>
    /// <param name="texts">Texts to learn from.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The knowledge base; the new sources are processed afterwards.</returns>
    /// <exception cref="ArgumentException"><paramref name="knowledgeBaseId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> AddSourcesAsync(string knowledgeBaseId, IEnumerable<RetellFile>? files = null, IEnumerable<string>? urls = null, IEnumerable<KnowledgeBaseText>? texts = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        AddSourcesAsync(
            knowledgeBaseId,
            Made(new AddKnowledgeBaseSourcesRequest
            {
                KnowledgeBaseFiles = ListOf(files),
                KnowledgeBaseUrls = ListOf(urls),
                KnowledgeBaseTexts = ListOf(texts),
            }, (nameof(AddKnowledgeBaseSourcesRequest.KnowledgeBaseFiles), nameof(files)), (nameof(AddKnowledgeBaseSourcesRequest.KnowledgeBaseUrls), nameof(urls)), (nameof(AddKnowledgeBaseSourcesRequest.KnowledgeBaseTexts), nameof(texts))),
            options: options,
            cancellationToken: cancellationToken);

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
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<KnowledgeBase> WaitUntilReadyAsync(string knowledgeBaseId, TimeSpan? timeout = null, IProgress<KnowledgeBase>? progress = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(knowledgeBaseId);
        return Waiter.WaitAsync(
            new WaitGoal<KnowledgeBase>(
                $"Knowledge base {knowledgeBaseId}",
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
