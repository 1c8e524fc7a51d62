namespace Retell.Http;

/// <summary>Masks the API key in texts that people read, including texts that a server sends back.</summary>
internal sealed class KeyMask
{
    private const string Mask = "***";

    private static readonly string[] s_secretHeaders = ["Authorization", "Proxy-Authorization"];

    private readonly string[] _secrets;

    public KeyMask(params string[] secrets)
    {
        // As it is, and as it is escaped in JSON and in a URL.
        _secrets = [.. secrets.SelectMany(secret => new[] { secret, secret.Replace("/", "\\/"), Uri.EscapeDataString(secret) }).Distinct()];
    }

    /// <summary>Returns the secrets in headers of the caller, without the scheme.</summary>
    public static string[] SecretsOf(IEnumerable<KeyValuePair<string, string>>? headers) =>
    [
        .. (headers ?? [])
            .Where(header => s_secretHeaders.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header => header.Value?.Trim().Split(' ').Last())
            .OfType<string>()
            .Where(secret => secret.Length > 0),
    ];

    /// <summary>Returns a URL with the user and the password masked.</summary>
    public static string WithoutUser(string url)
    {
        int at = url.LastIndexOf('@');
        int start = url.IndexOf("//", StringComparison.Ordinal) is int slashes and >= 0 && slashes < at ? slashes + 2 : 0;
        return at < 0 ? url : url.Remove(start, at - start).Insert(start, Mask);
    }

    /// <summary>Returns a mask that also masks other secrets.</summary>
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

    /// <summary>Returns the exception, or one with its masked text if it contains a secret.</summary>
    public Exception Apply(Exception exception)
    {
        string text = exception.ToString();
        string masked = Apply(text);
        return masked == text ? exception : new RetellException(masked);
    }
}
