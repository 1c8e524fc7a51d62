using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Retell.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Extension methods that register the agent of calls that speaks with a chat client.</summary>
public static class RetellChatAgentServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="RetellChatAgent"/>, which <c>app.MapRetellLlm&lt;RetellChatAgent&gt;</c> serves. Without a chat client in the options, the
    /// <see cref="IChatClient"/> of the services is used.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="configure">The action that sets the options.</param>
    /// <returns>The service collection.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static IServiceCollection AddRetellChatAgent(this IServiceCollection services, Action<RetellChatAgentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddLogging();
        services.AddOptions<RetellChatAgentOptions>().Configure(configure);
        services.TryAddScoped(provider => new RetellChatAgent(
            provider.GetRequiredService<IOptions<RetellChatAgentOptions>>().Value, provider.GetRequiredService<ILogger<RetellChatAgent>>()));
        return services;
    }
}
