using System.Runtime.CompilerServices;
using Retell.Models;

namespace Retell;

/// <summary>
/// A list of the API, which is fetched page by page while it is enumerated. <c>await foreach</c> returns the items, and <see cref="AsPages"/>
/// the pages. Each enumeration starts from the first page, and stopping early fetches no further page.
/// </summary>
/// <remarks>
/// A list never ends early without an exception. Empty pages are skipped while the API reports that more items follow. If a page does not match
/// the spec (the items are not a list, or an item is null or of another JSON type), or if the API does not tell where the next page starts (no
/// key, or a key that was already used), the enumeration throws a <see cref="RetellException"/>. The items of the pages before it have been
/// returned by then. <see cref="RetellException.PaginationKey"/> is the key of the page that failed, from which another enumeration can
/// continue; <see cref="RetellClient.Raw"/> reads such a page as JSON.
/// </remarks>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class Pager<T> : IAsyncEnumerable<T>
{
    private readonly string? _operationId;
    private readonly Func<Page<T>?, CancellationToken, Task<Page<T>>> _fetch;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates a pager, for example in a test that simulates a list.</summary>
    /// <param name="fetch">The function that fetches the page after the given one, or the first page for null.</param>
    /// <param name="cancellationToken">The token that cancels every enumeration.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fetch"/> is null.</exception>
    public Pager(Func<Page<T>?, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken = default)
        : this(null, fetch, cancellationToken)
    {
    }

    internal Pager(string? operationId, Func<Page<T>?, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken)
    {
        _operationId = operationId;
        _fetch = fetch ?? throw new ArgumentNullException(nameof(fetch));
        _cancellationToken = cancellationToken;
    }

    /// <summary>Returns the pages of the list.</summary>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="OperationCanceledException">During enumeration: the token was canceled.</exception>
    /// <exception cref="RetellSerializationException">During enumeration: a page does not match the spec.</exception>
    /// <exception cref="RetellException">During enumeration: a page could not be fetched, or the API did not tell where the next one starts.</exception>
    public async IAsyncEnumerable<Page<T>> AsPages([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource? both = cancellationToken.CanBeCanceled && _cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancellationToken)
            : null;
        CancellationToken either = both?.Token ?? (cancellationToken.CanBeCanceled ? cancellationToken : _cancellationToken);
        var positions = new HashSet<string>(StringComparer.Ordinal);
        Page<T>? page = null;
        int number = 0;
        do
        {
            ThrowIfCancelled(cancellationToken);
            page = await FetchAsync(page, ++number, either).ConfigureAwait(false);
            yield return page;
        }
        while (page.HasMore && IsNew(page, positions, number));
    }

    /// <summary>Returns the items of all pages.</summary>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The items.</returns>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (Page<T> page in AsPages(cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in page.Items)
            {
                ThrowIfCancelled(cancellationToken);
                yield return item;
            }
        }
    }

    private void ThrowIfCancelled(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _cancellationToken.ThrowIfCancellationRequested();
    }

    private async Task<Page<T>> FetchAsync(Page<T>? previous, int number, CancellationToken cancellationToken)
    {
        try
        {
            return await _fetch(previous, cancellationToken).ConfigureAwait(false);
        }
        catch (RetellException e)
        {
            e.MarkPage(number, previous?.NextKey);
            throw;
        }
    }

    /// <exception cref="RetellException">The API did not tell where the next page starts.</exception>
    private bool IsNew(Page<T> page, HashSet<string> positions, int number)
    {
        if (page.Position is string position && positions.Add(position))
        {
            return true;
        }

        string fault = page.NextKey is null
            ? "the page has no pagination_key, so the rest of the list cannot be fetched."
            : $"its pagination_key \"{page.NextKey}\" was already used, so the list would never end.";
        throw new RetellException($"{_operationId ?? "The list"}: the API reports more items after page {number}, but {fault}")
        {
            OperationId = _operationId,
            PaginationKey = page.NextKey,
        };
    }
}

/// <summary>Creates pagers for the paging styles of the API.</summary>
internal static class Pager
{
    private const int LargestPage = 1000;

    /// <summary>Creates a pager for responses that contain the key of the next page. The page size is checked at once.</summary>
    /// <param name="operationId">The ID of the list operation.</param>
    /// <param name="pageSize">The number of items per page, or null for the default of the API.</param>
    /// <param name="fetch">The function that fetches the page with a key.</param>
    /// <param name="read">The function that returns the items and the next key of a page.</param>
    /// <param name="cancellationToken">The token that cancels every enumeration.</param>
    /// <param name="argument">The name of the argument with the page size.</param>
    public static Pager<T> ByKey<TPage, T>(
        string operationId,
        double? pageSize,
        Func<string?, CancellationToken, Task<TPage>> fetch,
        Func<TPage, PageContent<T>> read,
        CancellationToken cancellationToken,
        string argument = "pageSize")
        where TPage : RetellObject
    {
        RetellResource.PageSize(pageSize, argument);
        return new(
            operationId,
            async (previous, token) =>
            {
                TPage page = await fetch(previous?.NextKey, token).ConfigureAwait(false);
                return PageRules.ToPage(page, read(page), operationId);
            },
            cancellationToken);
    }

    /// <summary>Creates a pager for a list that the API returns in one response.</summary>
    public static Pager<T> Single<T>(string operationId, Func<CancellationToken, Task<IList<T>>> fetch, CancellationToken cancellationToken) =>
        new(operationId, async (_, token) => new Page<T>(PageRules.Items(await fetch(token).ConfigureAwait(false), operationId)), cancellationToken);

    /// <summary>
    /// Creates a pager for responses that are plain arrays. The next page starts after the last item. Without a page size, the list ends with an
    /// empty page; with one, it ends with a page that is not full.
    /// </summary>
    /// <param name="operationId">The ID of the list operation.</param>
    /// <param name="fetch">The function that fetches the page after an item.</param>
    /// <param name="key">The function that returns the key of an item.</param>
    /// <param name="version">The function that distinguishes items with the same key, or null if keys are unique.</param>
    /// <param name="pageSize">The number of items per page, or null for the default of the API.</param>
    /// <param name="cancellationToken">The token that cancels every enumeration.</param>
    public static Pager<T> ByLastItem<T>(
        string operationId,
        Func<T?, CancellationToken, Task<IList<T>>> fetch,
        Func<T, string?> key,
        Func<T, object?>? version,
        long? pageSize,
        CancellationToken cancellationToken)
        where T : class
    {
        // A larger page size is cut to this one, and the page counts as full.
        long full = Math.Min(pageSize ?? 1, LargestPage);
        return new(
            operationId,
            async (previous, token) =>
            {
                IList<T> items = PageRules.Items(await fetch(previous?.Items[previous.Items.Count - 1], token).ConfigureAwait(false), operationId);
                T? last = items.Count == 0 ? null : items[items.Count - 1];
                string? next = last is null ? null : key(last);
                return new Page<T>(items, next, items.Count >= full) { Position = next is null || version is null ? next : $"{next} {version(last!)}" };
            },
            cancellationToken);
    }
}

/// <summary>The content of a page.</summary>
/// <param name="Items">The items, or null if there are none.</param>
/// <param name="NextKey">The key of the next page.</param>
/// <param name="HasMore">Whether more items follow, or null if the page does not tell.</param>
/// <param name="Total">The number of items in the whole list, or null.</param>
internal readonly record struct PageContent<T>(IList<T>? Items, string? NextKey, bool? HasMore, long? Total = null);
