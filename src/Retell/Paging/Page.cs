namespace Retell;

/// <summary>A page of a list.</summary>
/// <typeparam name="T">The type of the items.</typeparam>
public sealed class Page<T>
{
    /// <summary>Creates a page, for example in a test that simulates a list.</summary>
    /// <param name="items">The items in the order of the API, or null for none.</param>
    /// <param name="nextKey">The key of the next page, or null if there is none.</param>
    /// <param name="hasMore">A value indicating whether more items follow.</param>
    /// <param name="total">The number of items in the whole list, or null if it is not known.</param>
    public Page(IEnumerable<T>? items, string? nextKey = null, bool hasMore = false, long? total = null)
    {
        Items = items is null ? [] : [.. items];
        NextKey = nextKey;
        HasMore = hasMore;
        Total = total;
    }

    /// <summary>Gets the items in the order of the API.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>Gets the <c>pagination_key</c> of the next page, or null if there is none.</summary>
    public string? NextKey { get; }

    /// <summary>Gets what identifies the next page: its key, with the other values that the API needs.</summary>
    internal string? Position
    {
        get => field ?? NextKey;
        init;
    }

    /// <summary>Gets a value indicating whether more items follow.</summary>
    public bool HasMore { get; }

    /// <summary>Gets the number of items in the whole list, or null if the API does not report it.</summary>
    public long? Total { get; }
}
