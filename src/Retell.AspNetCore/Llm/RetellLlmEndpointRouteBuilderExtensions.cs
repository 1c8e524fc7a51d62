using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore;
using Retell.AspNetCore.Llm;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Extension methods that add the endpoint of a custom LLM.</summary>
public static class RetellLlmEndpointRouteBuilderExtensions
{
    private static readonly string[] s_methods = ["GET", "CONNECT"];

    /// <summary>
    /// Adds the WebSocket endpoint of an agent with the response engine <c>custom-llm</c>. For <c>/llm/{secret}</c>, the <c>llm_websocket_url</c> of the agent is
    /// <c>wss://HOST/llm/SECRET</c>, to which Retell appends the ID of the call.
    /// </summary>
    /// <typeparam name="TAgent">
    /// The class of the agent. Each call has a service scope, from which the agent is taken if it is registered, and created with its constructor otherwise.
    /// </typeparam>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="pattern">The route pattern. Its parameter <c>secret</c> is compared with <see cref="RetellLlmOptions.Secrets"/>.</param>
    /// <param name="configure">The action that sets the options.</param>
    /// <returns>The builder of the endpoint.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The pattern and the options do not fit together, or the endpoint is open to everybody.</exception>
    /// <remarks>
    /// The statuses are 101, 403 (the network or <see cref="RetellLlmOptions.Accept"/>), 404 (the secret), 426 (not a WebSocket request), 500 (the agent cannot be
    /// created) and 503 (the host stops). No call of <c>UseWebSockets</c> is needed.
    /// </remarks>
    public static IEndpointConventionBuilder MapRetellLlm<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TAgent>(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern, Action<RetellLlmOptions> configure)
        where TAgent : class, IRetellLlmAgent
    {
        return Map(endpoints, pattern, configure, Create);

        static (IRetellLlmAgent Agent, bool IsOwned) Create(IServiceProvider services) =>
            services.GetService<TAgent>() is TAgent registered ? (registered, false) : (ActivatorUtilities.CreateInstance<TAgent>(services), true);
    }

    /// <summary>Adds the WebSocket endpoint of an agent with the response engine <c>custom-llm</c>, whose agents a function creates.</summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="pattern">The route pattern. Its parameter <c>secret</c> is compared with <see cref="RetellLlmOptions.Secrets"/>.</param>
    /// <param name="createAgent">The function that creates the agent of a call from the services of its scope. The agent is disposed after the call.</param>
    /// <param name="configure">The action that sets the options.</param>
    /// <returns>The builder of the endpoint.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The pattern and the options do not fit together, or the endpoint is open to everybody.</exception>
    public static IEndpointConventionBuilder MapRetellLlm(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<IServiceProvider, IRetellLlmAgent> createAgent,
        Action<RetellLlmOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(createAgent);
        return Map(endpoints, pattern, configure, services => (createAgent(services), true));
    }

    private static IEndpointConventionBuilder Map(
        IEndpointRouteBuilder endpoints,
        string pattern,
        Action<RetellLlmOptions> configure,
        Func<IServiceProvider, (IRetellLlmAgent Agent, bool IsOwned)> createAgent)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new RetellLlmOptions();
        configure(options);
        RoutePattern route = RoutePatternFactory.Parse($"{pattern.TrimEnd('/')}/{{{LlmEndpoint.CallId}}}");
        if (Fault(route, options) is string fault)
        {
            throw new ArgumentException(fault, nameof(pattern));
        }

        IServiceProvider services = endpoints.ServiceProvider;
        var endpoint = new LlmEndpoint(new(
            route.RawText!,
            services,
            options,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILoggerFactory>().CreateLogger("Retell.AspNetCore.Llm"),
            createAgent));
        IApplicationBuilder pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseWebSockets();
        pipeline.Run(endpoint.InvokeAsync);
        return endpoints.MapMethods(route.RawText!, s_methods, pipeline.Build()).WithTags("Retell").WithSummary("The custom LLM of a Retell agent.");
    }

    private static string? Fault(RoutePattern route, RetellLlmOptions options) => (route.GetParameter(LlmEndpoint.Secret) is not null, options.Secrets) switch
    {
        (true, []) => "The pattern has the parameter {secret}, but there are no secrets. Add one to RetellLlmOptions.Secrets.",
        (false, [_, ..]) => "There are secrets, but the pattern has no parameter {secret}. Use a pattern such as /llm/{secret}.",
        (_, IList<string> secrets) when secrets.Any(string.IsNullOrEmpty) => "A secret is empty. Remove it from RetellLlmOptions.Secrets.",
        (false, _) when options is { AllowedNetworks: [], Accept: null } =>
            "The endpoint would be open to everybody. Use a pattern such as /llm/{secret} with RetellLlmOptions.Secrets, or set AllowedNetworks or Accept.",
        _ => null,
    };
}
