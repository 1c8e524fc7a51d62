namespace Retell;

/// <summary>Base of all errors of this SDK, apart from wrong arguments and cancellation.</summary>
public class RetellException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="innerException">The cause.</param>
    public RetellException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The operationId of the call that failed, such as <c>createPhoneCall</c>; null outside of a call.</summary>
    public string? OperationId { get; init; }

    /// <summary>How often the request was attempted, retries included; 0 when it failed before the first attempt.</summary>
    public int Attempts { get; init; }
}
