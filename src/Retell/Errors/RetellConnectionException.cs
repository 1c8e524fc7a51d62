namespace Retell;

/// <summary>The exception that is thrown when the API cannot be reached, or when the connection breaks before the response is complete.</summary>
public sealed class RetellConnectionException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Gets a value indicating whether the API may have received and processed the request. It is false if no connection was made.</summary>
    public bool MayHaveBeenSent { get; init; }
}
