namespace Retell;

/// <summary>The exception that is thrown when the object that is waited for has failed, so that waiting longer would not help.</summary>
public sealed class RetellOperationFailedException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="state">The object as it was last read, or null.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public RetellOperationFailedException(string message, object? state = null, Exception? innerException = null)
        : base(message, innerException) => State = state;

    /// <summary>Gets the object as it was last read, such as a <see cref="Models.KnowledgeBase"/>.</summary>
    public object? State { get; }
}
