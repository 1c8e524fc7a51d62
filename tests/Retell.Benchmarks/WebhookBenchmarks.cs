using BenchmarkDotNet.Attributes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Benchmarks;

/// <summary>The response to a webhook whose queued handler takes 30 seconds, and that of an endpoint that only reads the body.</summary>
public class WebhookBenchmarks : IDisposable
{
    private const string Key = "key_benchmark";

    private readonly HttpClient _http = new();
    private WebApplication _app = null!;
    private string _url = "";
    private int _calls;

    [GlobalSetup]
    public async Task StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services
            .AddRetellWebhooks(options =>
            {
                options.SigningKeys.Add(Key);
                options.QueueCapacity = 1_000_000;
            })
            .On<CallEndedEvent>((_, _, token) => Task.Delay(TimeSpan.FromSeconds(30), token), Delivery.Queued);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.Zero);
        _app = builder.Build();
        _app.Urls.Add("http://127.0.0.1:0");
        _app.MapRetellWebhooks("/hook");
        _app.MapPost("/bare", async (HttpContext context) =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null).ConfigureAwait(false);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await _app.StartAsync().ConfigureAwait(false);
        _url = _app.Urls.First();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }

    public void Dispose()
    {
        _http.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public Task Queued() => SendAsync("/hook");

    [Benchmark(Baseline = true)]
    public Task Bare() => SendAsync("/bare");

    /// <summary>The body has the size of a call of some minutes.</summary>
    private async Task SendAsync(string path)
    {
        string transcript = new('a', 20_000);
        string body = $$$"""{"event":"call_ended","call":{"call_type":"phone_call","call_id":"call_{{{_calls++}}}","transcript":"{{{transcript}}}"}}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, _url + path) { Content = new StringContent(body) };
        request.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, Key));
        using HttpResponseMessage response = await _http.SendAsync(request).ConfigureAwait(false);
        if (response.StatusCode != System.Net.HttpStatusCode.NoContent)
        {
            throw new InvalidOperationException($"{path} returned {response.StatusCode}.");
        }
    }
}
