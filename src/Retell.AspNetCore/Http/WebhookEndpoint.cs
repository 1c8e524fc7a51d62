using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Retell.Webhooks;

namespace Retell.AspNetCore.Http;

/// <summary>The endpoint of webhooks.</summary>
internal sealed class WebhookEndpoint(RetellWebhookProcessor processor, IOptionsMonitor<RetellWebhookOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, options.CurrentValue.MaxBodySize).ConfigureAwait(false) is not ReadOnlyMemory<byte> body)
        {
            return;
        }

        RetellWebhookResult result = await processor.ProcessAsync(body, context.Request.Headers[RetellWebhook.SignatureHeader], context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = result.StatusCode;
        if (result.Body is string json)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json, context.RequestAborted).ConfigureAwait(false);
        }
    }
}
