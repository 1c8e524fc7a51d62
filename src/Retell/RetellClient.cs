using Retell.Http;

namespace Retell;

/// <summary>The client for the Retell API. It is thread-safe; create one per application and reuse it, because it pools its connections.</summary>
public partial class RetellClient : IDisposable
{
    private readonly ApiTransport _transport;

    /// <summary>Creates a client with the API key in the environment variable <c>RETELL_API_KEY</c>.</summary>
    /// <exception cref="RetellException">RETELL_API_KEY is not set, or RETELL_API_KEY or RETELL_BASE_URL is not valid.</exception>
    public RetellClient()
        : this(new RetellClientOptions())
    {
    }

    /// <summary>Creates a client with an API key.</summary>
    /// <param name="apiKey">The API key from the dashboard.</param>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is null or empty, or contains a character that a key cannot contain.</exception>
    /// <exception cref="RetellException">RETELL_BASE_URL is not valid.</exception>
    public RetellClient(string apiKey)
        : this(new RetellClientOptions { ApiKey = Checked(apiKey) })
    {
    }

    /// <summary>Creates a client with options.</summary>
    /// <param name="options">The options. The client copies them, and reads an API key or a base URL that is not set from the environment.</param>
    /// <exception cref="ArgumentException">A default header, a timeout or the number of retries is not valid.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RetellException">
    /// There is no API key, <see cref="RetellClientOptions.HttpClient"/> and <see cref="RetellClientOptions.HttpMessageHandler"/> are both set,
    /// a resilience setting is not valid, or the base URL is an <c>http://</c> URL of another machine and
    /// <see cref="RetellClientOptions.AllowInsecureHttp"/> is false.
    /// </exception>
    public RetellClient(RetellClientOptions options)
    {
        RetellClientOptions complete = (options ?? throw new ArgumentNullException(nameof(options))).Complete();
        _transport = new ApiTransport(complete);
    }

    /// <summary>Gets the base URL of the API.</summary>
    public Uri BaseUrl => _transport.BaseUrl;

    /// <summary>Gets the transport that sends the requests of the operation clients.</summary>
    internal ApiTransport Transport => _transport;

    /// <summary>
    /// Closes the connections. Operations in progress end with an <see cref="ObjectDisposedException"/>. An HttpClient or handler of the
    /// application is not disposed.
    /// </summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns a short text that does not contain the API key.</summary>
    /// <returns>The name of the type and the base URL.</returns>
    public override string ToString() => $"{nameof(RetellClient)} ({BaseUrl})";

    /// <summary>Releases the resources of the client.</summary>
    /// <param name="disposing">A value indicating whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _transport.Dispose();
        }
    }

    private static string? Checked(string? apiKey)
    {
        const string Advice = "Pass the key, or set the environment variable RETELL_API_KEY and use new RetellClient().";
        return apiKey is null ? throw new ArgumentNullException(nameof(apiKey), $"The API key is null. {Advice}")
            : string.IsNullOrWhiteSpace(apiKey) ? throw new ArgumentException($"The API key is empty. {Advice}", nameof(apiKey))
            : OptionRules.ApiKey(apiKey, nameof(apiKey));
    }
}
