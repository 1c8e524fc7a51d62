using System.Diagnostics.CodeAnalysis;
using System.Net.WebSockets;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Testing.Llm;

namespace Retell.Testing;

/// <summary>Checks a custom-LLM server in any language: calls it with a series of scripted callers, and reports what violates the protocol.</summary>
public static class FakeLlmCheck
{
    private static readonly (string Name, string Summary, Func<CheckCall, Task> Run)[] s_scenarios =
    [
        ("begin", "The server accepts the call and closes the begin message.", call => call.DialAsync()),
        ("two-turns", "Two turns are answered, one after the other.", TwoTurnsAsync),
        ("barge-in", "The caller interrupts: nothing of the old response follows the new one.", BargeInAsync),
        ("reminder", "The caller is silent, and the response to the reminder is closed.", ReminderAsync),
        ("repeated-turn", "The same turn is requested twice, and the second response is closed.", RepeatedTurnAsync),
        ("unknown-messages", "Messages and members that the server does not know do no harm.", UnknownMessagesAsync),
        ("fragments", "Messages that arrive in fragments are read.", FragmentsAsync),
        ("long-transcript", "A transcript of 1 MB is read.", LongTranscriptAsync),
        ("pings", "Pings are answered, if the server asks for them.", PingsAsync),
        ("reconnect", "After a lost connection, the call goes on.", ReconnectAsync),
    ];

    /// <summary>Gets the names of the scenarios, in the order in which they run.</summary>
    public static IReadOnlyList<string> Scenarios { get; } = [.. s_scenarios.Select(scenario => scenario.Name)];

    /// <summary>Runs the scenarios, each with a call of its own.</summary>
    /// <param name="url">The URL without the ID of the call, such as <c>ws://127.0.0.1:5005/llm/secret</c>.</param>
    /// <param name="options">The options of the callers, or null. The ID of the call and the size of fragments are those of the scenarios.</param>
    /// <param name="scenarios">The names of the scenarios to run, or null for all.</param>
    /// <param name="cancellationToken">The token that cancels the check.</param>
    /// <returns>The report.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="url"/> is null.</exception>
    /// <exception cref="ArgumentException">There is no scenario with one of the names.</exception>
    public static async Task<FakeLlmReport> RunAsync(
        Uri url, FakeCallerOptions? options = null, IReadOnlyCollection<string>? scenarios = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(url);
        if (scenarios?.FirstOrDefault(name => !Scenarios.Contains(name)) is string unknown)
        {
            throw new ArgumentException($"\"{unknown}\" is not a scenario. Use one of: {string.Join(", ", Scenarios)}.", nameof(scenarios));
        }

        List<FakeLlmResult> results = [];
        foreach ((string name, string summary, Func<CheckCall, Task> run) in s_scenarios.Where(scenario => scenarios?.Contains(scenario.Name) != false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            results.Add(await RunAsync(name, summary, run, new CheckCall(url, options ?? new(), cancellationToken)).ConfigureAwait(false));
        }

        return new(results);
    }

    private static async Task<FakeLlmResult> RunAsync(string name, string summary, Func<CheckCall, Task> run, CheckCall call)
    {
        await using (call.ConfigureAwait(false))
        {
            string? error = null;
            try
            {
                await run(call).ConfigureAwait(false);
            }
            catch (Exception e) when (e is WebSocketException or InvalidOperationException or IOException or HttpRequestException)
            {
                error = e.Message;
            }

            IReadOnlyList<FakeLlmTurn> turns = call.Caller?.Turns ?? [];
            return new(name, summary, [.. call.Failures, .. call.Caller?.Violations ?? []], error, turns);
        }
    }

    private static async Task TwoTurnsAsync(CheckCall call)
    {
        FakeCaller caller = await call.DialAsync().ConfigureAwait(false);
        call.MustSpeak(await caller.SayAsync("Hello, can you hear me?", null, call.Token).ConfigureAwait(false));
        if (caller.IsConnected)
        {
            call.MustSpeak(await caller.SayAsync("What can you do for me?", null, call.Token).ConfigureAwait(false));
        }
    }

    private static Task BargeInAsync(CheckCall call) => DuringResponseAsync(
        call, "Please tell me everything that you know.", caller => caller.SayAsync("Stop. What did you say first?", FakeBargeIn.AtOnce, call.Token));

    private static async Task ReminderAsync(CheckCall call) =>
        await (await call.DialAsync().ConfigureAwait(false)).StaySilentAsync(call.Token).ConfigureAwait(false);

    private static Task RepeatedTurnAsync(CheckCall call) =>
        DuringResponseAsync(call, "Hello, can you hear me?", caller => caller.RepeatTurnAsync(cancellationToken: call.Token));

    /// <summary>Says something, and goes on as soon as the response has begun.</summary>
    private static async Task DuringResponseAsync(CheckCall call, string text, Func<FakeCaller, Task> goOn)
    {
        FakeCaller caller = await call.DialAsync().ConfigureAwait(false);
        Task<FakeLlmTurn> first = caller.SayAsync(text, null, call.Token);
        await caller.WaitForFrameAsync(frame => (long?)(frame["response_id"] as JValue) == 1, call.Token).ConfigureAwait(false);
        if (caller.IsConnected)
        {
            await goOn(caller).ConfigureAwait(false);
        }

        await first.ConfigureAwait(false);
    }

    private static async Task UnknownMessagesAsync(CheckCall call)
    {
        FakeCaller caller = await call.DialAsync().ConfigureAwait(false);
        var message = new JObject { ["interaction_type"] = "newer_than_this_server", ["value"] = new JObject { ["list"] = new JArray(1, 2) } };
        var update = new JObject { ["interaction_type"] = "update_only", ["transcript"] = new JArray(), ["newer_member"] = true };
        await caller.SendAsync(message, call.Token).ConfigureAwait(false);
        await caller.SendAsync(update, call.Token).ConfigureAwait(false);
        await caller.SayAsync("Hello, can you hear me?", null, call.Token).ConfigureAwait(false);
    }

    private static async Task FragmentsAsync(CheckCall call) =>
        await (await call.DialAsync(fragmentSize: 7).ConfigureAwait(false)).SayAsync("Grüße: ça va? 你好 👋", null, call.Token).ConfigureAwait(false);

    private static async Task LongTranscriptAsync(CheckCall call)
    {
        FakeCaller caller = await call.DialAsync().ConfigureAwait(false);
        var text = new StringBuilder();
        while (text.Length < 1000)
        {
            text.Append("We talked about this before. ");
        }

        for (int i = 0; i < 500; i++)
        {
            caller.AddUtterance("user", text.ToString());
            caller.AddUtterance("agent", text.ToString());
        }

        await caller.SayAsync("Hello, can you hear me?", null, call.Token).ConfigureAwait(false);
    }

    private static async Task PingsAsync(CheckCall call)
    {
        FakeCaller caller = await call.DialAsync(pingInterval: TimeSpan.FromMilliseconds(100)).ConfigureAwait(false);
        if (CallerProtocol.IsSet(caller.Config, "auto_reconnect"))
        {
            await caller.WaitForFrameAsync(frame => (string?)(frame["response_type"] as JValue) == "ping_pong", call.Token).ConfigureAwait(false);
            if (caller.LongestPing is null)
            {
                call.Fail("ping-unanswered", "The config has auto_reconnect, but no ping was answered.");
            }
        }
    }

    private static async Task ReconnectAsync(CheckCall call)
    {
        FakeCaller caller = await call.DialAsync().ConfigureAwait(false);
        await caller.SayAsync("Hello, can you hear me?", null, call.Token).ConfigureAwait(false);
        await caller.ReconnectAsync(call.Token).ConfigureAwait(false);
        await caller.SayAsync("We were cut off. Are you still there?", null, call.Token).ConfigureAwait(false);
    }
}

/// <summary>The result of <see cref="FakeLlmCheck"/>.</summary>
public sealed class FakeLlmReport
{
    internal FakeLlmReport(IReadOnlyList<FakeLlmResult> results) => Results = results;

    /// <summary>Gets the results of the scenarios.</summary>
    public IReadOnlyList<FakeLlmResult> Results { get; }

    /// <summary>Gets a value indicating whether no scenario has a violation or an error.</summary>
    public bool IsSuccess => Results.All(result => result.IsSuccess);

    /// <summary>Returns the report as lines of text.</summary>
    /// <returns>A line for each scenario, and one for each violation.</returns>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (FakeLlmResult result in Results)
        {
            text.AppendLine(result.ToString());
        }

        return text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{Results.Count(result => result.IsSuccess)} of {Results.Count} scenarios passed.").ToString();
    }
}

/// <summary>The result of a scenario of <see cref="FakeLlmCheck"/>.</summary>
/// <param name="Name">The name of the scenario.</param>
/// <param name="Summary">What it checks.</param>
/// <param name="Violations">What violates the protocol.</param>
/// <param name="Error">Why the scenario could not be finished, or null.</param>
/// <param name="Turns">The turns of the call.</param>
[SuppressMessage("Naming", "CA1716", Justification = "Error is a keyword of Visual Basic only.")]
public sealed record FakeLlmResult(string Name, string Summary, IReadOnlyList<FakeLlmViolation> Violations, string? Error, IReadOnlyList<FakeLlmTurn> Turns)
{
    /// <summary>Gets a value indicating whether there is no violation and no error.</summary>
    public bool IsSuccess => Violations.Count == 0 && Error is null;

    /// <summary>Gets the longest time to the end of the first sentence in the call, or null if nothing was said.</summary>
    public TimeSpan? TimeToFirstSentence => Turns.Max(turn => turn.TimeToFirstSentence);

    /// <summary>Returns the result as lines of text.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var text = new StringBuilder(string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"{(IsSuccess ? "ok  " : "FAIL")} {Name,-17} {(TimeToFirstSentence is TimeSpan time ? $"{time.TotalMilliseconds,6:0} ms" : "        -")}  {Summary}"));
        foreach (string problem in Violations.Select(violation => violation.ToString()).Concat(Error is null ? [] : [Error]))
        {
            text.AppendLine().Append("       ").Append(problem);
        }

        return text.ToString();
    }
}
