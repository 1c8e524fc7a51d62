namespace Retell;

/// <summary>
/// The answer did not come in time. The API may have carried out the request all the same. A cancellation by the caller
/// is an <see cref="OperationCanceledException"/> instead.
/// </summary>
public sealed class RetellTimeoutException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RetellTimeoutException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The time limit that ran out; null when it is one of an injected HttpClient.</summary>
    public TimeSpan? Timeout { get; init; }
}
