using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Retell.Webhooks;

namespace Retell.Tests.Testing;

/// <summary>A request as it arrived at an application.</summary>
internal sealed record Arrived(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Body);

    public string? Signature => Headers.GetValueOrDefault(RetellWebhook.SignatureHeader);
}

/// <summary>The application under test, on a socket: it keeps the requests, and a test says what it responds.</summary>
internal sealed class ListeningApplication : IAsyncDisposable
{
    private readonly ConcurrentQueue<Arrived> _arrived = [];
    private readonly TaskCompletionSource _hasArrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly WebApplication _app;

    private ListeningApplication(Func<Arrived, int, Task<(int Status, string Body)>> respond)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var arrived = new Arrived(context.Request.Method, context.Request.Path + context.Request.QueryString.Value, headers, body.ToArray());
            _arrived.Enqueue(arrived);
            _hasArrived.TrySetResult();
            (context.Response.StatusCode, string text) = await respond(arrived, _arrived.Count);
            await context.Response.WriteAsync(text);
        });
    }

    public IReadOnlyList<Arrived> Requests => [.. _arrived];

    public string Url => _app.Urls.Single() + "/retell";

    /// <param name="respond">Returns the response for a request and its number, from 1.</param>
    public static async Task<ListeningApplication> StartAsync(Func<Arrived, int, Task<(int Status, string Body)>> respond)
    {
        var application = new ListeningApplication(respond);
        await application._app.StartAsync();
        return application;
    }

    public static Task<ListeningApplication> StartAsync(params int[] statuses) =>
        StartAsync((_, number) => Task.FromResult((statuses.Length == 0 ? 200 : statuses[Math.Min(number, statuses.Length) - 1], "")));

    /// <summary>An application that responds to valid signatures only.</summary>
    public static Task<ListeningApplication> StartVerifyingAsync(string key) =>
        StartAsync((arrived, _) => Task.FromResult((RetellWebhook.Verify(arrived.Body, arrived.Signature, key) ? 200 : 401, "verified")));

    /// <summary>Waits for a request.</summary>
    public Task ArrivedAsync() => _hasArrived.Task;

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
