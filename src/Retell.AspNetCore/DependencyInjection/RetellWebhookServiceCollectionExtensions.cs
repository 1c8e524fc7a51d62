using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Retell.AspNetCore;
using Retell.AspNetCore.DependencyInjection;
using Retell.AspNetCore.Webhooks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that register webhooks and custom functions.</summary>
public static class RetellWebhookServiceCollectionExtensions
{
    /// <summary>
    /// Registers the handling of webhooks and custom functions. The signing key is the webhook key or API key of the options that <c>AddRetell</c>
    /// registered, or the environment variable RETELL_API_KEY, and each of <see cref="RetellWebhookOptions.SigningKeys"/>.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">The action that sets the options, or null.</param>
    /// <returns>The builder that registers the handlers.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static RetellWebhooksBuilder AddRetellWebhooks(this IServiceCollection services, Action<RetellWebhookOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<RetellWebhookOptions> options = services.AddOptions<RetellWebhookOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        return Add(services);
    }

    /// <summary>Registers the handling of webhooks and custom functions, with options from configuration.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configuration">The configuration section with the members of <see cref="RetellWebhookOptions"/>. Changes of the keys apply at once.</param>
    /// <returns>The builder that registers the handlers.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static RetellWebhooksBuilder AddRetellWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddOptions<RetellWebhookOptions>().Bind(configuration).ValidateOnStart();
        return Add(services);
    }

    private static RetellWebhooksBuilder Add(IServiceCollection services)
    {
        if (services.FirstOrDefault(service => service.ServiceType == typeof(WebhookHandlers))?.ImplementationInstance is not WebhookHandlers handlers)
        {
            handlers = new WebhookHandlers();
            services.AddSingleton(handlers);
        }

        services.AddLogging();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RetellWebhookOptions>, WebhookOptionsValidation>());
        services.TryAddSingleton<WebhookClock>();
        services.TryAddSingleton<WebhookKeys>();
        services.TryAddSingleton<InboundResponder>();
        services.TryAddSingleton<IRetellWebhookQueue, MemoryWebhookQueue>();
        services.TryAddSingleton<IRetellWebhookDeduplicator, MemoryWebhookDeduplicator>();
        services.TryAddSingleton(provider => new RetellWebhookProcessor(provider));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, WebhookWorker>());
        return new RetellWebhooksBuilder(services, handlers);
    }
}
