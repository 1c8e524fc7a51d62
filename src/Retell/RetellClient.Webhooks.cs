using Retell.Webhooks;

namespace Retell;

public partial class RetellClient
{
    /// <summary>Checks the signature of a webhook with <see cref="RetellClientOptions.WebhookKey"/> and reads it.</summary>
    /// <param name="rawBody">The body as it arrived, byte for byte. JSON that was read and written again does not match the signature.</param>
    /// <param name="signature">The value of the header <see cref="RetellWebhook.SignatureHeader"/>, or null if it is missing.</param>
    /// <returns>The event. It is an <see cref="UnknownWebhookEvent"/> if this version of the SDK does not know it.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rawBody"/> is null.</exception>
    /// <exception cref="RetellWebhookSignatureException">The signature is missing, malformed, too old, or made with another key or for another body.</exception>
    /// <exception cref="RetellSerializationException">The body is not a JSON object.</exception>
    public virtual WebhookEvent ParseWebhook(byte[] rawBody, string? signature) =>
        RetellWebhook.Parse(rawBody, signature, Transport.WebhookKey, Transport.TimeProvider);

    /// <inheritdoc cref="ParseWebhook(byte[], string)"/>
    public virtual WebhookEvent ParseWebhook(string rawBody, string? signature) =>
        RetellWebhook.Parse(rawBody, signature, Transport.WebhookKey, Transport.TimeProvider);

    /// <summary>
    /// Returns a value indicating whether a webhook or the request of a custom function was signed with
    /// <see cref="RetellClientOptions.WebhookKey"/> within the last 5 minutes.
    /// </summary>
    /// <param name="rawBody">The body as it arrived, byte for byte. It is empty for a GET or DELETE request.</param>
    /// <param name="signature">The value of the header <see cref="RetellWebhook.SignatureHeader"/>, or null if it is missing.</param>
    /// <returns>true if the request can be trusted; otherwise, false.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rawBody"/> is null.</exception>
    public virtual bool VerifyWebhook(byte[] rawBody, string? signature) =>
        RetellWebhook.Verify(rawBody, signature, Transport.WebhookKey, Transport.TimeProvider);

    /// <inheritdoc cref="VerifyWebhook(byte[], string)"/>
    public virtual bool VerifyWebhook(string rawBody, string? signature) =>
        RetellWebhook.Verify(rawBody, signature, Transport.WebhookKey, Transport.TimeProvider);
}
