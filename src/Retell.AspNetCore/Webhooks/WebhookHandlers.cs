using Retell.Webhooks;

namespace Retell.AspNetCore.Webhooks;

/// <summary>A registered handler.</summary>
/// <param name="Name">The name, which is unique and the same in each process of the application.</param>
/// <param name="Event">The type of the events.</param>
/// <param name="Delivery">When it runs.</param>
/// <param name="HandleAsync">Handles an event, with the services of its scope.</param>
internal sealed record WebhookHandler(string Name, Type Event, Delivery Delivery, Func<WebhookEvent, IServiceProvider, CancellationToken, Task> HandleAsync);

/// <summary>The handler of inbound calls or SMS.</summary>
/// <param name="Budget">The time for a response.</param>
/// <param name="Fallback">The response if there is none in time.</param>
/// <param name="HandleAsync">Decides, with the services of its scope.</param>
internal sealed record InboundHandler(
    TimeSpan Budget, InboundResponse Fallback, Func<InboundWebhookEvent, IServiceProvider, CancellationToken, Task<InboundResponse?>> HandleAsync);

/// <summary>What <see cref="RetellWebhooksBuilder"/> registered.</summary>
internal sealed class WebhookHandlers
{
    public List<WebhookHandler> Handlers { get; } = [];

    public List<WebhookHandler> Unhandled { get; } = [];

    public InboundHandler? InboundCall { get; set; }

    public InboundHandler? InboundChat { get; set; }

    public IReadOnlyList<WebhookHandler> Of(WebhookEvent webhook)
    {
        List<WebhookHandler> found = Handlers.FindAll(handler => handler.Event.IsInstanceOfType(webhook));
        return found.Count > 0 ? found : Unhandled;
    }

    public WebhookHandler? Find(string name) => Handlers.Concat(Unhandled).FirstOrDefault(handler => handler.Name == name);
}
