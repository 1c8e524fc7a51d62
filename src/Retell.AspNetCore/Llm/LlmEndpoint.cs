using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Retell.AspNetCore.Llm;

/// <summary>What the calls of an endpoint share.</summary>
/// <param name="Route">The pattern of the route, which has no secret.</param>
/// <param name="Services">The services of the application.</param>
/// <param name="Options">The options.</param>
/// <param name="Clock">The clock of the application, or the system clock.</param>
/// <param name="Log">The log.</param>
/// <param name="CreateAgent">Creates the agent of a call, and says whether the call disposes of it.</param>
internal sealed record LlmEndpointContext(
    string Route,
    IServiceProvider Services,
    RetellLlmOptions Options,
    TimeProvider Clock,
    ILogger Log,
    Func<IServiceProvider, (IRetellLlmAgent Agent, bool IsOwned)> CreateAgent);

/// <summary>What a call keeps of the request of its first connection, which it outlives.</summary>
/// <param name="RouteValues">The values of the route without the secret and the ID of the call.</param>
/// <param name="Query">The query.</param>
/// <param name="Activity">The span of the request.</param>
internal sealed record LlmRequest(IReadOnlyDictionary<string, string> RouteValues, IQueryCollection Query, ActivityContext Activity);

/// <summary>The endpoint of custom LLMs: it decides which connections are accepted, and finds the call that they belong to.</summary>
internal sealed class LlmEndpoint
{
    public const string Secret = "secret";

    public const string CallId = "call_id";

    private readonly LlmEndpointContext _context;
    private readonly LlmAccess _access;
    private readonly ConcurrentDictionary<string, LlmConversation> _conversations = new(StringComparer.Ordinal);
    private readonly Lock _creating = new();
    private readonly CancellationToken _stopping;
    private int _hasWarned;

    public LlmEndpoint(LlmEndpointContext context)
    {
        (_context, _access) = (context, new(context.Options));
        _stopping = context.Services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? CancellationToken.None;
        _stopping.UnsafeRegister(static endpoint => ((LlmEndpoint)endpoint!).Stop(), this);
    }

    [SuppressMessage("Design", "CA1031", Justification = "An exception that reaches the server is logged with the path, which has the secret.")]
    public async Task InvokeAsync(HttpContext context)
    {
        LlmRedaction.Apply(context, _context.Route);
        int status = await CheckAsync(context).ConfigureAwait(false);
        if (status != StatusCodes.Status101SwitchingProtocols)
        {
            context.Response.StatusCode = status;
            return;
        }

        // The scopes of the request have its path, and with it the secret: the call runs outside them.
        Task serving;
        using (ExecutionContext.SuppressFlow())
        {
            serving = Task.Run(() => ServeAsync(context, RequestOf(context)));
        }

        await serving.ConfigureAwait(false);
    }

    private async Task<int> CheckAsync(HttpContext context)
    {
        (int status, string? reason) = _access.Check(context);
        if (status == StatusCodes.Status101SwitchingProtocols)
        {
            (status, reason) = !context.WebSockets.IsWebSocketRequest ? (StatusCodes.Status426UpgradeRequired, "it is not a WebSocket request")
                : _stopping.IsCancellationRequested ? (StatusCodes.Status503ServiceUnavailable, "the host stops")
                : await IsAcceptedAsync(context).ConfigureAwait(false) ? (status, null)
                : (StatusCodes.Status403Forbidden, "Accept returned false");
        }

        if (reason is not null)
        {
            await OutsideAsync(() => LlmLog.Rejected(_context.Log, status, reason)).ConfigureAwait(false);
        }

        return status;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A function of the application can throw any exception, and Retell tries again.")]
    private async Task<bool> IsAcceptedAsync(HttpContext context)
    {
        try
        {
            return _context.Options.Accept is not { } accept || await accept(context, CallIdOf(context)).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            await OutsideAsync(() => LlmLog.Failed(_context.Log, nameof(RetellLlmOptions.Accept), e)).ConfigureAwait(false);
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The constructor of an agent can throw any exception, and Retell tries again.")]
    private async Task ServeAsync(HttpContext context, LlmRequest request)
    {
        if (Interlocked.Exchange(ref _hasWarned, 1) == 0 && _context.Options.Secrets.Count > 0
            && _context.Services.GetService<ILoggerFactory>()?.CreateLogger("Microsoft.AspNetCore.Hosting.Diagnostics").IsEnabled(LogLevel.Information) == true)
        {
            LlmLog.RequestLogHasSecret(_context.Log);
        }

        LlmConversation conversation;
        try
        {
            conversation = Find(CallIdOf(context), request);
        }
        catch (Exception e)
        {
            LlmLog.Failed(_context.Log, "constructor", e);
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return;
        }

        using WebSocket socket = await context.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false);
        while (!await conversation.TryServeAsync(socket).ConfigureAwait(false))
        {
            conversation = Find(CallIdOf(context), request);
        }
    }

    private LlmConversation Find(string callId, LlmRequest request)
    {
        lock (_creating)
        {
            return _conversations.TryGetValue(callId, out LlmConversation? known)
                ? known
                : _conversations[callId] = new(_context, callId, request, ended => _conversations.TryRemove(new(ended.CallId, ended)));
        }
    }

    private void Stop()
    {
        using (ExecutionContext.SuppressFlow())
        {
            foreach (LlmConversation conversation in _conversations.Values)
            {
                _ = Task.Run(conversation.DrainAsync);
            }
        }
    }

    private static string CallIdOf(HttpContext context) => (string)context.GetRouteValue(CallId)!;

    private static LlmRequest RequestOf(HttpContext context) => new(
        context.Request.RouteValues
            .Where(value => value.Key is not Secret and not CallId)
            .ToDictionary(value => value.Key, value => value.Value as string ?? "", StringComparer.OrdinalIgnoreCase),
        context.Request.Query,
        context.Features.Get<IHttpActivityFeature>()?.Activity.Context ?? default);

    /// <summary>Runs an action outside the logging scopes of the request.</summary>
    private static Task OutsideAsync(Action action)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(action);
        }
    }
}
