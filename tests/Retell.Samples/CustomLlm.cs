using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Retell.AspNetCore;
using Retell.Testing;

namespace Samples;

/// <summary>Serves with <c>--urls URL</c>; without it, a scripted caller talks to the agent.</summary>
internal static class CustomLlm
{
    public static async Task RunAsync(FakeRetellServer server, string[] arguments)
    {
        WebApplicationBuilder builder = SampleWeb.CreateBuilder(arguments);

        #region endpoint
        builder.Services.AddSingleton<Tables>();

        WebApplication app = builder.Build();
        app.MapRetellLlm<FrontDesk>("/llm/{secret}", options =>
        {
            options.Secrets.Add("sample-secret");            // from your configuration
            options.TranscriptWithToolCalls = true;
        });
        #endregion

        await using (app)
        {
            await SampleWeb.RunAsync(app, DemonstrateAsync);
        }
    }

    private static async Task DemonstrateAsync(string host)
    {
        #region caller
        await using FakeCaller caller = await FakeCaller.DialAsync(host, "/llm/sample-secret");
        Task<FakeLlmTurn> first = caller.SayAsync("Please tell me what you can do for me.");
        FakeLlmTurn booked = await caller.SayAsync("Just book a table for two.", bargeIn: FakeBargeIn.AfterWords(3));
        FakeLlmTurn reminded = await caller.StaySilentAsync();
        FakeLlmTurn ended = await caller.SayAsync("Bye.");
        #endregion

        foreach (FakeLlmTurn turn in (FakeLlmTurn[])[caller.Begin, await first, booked, reminded, ended])
        {
            Console.WriteLine($"caller: {turn.UserText ?? "(silent)"}");
            Console.WriteLine($"agent:  {turn.Text.TrimEnd()}{(turn.IsSuperseded ? " …" : "")} {string.Join(", ", turn.Tools)}{turn.Action}");
        }

        Console.WriteLine($"{caller.Violations.Count} violations of the protocol");
    }
}

internal sealed class Tables
{
    private int _booked;

    public async Task<string> BookAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(100, cancellationToken);
        return $"booking {Interlocked.Increment(ref _booked)}";
    }
}

#region agent
internal sealed class FrontDesk(Tables tables) : IRetellLlmAgent
{
    public ValueTask<string?> BeginAsync(LlmCall call, CancellationToken cancellationToken) => new("Hello, this is the front desk.");

    public async IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (turn.IsReminder)
        {
            yield return "Are you still there?";
        }
        else if (turn.UserText.Contains("bye", StringComparison.OrdinalIgnoreCase))
        {
            yield return "Goodbye.";
            yield return LlmOutput.EndCall();
        }
        else if (turn.UserText.Contains("book", StringComparison.OrdinalIgnoreCase))
        {
            string id = $"tool_{turn.ResponseId}";
            yield return "One moment. ";
            yield return LlmOutput.ToolInvoked(id, "book_table", """{"guests":2}""");

            // An interruption cancels the turn, but not a booking that has begun.
            string result = await tables.BookAsync(turn.Call.Ended);
            await turn.Call.SendAsync(LlmOutput.ToolReturned(id, result, isSuccessful: true), turn.Call.Ended);
            yield return "Your table is booked.";
        }
        else
        {
            foreach (string word in $"You said: {turn.UserText}".Split(' '))
            {
                yield return word + " ";
                await Task.Delay(50, cancellationToken);
            }
        }
    }
}
#endregion
