using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Polly.Telemetry;
using Retell;
using Retell.DependencyInjection;
using Retell.Resilience;
using Retell.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that register a <see cref="RetellClient"/>.</summary>
public static class RetellServiceCollectionExtensions
{
    private const string HttpClientName = "Retell";

    /// <summary>
    /// Registers a <see cref="RetellClient"/> as a singleton, with an HttpClient from IHttpClientFactory. The options are validated when the
    /// host starts.
    /// </summary>
    /// <remarks>
    /// An API key or a base URL that is not set is read from the environment variables RETELL_API_KEY and RETELL_BASE_URL. The client retries
    /// requests itself; resilience handlers that <c>ConfigureHttpClientDefaults</c> adds to all clients are therefore removed from its
    /// HttpClient. Handlers that you add to the returned builder are kept, and cannot resend a request that must not be sent twice.
    /// </remarks>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">The action that sets the options, or null.</param>
    /// <returns>The builder of the HttpClient. Handlers that you add to it run for each attempt, below the retries of the SDK.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, Action<RetellClientOptions>? configure = null) =>
        Add(services, null, configure);

    /// <summary>Registers a <see cref="RetellClient"/> whose options come from configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">
    /// The configuration section, with the optional settings <c>ApiKey</c>, <c>BaseUrl</c>, <c>Timeout</c> and <c>TotalTimeout</c> (hh:mm:ss),
    /// <c>MaxRetries</c>, <c>MaxResponseSize</c> (bytes), <c>LogBodies</c>, <c>AllowInsecureHttp</c>, <c>DefaultHeaders</c> and
    /// <c>Resilience</c>. A setting that does not exist is an error when the host starts.
    /// </param>
    /// <returns>The builder of the HttpClient. Handlers that you add to it run for each attempt, below the retries of the SDK.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <remarks>A change of the configuration, such as a new key, applies to the operations that start after it.</remarks>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, IConfiguration configuration) =>
        Add(services, null, ConfigurationReader.Read(configuration), configuration);

    /// <summary>
    /// Registers a named <see cref="RetellClient"/> as a keyed service, for applications with several accounts: <c>[FromKeyedServices("name")]
    /// RetellClient retell</c>.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The name of the client, which is the key of the service and the name of the options.</param>
    /// <param name="configure">The action that sets the options, or null.</param>
    /// <returns>The builder of the HttpClient. Handlers that you add to it run for each attempt, below the retries of the SDK.</returns>
    /// <exception cref="ArgumentException"><paramref name="services"/> is null, or <paramref name="name"/> is null or empty.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, string name, Action<RetellClientOptions>? configure = null) =>
        Add(services, NotEmpty(name), configure);

    /// <summary>Registers a named <see cref="RetellClient"/> as a keyed service, whose options come from configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="name">The name of the client, which is the key of the service and the name of the options.</param>
    /// <param name="configuration">The configuration section, with the same settings as for a client without a name.</param>
    /// <returns>The builder of the HttpClient. Handlers that you add to it run for each attempt, below the retries of the SDK.</returns>
    /// <exception cref="ArgumentException">An argument is null, or <paramref name="name"/> is empty or white space.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, string name, IConfiguration configuration) =>
        Add(services, NotEmpty(name), ConfigurationReader.Read(configuration), configuration);

    private static IHttpClientBuilder Add(IServiceCollection services, string? name, Action<RetellClientOptions>? configure, IConfiguration? configuration = null)
    {
        _ = services ?? throw new ArgumentNullException(nameof(services));
        string optionsName = name ?? Options.Options.DefaultName;
        string httpClientName = name is null ? HttpClientName : $"{HttpClientName}:{name}";

        OptionsBuilder<RetellClientOptions> options = services.AddOptions<RetellClientOptions>(optionsName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetellClientOptions>, RetellOptionsValidation>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, SendOnceFilter>());
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (configuration is not null)
        {
            services.AddSingleton<IOptionsChangeTokenSource<RetellClientOptions>>(new ConfigurationChangeTokenSource<RetellClientOptions>(optionsName, configuration));
        }

        if (name is null)
        {
            services.TryAddSingleton(provider => Create(provider, optionsName, httpClientName));
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => Create(provider, optionsName, httpClientName));
        }

        // The client has its own timeouts, retries and log; those of the factory would be added to them.
        int isLogged = 0;
        return services.AddHttpClient(httpClientName)
            .RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(RetellHttpHandler.Create)
            .ConfigureAdditionalHttpMessageHandlers((handlers, provider) =>
            {
                if (AddHandlers(handlers) is int removed and > 0 && Interlocked.Exchange(ref isLogged, 1) == 0)
                {
                    OperationLog.DefaultsRemoved(Log(provider), removed, httpClientName);
                }
            });
    }

    /// <summary>Adds the handlers of the SDK in place of the resilience handlers that were added to all clients.</summary>
    /// <returns>The number of handlers that were removed.</returns>
    private static int AddHandlers(IList<DelegatingHandler> handlers)
    {
        if (handlers.Any(handler => handler is AttemptHandler))
        {
            return 0;
        }

        DelegatingHandler[] defaults = [.. handlers.Where(handler => handler is ResilienceHandler)];
        Array.ForEach(defaults, handler => handlers.Remove(handler));
        handlers.Add(new RetellResilienceHandler());
        handlers.Add(new AttemptHandler());
        return defaults.Length;
    }

    private static RetellClient Create(IServiceProvider provider, string optionsName, string httpClientName)
    {
        IOptionsMonitor<RetellClientOptions> monitor = provider.GetRequiredService<IOptionsMonitor<RetellClientOptions>>();
        IHttpClientFactory factory = provider.GetRequiredService<IHttpClientFactory>();
        RetellClientOptions options = WithServices(monitor.Get(optionsName));
        options.Changes = change => monitor.OnChange((changed, name) =>
        {
            if (name == optionsName)
            {
                change(WithServices(changed));
            }
        });
        return new RetellClient(options);

        RetellClientOptions WithServices(RetellClientOptions configured)
        {
            RetellClientOptions copy = configured.Copy();
            copy.LoggerFactory ??= provider.GetService<ILoggerFactory>();
            copy.TimeProvider ??= provider.GetService<TimeProvider>();
            copy.PipelineTelemetry = provider.GetService<IOptions<TelemetryOptions>>()?.Value;

            // A new one for each operation: an HttpClient that is kept would keep its connections beyond their lifetime.
            copy.HttpClientSource = copy.HttpClient is null && copy.HttpMessageHandler is null ? () => factory.CreateClient(httpClientName) : null;
            return copy;
        }
    }

    private static ILogger Log(IServiceProvider provider) => provider.GetService<ILoggerFactory>()?.CreateLogger(typeof(RetellClient)) ?? NullLogger.Instance;

    private static string NotEmpty(string name) => !string.IsNullOrWhiteSpace(name ?? throw new ArgumentNullException(nameof(name)))
        ? name
        : throw new ArgumentException("The name of the client is empty. Use AddRetell without a name to register the default client.", nameof(name));
}
