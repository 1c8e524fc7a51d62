namespace Retell.Webhooks;

/// <summary>A webhook is not from Retell, or too old to be trusted. Answer it with 401 and do nothing else.</summary>
public sealed class RetellWebhookSignatureException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong with the signature.</param>
    public RetellWebhookSignatureException(string message)
        : base(message)
    {
    }
}
