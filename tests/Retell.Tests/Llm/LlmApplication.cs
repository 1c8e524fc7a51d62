using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Testing;
using Retell.Tests.Support;

namespace Retell.Tests.Llm;

/// <summary>A web application on a socket that serves a scripted agent.</summary>
internal sealed class LlmApplication : IAsyncDisposable
{
    public const string Secret = "sesame-8c1f";

    /// <summary>A wait that only ends a broken test.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private LlmApplication(WebApplication app, Script script, ScopedLog log) => (App, Script, Log) = (app, script, log);

    public WebApplication App { get; }

    public Script Script { get; }

    public ScopedLog Log { get; }

    public string Url => App.Urls.Single();

    public static async Task<LlmApplication> StartAsync(
        Script script, Action<RetellLlmOptions>? configure = null, TimeProvider? clock = null, Action<WebApplicationBuilder>? build = null, string pattern = "/llm/{secret}")
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        var log = new ScopedLog();
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace).AddFilter("Microsoft", LogLevel.Information);
        builder.Services.AddSingleton(script);
        builder.Services.AddScoped<ScopedThing>();
        if (clock is not null)
        {
            builder.Services.AddSingleton(clock);
        }

        build?.Invoke(builder);
        WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapRetellLlm<ScriptedAgent>(pattern, options =>
        {
            options.Secrets.Add(Secret);
            configure?.Invoke(options);
        });
        await app.StartAsync();
        return new(app, script, log);
    }

    public Task<FakeCaller> DialAsync(FakeCallerOptions? options = null, string secret = Secret) => FakeCaller.DialAsync(Url, "/llm/" + secret, options);

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}

/// <summary>What the agents of a test do, and what they were asked.</summary>
internal sealed class Script
{
    public Func<LlmCall, CancellationToken, ValueTask<string?>> Begin { get; init; } = (_, _) => new((string?)null);

    public Func<LlmTurn, CancellationToken, IAsyncEnumerable<LlmOutput>> Respond { get; init; } = (turn, token) => Outputs.Say(turn.UserText);

    public ConcurrentQueue<ScriptedAgent> Agents { get; } = [];

    public ConcurrentQueue<LlmTurn> Turns { get; } = [];

    public Channel<LlmUpdate> Updates { get; } = Channel.CreateUnbounded<LlmUpdate>();

    public Channel<LlmEnd> Ends { get; } = Channel.CreateUnbounded<LlmEnd>();

    public Action? OnCreated { get; init; }

    public async Task<LlmEnd> EndAsync() => await Ends.Reader.ReadAsync().AsTask().WaitAsync(LlmApplication.Patience);
}

/// <summary>A service of a call's scope.</summary>
internal sealed class ScopedThing : IDisposable
{
    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => Disposed.TrySetResult();
}

internal sealed class ScriptedAgent : IRetellLlmAgent, IAsyncDisposable
{
    private readonly Script _script;

    public ScriptedAgent(Script script, ScopedThing thing)
    {
        (_script, Thing) = (script, thing);
        script.OnCreated?.Invoke();
        script.Agents.Enqueue(this);
    }

    public ScopedThing Thing { get; }

    public TaskCompletionSource Disposed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LlmCall? Call { get; private set; }

    public ValueTask<string?> BeginAsync(LlmCall call, CancellationToken cancellationToken)
    {
        Call = call;
        return _script.Begin(call, cancellationToken);
    }

    public IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, CancellationToken cancellationToken)
    {
        Call = turn.Call;
        _script.Turns.Enqueue(turn);
        return _script.Respond(turn, cancellationToken);
    }

    public async ValueTask UpdatedAsync(LlmUpdate update, CancellationToken cancellationToken) => await _script.Updates.Writer.WriteAsync(update, cancellationToken);

    public async ValueTask EndedAsync(LlmEnd end)
    {
        Assert.That(Thing.Disposed.Task.IsCompleted, Is.False);
        await _script.Ends.Writer.WriteAsync(end);
    }

    public ValueTask DisposeAsync()
    {
        Disposed.TrySetResult();
        return default;
    }
}

/// <summary>Ways of an agent to respond.</summary>
internal static class Outputs
{
    public static IAsyncEnumerable<LlmOutput> Say(params LlmOutput[] outputs) => AsyncStream.Of(outputs);

    /// <summary>Yields outputs, and then waits for the token.</summary>
    public static IAsyncEnumerable<LlmOutput> ThenHang(LlmOutput[] outputs, CancellationToken cancellationToken) => AsyncStream.ThenHang(outputs, cancellationToken);

    public static IAsyncEnumerable<LlmOutput> ThenThrow(Exception failure, params LlmOutput[] outputs) => AsyncStream.ThenThrow(failure, outputs);
}

/// <summary>Short ways to look at messages.</summary>
internal static class Wire
{
    public static string? Type(this JObject frame) => (string?)frame["response_type"];

    /// <summary>The JSON of the messages of a call, without replies to pings.</summary>
    public static IEnumerable<string> Json(this IEnumerable<JObject> frames) =>
        frames.Where(frame => frame.Type() != "ping_pong").Select(frame => frame.ToString(Newtonsoft.Json.Formatting.None));

    public static bool Of(this JObject frame, long responseId) => (long?)frame["response_id"] == responseId;

    public static IEnumerable<JObject> Of(this IEnumerable<JObject> frames, long responseId) => frames.Where(frame => frame.Of(responseId));
}
