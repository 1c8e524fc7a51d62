namespace Retell.AspNetCore;

/// <summary>
/// The exception that the handler of a custom function throws to tell the agent why the function did not succeed. The response has status 200 and the
/// message, so that the agent can tell the caller. Any other exception gets status 500 without its message.
/// </summary>
public sealed class RetellFunctionException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message for the agent, such as <c>There is no free table at 19:00. Offer 20:00.</c></param>
    public RetellFunctionException(string message)
        : base(message)
    {
    }
}
