using System.ComponentModel;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Retell;
using Retell.AI;
using Retell.Testing;

namespace Samples;

/// <summary>Serves with <c>--urls URL</c>; without it, a scripted caller talks to the agent.</summary>
internal static class CustomLlmChat
{
    public static async Task RunAsync(FakeRetellServer _, string[] options)
    {
        await using WebApplication app = Build(options);
        await SampleWeb.RunAsync(app, DemonstrateAsync);
    }

    /// <summary>Reads what the caller says from the standard input. An empty line is silence.</summary>
    public static async Task RunConsoleAsync(FakeRetellServer _)
    {
        await using WebApplication app = Build([]);
        app.Urls.Add("http://127.0.0.1:0");
        await app.StartAsync();
        await using FakeCaller caller = await FakeCaller.DialAsync(app.Urls.First(), "/llm/sample-secret");
        Print(caller.Begin);
        while (caller.IsConnected && await Console.In.ReadLineAsync() is string line)
        {
            FakeLlmTurn turn = line.Length == 0 ? await caller.StaySilentAsync() : await caller.SayAsync(line);
            Print(turn);
        }

        await app.StopAsync();
    }

    private static WebApplication Build(string[] arguments)
    {
        WebApplicationBuilder builder = SampleWeb.CreateBuilder(arguments);

        #region agent
        var reservations = new Reservations();
        builder.Services.AddSingleton<IChatClient, ScriptedChatClient>();        // the client of your model's provider
        builder.Services.AddRetellChatAgent(options =>
        {
            options.Greeting = call => "Hello, this is the front desk.";
            options.SystemPrompt = call => "You are the front desk of a restaurant. Answer in short sentences.";
            options.ReminderPrompt = "(The caller is silent.)";
            options.Tools =
            [
                AIFunctionFactory.Create(reservations.BookAsync, "book_table"),
                ChatTool.EndCall(),
                ChatTool.Transfer("+14155550111", "transfer_to_manager", "Transfers the call to the manager."),
            ];
        });
        #endregion

        WebApplication app = builder.Build();

        #region endpoint
        app.MapRetellLlm<RetellChatAgent>("/llm/{secret}", options => options.Secrets.Add("sample-secret"));    // from your configuration
        #endregion

        return app;
    }

    private static async Task DemonstrateAsync(string url)
    {
        #region caller
        await using FakeCaller caller = await FakeCaller.DialAsync(url, "/llm/sample-secret");
        Task<FakeLlmTurn> first = caller.SayAsync("Please tell me what you can do for me on a Sunday.");
        FakeLlmTurn booked = await caller.SayAsync("Just book a table.", bargeIn: FakeBargeIn.AfterWords(5));
        FakeLlmTurn reminded = await caller.StaySilentAsync();
        FakeLlmTurn ended = await caller.SayAsync("Bye.");
        #endregion

        foreach (FakeLlmTurn turn in (FakeLlmTurn[])[caller.Begin, await first, booked, reminded, ended])
        {
            Print(turn);
        }

        Console.WriteLine($"{caller.Violations.Count} violations of the protocol");
        using var retell = new RetellClient();

        #region functions
        IReadOnlyList<AIFunction> tools = retell.AsAIFunctions(function => function.AdditionalProperties[RetellClientFunctionExtensions.EffectKey] is "read");
        #endregion

        Console.WriteLine($"{tools.Count} functions that read, such as {tools[0].Name}");
    }

    private static void Print(FakeLlmTurn turn)
    {
        if (turn.ResponseId > 0)
        {
            Console.WriteLine($"caller: {turn.UserText ?? "(silent)"}");
        }

        foreach (FakeLlmTool tool in turn.Tools)
        {
            Console.WriteLine($"tool:   {tool}");
        }

        Console.WriteLine($"agent:  {turn.Text}{(turn.IsSuperseded ? " …" : "")} {turn.Action}".TrimEnd());
    }
}

internal sealed class Reservations
{
    private int _booked;

    [Description("Books a table.")]
    public async Task<string> BookAsync([Description("The number of guests.")] int guests, CancellationToken cancellationToken)
    {
        await Task.Delay(100, cancellationToken);
        return $"booking {Interlocked.Increment(ref _booked)} for {guests}";
    }
}

/// <summary>A model that repeats what it hears, 50 ms a word.</summary>
internal sealed class ScriptedChatClient : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage last = messages.Last();
        string text = messages.Last(message => message.Role == ChatRole.User).Text;
        if (last.Role == ChatRole.User && text.Contains("book", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(ChatRole.Assistant, [new FunctionCallContent("call_1", "book_table", new Dictionary<string, object?> { ["guests"] = 2 })]);
            yield break;
        }

        string separator = "";
        foreach (string word in (text == "(The caller is silent.)" ? "Are you still there?" : $"You said: {text}").Split(' '))
        {
            yield return new(ChatRole.Assistant, separator + word);
            separator = " ";
            await Task.Delay(50, cancellationToken);
        }

        if (text.Contains("bye", StringComparison.OrdinalIgnoreCase))
        {
            yield return new(ChatRole.Assistant, [new FunctionCallContent("call_2", "end_call")]);
        }
    }

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
