using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>The connections of a call: what arrives, how they end, and how the call goes on.</summary>
internal sealed class ConnectionTests
{
    [Test]
    public async Task Transcript_of_4_MB_is_read()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        for (int i = 0; i < 400; i++)
        {
            caller.AddUtterance("user", new string((char)('a' + (i % 26)), 10_000));
        }

        FakeLlmTurn turn = await caller.SayAsync("The end.");

        Assert.That((turn.Text, turn.IsClosed), Is.EqualTo(("The end.", true)));
        Assert.That(app.Script.Turns.Single().Transcript.Take(400).Select(utterance => utterance.Content.Length), Is.All.EqualTo(10_000));
    }

    [TestCase(1)]
    [TestCase(7)]
    public async Task Messages_in_fragments_are_read(int size)
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.CallDetails = true);
        await using FakeCaller caller = await app.DialAsync(new() { FragmentSize = size });

        Assert.That((await caller.SayAsync("Grüße 👋 你好")).Text, Is.EqualTo("Grüße 👋 你好"));
        Assert.That(app.Script.Agents.Single().Call!.Details!.CallId, Is.EqualTo(caller.CallId));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Unknown_messages_and_members_are_kept_and_do_no_harm()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.SendAsync(JObject.Parse("""{"interaction_type":"newer","value":{"list":[1,"2"]}}"""));
        await caller.SendAsync(JObject.Parse("""{"interaction_type":5}"""));
        await caller.SendAsync(JObject.Parse("""{"interaction_type":"update_only","turntaking":7,"transcript":{"no":"array"},"newer":true}"""));
        await caller.SendAsync(JObject.Parse(
            """
            {"interaction_type":"response_required","response_id":1.0,"transcript_with_tool_calls":[{"role":"newer_role","x":1},{"role":"dtmf","digit":"5"}],
             "transcript":[{"role":"transfer_target","content":"Hi.","metadata":{"response_id":3}},{"role":"user","content":"Hello."}]}
            """));
        List<LlmUpdate> updates = [];
        while (updates.Count < 3)
        {
            updates.Add(await app.Script.Updates.Reader.ReadAsync().AsTask().WaitAsync(LlmApplication.Patience));
        }

        await caller.WaitForFrameAsync(frame => frame.Of(1) && (bool?)frame["content_complete"] == true);
        LlmTurn turn = app.Script.Turns.Single();

        Assert.That(
            updates.Select(update => (update.Type, update.TurnTaking, update.Transcript.Count)),
            Is.EqualTo([("newer", null, 0), ("", null, 0), ("update_only", (string?)null, 0)]));
        Assert.That((int?)updates[0].Json["value"]!["list"]![0], Is.EqualTo(1));
        Assert.That((bool?)updates[2].Json["newer"], Is.True);
        Assert.That(turn.Transcript.Select(utterance => utterance.Role.ToString()), Is.EqualTo(["transfer_target", "user"]));
        Assert.That((int?)turn.Transcript[0].AdditionalProperties["metadata"]["response_id"], Is.EqualTo(3));
        Assert.That(turn.TranscriptWithToolCalls.Select(item => item.Role), Is.EqualTo(["newer_role", "dtmf"]));
    }

    [TestCase("{\"interaction_type\":", 1002)]
    [TestCase("[1]", 1002)]
    [TestCase("{} {}", 1002)]
    [TestCase("", 1002)]
    public async Task Broken_message_closes_the_connection(string text, int code)
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.SendRawAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(caller.CloseCode, Is.EqualTo(code));
        await caller.ReconnectAsync();
        Assert.That((await caller.SayAsync("Hello.")).Text, Is.EqualTo("Hello."));
        Assert.That(app.Script.Agents, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Binary_message_closes_the_connection_with_code_1007()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.SendRawAsync("{}"u8.ToArray(), WebSocketMessageType.Binary);
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(caller.CloseCode, Is.EqualTo(1007));
    }

    [Test]
    public async Task Message_that_is_too_large_closes_the_connection_with_code_1009()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.MaxMessageSize = 100_000);
        await using FakeCaller caller = await app.DialAsync();
        caller.AddUtterance("user", new string('x', 99_000));
        Assert.That((await caller.SayAsync("Hello.")).Text, Is.EqualTo("Hello."));
        caller.AddUtterance("user", new string('x', 1_000_000));
        await caller.SendUpdateAsync();
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That(caller.CloseCode, Is.EqualTo(1009));
    }

    [Test]
    public async Task Ping_is_answered_with_its_timestamp()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new(), options => options.AutoReconnect = false);
        await using FakeCaller caller = await app.DialAsync();
        await caller.SendAsync(JObject.Parse("""{"interaction_type":"ping_pong","timestamp":1703302407333}"""));
        JObject? pong = await caller.WaitForFrameAsync(frame => frame.Type() == "ping_pong");

        Assert.That(pong!.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"response_type":"ping_pong","timestamp":1703302407333}"""));
        Assert.That(caller.Pings, Is.Zero);
    }

    [Test]
    public async Task Pings_of_64_calls_that_stream_are_all_answered()
    {
        using var stop = new CancellationTokenSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Stream });
        FakeCaller[] callers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => app.DialAsync(
            new() { PingInterval = TimeSpan.FromMilliseconds(100), ResponseTimeout = LlmApplication.Patience })));
        Task<FakeLlmTurn>[] turns = [.. callers.Select(caller => caller.SayAsync("Talk."))];
        int[] before = [.. callers.Select(caller => caller.Pongs)];
        foreach ((FakeCaller caller, int count) in callers.Zip(before))
        {
            while (caller.Pongs < count + 10)
            {
                Assert.That(caller.IsConnected);
                await Task.Delay(20);
            }
        }

        await stop.CancelAsync();
        foreach ((FakeCaller caller, Task<FakeLlmTurn> turn) in callers.Zip(turns))
        {
            Assert.That((await turn).IsClosed);
            Assert.That(caller.Violations, Is.Empty);
            await caller.DisposeAsync();
        }

        async IAsyncEnumerable<LlmOutput> Stream(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            while (!stop.IsCancellationRequested)
            {
                yield return "word ";
                await Task.Delay(10, CancellationToken.None);
            }
        }
    }

    [Test]
    public async Task Lost_keep_alive_drops_the_connection_and_the_call_goes_on_after_a_reconnection()
    {
        var clock = new FakeClock();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Begin = (_, _) => new("Hello.") }, clock: clock);
        await using FakeCaller caller = await app.DialAsync(new() { PingInterval = TimeSpan.FromMilliseconds(20) });
        await caller.WaitForFrameAsync(frame => frame.Type() == "ping_pong");
        await caller.StopPingsAsync();
        while (caller.IsConnected)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5);
        }

        Assert.That(caller.CloseCode, Is.Null);
        await caller.ReconnectAsync();
        Assert.That((await caller.SayAsync("Still there?")).Text, Is.EqualTo("Still there?"));
        Assert.That(app.Script.Agents, Has.Count.EqualTo(1));
        await WaitForLogAsync(app, "the connection ended: KeepAliveLost");
    }

    [Test]
    public async Task Lost_keep_alive_without_a_reconnection_ends_the_call()
    {
        var clock = new FakeClock();
        await using LlmApplication app = await LlmApplication.StartAsync(new(), clock: clock);
        await using FakeCaller caller = await app.DialAsync(new() { PingInterval = TimeSpan.FromMilliseconds(20) });
        await caller.WaitForFrameAsync(frame => frame.Type() == "ping_pong");
        await caller.StopPingsAsync();

        Assert.That((await EndByClockAsync(app, clock)).Reason, Is.EqualTo(LlmEndReason.KeepAliveLost));
    }

    [Test]
    public async Task Abnormal_close_and_reconnection_within_the_lifetime_keep_the_conversation([Values(1006, 1001, 1011)] int code)
    {
        var clock = new FakeClock();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Begin = (_, _) => new("Hello.") }, options => options.AutoReconnect = false, clock);
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("One");
        await caller.DropAsync(code);
        await WaitForLogAsync(app, "the connection ended: Lost");
        clock.Advance(TimeSpan.FromSeconds(119));
        await caller.ReconnectAsync();
        FakeLlmTurn turn = await caller.SayAsync("Two");
        clock.Advance(TimeSpan.FromMinutes(5));
        await caller.SayAsync("Three");

        Assert.That(turn.Text, Is.EqualTo("Two"));
        Assert.That(app.Script.Agents.Single().Call!.Connections, Is.EqualTo(2));
        Assert.That(caller.Frames.Count(frame => frame.Type() == "config"), Is.EqualTo(2));
        Assert.That(caller.Frames.Count(frame => (string?)frame["content"] == "Hello."), Is.EqualTo(1));
        Assert.That(caller.Violations, Is.Empty);
        Assert.That(app.Script.Ends.Reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task Abnormal_close_and_reconnection_beyond_the_lifetime_begin_a_new_conversation()
    {
        var clock = new FakeClock();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Begin = (_, _) => new("Hello.") }, clock: clock);
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("One");
        await caller.DropAsync(1011);
        await WaitForLogAsync(app, "the connection ended: Lost");
        clock.Advance(TimeSpan.FromSeconds(119));
        Assert.That(app.Script.Ends.Reader.TryRead(out _), Is.False);
        clock.Advance(TimeSpan.FromSeconds(1));
        LlmEnd end = await app.Script.EndAsync();
        await caller.ReconnectAsync();
        FakeLlmTurn turn = await caller.SayAsync("Two");

        Assert.That((end.Reason, end.CloseCode), Is.EqualTo((LlmEndReason.ConnectionLost, (int?)1011)));
        Assert.That(turn.Text, Is.EqualTo("Two"));
        Assert.That(app.Script.Agents, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Turn_that_loses_its_connection_is_finished_on_the_next_one()
    {
        var go = new TaskCompletionSource();
        await using LlmApplication app = await LlmApplication.StartAsync(new() { Respond = Respond });
        await using FakeCaller caller = await app.DialAsync();
        Task<FakeLlmTurn> turn = caller.SayAsync("Hello.");
        await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "Before. ");
        await caller.DropAsync();
        await WaitForLogAsync(app, "the connection ended: Lost");
        go.SetResult();
        await caller.ReconnectAsync();
        await caller.WaitForCloseAsync(await turn);

        Assert.That((await turn).ToString(), Is.EqualTo("1: Before. After. [end_call]"));
        Assert.That((await turn).IsClosed);
        Assert.That((await app.Script.EndAsync()).Reason, Is.EqualTo(LlmEndReason.EndedByAgent));

        async IAsyncEnumerable<LlmOutput> Respond(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            yield return "Before. ";
            await go.Task.WaitAsync(cancellationToken);
            yield return "After.";
            yield return LlmOutput.EndCall();
        }
    }

    [Test]
    public async Task Response_is_closed_again_on_a_new_connection_which_may_have_lost_it()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("One");
        await caller.ReconnectAsync();
        int frames = 0;
        await caller.WaitForFrameAsync(frame => frame.Type() != "ping_pong" && ++frames == 6);

        Assert.That(caller.Frames.Json().Last(), Is.EqualTo("""{"response_type":"response","response_id":1,"content":"","content_complete":true}"""));
        Assert.That(caller.Violations, Is.Empty);
    }

    [Test]
    public async Task Response_ids_that_start_again_on_a_new_connection_are_answered()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.SayAsync("One");
        await caller.SayAsync("Two");
        await caller.ReconnectAsync();
        await caller.SendAsync(JObject.Parse("""{"interaction_type":"response_required","response_id":1,"transcript":[{"role":"user","content":"One again"}]}"""));
        JObject? frame = await caller.WaitForFrameAsync(frame => (string?)frame["content"] == "One again");

        Assert.That((long?)frame!["response_id"], Is.EqualTo(1));
    }

    [Test]
    public async Task New_connection_replaces_one_that_is_still_open()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await using FakeCaller other = await app.DialAsync(new() { CallId = caller.CallId, WaitsForBegin = false });
        await caller.Disconnected.WaitAsync(LlmApplication.Patience);

        Assert.That((await other.SayAsync("Hello.", FakeBargeIn.AtOnce)).Text, Is.EqualTo("Hello."));
        Assert.That(app.Script.Agents, Has.Count.EqualTo(1));
        Assert.That(app.Script.Ends.Reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task Agent_that_throws_in_an_update_and_at_the_end_does_no_harm()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        app.App.MapRetellLlm("/faulty/{secret}", _ => new FaultyAgent(), options => options.Secrets.Add("x"));
        await using FakeCaller caller = await FakeCaller.DialAsync(app.Url, "/faulty/x");
        FakeLlmTurn turn = await caller.SayAsync("Hello.");
        await caller.HangUpAsync();
        await WaitForLogAsync(app, "the call ended: HungUp");

        Assert.That(turn.Text, Is.EqualTo("Fine."));
        Assert.That(app.Log.Of("Retell"), Does.Contain("failed with NotSupportedException in UpdatedAsync")
            .And.Contain("failed with NotSupportedException in EndedAsync").And.Contain("failed with NotSupportedException in DisposeAsync"));
    }

    internal static async Task WaitForLogAsync(LlmApplication app, string text)
    {
        while (!app.Log.Of("Retell").Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(5);
        }
    }

    private static async Task<LlmEnd> EndByClockAsync(LlmApplication app, FakeClock clock)
    {
        LlmEnd? end;
        while (!app.Script.Ends.Reader.TryRead(out end))
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        return end;
    }

    private sealed class FaultyAgent : IRetellLlmAgent, IDisposable
    {
        public IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, CancellationToken cancellationToken) => Outputs.Say("Fine.");

        public ValueTask UpdatedAsync(LlmUpdate update, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask EndedAsync(LlmEnd end) => throw new NotSupportedException();

        public void Dispose() => throw new NotSupportedException();
    }
}
