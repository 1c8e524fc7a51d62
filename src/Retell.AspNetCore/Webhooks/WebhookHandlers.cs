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

    private IEnumerable<WebhookHandler> All => Handlers.Concat(Unhandled);

    public IReadOnlyList<WebhookHandler> Of(WebhookEvent webhook)
    {
        List<WebhookHandler> found = Handlers.FindAll(handler => handler.Event.IsInstanceOfType(webhook));
        return found.Count > 0 ? found : Unhandled;
    }

    /// <summary>
    /// Adds a handler. Its name depends on other handlers only if they have the same one, so that it is still found by what a durable queue and a durable
    /// deduplicator keep when other handlers come or go.
    /// </summary>
    public void Add(List<WebhookHandler> handlers, WebhookHandler handler)
    {
        int same = All.Count(other => other.Name == handler.Name || other.Name.StartsWith(handler.Name + '#', StringComparison.Ordinal));
        handlers.Add(same == 0 ? handler : handler with { Name = $"{handler.Name}#{same + 1}" });
    }

    public WebhookHandler? Find(string name) => All.FirstOrDefault(handler => handler.Name == name);
}
