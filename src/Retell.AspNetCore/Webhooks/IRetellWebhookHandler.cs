using Retell.Webhooks;

namespace Retell.AspNetCore;

/// <summary>Handles webhook events of a type or a family of types. Each event gets a scope of its own.</summary>
/// <typeparam name="TEvent">The type of the event, or a base class of events.</typeparam>
public interface IRetellWebhookHandler<in TEvent>
    where TEvent : WebhookEvent
{
    /// <summary>Handles an event.</summary>
    /// <param name="webhook">The event.</param>
    /// <param name="cancellationToken">The token that is canceled when the request is aborted or, for a queued handler, when the time to shut down is over.</param>
    /// <returns>A task that completes when the event is handled.</returns>
    Task HandleAsync(TEvent webhook, CancellationToken cancellationToken);
}

/// <summary>Decides how to handle an inbound call.</summary>
public interface IRetellInboundCallHandler
{
    /// <summary>Returns the response to an inbound call.</summary>
    /// <param name="inbound">The call.</param>
    /// <param name="cancellationToken">The token that is canceled when the time budget is used up or the request is aborted.</param>
    /// <returns>The response, or null to respond with the fallback.</returns>
    Task<InboundCallResponse?> HandleAsync(CallInboundEvent inbound, CancellationToken cancellationToken);
}

/// <summary>Decides how to handle an inbound SMS.</summary>
public interface IRetellInboundChatHandler
{
    /// <summary>Returns the response to an inbound SMS.</summary>
    /// <param name="inbound">The SMS.</param>
    /// <param name="cancellationToken">The token that is canceled when the time budget is used up or the request is aborted.</param>
    /// <returns>The response, or null to respond with the fallback.</returns>
    Task<InboundChatResponse?> HandleAsync(ChatInboundEvent inbound, CancellationToken cancellationToken);
}
