namespace Retell;

/// <summary>
/// The exception that is thrown when no complete response arrives within the timeout. The API may have processed the request. A cancellation by
/// the caller is reported as <see cref="OperationCanceledException"/> instead.
/// </summary>
public sealed class RetellTimeoutException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellTimeoutException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets the timeout that elapsed, or null if it is the timeout of an HttpClient or a handler of the application.</summary>
    public TimeSpan? Timeout { get; init; }
}
