using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Webhooks;

/// <summary>
/// Webhooks, and the requests of custom functions, which are signed the same way: whether a request is from Retell, and
/// what it says.
/// </summary>
public static class RetellWebhook
{
    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "X-Retell-Signature";

    /// <summary>How old a request may be, and how far ahead its clock; a replayed one is older.</summary>
    public static TimeSpan Tolerance => WebhookSignature.Tolerance;

    /// <summary>Whether a request is from Retell and was signed within the last 5 minutes. It compares in constant time and throws at no signature.</summary>
    /// <param name="rawBody">The body as it arrived, byte for byte: JSON that was read and written again does not match. Empty for a GET or DELETE.</param>
    /// <param name="signature">The header <c>X-Retell-Signature</c>; null where it is missing.</param>
    /// <param name="apiKey">The API key with the webhook badge; there is one in each workspace.</param>
    /// <param name="timeProvider">The clock; by default that of the system.</param>
    /// <returns>Whether the request can be trusted.</returns>
    /// <exception cref="ArgumentException"><paramref name="rawBody"/> or <paramref name="apiKey"/> is null, or the key is empty.</exception>
    public static bool Verify(string rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null) =>
        Verify(Bytes(rawBody), signature, apiKey, timeProvider);

    /// <inheritdoc cref="Verify(string, string, string, TimeProvider)"/>
    public static bool Verify(byte[] rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null) =>
        Verify(NotNull(rawBody).AsSpan(), signature, apiKey, timeProvider);

    /// <inheritdoc cref="Verify(string, string, string, TimeProvider)"/>
    public static bool Verify(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider = null) =>
        FindFault(rawBody, signature, apiKey, timeProvider) is null;

    /// <summary>Signs a body the way Retell does, for tests of your own endpoint.</summary>
    /// <param name="rawBody">The body.</param>
    /// <param name="apiKey">The API key.</param>
    /// <param name="timestamp">When it is signed; by default now.</param>
    /// <returns>The value of the header <c>X-Retell-Signature</c>.</returns>
    /// <exception cref="ArgumentException"><paramref name="rawBody"/> or <paramref name="apiKey"/> is null, or the key is empty.</exception>
    public static string Sign(string rawBody, string apiKey, DateTimeOffset? timestamp = null) =>
        Sign(Bytes(rawBody).AsSpan(), apiKey, timestamp);

    /// <inheritdoc cref="Sign(string, string, Nullable{DateTimeOffset})"/>
    public static string Sign(byte[] rawBody, string apiKey, DateTimeOffset? timestamp = null) =>
        Sign(NotNull(rawBody).AsSpan(), apiKey, timestamp);

    /// <inheritdoc cref="Sign(string, string, Nullable{DateTimeOffset})"/>
    public static string Sign(ReadOnlySpan<byte> rawBody, string apiKey, DateTimeOffset? timestamp = null) =>
        WebhookSignature.Sign(rawBody, Key(apiKey), timestamp ?? DateTimeOffset.UtcNow);

    /// <summary>Checks the signature of a webhook and reads it.</summary>
    /// <param name="rawBody">The body as it arrived: its UTF-8 bytes, of which the signature is, or the text of them.</param>
    /// <param name="signature">The header <c>X-Retell-Signature</c>; null where it is missing.</param>
    /// <param name="apiKey">The API key with the webhook badge.</param>
    /// <param name="timeProvider">The clock; by default that of the system.</param>
    /// <returns>The event; an <see cref="UnknownWebhookEvent"/> where the SDK is older than the API.</returns>
    /// <exception cref="ArgumentException"><paramref name="rawBody"/> or <paramref name="apiKey"/> is null, or the key is empty.</exception>
    /// <exception cref="RetellWebhookSignatureException">The signature is missing, malformed, too old or of another key or body.</exception>
    /// <exception cref="RetellSerializationException">The body is no JSON object.</exception>
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

    /// <summary>Reads a webhook whose signature was checked already.</summary>
    /// <param name="rawBody">The body.</param>
    /// <returns>The event; an <see cref="UnknownWebhookEvent"/> where the SDK is older than the API.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="rawBody"/> is null.</exception>
    /// <exception cref="RetellSerializationException">The body is no JSON object.</exception>
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
        : throw RetellSerializationException.For("The webhook cannot be read", new JsonSerializationException("Its body is not a JSON object."), excerpt: null);

    private static void ThrowIfNotSigned(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider)
    {
        if (FindFault(rawBody, signature, apiKey, timeProvider) is string fault)
        {
            throw new RetellWebhookSignatureException($"The webhook is refused: {fault}");
        }
    }

    private static string? FindFault(ReadOnlySpan<byte> rawBody, string? signature, string apiKey, TimeProvider? timeProvider) =>
        WebhookSignature.FindFault(rawBody, signature, Key(apiKey), timeProvider ?? TimeProvider.System);

    private static byte[] Bytes(string rawBody) => Encoding.UTF8.GetBytes(NotNull(rawBody));

    private static T NotNull<T>(T? rawBody)
        where T : class => rawBody ?? throw new ArgumentNullException(nameof(rawBody));

    private static string Key(string? apiKey) => (apiKey ?? throw new ArgumentNullException(nameof(apiKey))).Trim() is { Length: > 0 } key
        ? key
        : throw new ArgumentException("The API key is empty: nothing can be verified with it.", nameof(apiKey));
}
