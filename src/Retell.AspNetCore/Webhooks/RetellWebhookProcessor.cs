using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore.Telemetry;
using Retell.AspNetCore.Webhooks;
using Retell.Webhooks;

namespace Retell.AspNetCore;

/// <summary>
/// Verifies webhooks and runs their handlers, without HTTP: for functions in the cloud and for queues. AddRetellWebhooks registers it as a singleton, and
/// the endpoints of MapRetellWebhooks use it.
/// </summary>
public sealed class RetellWebhookProcessor
{
    private readonly WebhookHandlers _handlers;
    private readonly WebhookKeys _keys;
    private readonly InboundResponder _inbound;
    private readonly IRetellWebhookQueue _queue;
    private readonly IRetellWebhookDeduplicator _deduplicator;
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger _log;
    private readonly RunningHandlers _running = new();

    internal RetellWebhookProcessor(IServiceProvider services)
    {
        _handlers = services.GetRequiredService<WebhookHandlers>();
        _keys = services.GetRequiredService<WebhookKeys>();
        _inbound = services.GetRequiredService<InboundResponder>();
        _queue = services.GetRequiredService<IRetellWebhookQueue>();
        _deduplicator = services.GetRequiredService<IRetellWebhookDeduplicator>();
        _scopes = services.GetRequiredService<IServiceScopeFactory>();
        _log = services.GetRequiredService<ILogger<RetellWebhookProcessor>>();
    }

    /// <summary>Verifies a webhook, runs its inline handlers, and adds it to the queue for its queued handlers.</summary>
    /// <param name="body">The request body as received, byte for byte.</param>
    /// <param name="signature">The value of the <c>X-Retell-Signature</c> header, or null if it is missing.</param>
    /// <param name="cancellationToken">The token that cancels the inline handlers.</param>
    /// <returns>The response to send.</returns>
    /// <exception cref="InvalidOperationException">There is no signing key.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled. The next delivery of the event is handled.</exception>
    /// <remarks>Queued handlers need a running host. Where there is none, such as in AWS Lambda, use inline handlers.</remarks>
    public async Task<RetellWebhookResult> ProcessAsync(ReadOnlyMemory<byte> body, string? signature, CancellationToken cancellationToken = default)
    {
        if (!_keys.Verify(body.Span, signature))
        {
            WebhookLog.SignatureRejected(_log);
            return new(RetellWebhookOutcome.InvalidSignature);
        }

        WebhookEvent webhook;
        try
        {
            webhook = RetellWebhook.Parse(body.Span);
        }
        catch (RetellSerializationException)
        {
            WebhookLog.BodyRejected(_log);
            return new(RetellWebhookOutcome.InvalidBody);
        }

        RetellWebhookResult result = webhook is InboundWebhookEvent inbound
            ? await _inbound.RespondAsync(inbound, cancellationToken).ConfigureAwait(false)
            : new(await DispatchAsync(webhook, body, cancellationToken).ConfigureAwait(false));
        string name = Name(webhook);
        WebhookLog.Processed(_log, name, result.Outcome);
        Instruments.Deliveries.Add(1, new("retell.webhook.event", name), new KeyValuePair<string, object?>("retell.webhook.outcome", result.Outcome.ToString()));
        return result;
    }

    /// <summary>Runs the handler of a queued event.</summary>
    [SuppressMessage("Design", "CA1031", Justification = "A handler of the application can throw any exception, and the next event is to be handled.")]
    internal async Task<Exception?> RunAsync(QueuedWebhook queued, CancellationToken cancellationToken)
    {
        if (_handlers.Find(queued.Handler) is not WebhookHandler handler)
        {
            WebhookLog.HandlerMissing(_log, queued.Handler);
            return null;
        }

        try
        {
            await RunAsync(handler, RetellWebhook.Parse(queued.Body.Span), queued.Key, cancellationToken, queued.TraceParent).ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            WebhookLog.Failed(_log, handler.Name, e);
            return e;
        }
    }

    /// <summary>Each handler has a key of its own, so that a failure of one does not run the others again.</summary>
    private async Task<RetellWebhookOutcome> DispatchAsync(WebhookEvent webhook, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        string? eventKey = WebhookEventKey.Of(webhook);
        IReadOnlyList<WebhookHandler> handlers = _handlers.Of(webhook);
        List<RetellWebhookOutcome> outcomes = [];
        foreach (WebhookHandler handler in handlers)
        {
            string? key = eventKey is null ? null : $"{eventKey}|{handler.Name}";
            RetellWebhookOutcome outcome = key is null
                ? await HandleAsync(handler, webhook, body, key, cancellationToken).ConfigureAwait(false)
                : await _running.RunAsync(key, () => HandleAsync(handler, webhook, body, key, cancellationToken), cancellationToken).ConfigureAwait(false);
            if (outcome is RetellWebhookOutcome.Failed or RetellWebhookOutcome.QueueFull)
            {
                return outcome;
            }

            outcomes.Add(outcome);
        }

        return outcomes.Count == 0 ? RetellWebhookOutcome.Unhandled
            : outcomes.Contains(RetellWebhookOutcome.Queued) ? RetellWebhookOutcome.Queued
            : outcomes.Contains(RetellWebhookOutcome.Handled) ? RetellWebhookOutcome.Handled
            : RetellWebhookOutcome.Duplicate;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A handler of the application can throw any exception, and the response to all of them is status 500.")]
    private async Task<RetellWebhookOutcome> HandleAsync(
        WebhookHandler handler, WebhookEvent webhook, ReadOnlyMemory<byte> body, string? key, CancellationToken cancellationToken)
    {
        if (key is not null && !await _deduplicator.TryBeginAsync(key, cancellationToken).ConfigureAwait(false))
        {
            return RetellWebhookOutcome.Duplicate;
        }

        if (handler.Delivery == Delivery.Queued)
        {
            if (await TryEnqueueAsync(new(body, handler.Name, key) { TraceParent = Activity.Current?.Id }, cancellationToken).ConfigureAwait(false))
            {
                return RetellWebhookOutcome.Queued;
            }

            WebhookLog.QueueFull(_log, Name(webhook));
            return RetellWebhookOutcome.QueueFull;
        }

        try
        {
            await RunAsync(handler, webhook, key, cancellationToken).ConfigureAwait(false);
            return RetellWebhookOutcome.Handled;
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            WebhookLog.Failed(_log, handler.Name, e);
            return RetellWebhookOutcome.Failed;
        }
    }

    private async Task<bool> TryEnqueueAsync(QueuedWebhook webhook, CancellationToken cancellationToken)
    {
        bool isQueued = false;
        try
        {
            isQueued = await _queue.TryEnqueueAsync(webhook, cancellationToken).ConfigureAwait(false);
            return isQueued;
        }
        finally
        {
            if (!isQueued && webhook.Key is not null)
            {
                await _deduplicator.ReleaseAsync(webhook.Key, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }

    private async Task RunAsync(WebhookHandler handler, WebhookEvent webhook, string? key, CancellationToken cancellationToken, string? queuedBy = null)
    {
        using var trace = HandlerTrace.Webhook(Name(webhook), handler.Name, queuedBy);
        try
        {
            AsyncServiceScope scope = _scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                await handler.HandleAsync(webhook, scope.ServiceProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            trace.Failed(e);
            if (key is not null)
            {
                await _deduplicator.ReleaseAsync(key, CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }

        if (key is not null)
        {
            await _deduplicator.CompleteAsync(key, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Returns the name of the event for logs and telemetry: a name that the SDK does not know is whatever the sender chose.</summary>
    private static string Name(WebhookEvent webhook) => webhook is UnknownWebhookEvent ? "_OTHER" : webhook.Event;
}
