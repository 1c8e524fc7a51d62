using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Newtonsoft.Json.Linq;
using Retell.AI;
using Retell.AspNetCore;
using Retell.Testing;
using Retell.Tests.Llm;

namespace Retell.Tests.AI;

/// <summary>The chat agent in calls, over sockets.</summary>
internal sealed class ChatAgentTests
{
    private const string Fallback = "Sorry, something went wrong. Could you say that again?";

    [Test]
    public async Task Greeting_and_prompt_are_those_of_the_call()
    {
        var model = new ScriptedModel((request, _) => Answers.Say($"You said: {request.UserText}"));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options =>
        {
            options.Greeting = call => $"Hello {call.Details?.CallStatus}.";
            options.SystemPrompt = call => $"You are the front desk of {call.CallId}.";
        }, endpoint => endpoint.CallDetails = true);
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("A table.");
        FakeLlmTurn second = await caller.SayAsync("For two.");

        Assert.That(caller.Begin.Text, Is.EqualTo("Hello registered."));
        Assert.That(second.Text, Is.EqualTo("You said: For two."));
        Assert.That(model.Last, Is.EqualTo(
        [
            $"system: You are the front desk of {caller.CallId}.", "assistant: Hello registered.", "user: A table.", "assistant: You said: A table.", "user: For two.",
        ]));
        Assert.That(model.Requests.Last().Options?.Tools, Is.Null);
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Text_is_sent_in_sentences_while_the_model_still_answers()
    {
        var go = new TaskCompletionSource();
        var model = new ScriptedModel((_, _) => Stream());
        await using ChatApplication app = await ChatApplication.StartAsync(model, services: services => services.AddSingleton<TimeProvider>(new StillTime()));
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> turn = caller.SayAsync("Hello?");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "One moment, ");
        go.SetResult();
        await turn;

        Assert.That(caller.Frames.Of(1).Select(frame => (string?)frame["content"]), Is.EqualTo(["One moment, ", "it is 3.50 dollars. ", "Fine?", ""]));

        async IAsyncEnumerable<AIContent> Stream()
        {
            yield return new TextContent("One mo");
            yield return new TextContent("ment, it");
            await go.Task.WaitAsync(ChatApplication.Patience);
            yield return new TextContent(" is 3.");
            yield return new TextContent("50 dollars. Fine?");
        }
    }

    [Test]
    public async Task Tool_is_in_the_transcript_and_its_result_goes_to_the_model()
    {
        var model = new ScriptedModel((request, _) => request.HasResults
            ? Answers.Say("It is booked.")
            : Answers.Of(new TextContent("One moment."), Answers.Call("book_table", "c1", ("guests", 2), ("name", "Ada"))));
        LlmCall? seen = null;
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
        [
            AIFunctionFactory.Create((int guests, string name, AIFunctionArguments arguments) =>
            {
                seen = (LlmCall?)arguments.Context![typeof(LlmCall)];
                return new { table = guests + 5, name };
            }, "book_table", "Books a table."),
        ]);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Book.");
        FakeLlmTurn next = await caller.SayAsync("Book.");

        Assert.That(turn.Text, Is.EqualTo("One moment. It is booked."));
        Assert.That(turn.Tools.Select(tool => tool.ToString()), Is.EqualTo(["""book_table({"guests":2,"name":"Ada"}) → {"table":7,"name":"Ada"}"""]));
        Assert.That(turn.Tools[0].IsSuccessful, Is.True);
        Assert.That(seen?.CallId, Is.EqualTo(caller.CallId));
        Assert.That(model.Requests.First().Options!.Tools!.Select(tool => tool.Name), Is.EqualTo(["book_table"]));
        Assert.That(model.Requests.ElementAt(2).Lines, Is.EqualTo(
        [
            "user: Book.", "assistant: One moment.", """assistant: book_table({"guests":2,"name":"Ada"}) c1""", """tool: {"table":7,"name":"Ada"} c1""", "assistant: It is booked.",
            "user: Book.",
        ]));
        Assert.That(next.Tools.Select(tool => tool.ToolCallId), Is.EqualTo(["c1-2"]), "A new turn of the caller runs the tool again.");
        Assert.That(caller.Violations, Is.Empty);
    }

    [TestCase(false, "Error: The tool failed.")]
    [TestCase(true, "Error: The database is full.")]
    public async Task Tool_that_throws_is_told_to_the_model_only(bool includesErrors, string told)
    {
        var model = new ScriptedModel((request, _) => request.HasResults ? Answers.Say("That did not work.") : Answers.Of(Answers.Call("book_table")));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options =>
        {
            options.IncludeToolErrors = includesErrors;
            options.Tools = [AIFunctionFactory.Create(string () => throw new InvalidOperationException("The database is full."), "book_table")];
        });
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Book.");

        Assert.That(turn.Text, Is.EqualTo("That did not work."));
        Assert.That(model.Last.Last(), Is.EqualTo($"tool: {told} c1"));
        Assert.That((turn.Tools[0].Result, turn.Tools[0].IsSuccessful), Is.EqualTo((told, false)));
        Assert.That(app.Log.Text, Does.Contain("The tool book_table failed with InvalidOperationException").And.Not.Contain("database"));
    }

    [Test]
    public async Task Tool_exception_that_is_meant_for_the_agent_is_told()
    {
        var model = new ScriptedModel((request, _) => request.HasResults ? Answers.Say("Sorry.") : Answers.Of(Answers.Call("book_table")));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
            [AIFunctionFactory.Create(string () => throw new RetellFunctionException("No table is free."), "book_table")]);
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Book.");

        Assert.That(model.Last.Last(), Is.EqualTo("tool: Error: No table is free. c1"));
    }

    [Test]
    public async Task Tool_calls_that_cannot_run_have_a_result_that_says_why()
    {
        var model = new ScriptedModel((request, _) => request.HasResults
            ? Answers.Say("Well.")
            : Answers.Of(
                Answers.Call("nope", "c1"), new FunctionCallContent("c2", "book_table") { Exception = new FormatException() }, Answers.Call("press_digits", "c3", ("digits", "1x")),
                Answers.Call("end_call", "c4"), Answers.Call("end_call", "c5")));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
            [AIFunctionFactory.Create(() => "booked", "book_table"), ChatTool.EndCall(), ChatTool.PressDigits()]);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Go.");

        Assert.That(model.Last.Where(line => line.StartsWith("tool:", StringComparison.Ordinal)), Is.EqualTo(
        [
            "tool: Error: There is no tool \"nope\". c1", "tool: Error: The arguments are not valid JSON. c2",
            "tool: Error: \"1x\" is not valid for digits. Use 0 to 9, * and #. c3", "tool: This happens after you have spoken. c4",
            "tool: Error: A response has one action at most. This one did not happen. c5",
        ]));
        Assert.That((turn.Text, turn.Action?.EndsCall), Is.EqualTo(("Well.", true)));
    }

    [Test]
    public async Task Loop_of_tools_ends_with_a_request_without_them()
    {
        int runs = 0;
        var model = new ScriptedModel((request, _) => request.Options!.ToolMode == ChatToolMode.None
            ? Answers.Say("Enough.")
            : Answers.Of(Answers.Call("count", $"c{request.Number}", ("number", request.Number))));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options =>
        {
            options.MaxToolRounds = 3;
            options.Tools = [AIFunctionFactory.Create((int number) => runs += number > 0 ? 1 : 0, "count")];
        });
        await using FakeCaller caller = await app.DialAsync();

        Assert.That((await caller.SayAsync("Count.")).Text, Is.EqualTo("Enough."));
        Assert.That(runs, Is.EqualTo(3));
    }

    [TestCase("end_call", "", "[end_call]")]
    [TestCase("to_sales", "", "[transfer to +14155550111]")]
    [TestCase("press_digits", "12#", "[press 12#]")]
    public async Task Action_of_the_model_is_on_the_closing_frame(string tool, string digits, string action)
    {
        var model = new ScriptedModel((_, _) => Answers.Of(new TextContent("All right."), Answers.Call(tool, "c1", ("digits", digits))));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
            [ChatTool.EndCall(), ChatTool.Transfer("+14155550111", "to_sales"), ChatTool.PressDigits()]);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Go.");

        Assert.That(turn.ToString(), Is.EqualTo($"1: All right. {action}"));
        Assert.That(turn.Tools.Single().Name, Is.EqualTo(tool));
        Assert.That(model.Requests, Has.Count.EqualTo(1));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Action_that_an_interruption_discarded_did_not_happen_for_the_model()
    {
        var model = new ScriptedModel((request, token) => request.Number switch
        {
            1 => Answers.Of(new TextContent("Goodbye. "), Answers.Call("end_call", "c1"), Answers.Call("wait", "c2")),
            2 => Answers.ThenHang([new TextContent("See you soon. ")], token),
            _ => Answers.Say("Yes?"),
        });
        await using ChatApplication app = await ChatApplication.StartAsync(
            model, options => options.Tools = [ChatTool.EndCall(), AIFunctionFactory.Create(() => "waited", "wait")]);
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> bye = caller.SayAsync("Bye.");
        FakeLlmTurn turn = await caller.SayAsync("Wait!", FakeBargeIn.AfterWords(3));

        Assert.That((await bye).IsSuperseded);
        Assert.That((turn.Text, turn.Action), Is.EqualTo(("Yes?", (FakeLlmAction?)null)));
        Assert.That(model.Last, Is.EqualTo(
        [
            "user: Bye.", "assistant: Goodbye. ", "assistant: end_call({}) c1", "assistant: wait({}) c2", "tool: The caller spoke before this happened, so it did not happen. c1",
            "tool: waited c2", "assistant: See you", "user: Wait!",
        ]));
    }

    [Test]
    public async Task Barge_in_cancels_the_model_and_cuts_what_was_not_heard()
    {
        var canceled = new TaskCompletionSource();
        var model = new ScriptedModel((request, token) =>
        {
            token.Register(() => canceled.TrySetResult());
            return request.Number == 1 ? Answers.ThenHang([new TextContent("One two three. Four five six. Seven")], token) : Answers.Say("Yes?");
        });
        await using ChatApplication app = await ChatApplication.StartAsync(model);
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> first = caller.SayAsync("Count.");
        await caller.SayAsync("Stop.", FakeBargeIn.AfterWords(4));
        await canceled.Task.WaitAsync(ChatApplication.Patience);

        Assert.That((await first).IsSuperseded);
        Assert.That(model.Last, Is.EqualTo(["user: Count.", "assistant: One two three. Four", "user: Stop."]));
        await caller.SayAsync("Go on.");
        Assert.That(model.Last, Is.EqualTo(["user: Count.", "assistant: One two three. Four", "user: Stop.", "assistant: Yes?", "user: Go on."]));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Barge_in_during_a_tool_lets_it_finish_once_and_the_model_gets_its_result()
    {
        var tool = new TaskCompletionSource();
        int runs = 0;
        var model = new ScriptedModel((request, _) => request.HasResults
            ? Answers.Say($"Result: {request.Lines.Last()}.")
            : Answers.Of(
                new TextContent("One moment."),
                Answers.Call("book_table", $"c{request.Number}", ("guests", 2), ("name", "Ada")),
                Answers.Call("look_up", $"d{request.Number}")));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
        [
            AIFunctionFactory.Create(async (int guests, string name, CancellationToken token) =>
            {
                runs++;
                await tool.Task.WaitAsync(token);
                return $"booking for {guests}";
            }, "book_table"),
            AIFunctionFactory.Create(() => "looked up", "look_up"),
        ]);
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> first = caller.SayAsync("Book.");
        Task<FakeLlmTurn> second = caller.SayAsync("Hello?", FakeBargeIn.OnTool("book_table"));
        Assert.That((await first).IsSuperseded);
        await caller.WaitForFrameAsync(frame => frame.Of(2) && (string?)frame["content"] == "One moment.");
        tool.SetResult();
        FakeLlmTurn turn = await second;

        Assert.That(turn.Text, Is.EqualTo("One moment. Result: tool: looked up d2."));
        Assert.That(runs, Is.EqualTo(1));
        Assert.That(model.Requests.ElementAt(1).Lines, Is.EqualTo(
        [
            "user: Book.", "assistant: One moment.", """assistant: book_table({"guests":2,"name":"Ada"}) c1""", "assistant: look_up({}) d1",
            "tool: The tool is still running, and its result is not known yet. c1",
            "tool: The caller interrupted before the tool was called. It was not called. d1", "user: Hello?",
        ]));
        Assert.That(model.Last, Does.Contain("tool: booking for 2 c2"));
        Assert.That(caller.Frames.Count(frame => frame.Type() == "tool_call_result"), Is.EqualTo(2));
        Assert.That(caller.Frames.Where(frame => frame.Type() == "tool_call_invocation").Select(frame => (string?)frame["name"]), Is.EqualTo(["book_table", "look_up"]));
        Assert.That(caller.Violations, Is.Empty);
        await caller.SayAsync("And?");
        Assert.That(model.Requests.Last(request => !request.HasResults).Lines, Does.Contain("tool: booking for 2 c1").And.Contain("tool: booking for 2 c2"));
    }

    [Test]
    public async Task Repeated_turn_gets_the_result_of_the_tool_that_has_run()
    {
        int runs = 0;
        var model = new ScriptedModel((request, _) => request.Number % 2 == 0
            ? Answers.Say("Done.")
            : Answers.Of(Answers.Call("book_table", $"c{request.Number}", request.Number == 1 ? [("a", 1), ("b", 2)] : [("b", 2), ("a", 1)])));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
            [AIFunctionFactory.Create((int a, int b) => $"booking {++runs} {a + b}", "book_table")]);
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Book.");
        FakeLlmTurn again = await caller.RepeatTurnAsync();

        Assert.That((again.Text, runs), Is.EqualTo(("Done.", 1)));
        Assert.That(model.Last.Last(), Is.EqualTo("tool: booking 1 3 c3"));
        Assert.That(again.Tools, Is.Empty);
        await caller.SayAsync("Once more.");
        Assert.That(runs, Is.EqualTo(2));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Tool_that_failed_runs_again()
    {
        int runs = 0;
        var model = new ScriptedModel((request, _) => request.Number < 3 ? Answers.Of(Answers.Call("book_table", $"c{request.Number}")) : Answers.Say("Done."));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.Tools =
            [AIFunctionFactory.Create(() => ++runs == 1 ? throw new TimeoutException() : "booked", "book_table")]);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Book.");

        Assert.That(turn.Tools.Select(tool => tool.Result), Is.EqualTo(["Error: The tool failed.", "booked"]));
    }

    [Test]
    public async Task Model_that_throws_is_followed_by_the_fallback_and_the_next_turn()
    {
        var model = new ScriptedModel((request, _) => request.Number == 1
            ? Answers.ThenThrow(new HttpRequestException("quota of key-123"), new TextContent("Let me see. "))
            : Answers.Say("Here I am."));
        await using ChatApplication app = await ChatApplication.StartAsync(model);
        await using FakeCaller caller = await app.DialAsync();

        Assert.That((await caller.SayAsync("Hello?")).Text, Is.EqualTo("Let me see. " + Fallback));
        Assert.That((await caller.SayAsync("Again.")).Text, Is.EqualTo("Here I am."));
        Assert.That(model.Last, Is.EqualTo(["user: Hello?", "assistant: Let me see. ", $"assistant: {Fallback}", "user: Again."]));
        Assert.That(app.Log.Text, Does.Not.Contain("key-123"));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Model_that_hangs_is_canceled_and_followed_by_the_fallback()
    {
        var model = new ScriptedModel((_, token) => Answers.ThenHang([], token));
        await using ChatApplication app = await ChatApplication.StartAsync(model, endpoint: endpoint => endpoint.TurnTimeout = TimeSpan.FromMilliseconds(100));
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Hello?");

        Assert.That((turn.Text, turn.IsClosed), Is.EqualTo((Fallback, true)));
    }

    [TestCase("")]
    [TestCase("\n ")]
    public async Task Model_that_answers_nothing_closes_the_response(string text)
    {
        var model = new ScriptedModel((_, _) => Answers.Say(text));
        await using ChatApplication app = await ChatApplication.StartAsync(model);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Hello?");

        Assert.That((turn.Text, turn.IsClosed), Is.EqualTo(("", true)));
        Assert.That(app.Log.Text, Does.Contain("neither a text nor an action"));
    }

    [Test]
    public async Task Reminder_nudges_the_model_with_a_message_that_is_not_kept()
    {
        var model = new ScriptedModel((request, _) => Answers.Say($"{request.Number}."));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.ReminderPrompt = "(silence)");
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Hello?");
        FakeLlmTurn reminder = await caller.StaySilentAsync();

        Assert.That(reminder.Text, Is.EqualTo("2."));
        Assert.That(model.Last, Is.EqualTo(["user: Hello?", "assistant: 1.", "user: (silence)"]));
        await caller.SayAsync("Yes.");
        Assert.That(model.Last, Is.EqualTo(["user: Hello?", "assistant: 1.", "assistant: 2.", "user: Yes."]));
    }

    [Test]
    public async Task Reminder_without_a_prompt_stays_silent()
    {
        var model = new ScriptedModel((_, _) => Answers.Say("Hello."));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.ReminderPrompt = null);
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn reminder = await caller.StaySilentAsync();

        Assert.That((reminder.Text, reminder.IsClosed), Is.EqualTo(("", true)));
        Assert.That(model.Requests, Is.Empty);
    }

    [Test]
    public async Task Chat_client_of_the_call_comes_before_that_of_the_options_and_the_services()
    {
        ScriptedModel Model(string name) => new((_, _) => Answers.Say(name));
        await using ChatApplication app = await ChatApplication.StartAsync(Model("services"), options =>
        {
            options.ChatClient = Model("options");
            options.ChatClientFor = call => Model($"call {call.CallId}");
        });
        await using FakeCaller caller = await app.DialAsync();

        Assert.That((await caller.SayAsync("Who?")).Text, Is.EqualTo($"call {caller.CallId}"));
    }

    [Test]
    public async Task Options_of_the_chat_are_sent_with_the_tools()
    {
        var model = new ScriptedModel((_, _) => Answers.Say("Yes."));
        await using ChatApplication app = await ChatApplication.StartAsync(model, options =>
        {
            options.ChatOptions = new() { Temperature = 0.5f, Tools = [AIFunctionFactory.Create(() => "", "one")] };
            options.Tools = [ChatTool.EndCall()];
        });
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Hello?");
        await caller.SayAsync("Hello?");
        ChatOptions sent = model.Requests.Last().Options!;

        Assert.That((sent.Temperature, string.Join(' ', sent.Tools!.Select(tool => tool.Name))), Is.EqualTo((0.5f, "one end_call")));
    }

    [Test]
    public async Task Interruption_from_outside_is_in_the_history()
    {
        var model = new ScriptedModel((request, _) => Answers.Say($"{request.Number}."));
        LlmCall? call = null;
        await using ChatApplication app = await ChatApplication.StartAsync(model, options => options.SystemPrompt = given =>
        {
            call = given;
            return null;
        });
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("Hello?");
        await call!.InterruptAsync("We close now.");
        await caller.WaitForFrameAsync(frame => frame.Type() == "agent_interrupt");
        await caller.StaySilentAsync();
        caller.AddUtterance("agent", "We close now.");
        await caller.SayAsync("Oh.");

        Assert.That(model.Last, Does.Contain("assistant: We close now. 2."));
    }

    [Test]
    public async Task Tool_calls_before_a_restart_are_in_the_history_with_a_result_each()
    {
        var model = new ScriptedModel((request, _) => Answers.Say($"{request.Number}."));
        await using ChatApplication app = await ChatApplication.StartAsync(model, endpoint: endpoint => endpoint.TranscriptWithToolCalls = true);
        await using FakeCaller caller = await app.DialAsync();
        var items = JArray.Parse("""
            [
              {"role":"user","content":"Book."},
              {"role":"tool_call_invocation","tool_call_id":"t1","name":"book_table","arguments":"{\"guests\":2}"},
              {"role":"tool_call_invocation","tool_call_id":"t2","name":"look_up","arguments":"not JSON"},
              {"role":"agent","content":"It is booked."},
              {"role":"tool_call_result","tool_call_id":"t1","content":"booking 1"},
              {"role":"user","content":"When?"}
            ]
            """);
        await RequestAsync(7, items);
        string[] earlier =
        [
            "user: Book.", """assistant: book_table({"guests":2}) t1""", "tool: booking 1 t1", "assistant: look_up(null) t2", "tool: The result of the tool is not known. t2",
            "assistant: It is booked.", "user: When?",
        ];

        Assert.That(model.Last, Is.EqualTo(earlier));
        items.Add(new JObject { ["role"] = "agent", ["content"] = "1." });
        items.Add(new JObject { ["role"] = "user", ["content"] = "Where?" });
        await RequestAsync(8, items);
        Assert.That(model.Last, Is.EqualTo([.. earlier, "assistant: 1.", "user: Where?"]));

        async Task RequestAsync(long id, JArray transcript)
        {
            await caller.SendAsync(new JObject
            {
                ["interaction_type"] = "response_required",
                ["response_id"] = id,
                ["transcript"] = new JArray(transcript.Where(item => item["content"] is not null && item["tool_call_id"] is null)),
                ["transcript_with_tool_calls"] = transcript,
            });
            Assert.That(await caller.WaitForFrameAsync(frame => frame.Of(id) && (bool?)frame["content_complete"] == true), Is.Not.Null);
        }
    }

    [Test]
    public void ChatTool_has_the_schema_of_its_arguments()
    {
        Assert.That(ChatTool.PressDigits().JsonSchema.GetProperty("required")[0].GetString(), Is.EqualTo("digits"));
        Assert.That(ChatTool.EndCall().JsonSchema.GetProperty("properties").EnumerateObject(), Is.Empty);
        var transfer = ChatTool.Transfer("+14155550111", "to_sales", "Transfers to sales.");
        Assert.That((transfer.Name, transfer.Description), Is.EqualTo(("to_sales", "Transfers to sales.")));
        Assert.That(() => ChatTool.Transfer(""), Throws.ArgumentException);
    }

    /// <summary>The system clock, for which no time passes between two parts of a text.</summary>
    private sealed class StillTime : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
