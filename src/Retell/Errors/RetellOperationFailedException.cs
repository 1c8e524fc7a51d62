namespace Retell;

/// <summary>What was waited for failed: the API says so in its status, and waiting longer is of no use.</summary>
public sealed class RetellOperationFailedException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What went wrong and what to do.</param>
    /// <param name="state">What was read last.</param>
    /// <param name="innerException">The cause.</param>
    public RetellOperationFailedException(string message, object? state = null, Exception? innerException = null)
        : base(message, innerException) => State = state;

    /// <summary>What was read last, such as a <see cref="Models.KnowledgeBase"/>.</summary>
    public object? State { get; }
}
