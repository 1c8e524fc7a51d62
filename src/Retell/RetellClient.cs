using Retell.Http;

namespace Retell;

/// <summary>
/// The way to the API. One instance serves a whole application and any number of threads; its connections are pooled.
/// </summary>
public partial class RetellClient : IDisposable
{
    private readonly ApiTransport _transport;

    /// <summary>Creates a client with the API key in the environment variable <c>RETELL_API_KEY</c>.</summary>
    /// <exception cref="RetellException">The variable is not set, or RETELL_BASE_URL is not valid.</exception>
    public RetellClient()
        : this(new RetellClientOptions())
    {
    }

    /// <summary>Creates a client.</summary>
    /// <param name="apiKey">The API key, from the dashboard.</param>
    /// <exception cref="ArgumentException"><paramref name="apiKey"/> is null or empty, or has characters in it that no key has.</exception>
    /// <exception cref="RetellException">RETELL_BASE_URL is not valid.</exception>
    public RetellClient(string apiKey)
        : this(new RetellClientOptions { ApiKey = Checked(apiKey) })
    {
    }

    /// <summary>Creates a client.</summary>
    /// <param name="options">How it works; what is left open there comes from the environment.</param>
    /// <exception cref="ArgumentException">A default header is not valid.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="RetellException">
    /// There is no API key, the options contradict each other, or the base URL is an <c>http://</c> URL of another machine and
    /// <see cref="RetellClientOptions.AllowInsecureHttp"/> is false.
    /// </exception>
    public RetellClient(RetellClientOptions options)
    {
        RetellClientOptions complete = (options ?? throw new ArgumentNullException(nameof(options))).Complete();
        _transport = new ApiTransport(complete);
    }

    /// <summary>Gets the URL of the API.</summary>
    public Uri BaseUrl => _transport.BaseUrl;

    /// <summary>Carries out the calls of the operation clients.</summary>
    internal ApiTransport Transport => _transport;

    /// <summary>Closes the connections; calls that are under way end with an <see cref="ObjectDisposedException"/>. What was passed in stays open.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A short text without the API key.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{nameof(RetellClient)} ({BaseUrl})";

    /// <summary>Closes the connections.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
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
