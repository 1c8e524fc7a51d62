using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Retell.AI;
using Retell.AspNetCore;
using Retell.Testing;
using Retell.Tests.AspNetCore;

namespace Retell.Tests.AI;

/// <summary>A web application on a socket that serves the chat agent with a scripted model.</summary>
internal sealed class ChatApplication : IAsyncDisposable
{
    /// <summary>A wait that only ends a broken test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly WebApplication _app;

    private ChatApplication(WebApplication app, LogRecorder log) => (_app, Log) = (app, log);

    public LogRecorder Log { get; }

    public static async Task<ChatApplication> StartAsync(
        ScriptedModel model, Action<RetellChatAgentOptions>? configure = null, Action<RetellLlmOptions>? endpoint = null, Action<IServiceCollection>? services = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var log = new LogRecorder();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Information);
        builder.Services.AddSingleton<IChatClient>(model);
        builder.Services.AddRetellChatAgent(options => configure?.Invoke(options));
        services?.Invoke(builder.Services);
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapRetellLlm<RetellChatAgent>("/llm/{secret}", options =>
        {
            options.Secrets.Add("sesame");
            endpoint?.Invoke(options);
        });
        await app.StartAsync();
        return new(app, log);
    }

    public Task<FakeCaller> DialAsync() => FakeCaller.DialAsync(_app.Urls.Single(), "/llm/sesame", new() { ResponseTimeout = Patience });

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
