using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>A web application on a socket, with a client that signs.</summary>
internal sealed class WebhookApplication : IAsyncDisposable
{
    public const string Key = "key_a";

    private readonly HttpClient _http = new();

    private WebhookApplication(WebApplication app, LogRecorder log) => (App, Log) = (app, log);

    public WebApplication App { get; }

    public LogRecorder Log { get; }

    public static async Task<WebhookApplication> StartAsync(
        Action<RetellWebhooksBuilder> register,
        Action<WebApplication>? map = null,
        IReadOnlyDictionary<string, string?>? settings = null,
        Action<IServiceCollection>? services = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var log = new LogRecorder();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?> { ["Webhooks:SigningKeys:0"] = Key });
        services?.Invoke(builder.Services);
        register(builder.Services.AddRetellWebhooks(builder.Configuration.GetSection("Webhooks")));
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapRetellWebhooks("/hook");
        map?.Invoke(app);
        await app.StartAsync();
        return new(app, log);
    }

    public static string Ended(string id) => $$$"""{"event":"call_ended","call":{"call_type":"phone_call","call_id":"{{{id}}}","from_number":"+14155550100"}}""";

    public Task<(int Status, string Body)> PostAsync(string body, string path = "/hook") => SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(body));

    /// <summary>Sends a body; the signature is a valid one unless it is given ("" for none).</summary>
    public async Task<(int Status, string Body)> SendAsync(
        HttpMethod method,
        string path,
        byte[] body,
        string? signature = null,
        string? contentType = "application/json",
        bool chunked = false,
        Action<HttpContentHeaders>? headers = null)
    {
        using var request = new HttpRequestMessage(method, App.Urls.Single() + path);
        if (method != HttpMethod.Get && method != HttpMethod.Delete)
        {
            request.Content = new ByteArrayContent(body);
            request.Headers.TransferEncodingChunked = chunked;
            if (contentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
            }

            headers?.Invoke(request.Content.Headers);
        }

        signature ??= RetellWebhook.Sign(body, Key);
        if (signature.Length > 0)
        {
            request.Headers.TryAddWithoutValidation(RetellWebhook.SignatureHeader, signature);
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await App.DisposeAsync();
    }
}
