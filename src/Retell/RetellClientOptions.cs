using Microsoft.Extensions.Logging;
using Polly.Telemetry;
using Retell.Http;

namespace Retell;

/// <summary>How a <see cref="RetellClient"/> works. The client copies it: later changes do not reach it.</summary>
public sealed class RetellClientOptions
{
    /// <summary>Where the API is unless <see cref="BaseUrl"/> or RETELL_BASE_URL says otherwise.</summary>
    internal const string DefaultBaseUrl = "https://api.retellai.com";

    /// <summary>The default of <see cref="MaxResponseSize"/>.</summary>
    private const long DefaultMaxResponseSize = 256L * 1024 * 1024;

    private bool _isTimeoutChosen;

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
    /// Gets or sets the API key that signs webhooks and custom functions, which is the one with the webhook badge in the dashboard, or null if it is
    /// <see cref="ApiKey"/>. The default is null. It is used by <see cref="RetellClient.ParseWebhook(byte[], string)"/> and
    /// <see cref="RetellClient.VerifyWebhook(byte[], string)"/>, and is never sent.
    /// </summary>
    /// <exception cref="ArgumentException">The value contains a space, a line break, a quote or a non-ASCII character.</exception>
    public string? WebhookKey
    {
        get;
        set => field = OptionRules.ApiKey(value, nameof(WebhookKey));
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
    /// Gets or sets the timeout for each attempt, including reading the response; <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> switches
    /// it off. The default is 60 seconds, but 120 seconds for <c>createPhoneCall</c>, and 300 seconds for the lists of calls and chats,
    /// completions and batch calls.
    /// </summary>
    /// <remarks>A short way to <see cref="RetellResilienceOptions.AttemptTimeout"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan Timeout
    {
        get => Resilience.AttemptTimeout.Timeout;
        set
        {
            Resilience.AttemptTimeout.Timeout = OptionRules.Timeout(value, nameof(Timeout))!.Value;
            _isTimeoutChosen = true;
        }
    }

    /// <summary>Gets or sets the timeout for an operation, including all attempts and the waits between them, or null for none. The default is null.</summary>
    /// <remarks>A short way to <see cref="RetellResilienceOptions.TotalRequestTimeout"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or more than 24 days.</exception>
    public TimeSpan? TotalTimeout
    {
        get => Resilience.TotalRequestTimeout?.Timeout;
        set
        {
            if (OptionRules.Timeout(value, nameof(TotalTimeout)) is TimeSpan total)
            {
                (Resilience.TotalRequestTimeout ??= new()).Timeout = total;
            }
            else
            {
                Resilience.TotalRequestTimeout = null;
            }
        }
    }

    /// <summary>
    /// Gets or sets how many times a failed attempt is retried. The default is 2. A request that dials, sends, buys, charges or runs something
    /// paid is retried only if the API certainly did not process it.
    /// </summary>
    /// <remarks>A short way to <see cref="RetellResilienceOptions.Retry"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRetries
    {
        get => Resilience.Retry.MaxRetryAttempts;
        set => Resilience.Retry.MaxRetryAttempts = OptionRules.MaxRetries(value, nameof(MaxRetries))!.Value;
    }

    /// <summary>Gets or sets the settings for retries, timeouts, the circuit breaker and the limiter.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetellResilienceOptions Resilience
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Resilience));
    } = new();

    /// <summary>
    /// Gets or sets the largest response in bytes, decompressed, that the client reads. The default is 268,435,456 (256 MB). A larger one ends the
    /// operation with a <see cref="RetellException"/>. Content that the caller reads as a stream has no limit.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive.</exception>
    public long MaxResponseSize
    {
        get;
        set => field = value > 0 && value < long.MaxValue ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxResponseSize), value, "The largest response must have at least 1 byte.");
    } = DefaultMaxResponseSize;

    /// <summary>Gets or sets the HttpClient to send with, or null for handlers of the client's own. It is not disposed. The default is null.</summary>
    /// <remarks>
    /// The retries and timeouts of <see cref="Resilience"/> apply around it. Its own timeout and handlers apply to each attempt. If one of its
    /// handlers sends a request again that must not be repeated, the second attempt is refused where its content is written, and the outcome of the
    /// first one is not known to the client, unless a <see cref="RetellSendOnceHandler"/> is its innermost handler, which also stops a handler
    /// that sends copies of a request.
    /// </remarks>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Gets or sets the handler to send with, for a proxy or a test, or null for one of the client's own. It is not disposed. The default is null.
    /// </summary>
    /// <remarks>
    /// A chain of delegating handlers gets a <see cref="RetellSendOnceHandler"/> above its innermost handler, or above the chain if it has sent requests already.
    /// </remarks>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>Headers for every request; one that is set here replaces the SDK's own of the same name.</summary>
    public IDictionary<string, string> DefaultHeaders { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets where to log, in the category <c>Retell.RetellClient</c>: each operation at Debug, each retry and each failure at Warning;
    /// or null for nowhere. Neither the API key nor the values of paths, queries and bodies are logged.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Whether the bodies of requests and answers are logged as well, at Trace and without the API key; false. They hold
    /// what people said and their phone numbers.
    /// </summary>
    public bool LogBodies { get; set; }

    /// <summary>
    /// Gets or sets the clock of timeouts and waits, for a test, or null for the one of the service container, or else the system's. The default is null.
    /// </summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Gets the timeout of an attempt that was chosen; null where the longer one of an operation applies.</summary>
    internal TimeSpan? ChosenTimeout =>
        _isTimeoutChosen || Resilience.AttemptTimeout.Timeout != RetellResilienceOptions.DefaultAttemptTimeout ? Resilience.AttemptTimeout.Timeout : null;

    /// <summary>Gives the HttpClient of each operation, whose handlers are those of the client; null for handlers without a factory.</summary>
    internal Func<HttpClient>? HttpClientSource { get; set; }

    /// <summary>Calls back with each change of the configuration; null for options that do not change.</summary>
    internal Func<Action<RetellClientOptions>, IDisposable?>? Changes { get; set; }

    /// <summary>The enrichers and listeners of the application for the telemetry of resilience pipelines.</summary>
    internal TelemetryOptions? PipelineTelemetry { get; set; }

    /// <summary>
    /// Leaves timeouts and retries to a handler of the application: no retries, no timeouts. If that handler sends a request again that must not be
    /// repeated, the attempt is refused; <see cref="RetellHttpRequest.IsRepeatable"/> tells it beforehand.
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
        CheckResilience(argument);
        OptionRules.Headers(DefaultHeaders, argument);
        if (HttpClient is not null && HttpMessageHandler is not null)
        {
            throw new RetellException($"Set {nameof(HttpClient)} or {nameof(HttpMessageHandler)}, not both.");
        }

        RetellClientOptions copy = Copy();
        copy.ApiKey = NullIfEmpty(ApiKey) ?? FromEnvironment("RETELL_API_KEY", OptionRules.ApiKey) ?? throw new RetellException(
            "There is no API key. Pass it to the client, new RetellClient(\"key_…\") or RetellClientOptions.ApiKey, "
            + "or set the environment variable RETELL_API_KEY.");
        copy.WebhookKey = NullIfEmpty(WebhookKey) ?? copy.ApiKey;
        copy.TimeProvider ??= System.TimeProvider.System;
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
        copy.Resilience = Resilience.Copy();
        return copy;
    }

    /// <summary>The option classes of the package take any value.</summary>
    private void CheckResilience(string argument)
    {
        try
        {
            OptionRules.Timeout(Timeout, $"{nameof(Resilience)}.{nameof(RetellResilienceOptions.AttemptTimeout)}");
            OptionRules.Timeout(TotalTimeout, $"{nameof(Resilience)}.{nameof(RetellResilienceOptions.TotalRequestTimeout)}");
            OptionRules.MaxRetries(MaxRetries, $"{nameof(Resilience)}.{nameof(RetellResilienceOptions.Retry)}");
        }
        catch (ArgumentException e)
        {
            throw new ArgumentException(e.Message, argument, e);
        }
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
}
