using System.Runtime.CompilerServices;

namespace Retell;

/// <summary>
/// A list of the API, fetched page by page while it is enumerated: <c>await foreach</c> gives the items, and
/// <see cref="AsPages"/> the pages. Who stops early fetches no further page; each enumeration starts anew.
/// </summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class Pager<T> : IAsyncEnumerable<T>
{
    private readonly Func<Page<T>?, CancellationToken, Task<Page<T>>> _fetch;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Creates a pager; a test may do so to play a list.</summary>
    /// <param name="fetch">Fetches the page after the given one; the first page for null.</param>
    /// <param name="cancellationToken">Ends every enumeration.</param>
    /// <exception cref="ArgumentNullException"><paramref name="fetch"/> is null.</exception>
    public Pager(Func<Page<T>?, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken = default)
    {
        _fetch = fetch ?? throw new ArgumentNullException(nameof(fetch));
        _cancellationToken = cancellationToken;
    }

    /// <summary>The pages. They end with a page that says so, an empty one, or one that repeats a key.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The pages.</returns>
    /// <exception cref="OperationCanceledException">While enumerating: the token was cancelled.</exception>
    /// <exception cref="RetellException">While enumerating: a page could not be had.</exception>
    public async IAsyncEnumerable<Page<T>> AsPages([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using CancellationTokenSource? both = cancellationToken.CanBeCanceled && _cancellationToken.CanBeCanceled
            ? CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancellationToken)
            : null;
        CancellationToken either = both?.Token ?? (cancellationToken.CanBeCanceled ? cancellationToken : _cancellationToken);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        Page<T>? page = null;
        do
        {
            either.ThrowIfCancellationRequested();
            page = await _fetch(page, either).ConfigureAwait(false);
            yield return page;
        }
        while (page is { HasMore: true, NextKey: string key, Items.Count: > 0 } && keys.Add(key));
    }

    /// <summary>The items of all pages.</summary>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <returns>The items.</returns>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (Page<T> page in AsPages(cancellationToken).ConfigureAwait(false))
        {
            foreach (T item in page.Items)
            {
                yield return item;
            }
        }
    }
}

/// <summary>The paging styles of the API.</summary>
internal static class Pager
{
    private const int LargestPage = 1000;

    /// <summary>The answer says whether more follows and with which key.</summary>
    public static Pager<T> ByKey<T>(Func<string?, CancellationToken, Task<Page<T>>> fetch, CancellationToken cancellationToken) =>
        new((previous, token) => fetch(previous?.NextKey, token), cancellationToken);

    /// <summary>The same, with the pages as the API has them; a page size that no page can have is an error at once.</summary>
    /// <param name="pageSize">How many items one page has; null leaves it to the API.</param>
    /// <param name="fetch">Fetches the page with that key.</param>
    /// <param name="read">Reads items, next key and whether there is more from it.</param>
    /// <param name="cancellationToken">Ends every enumeration.</param>
    /// <param name="argument">The argument of the caller that says the page size.</param>
    public static Pager<T> ByKey<TPage, T>(
        double? pageSize, Func<string?, CancellationToken, Task<TPage>> fetch, Func<TPage, Page<T>> read, CancellationToken cancellationToken, string argument = "pageSize")
    {
        RetellResource.PageSize(pageSize, argument);
        return ByKey(async (key, token) => read(await fetch(key, token).ConfigureAwait(false)), cancellationToken);
    }

    /// <summary>The API gives the whole list in one answer.</summary>
    public static Pager<T> Single<T>(Func<CancellationToken, Task<IList<T>>> fetch, CancellationToken cancellationToken) =>
        new(async (_, token) => new Page<T>(await fetch(token).ConfigureAwait(false)), cancellationToken);

    /// <summary>
    /// The answer is a plain array, and the next page starts after its last item. Without a page size more is expected
    /// until a page is empty; with one, until a page is not full.
    /// </summary>
    public static Pager<T> ByLastItem<T>(
        Func<T?, CancellationToken, Task<IList<T>>> fetch, Func<T, string?> key, long? pageSize, CancellationToken cancellationToken)
        where T : class
    {
        // Whoever asks for more gets this many, and that page is full.
        long full = Math.Min(pageSize ?? 1, LargestPage);
        return new(
            async (previous, token) =>
            {
                IList<T> items = await fetch(previous?.Items[previous.Items.Count - 1], token).ConfigureAwait(false);
                return new Page<T>(items, items.Count == 0 ? null : key(items[items.Count - 1]), items.Count >= full);
            },
            cancellationToken);
    }
}
