namespace Retell;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">What is listed.</typeparam>
public sealed class Page<T>
{
    /// <summary>Creates a page; a test may do so to play a list.</summary>
    /// <param name="items">The items, in the order of the API.</param>
    /// <param name="nextKey">The key of the next page; null when there is none.</param>
    /// <param name="hasMore">Whether the API says that more items follow.</param>
    /// <param name="total">How many items the whole list has, where the API counts them.</param>
    public Page(IEnumerable<T>? items, string? nextKey = null, bool hasMore = false, long? total = null)
    {
        Items = items is null ? [] : [.. items];
        NextKey = nextKey;
        HasMore = hasMore;
        Total = total;
    }

    /// <summary>The items, in the order of the API.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>The <c>pagination_key</c> of the next page; null when there is none.</summary>
    public string? NextKey { get; }

    /// <summary>Gets what tells the next page from all others: its key, with what else the API wants beside it.</summary>
    internal string? Position
    {
        get => field ?? NextKey;
        init;
    }

    /// <summary>Whether the API says that more items follow.</summary>
    public bool HasMore { get; }

    /// <summary>How many items the whole list has; null where the API does not count them, or was not asked to.</summary>
    public long? Total { get; }
}
