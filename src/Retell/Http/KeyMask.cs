namespace Retell.Http;

/// <summary>Takes the API key out of everything that people get to read, also where a server sends it back.</summary>
internal sealed class KeyMask
{
    private const string Mask = "***";
    private readonly string[] _secrets;

    public KeyMask(params string[] secrets)
    {
        // As it is, and as it may look inside of JSON and of a URL.
        _secrets = [.. secrets.SelectMany(secret => new[] { secret, secret.Replace("/", "\\/"), Uri.EscapeDataString(secret) }).Distinct()];
    }

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
