namespace Retell.Http;

/// <summary>Takes the API key out of everything that people get to read, also where a server sends it back.</summary>
internal sealed class KeyMask
{
    private const string Mask = "***";

    /// <summary>The headers that say who sends the request.</summary>
    private static readonly string[] s_secretHeaders = ["Authorization", "Proxy-Authorization"];

    private readonly string[] _secrets;

    public KeyMask(params string[] secrets)
    {
        // As it is, and as it may look inside of JSON and of a URL.
        _secrets = [.. secrets.SelectMany(secret => new[] { secret, secret.Replace("/", "\\/"), Uri.EscapeDataString(secret) }).Distinct()];
    }

    /// <summary>The secrets in headers that a caller sets, without the scheme that stands before them.</summary>
    public static string[] SecretsOf(IEnumerable<KeyValuePair<string, string>>? headers) =>
    [
        .. (headers ?? [])
            .Where(header => s_secretHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => header.Value?.Trim().Split(' ').Last())
            .OfType<string>()
            .Where(secret => secret.Length > 0),
    ];

    /// <summary>A URL as text, without the user and the password in it.</summary>
    public static string WithoutUser(string url)
    {
        int at = url.LastIndexOf('@');
        int start = url.IndexOf("//", StringComparison.Ordinal) is int slashes and >= 0 && slashes < at ? slashes + 2 : 0;
        return at < 0 ? url : url.Remove(start, at - start).Insert(start, Mask);
    }

    /// <summary>This mask, and one for more secrets.</summary>
    public KeyMask With(string[] secrets) => secrets.Length == 0 ? this : new([.. secrets, .. _secrets]);

    public string Apply(string text)
    {
        foreach (string secret in _secrets)
        {
            text = text.Replace(secret, Mask);
        }

        return text;
    }

    public string? ApplyOrNull(string? text) => text is null ? null : Apply(text);

    /// <summary>The exception itself, or its text without the key where that is needed.</summary>
    public Exception Apply(Exception exception)
    {
        string text = exception.ToString();
        string masked = Apply(text);
        return masked == text ? exception : new RetellException(masked);
    }
}
