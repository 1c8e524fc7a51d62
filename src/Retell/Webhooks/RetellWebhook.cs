using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Webhooks;

/// <summary>Verifies and reads webhooks. Custom function requests are signed the same way and can be verified too.</summary>
public static class RetellWebhook
{
    /// <summary>The name of the header with the signature.</summary>
    public const string SignatureHeader = "X-Retell-Signature";

    /// <summary>Gets the maximum difference between the time of the signature and the clock, which protects against replayed requests: 5 minutes.</summary>
    public static TimeSpan Tolerance => WebhookSignature.Tolerance;

    /// <summary>Returns a value indicating whether a request is from Retell and was signed within the last 5 minutes.</summary>
    /// <param name="rawBody">
    /// The request body as received, byte for byte. JSON that was parsed and serialized again does not match. It is empty for GET and DELETE
    /// requests.
    /// </param>
    /// <param name="signature">The value of the <c>X-Retell-Signature</c> header, or null if it is missing.</param>
    /// <param name="apiKey">The API key with the webhook badge in the dashboard. Each workspace has one.</param>
    /// <param name="timeProvider">The clock, or null for the system clock.</param>
    /// <returns>Whether the signature is valid.</returns>
    /// <exception cref="ArgumentException"><paramref name="rawBody"/> or <paramref name="apiKey"/> is null, or <paramref name="apiKey"/> is empty.</exception>
    /// <remarks>The digests are compared in constant time. A missing or malformed signature does not throw an exception.</remarks>
    public static bool Verify(string rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null) =>
        Verify(Bytes(rawBody), signature, apiKey, timeProvider);

    /// <inheritdoc cref="Verify(string, string, string, TimeProvider)"/>
    public static bool Verify(byte[] rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null) =>
        Verify(NotNull(rawBody).AsSpan(), signature, apiKey, timeProvider);

    /// <inheritdoc cref="Verify(string, string, string, TimeProvider)"/>
    public static bool Verify(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null) =>
        FindFault(rawBody, signature, apiKey, timeProvider) is null;

    /// <summary>Signs a request body as Retell does, for tests of a webhook endpoint.</summary>
    /// <param name="rawBody">The request body.</param>
    /// <param name="apiKey">The API key.</param>
    /// <param name="timestamp">The time of the signature, or null for the current time.</param>
    /// <returns>The value of the <c>X-Retell-Signature</c> header.</returns>
    /// <exception cref="ArgumentException"><paramref name="rawBody"/> or <paramref name="apiKey"/> is null, or <paramref name="apiKey"/> is empty.</exception>
    public static string Sign(string rawBody, string apiKey, DateTimeOffset? timestamp = null) =>
        Sign(Bytes(rawBody).AsSpan(), apiKey, timestamp);

    /// <inheritdoc cref="Sign(string, string, Nullable{DateTimeOffset})"/>
    public static string Sign(byte[] rawBody, string apiKey, DateTimeOffset? timestamp = null) =>
        Sign(NotNull(rawBody).AsSpan(), apiKey, timestamp);

    /// <inheritdoc cref="Sign(string, string, Nullable{DateTimeOffset})"/>
    public static string Sign(ReadOnlySpan<byte> rawBody, string apiKey, DateTimeOffset? timestamp = null) =>
        WebhookSignature.Sign(rawBody, Key(apiKey), timestamp ?? DateTimeOffset.UtcNow);

    /// <summary>Verifies the signature of a webhook and reads the event.</summary>
    /// <param name="rawBody">The request body as received: the UTF-8 bytes that were signed, or their text.</param>
    /// <param name="signature">The value of the <c>X-Retell-Signature</c> header, or null if it is missing.</param>
    /// <param name="apiKey">The API key with the webhook badge in the dashboard.</param>
    /// <param name="timeProvider">The clock, or null for the system clock.</param>
    /// <returns>The event. It is an <see cref="UnknownWebhookEvent"/> if this version of the SDK does not know the event.</returns>
    /// <exception cref="ArgumentException"><paramref name="rawBody"/> or <paramref name="apiKey"/> is null, or <paramref name="apiKey"/> is empty.</exception>
    /// <exception cref="RetellWebhookSignatureException">The signature is missing, malformed or too old, or does not match the body and the key.</exception>
    /// <exception cref="RetellSerializationException">The body is not a JSON object.</exception>
    public static WebhookEvent Parse(string rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null)
    {
        ThrowIfNotSigned(Bytes(rawBody), signature, apiKey, timeProvider);
        return Parse(rawBody);
    }

    /// <inheritdoc cref="Parse(string, string, string, TimeProvider)"/>
    public static WebhookEvent Parse(byte[] rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null)
    {
        ThrowIfNotSigned(NotNull(rawBody), signature, apiKey, timeProvider);
        return Parse(rawBody);
    }

    /// <inheritdoc cref="Parse(byte[], string, string, TimeProvider)"/>
    public static WebhookEvent Parse(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null)
    {
        ThrowIfNotSigned(rawBody, signature, apiKey, timeProvider);
        return Parse(rawBody);
    }

    /// <summary>Reads the event of a webhook without verifying its signature.</summary>
    /// <param name="rawBody">The request body.</param>
    /// <returns>The event. It is an <see cref="UnknownWebhookEvent"/> if this version of the SDK does not know the event.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rawBody"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The body is not a JSON object.</exception>
    public static WebhookEvent Parse(string rawBody) => EventOf(RetellJson.Deserialize<JToken>(NotNull(rawBody)));

    /// <inheritdoc cref="Parse(string)"/>
    public static WebhookEvent Parse(byte[] rawBody)
    {
        using var stream = new MemoryStream(NotNull(rawBody), writable: false);
        return EventOf(RetellJson.Deserialize<JToken>(stream));
    }

    /// <inheritdoc cref="Parse(string)"/>
    public static WebhookEvent Parse(ReadOnlySpan<byte> rawBody) => Parse(rawBody.ToArray());

    private static WebhookEvent EventOf(JToken? json) => json is JObject members
        ? WebhookEvents.Read(members)
        : throw RetellSerializationException.For("The webhook cannot be read", new JsonSerializationException("The body is not a JSON object."), excerpt: null);

    private static void ThrowIfNotSigned(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider)
    {
        if (FindFault(rawBody, signature, apiKey, timeProvider) is string fault)
        {
            throw new RetellWebhookSignatureException($"The webhook was rejected: {fault}");
        }
    }

    private static string? FindFault(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider) =>
        WebhookSignature.FindFault(rawBody, signature, Key(apiKey), timeProvider ?? TimeProvider.System);

    private static byte[] Bytes(string rawBody) => Encoding.UTF8.GetBytes(NotNull(rawBody));

    private static T NotNull<T>(T? rawBody)
        where T : class => rawBody ?? throw new ArgumentNullException(nameof(rawBody));

    private static string Key(string? apiKey) => (apiKey ?? throw new ArgumentNullException(nameof(apiKey))).Trim() is { Length: > 0 } key
        ? key
        : throw new ArgumentException("The API key is empty. Use the API key with the webhook badge in the dashboard.", nameof(apiKey));
}
