namespace Retell.Webhooks;

/// <summary>The exception that is thrown when the signature of a webhook is not valid. Respond with status 401 and ignore the webhook.</summary>
public sealed class RetellWebhookSignatureException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what is wrong with the signature.</param>
    public RetellWebhookSignatureException(string message)
        : base(message)
    {
    }
}
