using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore.Functions;
using Retell.AspNetCore.Telemetry;
using Retell.AspNetCore.Webhooks;
using Retell.Models;
using Retell.Webhooks;

namespace Retell.AspNetCore.Http;

/// <summary>The endpoint of a custom function.</summary>
internal sealed class FunctionEndpoint<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TArgs>(
    IServiceProvider services, Func<RetellFunctionCall<TArgs>, CancellationToken, Task<object?>> handler, JsonTypeInfo<TArgs>? type)
{
    private readonly WebhookKeys _keys = services.GetRequiredService<WebhookKeys>();
    private readonly IOptionsMonitor<RetellWebhookOptions> _options = services.GetRequiredService<IOptionsMonitor<RetellWebhookOptions>>();
    private readonly ILogger _log = services.GetRequiredService<ILogger<RetellWebhookProcessor>>();

    // The default serializer of minimal APIs, which the application configures with ConfigureHttpJsonOptions.
    private readonly JsonSerializerOptions _json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;

    public async Task InvokeAsync(HttpContext context)
    {
        if (await RequestBody.ReadAsync(context, _options.CurrentValue.MaxBodySize).ConfigureAwait(false) is not ReadOnlyMemory<byte> body)
        {
            return;
        }

        if (!_keys.Verify(body.Span, context.Request.Headers[RetellWebhook.SignatureHeader]))
        {
            WebhookLog.SignatureRejected(_log);
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (FunctionRequest.Read(context.Request, body) is not FunctionRequest request)
        {
            WebhookLog.BodyRejected(_log);
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        await RespondAsync(context, request).ConfigureAwait(false);
    }

    [SuppressMessage("Design", "CA1031", Justification = "A function of the application can throw any exception, and the response to all of them is status 500.")]
    private async Task RespondAsync(HttpContext context, FunctionRequest request)
    {
        // The path of the request can have values; the pattern of the route does not.
        string name = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? typeof(TArgs).Name;
        FunctionResult? result;
        using var trace = HandlerTrace.Function(name);
        try
        {
            result = await CallAsync(context, request, name).ConfigureAwait(false);
        }
        catch (RetellFunctionException e)
        {
            result = FunctionResult.Error(e.Message);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            trace.Failed(e);
            WebhookLog.Failed(_log, name, e);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        if (result is null)
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        FunctionResult sent = result.Cut();
        if (sent != result)
        {
            WebhookLog.ResultCut(_log, name, result.Text.Length, FunctionResult.MaxLength);
        }

        context.Response.ContentType = sent.IsJson ? "application/json" : "text/plain; charset=utf-8";
        await context.Response.WriteAsync(sent.Text, context.RequestAborted).ConfigureAwait(false);
    }

    private async Task<FunctionResult?> CallAsync(HttpContext context, FunctionRequest request, string name)
    {
        JsonTypeInfo<TArgs>? argsType = TypeInfo();
        JObject json = request.IsQuery && argsType is not null ? QueryArguments.Typed(request.Args, argsType) : request.Args;
        (TArgs? args, IReadOnlyList<string> problems) = FunctionArguments.Read(json, argsType, context.RequestServices);
        if (problems.Count > 0)
        {
            WebhookLog.ArgumentsInvalid(_log, name, problems.Count);
            return FunctionResult.Problems(problems);
        }

        var call = new RetellFunctionCall<TArgs>(context, args!, request.Name, request.Call(), request.Chat(), request.IdempotencyKey());
        object? result = await handler(call, context.RequestAborted).ConfigureAwait(false);
        return result is null ? null : FunctionResult.Of(result, _json);
    }

    private JsonTypeInfo<TArgs>? TypeInfo() => type
        ?? (typeof(JToken).IsAssignableFrom(typeof(TArgs)) || typeof(RetellObject).IsAssignableFrom(typeof(TArgs)) ? null : (JsonTypeInfo<TArgs>)_json.GetTypeInfo(typeof(TArgs)));
}
