using System.Net.WebSockets;

namespace Retell.Monitoring;

/// <summary>How the API key is sent: in the Authorization header or, where that was refused, as a subprotocol.</summary>
internal sealed class MonitorCredential
{
    private const string Header = "Authorization";
    private const string Scheme = "Bearer ";

    /// <summary>The separators of RFC 9110, which a subprotocol cannot contain.</summary>
    private const string NotInSubprotocols = "()<>@,;:\\\"/[]?={} ";

    private readonly List<KeyValuePair<string, string>> _headers;
    private readonly string? _key;
    private bool _isSubprotocol;

    /// <param name="message">A request with the headers of the client and of the caller.</param>
    public MonitorCredential(HttpRequestMessage message)
    {
        _headers = [.. message.Headers.SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value)))];
        string? authorization = _headers.FirstOrDefault(IsAuthorization).Value;
        string? key = authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? authorization.Substring(Scheme.Length).Trim() : null;
        _key = key?.Length > 0 && key.All(c => c is > ' ' and <= '~' && NotInSubprotocols.IndexOf(c) < 0) ? key : null;
    }

    /// <summary>Changes to the subprotocol.</summary>
    /// <returns>False if it is already used, or if the key cannot be a subprotocol.</returns>
    public bool TryNext()
    {
        bool isNew = !_isSubprotocol && _key is not null;
        _isSubprotocol |= isNew;
        return isNew;
    }

    public void ApplyTo(ClientWebSocketOptions options)
    {
        foreach (KeyValuePair<string, string> header in _headers.Where(header => !_isSubprotocol || !IsAuthorization(header)))
        {
#if NET
            options.SetRequestHeader(header.Key, header.Value);
#else
            try
            {
                options.SetRequestHeader(header.Key, header.Value);
            }
            catch (ArgumentException) when (!IsAuthorization(header))
            {
                // .NET Framework does not send its own headers, such as User-Agent, with another value.
            }
#endif
        }

        if (_isSubprotocol)
        {
            options.AddSubProtocol("bearer");
            options.AddSubProtocol(_key!);
        }
    }

    private static bool IsAuthorization(KeyValuePair<string, string> header) => Header.Equals(header.Key, StringComparison.OrdinalIgnoreCase);
}
