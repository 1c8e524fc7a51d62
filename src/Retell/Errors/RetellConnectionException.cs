namespace Retell;

/// <summary>The API could not be reached, or the connection broke before the answer was complete.</summary>
public sealed class RetellConnectionException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RetellConnectionException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>
    /// False when the connection was never made, so that the API cannot have carried out the request; true when nobody
    /// knows.
    /// </summary>
    public bool MayHaveBeenSent { get; init; }
}
