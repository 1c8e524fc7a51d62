using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Retell.Http;

namespace Retell;

/// <summary>How a <see cref="RetellClient"/> works. The client copies it: later changes do not reach it.</summary>
public sealed class RetellClientOptions
{
    /// <summary>Where the API is unless <see cref="BaseUrl"/> or RETELL_BASE_URL says otherwise.</summary>
    internal const string DefaultBaseUrl = "https://api.retellai.com";

    private static readonly TimeSpan s_usualTimeout = TimeSpan.FromSeconds(60);

    /// <summary>
    /// The API key, from the dashboard; null for the environment variable <c>RETELL_API_KEY</c>. It never shows up in a
    /// message of the SDK.
    /// </summary>
    /// <exception cref="ArgumentException">The key has characters in it that no key has.</exception>
    public string? ApiKey
    {
        get;
        set => field = OptionRules.ApiKey(value, nameof(ApiKey));
    }

    /// <summary>
    /// Where the API is, a path prefix included; null for the environment variable <c>RETELL_BASE_URL</c>, else
    /// <c>https://api.retellai.com</c>.
    /// </summary>
    /// <exception cref="ArgumentException">It is not absolute, not http or https, or has a user, a query or a fragment.</exception>
    public Uri? BaseUrl
    {
        get;
        set => field = OptionRules.BaseUrl(value, nameof(BaseUrl));
    }

    /// <summary>
    /// Gets or sets a value indicating whether <see cref="BaseUrl"/> may be an <c>http://</c> URL of another machine, which sends
    /// the API key and what people said unencrypted. The default is false. A URL of this machine, such as
    /// <c>http://localhost:8080</c>, is always allowed.
    /// </summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>
    /// The time limit of each attempt, its answer included; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> switches
    /// it off. Unless it is set it is 60 s, 120 s for <c>createPhoneCall</c>, and 300 s for the lists of calls and chats,
    /// completions and batch calls.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero, negative or more than 24 days.</exception>
    public TimeSpan Timeout
    {
        get => ChosenTimeout ?? s_usualTimeout;
        set => ChosenTimeout = OptionRules.Timeout(value, nameof(Timeout));
    }

    /// <summary>The time limit of a call with all its attempts and waits; null for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is zero, negative or more than 24 days.</exception>
    public TimeSpan? TotalTimeout
    {
        get;
        set => field = OptionRules.Timeout(value, nameof(TotalTimeout));
    }

    /// <summary>
    /// How often a failed attempt may be repeated; 2. What dials, sends, buys, charges or runs something paid is only
    /// repeated when it certainly was not carried out.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int MaxRetries
    {
        get;
        set => field = OptionRules.MaxRetries(value, nameof(MaxRetries))!.Value;
    } = 2;

    /// <summary>
    /// The HttpClient to send with; null for one of the client's own. It is not disposed, and its own time limit and
    /// handlers stay as they are.
    /// </summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>The handler to send with, for a proxy or a test; null for one of the client's own. It is not disposed.</summary>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>Headers for every request; one that is set here replaces the SDK's own of the same name.</summary>
    public IDictionary<string, string> DefaultHeaders { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Where to log: one line a call at Debug and each retry at Warning, in the category <c>Retell.RetellClient</c>; null for
    /// nowhere. Neither the API key nor the values of paths and bodies are logged.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Whether the bodies of requests and answers are logged as well, at Trace and without the API key; false. They hold
    /// what people said and their phone numbers.
    /// </summary>
    public bool LogBodies { get; set; }

    /// <summary>The clock of time limits and waits; a test can use its own.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public TimeProvider TimeProvider
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>The time limit that was set; null where none was.</summary>
    internal TimeSpan? ChosenTimeout { get; private set; }

    /// <summary>Gives the HttpClient of each attempt; null for the one above.</summary>
    internal Func<HttpClient>? HttpClientSource { get; set; }

    /// <summary>Evenly spread from 0 to 1: how much each wait falls short.</summary>
    internal Func<double> Random { get; set; } = NextRandom;

    [field: AllowNull]
    internal KeyMask Mask => field ??= new KeyMask(ApiKey!).With(KeyMask.SecretsOf(DefaultHeaders));

    /// <summary>
    /// Leaves time limits and retries to a handler of your own, such as the standard resilience handler of
    /// Microsoft.Extensions.Http.Resilience: no retries, no time limits. That handler must not repeat what dials or costs
    /// money; <see cref="RetellHttpRequest.IsRepeatable"/> tells it.
    /// </summary>
    /// <returns>These options.</returns>
    public RetellClientOptions WithoutResilience()
    {
        MaxRetries = 0;
        Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        TotalTimeout = null;
        return this;
    }

    /// <summary>A short text without the API key.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{nameof(RetellClientOptions)} {{ BaseUrl = {BaseUrl}, ApiKey = {(ApiKey is null ? "" : "***")} }}";

    /// <summary>A copy in which nothing is left open.</summary>
    /// <param name="argument">The argument of the caller that the options are.</param>
    /// <exception cref="ArgumentException">A default header is not valid.</exception>
    /// <exception cref="RetellException">There is no API key, RETELL_API_KEY or RETELL_BASE_URL is not valid, or the options contradict each other.</exception>
    internal RetellClientOptions Complete(string argument = "options")
    {
        OptionRules.Headers(DefaultHeaders, argument);
        if (HttpClient is not null && HttpMessageHandler is not null)
        {
            throw new RetellException($"Set {nameof(HttpClient)} or {nameof(HttpMessageHandler)}, not both.");
        }

        RetellClientOptions copy = Copy();
        copy.ApiKey = NullIfEmpty(ApiKey) ?? FromEnvironment("RETELL_API_KEY", OptionRules.ApiKey) ?? throw new RetellException(
            "There is no API key. Pass it to the client, new RetellClient(\"key_…\") or RetellClientOptions.ApiKey, "
            + "or set the environment variable RETELL_API_KEY.");
        copy.BaseUrl = BaseUrl ?? FromEnvironment("RETELL_BASE_URL", (text, name) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            ? OptionRules.BaseUrl(url, name)
            : throw new ArgumentException($"\"{KeyMask.WithoutUser(text)}\" is not an absolute URL.", name)) ?? new Uri(DefaultBaseUrl);
        return AllowInsecureHttp || OptionRules.IsSecure(copy.BaseUrl) ? copy : throw new RetellException(
            $"The base URL {copy.BaseUrl} would send the API key unencrypted to another machine. Use https, "
            + $"or set {nameof(RetellClientOptions)}.{nameof(AllowInsecureHttp)} if the network can be trusted.");
    }

    internal RetellClientOptions Copy()
    {
        var copy = (RetellClientOptions)MemberwiseClone();
        copy.DefaultHeaders = new Dictionary<string, string>(DefaultHeaders, StringComparer.OrdinalIgnoreCase);
        return copy;
    }

    private static T? FromEnvironment<T>(string variable, Func<string, string, T?> check)
        where T : class
    {
        try
        {
            return NullIfEmpty(Environment.GetEnvironmentVariable(variable)) is string value ? check(value, variable) : null;
        }
        catch (ArgumentException e)
        {
            throw new RetellException($"The environment variable {variable} is not valid: {e.Message}", e);
        }
    }

    private static string? NullIfEmpty(string? value) => string.IsNullOrWhiteSpace(value) ? null : value!.Trim();

#if NET
    private static double NextRandom() => System.Random.Shared.NextDouble();
#else
    private static double NextRandom() => BitConverter.ToUInt32(Guid.NewGuid().ToByteArray(), 0) / (double)uint.MaxValue;
#endif
}
