using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Retell;
using Retell.DependencyInjection;
using Retell.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers <see cref="RetellClient"/>.</summary>
public static class RetellServiceCollectionExtensions
{
    private const string HttpClientName = "Retell";

    /// <summary>
    /// Registers a <see cref="RetellClient"/>, a singleton whose connections IHttpClientFactory looks after. What is left open
    /// comes from the environment variables RETELL_API_KEY and RETELL_BASE_URL; the options are checked when the host starts.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets key and settings.</param>
    /// <returns>The builder of the HttpClient, to add handlers to.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, Action<RetellClientOptions>? configure = null) =>
        Add(services, null, configure);

    /// <summary>Registers a <see cref="RetellClient"/> that is set up by configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">
    /// The section with <c>ApiKey</c>, <c>BaseUrl</c>, <c>Timeout</c> and <c>TotalTimeout</c> (hh:mm:ss), <c>MaxRetries</c>,
    /// <c>LogBodies</c>, <c>AllowInsecureHttp</c> and <c>DefaultHeaders</c>, all optional.
    /// </param>
    /// <returns>The builder of the HttpClient, to add handlers to.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, IConfiguration configuration) =>
        Add(services, null, ConfigurationReader.Read(configuration));

    /// <summary>
    /// Registers a <see cref="RetellClient"/> under a name, for applications with several accounts: it is a keyed service,
    /// <c>[FromKeyedServices("name")] RetellClient retell</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service and the name of the options.</param>
    /// <param name="configure">Sets key and settings.</param>
    /// <returns>The builder of the HttpClient, to add handlers to.</returns>
    /// <exception cref="ArgumentException"><paramref name="services"/> is null, or <paramref name="name"/> is null or empty.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, string name, Action<RetellClientOptions>? configure = null) =>
        Add(services, NotEmpty(name), configure);

    /// <summary>Registers a <see cref="RetellClient"/> under a name that is set up by configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service and the name of the options.</param>
    /// <param name="configuration">The section, as without a name.</param>
    /// <returns>The builder of the HttpClient, to add handlers to.</returns>
    /// <exception cref="ArgumentException">An argument is null, or <paramref name="name"/> is empty.</exception>
    public static IHttpClientBuilder AddRetell(this IServiceCollection services, string name, IConfiguration configuration) =>
        Add(services, NotEmpty(name), ConfigurationReader.Read(configuration));

    private static IHttpClientBuilder Add(IServiceCollection services, string? name, Action<RetellClientOptions>? configure)
    {
        _ = services ?? throw new ArgumentNullException(nameof(services));
        string optionsName = name ?? Options.Options.DefaultName;
        string httpClientName = name is null ? HttpClientName : $"{HttpClientName}:{name}";

        OptionsBuilder<RetellClientOptions> options = services.AddOptions<RetellClientOptions>(optionsName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetellClientOptions>, RetellOptionsValidation>());
        if (configure is not null)
        {
            options.Configure(configure);
        }

        if (name is null)
        {
            services.TryAddSingleton(provider => Create(provider, optionsName, httpClientName));
        }
        else
        {
            services.TryAddKeyedSingleton(name, (provider, _) => Create(provider, optionsName, httpClientName));
        }

        // The client has time limits, retries and log lines of its own; those of the factory would come on top.
        return services.AddHttpClient(httpClientName)
            .RemoveAllLoggers()
            .ConfigureHttpClient(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(RetellHttpHandler.Create);
    }

    private static RetellClient Create(IServiceProvider provider, string optionsName, string httpClientName)
    {
        RetellClientOptions options = provider.GetRequiredService<IOptionsMonitor<RetellClientOptions>>().Get(optionsName).Copy();
        options.LoggerFactory ??= provider.GetService<ILoggerFactory>();
        if (options.TimeProvider == TimeProvider.System && provider.GetService<TimeProvider>() is TimeProvider clock)
        {
            options.TimeProvider = clock;
        }

        if (options.HttpClient is null && options.HttpMessageHandler is null)
        {
            // Asked for each attempt anew: a client that is kept would keep its connections beyond their lifetime.
            IHttpClientFactory factory = provider.GetRequiredService<IHttpClientFactory>();
            options.HttpClientSource = () => factory.CreateClient(httpClientName);
        }

        return new RetellClient(options);
    }

    private static string NotEmpty(string name) => !string.IsNullOrWhiteSpace(name ?? throw new ArgumentNullException(nameof(name)))
        ? name
        : throw new ArgumentException("The name of a client cannot be empty; AddRetell without a name registers the one that needs none.", nameof(name));
}
