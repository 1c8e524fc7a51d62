using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore.Telemetry;
using Retell.Webhooks;

namespace Retell.AspNetCore.Webhooks;

/// <summary>Responds to inbound calls and SMS within the budget, because the caller hears ringing until then.</summary>
internal sealed class InboundResponder(WebhookHandlers handlers, IServiceScopeFactory scopes, WebhookClock clock, ILogger<RetellWebhookProcessor> log)
{
    [SuppressMessage("Design", "CA1031", Justification = "A handler of the application can throw any exception, and the response to all of them is the fallback.")]
    public async Task<RetellWebhookResult> RespondAsync(InboundWebhookEvent inbound, CancellationToken cancellationToken)
    {
        (InboundHandler? handler, InboundResponse keep) = inbound is CallInboundEvent
            ? (handlers.InboundCall, (InboundResponse)new InboundCallResponse())
            : (handlers.InboundChat, new InboundChatResponse());
        if (handler is null)
        {
            return new(RetellWebhookOutcome.InboundFallback, keep.ToJson());
        }

        string reason;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            // On another thread, because a handler can also block.
            CancellationToken stopped = stop.Token;
            Task<string?> decision = Task.Run(() => DecideAsync(handler, inbound, stopped), CancellationToken.None);
            if (await decision.WaitAsync(handler.Budget, clock.Provider, cancellationToken).ConfigureAwait(false) is string json)
            {
                return new(RetellWebhookOutcome.InboundHandled, json);
            }

            reason = "the handler returned null";
        }
        catch (TimeoutException)
        {
            reason = "the handler exceeded its time budget";
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            reason = "the request was canceled";
        }
        catch (Exception e)
        {
            reason = "the handler failed";
            WebhookLog.Failed(log, inbound.Event, e);
        }

        await stop.CancelAsync().ConfigureAwait(false);
        WebhookLog.Fallback(log, inbound.Event, reason);
        return new(RetellWebhookOutcome.InboundFallback, handler.Fallback.ToJson());
    }

    private async Task<string?> DecideAsync(InboundHandler handler, InboundWebhookEvent inbound, CancellationToken cancellationToken)
    {
        using var trace = HandlerTrace.Webhook(inbound.Event, "inbound");
        try
        {
            AsyncServiceScope scope = scopes.CreateAsyncScope();
            await using (scope.ConfigureAwait(false))
            {
                return (await handler.HandleAsync(inbound, scope.ServiceProvider, cancellationToken).ConfigureAwait(false))?.ToJson();
            }
        }
        catch (Exception e)
        {
            trace.Failed(e);
            throw;
        }
    }
}
