using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Retell.AspNetCore;
using Retell.AspNetCore.Http;
using Retell.AspNetCore.Webhooks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Extension methods that add the endpoints of webhooks and custom functions.</summary>
public static class RetellEndpointRouteBuilderExtensions
{
    private static readonly string[] s_methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    /// <summary>
    /// Adds an endpoint that receives webhooks, including those of inbound calls and SMS, and runs the handlers that were registered with
    /// <c>AddRetellWebhooks</c>.
    /// </summary>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="pattern">The route pattern.</param>
    /// <returns>The builder of the endpoint.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="InvalidOperationException">AddRetellWebhooks was not called.</exception>
    /// <remarks>
    /// The statuses are 204 (handled, queued, duplicate or without a handler), 200 (inbound), 400 (not a JSON object), 401 (signature), 413 (too large), 500
    /// (a handler failed) and 503 (the queue is full). An endpoint with an authorization policy rejects the API; the signature authenticates it.
    /// </remarks>
    public static IEndpointConventionBuilder MapRetellWebhooks(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern)
    {
        IServiceProvider services = Services(endpoints, pattern);
        var endpoint = new WebhookEndpoint(
            services.GetRequiredService<RetellWebhookProcessor>(), services.GetRequiredService<IOptionsMonitor<RetellWebhookOptions>>());
        return EndpointDescription.Webhook(endpoints.MapPost(pattern, (RequestDelegate)endpoint.InvokeAsync));
    }

    /// <summary>Adds an endpoint that an agent calls as a custom function, with any of the methods GET, POST, PUT, PATCH and DELETE.</summary>
    /// <typeparam name="TArgs">
    /// The type of the arguments: a class of the application, which is read with System.Text.Json and the options of <c>ConfigureHttpJsonOptions</c>, a type of the
    /// API, or JObject. Required members and validation attributes are checked.
    /// </typeparam>
    /// <param name="endpoints">The route builder.</param>
    /// <param name="pattern">The route pattern.</param>
    /// <param name="handler">
    /// The function. It returns a string, or an object that is sent as JSON, or null. Throw a <see cref="RetellFunctionException"/> to tell the agent what is wrong.
    /// </param>
    /// <param name="argsTypeInfo">The metadata of the arguments, such as that of a source-generated context, or null.</param>
    /// <returns>The builder of the endpoint.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="endpoints"/>, <paramref name="pattern"/> or <paramref name="handler"/> is null.</exception>
    /// <exception cref="InvalidOperationException">AddRetellWebhooks was not called.</exception>
    /// <remarks>
    /// The request is either the arguments, or an envelope with the name of the function, the call or chat, and the arguments. A GET or DELETE request has its
    /// arguments in the query. Missing or invalid arguments get status 200 with an error that the agent can tell the caller. The statuses are otherwise those
    /// of the function: 200, or 204 without a result, 400 (not a JSON object), 401 (signature), 413 (too large) and 500 (it failed). A result of more than
    /// 15,000 characters, which is the limit of the API, is cut.
    /// </remarks>
    public static IEndpointConventionBuilder MapRetellFunction<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TArgs>(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern,
        Func<RetellFunctionCall<TArgs>, CancellationToken, Task<object?>> handler,
        JsonTypeInfo<TArgs>? argsTypeInfo = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        var endpoint = new FunctionEndpoint<TArgs>(Services(endpoints, pattern), handler, argsTypeInfo);
        return EndpointDescription.Function<TArgs>(endpoints.MapMethods(pattern, s_methods, (RequestDelegate)endpoint.InvokeAsync));
    }

    private static IServiceProvider Services(IEndpointRouteBuilder endpoints, string pattern)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(pattern);
        return endpoints.ServiceProvider.GetService<WebhookHandlers>() is null
            ? throw new InvalidOperationException("The services of webhooks are not registered. Call services.AddRetellWebhooks() before the application is built.")
            : endpoints.ServiceProvider;
    }
}
