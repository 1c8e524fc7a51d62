using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Retell.AspNetCore.Webhooks;
using Retell.Webhooks;

namespace Retell.AspNetCore;

/// <summary>Registers the handlers of webhooks.</summary>
public sealed class RetellWebhooksBuilder
{
    /// <summary>Half of the 10 seconds after which the API tries again, and the caller still waits.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(5);

    private readonly WebhookHandlers _handlers;

    internal RetellWebhooksBuilder(IServiceCollection services, WebhookHandlers handlers) => (Services, _handlers) = (services, handlers);

    /// <summary>Gets the service collection.</summary>
    public IServiceCollection Services { get; }

    /// <summary>Registers a handler class. It is created by dependency injection, in a scope for each event.</summary>
    /// <typeparam name="TEvent">The type of the events, or a base class such as <see cref="CallWebhookEvent"/>.</typeparam>
    /// <typeparam name="THandler">The class of the handler.</typeparam>
    /// <param name="delivery">Whether the handler runs before the response or in the background.</param>
    /// <returns>This builder.</returns>
    public RetellWebhooksBuilder On<TEvent, [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(Delivery delivery = Delivery.Inline)
        where TEvent : WebhookEvent
        where THandler : class, IRetellWebhookHandler<TEvent>
    {
        Services.TryAddScoped<THandler>();
        return Add<TEvent>($"{typeof(THandler).Name}:{typeof(TEvent).Name}", (webhook, services, token) => services.GetRequiredService<THandler>().HandleAsync(webhook, token), delivery);
    }

    /// <summary>Registers a handler.</summary>
    /// <typeparam name="TEvent">The type of the events, or a base class such as <see cref="CallWebhookEvent"/>.</typeparam>
    /// <param name="handler">The handler. It receives the event, the services of a scope, and a cancellation token.</param>
    /// <param name="delivery">Whether the handler runs before the response or in the background.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    public RetellWebhooksBuilder On<TEvent>(Func<TEvent, IServiceProvider, CancellationToken, Task> handler, Delivery delivery = Delivery.Inline)
        where TEvent : WebhookEvent
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(typeof(TEvent).Name, handler, delivery);
    }

    /// <summary>Registers a handler of the events that no other handler is registered for, including those that this version of the SDK does not know.</summary>
    /// <param name="handler">The handler. It receives the event, the services of a scope, and a cancellation token.</param>
    /// <param name="delivery">Whether the handler runs before the response or in the background.</param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <remarks>Inbound calls and SMS are not among them.</remarks>
    public RetellWebhooksBuilder OnUnhandled(Func<WebhookEvent, IServiceProvider, CancellationToken, Task> handler, Delivery delivery = Delivery.Inline)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.Add(_handlers.Unhandled, new("unhandled", typeof(WebhookEvent), delivery, handler));
        return this;
    }

    /// <summary>Registers a handler class for inbound calls. It replaces a handler that was registered before.</summary>
    /// <typeparam name="THandler">The class of the handler.</typeparam>
    /// <param name="budget">The time for a response, after which the fallback is sent, or null for 5 seconds. The API waits 10 seconds for each attempt.</param>
    /// <param name="fallback">
    /// The response if the handler takes too long, throws an exception or returns null, or null for a response that keeps the settings of the number.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not positive.</exception>
    public RetellWebhooksBuilder OnInboundCall<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        TimeSpan? budget = null, InboundCallResponse? fallback = null)
        where THandler : class, IRetellInboundCallHandler
    {
        Services.TryAddScoped<THandler>();
        return OnInboundCall((inbound, services, token) => services.GetRequiredService<THandler>().HandleAsync(inbound, token), budget, fallback);
    }

    /// <summary>Registers a handler for inbound calls. It replaces a handler that was registered before.</summary>
    /// <param name="handler">The handler. It receives the call, the services of a scope, and a cancellation token.</param>
    /// <param name="budget">The time for a response, after which the fallback is sent, or null for 5 seconds. The API waits 10 seconds for each attempt.</param>
    /// <param name="fallback">
    /// The response if the handler takes too long, throws an exception or returns null, or null for a response that keeps the settings of the number.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not positive.</exception>
    public RetellWebhooksBuilder OnInboundCall(
        Func<CallInboundEvent, IServiceProvider, CancellationToken, Task<InboundCallResponse?>> handler, TimeSpan? budget = null, InboundCallResponse? fallback = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.InboundCall = new(
            Budget(budget),
            fallback ?? new(),
            async (inbound, services, token) => await handler((CallInboundEvent)inbound, services, token).ConfigureAwait(false));
        return this;
    }

    /// <summary>Registers a handler class for inbound SMS. It replaces a handler that was registered before.</summary>
    /// <typeparam name="THandler">The class of the handler.</typeparam>
    /// <param name="budget">The time for a response, after which the fallback is sent, or null for 5 seconds. The API waits 10 seconds for each attempt.</param>
    /// <param name="fallback">
    /// The response if the handler takes too long, throws an exception or returns null, or null for a response that keeps the settings of the number.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not positive.</exception>
    public RetellWebhooksBuilder OnInboundChat<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] THandler>(
        TimeSpan? budget = null, InboundChatResponse? fallback = null)
        where THandler : class, IRetellInboundChatHandler
    {
        Services.TryAddScoped<THandler>();
        return OnInboundChat((inbound, services, token) => services.GetRequiredService<THandler>().HandleAsync(inbound, token), budget, fallback);
    }

    /// <summary>Registers a handler for inbound SMS. It replaces a handler that was registered before.</summary>
    /// <param name="handler">The handler. It receives the SMS, the services of a scope, and a cancellation token.</param>
    /// <param name="budget">The time for a response, after which the fallback is sent, or null for 5 seconds. The API waits 10 seconds for each attempt.</param>
    /// <param name="fallback">
    /// The response if the handler takes too long, throws an exception or returns null, or null for a response that keeps the settings of the number.
    /// </param>
    /// <returns>This builder.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="handler"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="budget"/> is not positive.</exception>
    public RetellWebhooksBuilder OnInboundChat(
        Func<ChatInboundEvent, IServiceProvider, CancellationToken, Task<InboundChatResponse?>> handler, TimeSpan? budget = null, InboundChatResponse? fallback = null)
    {
        ArgumentNullException.ThrowIfNull(handler);
        _handlers.InboundChat = new(
            Budget(budget),
            fallback ?? new(),
            async (inbound, services, token) => await handler((ChatInboundEvent)inbound, services, token).ConfigureAwait(false));
        return this;
    }

    private static TimeSpan Budget(TimeSpan? budget)
    {
        TimeSpan value = budget ?? s_budget;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(budget));
        return value;
    }

    private RetellWebhooksBuilder Add<TEvent>(string name, Func<TEvent, IServiceProvider, CancellationToken, Task> handler, Delivery delivery)
        where TEvent : WebhookEvent
    {
        _handlers.Add(_handlers.Handlers, new(name, typeof(TEvent), delivery, (webhook, services, token) => handler((TEvent)webhook, services, token)));
        return this;
    }
}
