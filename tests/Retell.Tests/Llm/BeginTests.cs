using Retell.AspNetCore;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>The first words of an agent.</summary>
internal sealed class BeginTests
{
    [Test]
    public async Task Begin_without_details_follows_the_config_at_once()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Begin = (call, _) => new($"Hello {call.Details is null}.") });
        await using FakeCaller caller = await app.DialAsync();

        Assert.That(caller.Frames.Json(), Is.EqualTo(
        [
            """{"response_type":"config","config":{"auto_reconnect":true,"call_details":false,"transcript_with_tool_calls":false}}""",
            """{"response_type":"response","response_id":0,"content":"Hello True.","content_complete":false}""",
            """{"response_type":"response","response_id":0,"content":"","content_complete":true}""",
        ]));
        Assert.That(caller.Violations, Is.Empty);
    }

    [TestCase(null)]
    [TestCase("")]
    public async Task Begin_without_words_closes_an_empty_response(string? text)
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Begin = (_, _) => new(text) });
        await using FakeCaller caller = await app.DialAsync();

        Assert.That(caller.Frames.Json().Skip(1), Is.EqualTo(["""{"response_type":"response","response_id":0,"content":"","content_complete":true}"""]));
    }

    [Test]
    public async Task Begin_with_details_has_them()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Begin = (call, _) => new($"Hello {((PhoneCall)call.Details!).FromNumber}.") }, options => options.CallDetails = true);
        await using FakeCaller caller = await app.DialAsync(new() { Call = new PhoneCall { FromNumber = "+14155550100" } });

        Assert.That(caller.Begin.Text, Is.EqualTo("Hello +14155550100."));
        Assert.That((bool?)caller.Config!["call_details"], Is.True);
    }

    [Test]
    public async Task Begin_with_details_that_do_not_arrive_goes_on_after_the_timeout()
    {
        var clock = new FakeClock();
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Begin = (call, _) => new(call.Details is null ? "Hello stranger." : "Hello friend.") }, options => options.CallDetails = true, clock);
        await using FakeCaller caller = await app.DialAsync(new() { SendsCallDetails = false, WaitsForBegin = false });
        await caller.WaitForFrameAsync(frame => frame.Type() == "config");
        Assert.That(caller.Begin.Frames, Is.Zero);

        while (!caller.Begin.IsClosed)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        Assert.That(caller.Begin.Text, Is.EqualTo("Hello stranger."));
    }

    [Test]
    public async Task Begin_that_throws_is_closed_without_words()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Begin = (_, _) => throw new InvalidOperationException("broken") });
        await using FakeCaller caller = await app.DialAsync();
        FakeLlmTurn turn = await caller.SayAsync("Anybody there?");

        Assert.That(caller.Begin.ToString(), Is.EqualTo("0:"));
        Assert.That(caller.Begin.IsClosed);
        Assert.That(turn.Text, Is.EqualTo("Anybody there?"));
    }

    [Test]
    public async Task Begin_is_superseded_by_a_caller_who_speaks_first()
    {
        var canceled = new TaskCompletionSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new()
        {
            Begin = async (_, token) =>
            {
                token.Register(canceled.SetResult);
                await Task.Delay(Timeout.Infinite, token);
                return "Too late.";
            },
        });
        await using FakeCaller caller = await app.DialAsync(new() { WaitsForBegin = false });
        FakeLlmTurn turn = await caller.SayAsync("Hello?", FakeBargeIn.AtOnce);

        await canceled.Task.WaitAsync(LlmApplication.Patience);
        Assert.That(turn.Text, Is.EqualTo("Hello?"));
        Assert.That(caller.Begin.IsSuperseded);
        Assert.That(caller.Frames.Of(0), Is.Empty);
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Call_has_one_agent_and_one_scope_which_end_with_it()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), pattern: "/llm/{secret}/{tenant}");
        await using FakeCaller caller = await app.DialAsync(secret: LlmApplication.Secret + "/acme?lang=de");
        await caller.SayAsync("One");
        await caller.SayAsync("Two");
        ScriptedAgent agent = app.Script.Agents.Single();

        Assert.That(agent.Call!.CallId, Is.EqualTo(caller.CallId));
        Assert.That(agent.Call.RouteValues, Is.EqualTo(new Dictionary<string, string> { ["tenant"] = "acme" }));
        Assert.That(agent.Call.Query["lang"].ToString(), Is.EqualTo("de"));
        Assert.That(agent.Call.Ended.IsCancellationRequested, Is.False);
        Assert.That(agent.Thing.Disposed.Task.IsCompleted, Is.False);

        await caller.HangUpAsync();
        LlmEnd end = await app.Script.EndAsync();
        await agent.Disposed.Task.WaitAsync(LlmApplication.Patience);
        await agent.Thing.Disposed.Task.WaitAsync(LlmApplication.Patience);

        Assert.That((end.Reason, end.CloseCode, end.Call), Is.EqualTo((LlmEndReason.HungUp, (int?)1000, agent.Call)));
        Assert.That(agent.Call.Ended.IsCancellationRequested);
    }
}
