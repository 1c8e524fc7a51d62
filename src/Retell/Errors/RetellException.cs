namespace Retell;

/// <summary>Base of all errors of this SDK, apart from wrong arguments and cancellation.</summary>
public class RetellException : Exception
{
    private string? _paginationKey;
    private int _page;

    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RetellException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The operationId of the call that failed, such as <c>createPhoneCall</c>; null outside of a call.</summary>
    public string? OperationId { get; init; }

    /// <summary>
    /// Gets the key of the page that could not be read while a list was enumerated: a request with it as <c>pagination_key</c>
    /// goes on from there. Null outside of a list, and when the first page failed.
    /// </summary>
    public string? PaginationKey
    {
        get => _paginationKey;
        init => _paginationKey = value;
    }

    /// <summary>How often the request was attempted, retries included; 0 when it failed before the first attempt.</summary>
    public int Attempts { get; init; }

    /// <summary>Gets what went wrong, and on which page where that was in a list.</summary>
    public override string Message => _page == 0 ? base.Message
        : $"{base.Message} It was page {_page} of the list{(_paginationKey is null ? "" : $", after the pagination_key \"{_paginationKey}\"")}.";

    /// <summary>Remembers where in a list it happened.</summary>
    internal void MarkPage(int page, string? paginationKey) => (_page, _paginationKey) = (page, paginationKey);
}
