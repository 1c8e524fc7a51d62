using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>The turns of a conversation. Whatever an agent does, its last response is closed.</summary>
internal sealed class TurnTests
{
    private const string Fallback = "Sorry, something went wrong. Could you say that again?";

    [Test]
    public async Task Turns_have_the_transcript_so_far()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Begin = (_, _) => new("Hello."), Respond = (turn, _) => Outputs.Say($"You said: {turn.UserText} ", $"({turn.Transcript.Count})") },
            options => options.TranscriptWithToolCalls = true);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn first = await caller.SayAsync("A table.");
        FakeLlmTurn second = await caller.SayAsync("For two.");

        Assert.That(new[] { first.Text, second.Text }, Is.EqualTo(["You said: A table. (2)", "You said: For two. (4)"]));
        LlmTurn turn = app.Script.Turns.Last();
        Assert.That(turn.ResponseId, Is.EqualTo(2));
        Assert.That(turn.Transcript.Select(utterance => $"{utterance.Role}: {utterance.Content}"), Is.EqualTo(
            ["agent: Hello.", "user: A table.", "agent: You said: A table. (2)", "user: For two."]));
        Assert.That(turn.TranscriptWithToolCalls.Select(item => item.Role), Is.EqualTo(["agent", "user", "agent", "user"]));
        Assert.That((string?)turn.Json["interaction_type"], Is.EqualTo("response_required"));
        Assert.That(turn.Call.Transcript, Has.Count.EqualTo(4));
        Assert.That(turn.ToString(), Is.EqualTo("LlmTurn 2"));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Outputs_become_frames_in_their_order_with_the_action_last()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new()
        {
            Respond = (_, _) => Outputs.Say(
                "One moment, \"é\" <3. ",
                LlmOutput.ToolInvoked("t1", "book_table", """{"guests":2}"""),
                LlmOutput.ToolReturned("t1", "booked", true),
                LlmOutput.ToolInvoked("t2", "look_up"),
                LlmOutput.ToolReturned("t2", ""),
                new LlmAgentSettings { Responsiveness = 0.5, InterruptionSensitivity = 1, ReminderTrigger = TimeSpan.FromSeconds(2.5), ReminderMaxCount = 0 },
                LlmOutput.Metadata(new JObject { ["page"] = 3 }),
                LlmOutput.PressDigits("12#"),
                LlmOutput.Transfer("+14155550111"),
                LlmOutput.Say("Done.", isUninterruptible: true),
                ""),
        });
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Book.");

        Assert.That(caller.Frames.Json().Skip(2), Is.EqualTo(
        [
            """{"response_type":"response","response_id":1,"content":"One moment, \"é\" <3. ","content_complete":false}""",
            """{"response_type":"tool_call_invocation","tool_call_id":"t1","name":"book_table","arguments":"{\"guests\":2}"}""",
            """{"response_type":"tool_call_result","tool_call_id":"t1","content":"booked","successful":true}""",
            """{"response_type":"tool_call_invocation","tool_call_id":"t2","name":"look_up","arguments":"{}"}""",
            """{"response_type":"tool_call_result","tool_call_id":"t2","content":""}""",
            """{"response_type":"update_agent","agent_config":{"responsiveness":0.5,"interruption_sensitivity":1,"reminder_trigger_ms":2500,"reminder_max_count":0}}""",
            """{"response_type":"metadata","metadata":{"page":3}}""",
            """{"response_type":"response","response_id":1,"content":"Done.","content_complete":false,"no_interruption_allowed":true}""",
            """{"response_type":"response","response_id":1,"content":"","content_complete":true,"digit_to_press":"12#"}""",
        ]));
        Assert.That(turn.Action, Is.EqualTo(new FakeLlmAction(false, null, false, "12#")));
        Assert.That(app.Log.Of("Retell"), Does.Contain("The action LlmTransfer of response 1 was dropped"));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task EndCall_is_on_the_closing_frame_and_ends_the_call()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = (_, _) => Outputs.Say("Goodbye.", LlmOutput.EndCall()) });
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Bye.");

        Assert.That(caller.Frames.Json().Last(), Is.EqualTo("""{"response_type":"response","response_id":1,"content":"","content_complete":true,"end_call":true}"""));
        Assert.That(turn.ToString(), Is.EqualTo("1: Goodbye. [end_call]"));
        Assert.That(caller.IsConnected, Is.False);
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.EndedByAgent));
    }

    [Test]
    public async Task Transfer_is_on_the_closing_frame()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Respond = (_, _) => Outputs.Say(LlmOutput.Transfer("+14155550111", showTransfereeAsCaller: true)) });
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("A human, please.");

        Assert.That(
            caller.Frames.Json().Last(),
            Is.EqualTo("""{"response_type":"response","response_id":1,"content":"","content_complete":true,"transfer_number":"+14155550111","show_transferee_as_caller":true}"""));
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.HungUp));
    }

    [Test]
    public async Task Surrogate_pair_that_is_split_arrives_whole()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = (_, _) => Outputs.Say("a\ud83d", "\udc4b", "b") });
        await using FakeCaller caller = await app.DialAsync();

        Assert.That((await caller.SayAsync("Wave.")).Text, Is.EqualTo("a👋b"));
    }

    [Test]
    public async Task Superseded_turn_has_no_frame_after_the_first_one_of_the_new_turn()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Talk });
        await using FakeCaller caller = await app.DialAsync();
        for (int i = 0; i < 20; i++)
        {
            Task<FakeLlmTurn> old = caller.SayAsync("Talk.");
            FakeLlmTurn turn = await caller.SayAsync("Stop.", FakeBargeIn.AfterWords(i + 1));

            Assert.That((await old).IsSuperseded);
            Assert.That((turn.Text, turn.IsClosed), Is.EqualTo(("Stopped.", true)));
            Assert.That(caller.Violations, Is.Empty);
        }

        // An agent that does not look at its token.
        static async IAsyncEnumerable<LlmOutput> Talk(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (turn.UserText == "Stop.")
            {
                yield return "Stopped.";
                yield break;
            }

            while (true)
            {
                yield return "word ";
                await Task.Yield();
            }
        }
    }

    [Test]
    public async Task Barge_in_cancels_the_turn_and_cuts_the_transcript()
    {
        var canceled = new TaskCompletionSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new()
        {
            Respond = (turn, token) =>
            {
                token.Register(() => canceled.TrySetResult());
                return turn.ResponseId == 1 ? Outputs.ThenHang(["One two three ", "four five six"], token) : Outputs.Say("Yes?");
            },
        });
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> first = caller.SayAsync("Count.");
        await caller.SayAsync("Wait!", FakeBargeIn.AfterWords(4));
        await canceled.Task.WaitAsync(LlmApplication.Patience);

        Assert.That((await first).IsSuperseded);
        Assert.That(app.Script.Turns.Last().Transcript.Select(utterance => utterance.Content), Is.EqualTo(["Count.", "One two three four", "Wait!"]));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Update_does_not_cancel_the_turn_and_reaches_the_agent_meanwhile()
    {
        var go = new TaskCompletionSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Respond });
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> turn = caller.SayAsync("Go on.");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "Wait. ");
        await caller.SendUpdateAsync("agent_turn");
        LlmUpdate update;
        do
        {
            update = await app.Script.Updates.Reader.ReadAsync().AsTask().WaitAsync(LlmApplication.Patience);
        }
        while (update.TurnTaking != "agent_turn");

        go.SetResult();

        Assert.That((await turn).Text, Is.EqualTo("Wait. Done."));
        Assert.That((update.Type, update.Transcript.Single().Content), Is.EqualTo(("update_only", "Go on.")));

        async IAsyncEnumerable<LlmOutput> Respond(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return "Wait. ";
            await go.Task.WaitAsync(cancellationToken);
            yield return "Done.";
        }
    }

    [Test]
    public async Task Barge_in_while_a_tool_runs_lets_the_tool_finish_on_the_token_of_the_call()
    {
        var tool = new TaskCompletionSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Respond });
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> first = caller.SayAsync("Book a table.");
        FakeLlmTurn second = await caller.SayAsync("Hurry up!", FakeBargeIn.OnTool("book"));
        tool.SetResult();
        await caller.WaitForFrameAsync(frame => frame.Type() == "tool_call_result");

        Assert.That((await first).Tools.Single().Result, Is.EqualTo("booked"));
        Assert.That((await first).Text, Is.EqualTo("One moment. "));
        Assert.That(second.Text, Is.EqualTo("Yes, yes."));
        Assert.That(caller.Violations, Is.Empty);

        async IAsyncEnumerable<LlmOutput> Respond(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            if (turn.ResponseId == 2)
            {
                yield return "Yes, yes.";
                yield break;
            }

            yield return "One moment. ";
            yield return LlmOutput.ToolInvoked("t1", "book");
            await tool.Task.WaitAsync(turn.Call.Ended);
            await turn.Call.SendAsync(LlmOutput.ToolReturned("t1", "booked"), turn.Call.Ended);
            yield return "It is booked.";
        }
    }

    [Test]
    public async Task Reminder_is_a_turn_of_its_own()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Respond = (turn, _) => Outputs.Say(turn.IsReminder ? $"Are you there, {turn.UserText}?" : "Hello.") });
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Ada");
        FakeLlmTurn turn = await caller.StaySilentAsync();

        Assert.That((turn.ResponseId, turn.Text, turn.IsClosed), Is.EqualTo((2, "Are you there, Ada?", true)));
    }

    [Test]
    public async Task Agent_that_throws_says_the_fallback()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = (_, _) => Outputs.ThenThrow(new InvalidOperationException("the private text")) });
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Hello.");

        Assert.That((turn.Text, turn.IsClosed), Is.EqualTo((Fallback, true)));
        Assert.That(app.Log.Of("Retell").Split('\n'), Has.Some.StartsWith("Error Response 1 was closed because the agent failed with InvalidOperationException"));
    }

    [Test]
    public async Task Agent_that_throws_before_it_enumerates_says_the_fallback([Values("throws", "canceled", "null")] string how)
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new()
            {
                Respond = (_, _) => how switch
                {
                    "throws" => throw new InvalidOperationException(),
                    "canceled" => throw new OperationCanceledException(),
                    _ => null!,
                },
            },
            options => options.FallbackText = "Pardon?");
        await using FakeCaller caller = await app.DialAsync();

        Assert.That((await caller.SayAsync("Hello.")).ToString(), Is.EqualTo("1: Pardon?"));
    }

    [Test]
    public async Task Agent_that_throws_in_a_sentence_drops_its_action_and_says_the_fallback()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Respond = (_, _) => Outputs.ThenThrow(new InvalidOperationException(), "It is", LlmOutput.EndCall()) }, options => options.FallbackText = "Pardon?");
        await using FakeCaller caller = await app.DialAsync();

        Assert.That((await caller.SayAsync("Hello.")).ToString(), Is.EqualTo("1: It is Pardon?"));
        Assert.That(caller.IsConnected);
    }

    [Test]
    public async Task Agent_that_says_nothing_closes_an_empty_response()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = (_, _) => Outputs.Say() });
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Hello.");

        Assert.That((turn.Text, turn.Frames, turn.IsClosed), Is.EqualTo(("", 1, true)));
    }

    [Test]
    public async Task Agent_that_hangs_says_the_fallback_after_the_timeout([Values] bool isBlocking)
    {
        var clock = new FakeClock();
        using var unblock = new ManualResetEventSlim();
        await using LlmApplication app = await LlmApplication.StartAsync(
            new()
            {
                Respond = (turn, token) =>
                {
                    if (isBlocking && turn.ResponseId == 1)
                    {
                        unblock.Wait(LlmApplication.Patience, CancellationToken.None);
                    }

                    return turn.ResponseId == 1 ? Outputs.ThenHang(["Let me see."], token) : Outputs.Say("Now it works.");
                },
            },
            options => (options.TurnTimeout, options.FallbackText) = (TimeSpan.FromSeconds(7), "Pardon?"),
            clock);
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> first = caller.SayAsync("Hello.");
        while (!first.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        FakeLlmTurn second = await caller.SayAsync("Again.");
        unblock.Set();

        Assert.That((await first).ToString(), Is.EqualTo(isBlocking ? "1: Pardon?" : "1: Let me see. Pardon?"));
        Assert.That(second.ToString(), Is.EqualTo("2: Now it works."));
        Assert.That(caller.Violations, Is.Empty);
        Assert.That(app.Log.Of("Retell"), Does.Contain("Response 1 was closed because the agent had no output for 7 s"));
        await caller.DropAsync(1000);
    }

    [Test]
    public async Task Turn_that_is_requested_twice_is_answered_again_without_the_agent()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = (turn, _) => Outputs.Say("Booked", " for two.", LlmOutput.PressDigits("1")) });
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Book.");
        FakeLlmTurn again = await caller.RepeatTurnAsync(sameId: true);

        Assert.That(again.ToString(), Is.EqualTo("1: Booked for two. [press 1]"));
        Assert.That(app.Script.Turns, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Turn_with_an_older_id_is_ignored()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("One");
        await caller.SayAsync("Two");
        await caller.SendAsync(JObject.Parse("""{"interaction_type":"response_required","response_id":1,"transcript":[]}"""));
        await caller.SendAsync(JObject.Parse("""{"interaction_type":"response_required","transcript":[]}"""));
        FakeLlmTurn third = await caller.SayAsync("Three");

        Assert.That(third.Text, Is.EqualTo("Three"));
        Assert.That(app.Script.Turns.Select(turn => turn.ResponseId), Is.EqualTo([1, 2, 3]));
        Assert.That(app.Log.Of("Retell"), Does.Contain("because it has no valid response_id"));
    }

    [Test]
    public async Task Turn_that_is_requested_twice_with_a_new_id_runs_the_agent_again()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Respond = (turn, token) => turn.ResponseId == 1 ? Outputs.ThenHang(["Hm, "], token) : Outputs.Say("Yes.") });
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> first = caller.SayAsync("Book.");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "Hm, ");
        FakeLlmTurn again = await caller.RepeatTurnAsync();

        Assert.That((await first).IsSuperseded);
        Assert.That(again.ToString(), Is.EqualTo("2: Yes."));
        Assert.That(app.Script.Turns.Select(turn => turn.UserText), Is.EqualTo(["Book.", "Book."]));
    }

    [Test]
    public async Task Interrupt_and_settings_are_sent_outside_a_turn()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        LlmCall call = app.Script.Agents.Single().Call!;
        await call.SendAsync(new LlmAgentSettings { ReminderMaxCount = 1 });
        await call.InterruptAsync("The kitchen closes.");
        await call.InterruptAsync("Goodbye.", LlmOutput.EndCall(), isUninterruptible: false);
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(caller.Frames.Json().Skip(2), Is.EqualTo(
        [
            """{"response_type":"update_agent","agent_config":{"reminder_max_count":1}}""",
            """{"response_type":"agent_interrupt","interrupt_id":1,"content":"The kitchen closes.","content_complete":true,"no_interruption_allowed":true}""",
            """{"response_type":"agent_interrupt","interrupt_id":2,"content":"Goodbye.","content_complete":true,"no_interruption_allowed":false,"end_call":true}""",
        ]));
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.EndedByAgent));
        Assert.That(() => call.SendAsync(new LlmAgentSettings()), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(() => call.InterruptAsync("Late."), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public async Task Output_outside_a_turn_that_needs_a_response_is_rejected()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        LlmCall call = app.Script.Agents.Single().Call!;

        Assert.That(() => call.SendAsync("Hello."), Throws.ArgumentException.With.Message.StartsWith("LlmSay needs a response. Use InterruptAsync outside a turn."));
        Assert.That(() => call.SendAsync(LlmOutput.EndCall()), Throws.ArgumentException);
        Assert.That(() => call.InterruptAsync("Hello.", "Hello."), Throws.ArgumentException.With.Message.StartsWith("LlmSay is not an action."));
        Assert.That(() => new LlmAgentSettings { Responsiveness = 1.1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new LlmAgentSettings { ReminderTrigger = TimeSpan.Zero }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task Turns_that_are_over_are_not_kept_in_memory()
    {
        List<WeakReference> turns = [];
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        app.App.MapRetellLlm("/forgetful/{secret}", _ => new ForgetfulAgent(turns), options => options.Secrets.Add("x"));
        await using FakeCaller caller = await FakeCaller.DialAsync(app.Url, "/forgetful/x");
        for (int i = 0; i < 10; i++)
        {
            await caller.SayAsync("Hello.");
        }

        // The newest one is kept for a request that comes twice, and others until their tasks have ended.
        while (turns.Count(turn => turn.IsAlive) > 2)
        {
            GC.Collect();
            await Task.Delay(10);
        }
    }

    [Test]
    public async Task HangUp_closes_the_connection_with_code_1000()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        app.Script.Agents.Single().Call!.HangUp();
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(caller.CloseCode, Is.EqualTo(1000));
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.EndedByAgent));
    }

    [Test]
    public async Task HangUp_without_a_connection_closes_the_next_one()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.DropAsync();
        await ConnectionTests.WaitForLogAsync(app, "the connection ended: Lost");
        app.Script.Agents.Single().Call!.HangUp();
        await caller.ReconnectAsync();
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(caller.CloseCode, Is.EqualTo(1000));
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.EndedByAgent));
    }

    [Test]
    public async Task Slow_peer_suspends_the_agent()
    {
        int produced = 0;
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Respond }, options => options.AutoReconnect = false);
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{app.Url.Replace("http", "ws", StringComparison.Ordinal)}/llm/{LlmApplication.Secret}/call_slow"), CancellationToken.None);
        byte[] request = Encoding.UTF8.GetBytes("""{"interaction_type":"response_required","response_id":1,"transcript":[]}""");
        await socket.SendAsync(request, WebSocketMessageType.Text, true, CancellationToken.None);

        // Until nothing is produced any more, the buffers of the sockets are filled.
        int before;
        do
        {
            before = Volatile.Read(ref produced);
            await Task.Delay(500);
        }
        while (before == 0 || before != Volatile.Read(ref produced));

        Assert.That(before, Is.LessThan(1000));
        int received = 0;
        byte[] buffer = new byte[128 * 1024];
        while (received < 1000 * 64 * 1024)
        {
            received += (await socket.ReceiveAsync(buffer, CancellationToken.None)).Count;
        }

        Assert.That(Volatile.Read(ref produced), Is.EqualTo(1000));

        async IAsyncEnumerable<LlmOutput> Respond(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            string text = new('x', 64 * 1024);
            for (int i = 0; i < 1000; i++)
            {
                Interlocked.Increment(ref produced);
                yield return text;
                await Task.Yield();
            }
        }
    }

    private sealed class ForgetfulAgent(List<WeakReference> turns) : IRetellLlmAgent
    {
        public IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, CancellationToken cancellationToken)
        {
            turns.Add(new(turn));
            return Outputs.Say("Fine.");
        }
    }
}
