using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Retell.Benchmarks;

/// <summary>
/// A server on this machine that does as little as it can: the fake checks every request against the document, which
/// costs more than what is measured here.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private static readonly byte[] s_concurrency = Encoding.UTF8.GetBytes("""{"current_concurrency":1,"concurrency_limit":20,"base_concurrency":20,"purchased_concurrency":0}""");
    private static readonly byte[] s_knowledgeBase = Encoding.UTF8.GetBytes("""{"knowledge_base_id":"knowledge_base_1","knowledge_base_name":"x","status":"in_progress"}""");

    private readonly WebApplication _app;

    private LoopbackServer(WebApplication app) => _app = app;

    public Uri BaseUrl => new(_app.Urls.Single());

    public static async Task<LoopbackServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        WebApplication app = builder.Build();
        app.Run(AnswerAsync);
        await app.StartAsync().ConfigureAwait(false);
        return new LoopbackServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What is answered to a path, here and without a socket.</summary>
    public static byte[] AnswerTo(string path) =>
        path.StartsWith("/v2/get-call/", StringComparison.Ordinal) ? Samples.Call : path == "/get-concurrency" ? s_concurrency : s_knowledgeBase;

    private static async Task AnswerAsync(HttpContext context)
    {
        await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted).ConfigureAwait(false);
        byte[] answer = AnswerTo(context.Request.Path);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted).ConfigureAwait(false);
    }
}

/// <summary>The same answers without a socket.</summary>
internal sealed class MemoryHandler : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(LoopbackServer.AnswerTo(request.RequestUri!.AbsolutePath));
        content.Headers.ContentType = new("application/json");
        return Task.FromResult(new HttpResponseMessage { Content = content, RequestMessage = request });
    }
}
