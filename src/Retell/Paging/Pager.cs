using System.Runtime.CompilerServices;
using Retell.Models;

namespace Retell;

/// <summary>
/// A list of the API. It is fetched page by page while it is enumerated: <c>await foreach</c> gives the items, and
/// <see cref="AsPages"/> the pages. Stopping early fetches no further page, and each enumeration starts anew.
/// </summary>
/// <remarks>
/// A list never ends early without an exception. Empty pages are skipped as long as the API says that more follow. When a page
/// cannot be read as documented (its items are no list, or one of them is null or not of the documented JSON type), or when the
/// API does not say where the next page begins (no key, or one that was there before), the enumeration throws a
/// <see cref="RetellException"/>. All items of the pages before have been returned by then, and none of a page that could not be
/// read. <see cref="RetellException.PaginationKey"/> is the key of that page, from which another enumeration can go on; the raw
/// client (<see cref="RetellClient.Raw"/>) gives such a page as JSON.
/// </remarks>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class Pager<T> : IAsyncEnumerable<T>
{
    private readonly string? _operationId;
    private readonly Func<Page<T>?, CancellationToken, Task<Page<T>>> _fetch;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates a pager; a test may do so to play a list.</summary>
    /// <param name="fetch">Fetches the page after the given one; the first page for null.</param>
    /// <param name="cancellationToken">Ends every enumeration.</param>
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

    /// <summary>Returns the pages, up to the one that says that no more follow.</summary>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    /// <exception cref="RetellSerializationException">While enumerating: a page is not as documented.</exception>
    /// <exception cref="RetellException">While enumerating: a page could not be fetched, or the API did not say where the next one begins.</exception>
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

    /// <exception cref="RetellException">Nobody knows where the next page begins.</exception>
    private bool IsNew(Page<T> page, HashSet<string> positions, int number)
    {
        if (page.Position is string position && positions.Add(position))
        {
            return true;
        }

        string fault = page.NextKey is null
            ? "it has no pagination_key, so the rest of the list cannot be fetched."
            : $"its pagination_key \"{page.NextKey}\" was there before, so the list would never end.";
        throw new RetellException($"{_operationId ?? "The list"}: the API says that more follows after page {number}, but {fault}")
        {
            OperationId = _operationId,
            PaginationKey = page.NextKey,
        };
    }
}

/// <summary>The paging styles of the API.</summary>
internal static class Pager
{
    private const int LargestPage = 1000;

    /// <summary>The response says whether more follows and with which key. A page size that no page can have is an error at once.</summary>
    /// <param name="operationId">The operation that lists.</param>
    /// <param name="pageSize">How many items one page has; null leaves it to the API.</param>
    /// <param name="fetch">Fetches the page with that key.</param>
    /// <param name="read">Reads items, next key and whether there is more from it.</param>
    /// <param name="cancellationToken">Ends every enumeration.</param>
    /// <param name="argument">The argument of the caller that says the page size.</param>
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

    /// <summary>The API gives the whole list in one response.</summary>
    public static Pager<T> Single<T>(string operationId, Func<CancellationToken, Task<IList<T>>> fetch, CancellationToken cancellationToken) =>
        new(operationId, async (_, token) => new Page<T>(PageRules.Items(await fetch(token).ConfigureAwait(false), operationId)), cancellationToken);

    /// <summary>
    /// The response is a plain array, and the next page starts after its last item. Without a page size more is expected
    /// until a page is empty; with one, until a page is not full.
    /// </summary>
    /// <param name="operationId">The operation that lists.</param>
    /// <param name="fetch">Fetches the page after that item.</param>
    /// <param name="key">The key that an item has.</param>
    /// <param name="version">What tells items of the same key apart; null where nothing does.</param>
    /// <param name="pageSize">How many items one page has; null leaves it to the API.</param>
    /// <param name="cancellationToken">Ends every enumeration.</param>
    public static Pager<T> ByLastItem<T>(
        string operationId,
        Func<T?, CancellationToken, Task<IList<T>>> fetch,
        Func<T, string?> key,
        Func<T, object?>? version,
        long? pageSize,
        CancellationToken cancellationToken)
        where T : class
    {
        // Whoever asks for more gets this many, and that page is full.
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

/// <summary>What a page holds.</summary>
/// <param name="Items">The items; null where there are none.</param>
/// <param name="NextKey">The key of the next page.</param>
/// <param name="HasMore">Whether more follows; null where the page does not say.</param>
/// <param name="Total">How many items the whole list has, where the API counts them.</param>
internal readonly record struct PageContent<T>(IList<T>? Items, string? NextKey, bool? HasMore, long? Total = null);
