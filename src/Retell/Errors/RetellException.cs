namespace Retell;

/// <summary>The base class of the exceptions of the SDK. Invalid arguments and cancellation are reported by the exceptions of .NET instead.</summary>
public class RetellException : Exception
{
    private string? _paginationKey;
    private int _page;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the ID of the operation that failed, such as <c>createPhoneCall</c>, or null if the failure does not belong to an operation.</summary>
    public string? OperationId { get; init; }

    /// <summary>
    /// Gets the key of the page that could not be read while a list was enumerated. A request with this key as <c>pagination_key</c> continues
    /// from that page. It is null outside of a list, and if the first page failed.
    /// </summary>
    public string? PaginationKey
    {
        get => _paginationKey;
        init => _paginationKey = value;
    }

    /// <summary>Gets the number of attempts, including retries. It is 0 if the operation failed before the first attempt.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets the message of the exception. In a list, it includes the number of the page that failed.</summary>
    public override string Message => _page == 0 ? base.Message
        : $"{base.Message} This happened on page {_page} of the list{(_paginationKey is null ? "" : $" (pagination_key \"{_paginationKey}\")")}.";

    /// <summary>Records the page of the list that failed.</summary>
    internal void MarkPage(int page, string? paginationKey) => (_page, _paginationKey) = (page, paginationKey);
}
