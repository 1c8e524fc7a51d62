using Microsoft.Extensions.Logging;
using Polly.Telemetry;
using Retell.Http;

namespace Retell;

/// <summary>The options of a <see cref="RetellClient"/>. The client copies them, so that later changes have no effect on it.</summary>
public sealed class RetellClientOptions
{
    /// <summary>The base URL if neither <see cref="BaseUrl"/> nor RETELL_BASE_URL is set.</summary>
    internal const string DefaultBaseUrl = "https://api.retellai.com";

    private const long DefaultMaxResponseSize = 256L * 1024 * 1024;

    private bool _isTimeoutChosen;

    /// <summary>
    /// Gets or sets the API key from the dashboard, or null to use the environment variable <c>RETELL_API_KEY</c>. The default is null. The key
    /// never appears in messages and logs of the SDK.
    /// </summary>
    /// <exception cref="ArgumentException">The value contains a space, a line break, a quote, a backslash or a non-ASCII character.</exception>
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
    /// Gets or sets the base URL of the API, optionally with a path prefix, or null to use the environment variable <c>RETELL_BASE_URL</c>, or
    /// else <c>https://api.retellai.com</c>. The default is null.
    /// </summary>
    /// <exception cref="ArgumentException">The value is not an absolute http or https URL, or it has a user, a query or a fragment.</exception>
    public Uri? BaseUrl
    {
        get;
        set => field = OptionRules.BaseUrl(value, nameof(BaseUrl));
    }

    /// <summary>
    /// Gets or sets a value indicating whether <see cref="BaseUrl"/> can be an <c>http://</c> URL of another machine, which sends the API key
    /// and all content unencrypted. The default is false. A URL of the local machine, such as <c>http://localhost:8080</c>, is always allowed.
    /// </summary>
    public bool AllowInsecureHttp { get; set; }

    /// <summary>
    /// Gets or sets the timeout for each attempt, including reading the response. The default is 60 seconds, 120 seconds for
    /// <c>createPhoneCall</c>, and 300 seconds for the lists of calls and chats, for chat and playground completions, and for batch calls.
    /// <see cref="System.Threading.Timeout.InfiniteTimeSpan"/> means no timeout.
    /// </summary>
    /// <remarks>A value that is set applies to all operations. This is a shortcut for <see cref="RetellResilienceOptions.AttemptTimeout"/>.</remarks>
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

    /// <summary>
    /// Gets or sets the timeout for an operation, including all attempts and the waits between them, or null for no timeout. The default is
    /// null.
    /// </summary>
    /// <remarks>This is a shortcut for <see cref="RetellResilienceOptions.TotalRequestTimeout"/>.</remarks>
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
    /// Gets or sets the maximum number of retries after a failed attempt. The default is 2. A request that dials, sends, buys, charges or runs
    /// something paid is retried only if the API certainly did not process it.
    /// </summary>
    /// <remarks>This is a shortcut for <see cref="RetellResilienceOptions.Retry"/>.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int MaxRetries
    {
        get => Resilience.Retry.MaxRetryAttempts;
        set => Resilience.Retry.MaxRetryAttempts = OptionRules.MaxRetries(value, nameof(MaxRetries))!.Value;
    }

    /// <summary>Gets or sets the settings for retries, timeouts, the circuit breaker and the rate limiter.</summary>
    /// <exception cref="ArgumentNullException">The value is null.</exception>
    public RetellResilienceOptions Resilience
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(Resilience));
    } = new();

    /// <summary>
    /// Gets or sets the maximum size of a response in bytes, after decompression. The default is 268,435,456 (256 MB). A larger response ends
    /// the operation with a <see cref="RetellException"/>. The limit does not apply to content that is returned as a stream.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is zero, negative or <see cref="long.MaxValue"/>.</exception>
    public long MaxResponseSize
    {
        get;
        set => field = value > 0 && value < long.MaxValue ? value : throw new ArgumentOutOfRangeException(
            nameof(MaxResponseSize), value, "The maximum response size must be at least 1 byte and less than 9223372036854775807 bytes.");
    } = DefaultMaxResponseSize;

    /// <summary>
    /// Gets or sets the HttpClient that sends the requests, or null to use handlers of the client itself. It is not disposed. The default is
    /// null.
    /// </summary>
    /// <remarks>
    /// The retries and timeouts of <see cref="Resilience"/> apply around it; its own timeout and handlers apply to each attempt. If one of its
    /// handlers resends a request that must not be sent twice, the second attempt is refused when its content is written, and the outcome of the
    /// first attempt is lost. Add a <see cref="RetellSendOnceHandler"/> as its innermost handler to keep that outcome, and to stop handlers that
    /// send copies of a request.
    /// </remarks>
    public HttpClient? HttpClient { get; set; }

    /// <summary>
    /// Gets or sets the handler that sends the requests, for example for a proxy or a test, or null to use a handler of the client itself. It is
    /// not disposed. The default is null.
    /// </summary>
    /// <remarks>
    /// In a chain of delegating handlers, a <see cref="RetellSendOnceHandler"/> is inserted above the innermost handler, or above the chain if
    /// it has already sent requests.
    /// </remarks>
    public HttpMessageHandler? HttpMessageHandler { get; set; }

    /// <summary>Gets the headers to add to every request. A header that is set here replaces the header of the SDK with the same name.</summary>
    public IDictionary<string, string> DefaultHeaders { get; private set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Gets or sets the logger factory, or null to use that of the service container, or else no logging. The default is null. The category is
    /// <c>Retell.RetellClient</c>: operations are logged at Debug, retries and failures at Warning. The API key and the values of paths, queries
    /// and bodies are not logged.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the bodies of requests and responses are logged at Trace. The default is false. The API key is
    /// masked, but the bodies contain personal data, such as transcripts and phone numbers.
    /// </summary>
    public bool LogBodies { get; set; }

    /// <summary>
    /// Gets or sets the clock for timeouts and waits, or null to use that of the service container, or else the system clock. The default is
    /// null.
    /// </summary>
    public TimeProvider? TimeProvider { get; set; }

    /// <summary>Gets the timeout of an attempt that the application has set, or null to use the default of the operation.</summary>
    internal TimeSpan? ChosenTimeout =>
        _isTimeoutChosen || Resilience.AttemptTimeout.Timeout != RetellResilienceOptions.DefaultAttemptTimeout ? Resilience.AttemptTimeout.Timeout : null;

    /// <summary>Gets or sets the function that creates the HttpClient for an operation, or null if there is no IHttpClientFactory.</summary>
    internal Func<HttpClient>? HttpClientSource { get; set; }

    /// <summary>Gets or sets the function that subscribes to configuration changes, or null if the options do not change.</summary>
    internal Func<Action<RetellClientOptions>, IDisposable?>? Changes { get; set; }

    /// <summary>Gets or sets the telemetry options of the application for resilience pipelines.</summary>
    internal TelemetryOptions? PipelineTelemetry { get; set; }

    /// <summary>Switches off the retries and timeouts of the SDK, for an application whose own handler has them.</summary>
    /// <returns>The same options.</returns>
    /// <remarks>
    /// If that handler resends a request that must not be sent twice, the attempt is refused. <see cref="RetellHttpRequest.IsRepeatable"/> tells
    /// the handler in advance.
    /// </remarks>
    public RetellClientOptions WithoutResilience()
    {
        MaxRetries = 0;
        Timeout = System.Threading.Timeout.InfiniteTimeSpan;
        TotalTimeout = null;
        return this;
    }

    /// <summary>Returns a short text that does not contain the API key.</summary>
    /// <returns>The base URL, and whether an API key is set.</returns>
    public override string ToString() => $"{nameof(RetellClientOptions)} {{ BaseUrl = {BaseUrl}, ApiKey = {(ApiKey is null ? "" : "***")} }}";

    /// <summary>Returns a copy in which every setting has a value.</summary>
    /// <param name="argument">The name of the argument that exceptions name.</param>
    /// <exception cref="ArgumentException">A default header, a timeout or the number of retries is not valid.</exception>
    /// <exception cref="RetellException">
    /// There is no API key, RETELL_API_KEY or RETELL_BASE_URL is not valid, both senders are set, or the base URL is not secure.
    /// </exception>
    internal RetellClientOptions Complete(string argument = "options")
    {
        CheckResilience(argument);
        OptionRules.Headers(DefaultHeaders, argument);
        if (HttpClient is not null && HttpMessageHandler is not null)
        {
            throw new RetellException($"{nameof(HttpClient)} and {nameof(HttpMessageHandler)} are both set. Set only one of them.");
        }

        RetellClientOptions copy = Copy();
        copy.ApiKey = NullIfEmpty(ApiKey) ?? FromEnvironment("RETELL_API_KEY", OptionRules.ApiKey) ?? throw new RetellException(
            "There is no API key. Pass it to the client, new RetellClient(\"key_…\") or RetellClientOptions.ApiKey, "
            + "or set the environment variable RETELL_API_KEY.");
        copy.WebhookKey = NullIfEmpty(WebhookKey) ?? copy.ApiKey;
        copy.TimeProvider ??= System.TimeProvider.System;
        copy.BaseUrl = BaseUrl ?? FromEnvironment("RETELL_BASE_URL", (text, name) => Uri.TryCreate(text, UriKind.Absolute, out Uri? url)
            ? OptionRules.BaseUrl(url, name)
            : throw new ArgumentException($"\"{KeyMask.WithoutUser(text)}\" is not an absolute URL. Use a URL such as {DefaultBaseUrl}.", name)) ?? new Uri(DefaultBaseUrl);
        return AllowInsecureHttp || OptionRules.IsSecure(copy.BaseUrl) ? copy : throw new RetellException(
            $"The base URL \"{copy.BaseUrl}\" would send the API key unencrypted to another machine. Use https, "
            + $"or set {nameof(RetellClientOptions)}.{nameof(AllowInsecureHttp)} if the network is trusted.");
    }

    internal RetellClientOptions Copy()
    {
        var copy = (RetellClientOptions)MemberwiseClone();
        copy.DefaultHeaders = new Dictionary<string, string>(DefaultHeaders, StringComparer.OrdinalIgnoreCase);
        copy.Resilience = Resilience.Copy();
        return copy;
    }

    /// <summary>Checks the values that the option classes of the package accept unchecked.</summary>
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
