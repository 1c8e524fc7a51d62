using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Testing;

namespace Retell.Tests.Llm;

/// <summary>The scripted caller finds what violates the protocol, in any server.</summary>
internal sealed class FakeCallerTests
{
    private const string Begin = """{"response_type":"response","response_id":0,"content":"Hello.","content_complete":true}""";
    private const string Closed = """{"response_type":"response","response_id":$,"content":"","content_complete":true}""";

    private static readonly FakeCallerOptions s_impatient = new() { ResponseTimeout = TimeSpan.FromMilliseconds(300) };

    private static IEnumerable<TestCaseData> Faults =>
    [
        new("""{"response_type":"response","response_id":$,"content":"Hm","content_complete":false}""", new[] { "unclosed" }),
        new("""{"content":"Hm"}""", new[] { "missing-member", "unclosed" }),
        new("""[1]""", new[] { "not-json", "unclosed" }),
        new("""{"response_type":"newer"}""" + "|" + Closed, new[] { "unknown-type" }),
        new("""{"response_type":"response","response_id":"$","content":"","content_complete":true}""", new[] { "wrong-type", "unclosed" }),
        new("""{"response_type":"response","response_id":$}""" + "|" + Closed, new[] { "missing-member", "missing-member" }),
        new(Closed + "|" + """{"response_type":"response","response_id":$,"content":"more","content_complete":true}""", new[] { "after-close" }),
        new("""{"response_type":"response","response_id":99,"content":"","content_complete":true}""" + "|" + Closed, new[] { "unknown-response" }),
        new("""{"response_type":"response","response_id":$,"content":"a","content_complete":false}""" + "|" + Begin + "|" + Closed, new[] { "stale-response" }),
        new("""{"response_type":"config","config":{"auto_reconnect":true}}""" + "|" + Closed, new[] { "config-not-first" }),
        new("""{"response_type":"tool_call_result","tool_call_id":"t","content":"x"}""" + "|" + Closed, new[] { "tool-not-invoked" }),
        new("""{"response_type":"tool_call_invocation","tool_call_id":"t","name":"x","arguments":{}}""" + "|" + Closed, new[] { "wrong-type" }),
        new("""{"response_type":"update_agent","agent_config":{"responsiveness":2}}""" + "|" + Closed, new[] { "out-of-range" }),
        new("""{"response_type":"metadata"}""" + "|" + Closed, new[] { "missing-member" }),
        new("""{"response_type":"agent_interrupt","content":"x","content_complete":true}""" + "|" + Closed, new[] { "missing-member" }),
        new("""{"response_type":"response","response_id":$,"content":"","content_complete":true,"digit_to_press":"1","transfer_number":"+1"}""", new[] { "several-actions" }),
    ];

    [TestCaseSource(nameof(Faults))]
    public async Task Violation_of_the_protocol_is_found(string messages, string[] rules)
    {
        await using RawServer server = await RawServer.StartAsync(Begin, messages.Split('|'));
        await using FakeCaller caller = await FakeCaller.DialAsync(server.Url, s_impatient);
        FakeLlmTurn turn = await caller.SayAsync("Hello.");

        Assert.That(turn.Violations.Select(violation => violation.Rule), Is.EqualTo(rules));
        Assert.That(caller.Violations, Is.EqualTo(turn.Violations));
    }

    [Test]
    public async Task Binary_message_is_a_violation()
    {
        await using RawServer server = await RawServer.StartAsync(async peer =>
        {
            await peer.Socket.SendAsync("{}"u8.ToArray(), WebSocketMessageType.Binary, true, CancellationToken.None);
            await peer.SendAsync(Begin);
            await peer.ReadAsync();
        });
        await using FakeCaller caller = await FakeCaller.DialAsync(server.Url, s_impatient);

        Assert.That(caller.Violations.Select(violation => violation.Rule), Is.EqualTo(["not-text"]));
    }

    [Test]
    public async Task Begin_that_does_not_arrive_is_a_violation()
    {
        await using RawServer server = await RawServer.StartAsync(async peer => await peer.ReadAsync());
        await using FakeCaller caller = await FakeCaller.DialAsync(server.Url, s_impatient);

        Assert.That(caller.Violations.Single().ToString(), Is.EqualTo("unclosed: Response 0 was not closed within 0.3 s. The caller hears nothing more."));
    }

    [Test]
    public async Task Ping_without_a_reply_is_a_violation()
    {
        await using RawServer server = await RawServer.StartAsync(async peer =>
        {
            await peer.SendAsync("""{"response_type":"config","config":{"auto_reconnect":true}}""");
            await peer.SendAsync(Begin);
            await peer.ReadAsync();
            await Task.Delay(Timeout.Infinite, CancellationToken.None).WaitAsync(LlmApplication.Patience);
        });
        await using FakeCaller caller = await FakeCaller.DialAsync(
            server.Url, new() { PingInterval = TimeSpan.FromMilliseconds(10), PingTimeout = TimeSpan.FromMilliseconds(50) });
        while (caller.Violations.Count == 0)
        {
            await Task.Delay(5);
        }

        Assert.That(caller.Violations[0].Rule, Is.EqualTo("ping-unanswered"));
        await caller.DropAsync();
    }

    [Test]
    public async Task Connection_that_is_refused_is_an_error()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());

        Assert.That(() => app.DialAsync(secret: "wrong"), Throws.InstanceOf<WebSocketException>().With.Message.Contain("404"));
    }

    [Test]
    public async Task Caller_without_a_connection_cannot_speak()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(new());
        await using FakeCaller caller = await app.DialAsync();
        await caller.HangUpAsync();

        Assert.That(() => caller.SayAsync("Hello."), Throws.InvalidOperationException.With.Message.StartsWith("There is no connection to the server."));
    }

    [Test]
    public async Task Caller_measures_the_first_frame_and_the_first_sentence()
    {
        var clock = new FakeClock();
        await using RawServer server = await RawServer.StartAsync(async peer =>
        {
            await peer.SendAsync(Begin);
            JObject? message;
            do
            {
                message = await peer.ReadAsync();
            }
            while (message!["response_id"] is null);

            foreach (string text in new[] { "Let me", " see. ", "Yes" })
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                await peer.SendAsync(new JObject { ["response_type"] = "response", ["response_id"] = 1, ["content"] = text, ["content_complete"] = text == "Yes" }.ToString());
                await peer.SendAsync("""{"response_type":"ping_pong","timestamp":1}""");
                await Task.Delay(100);
            }

            await peer.ReadAsync();
        });
        await using FakeCaller caller = await FakeCaller.DialAsync(server.Url, new() { TimeProvider = clock });
        FakeLlmTurn turn = await caller.SayAsync("Is it?");

        Assert.That(turn.ToString(), Is.EqualTo("1: Let me see. Yes"));
        Assert.That(turn.Frames, Is.EqualTo(3));
        Assert.That(turn.TimeToFirstFrame, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Assert.That(turn.TimeToFirstSentence, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task Caller_reaches_a_server_in_memory()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        await using WebApplication app = builder.Build();
        app.MapRetellLlm("/llm/{secret}", _ => new EchoAgent(), options => options.Secrets.Add("s"));
        await app.StartAsync();
        await using FakeCaller caller = await FakeCaller.DialAsync(
            new Uri("ws://localhost/llm/s"), new() { Connect = (url, token) => app.GetTestServer().CreateWebSocketClient().ConnectAsync(url, token) });

        Assert.That((await caller.SayAsync("Hello.")).Text, Is.EqualTo("Echo: Hello."));
    }

    [Test]
    public async Task Check_of_a_sound_server_passes_every_scenario()
    {
        await using LlmApplication app = await LlmApplication.StartAsync(
            new() { Begin = (_, _) => new("Hello."), Respond = (turn, _) => Outputs.Say("You said: ", turn.UserText) });
        FakeLlmReport report = await FakeLlmCheck.RunAsync(new Uri($"{app.Url}/llm/{LlmApplication.Secret}"));

        Assert.That(report.IsSuccess, report.ToString());
        Assert.That(report.Results.Select(result => result.Name), Is.EqualTo(FakeLlmCheck.Scenarios));
        Assert.That(report.ToString(), Does.EndWith("10 of 10 scenarios passed.").And.Match(@"ok   two-turns +\d+ ms  Two turns"));
    }

    [Test]
    public async Task Check_of_a_faulty_server_names_what_is_wrong()
    {
        await using RawServer server = await RawServer.StartAsync(Begin, """{"response_type":"response","response_id":$,"content":"Hm","content_complete":false}""");
        FakeLlmReport report = await FakeLlmCheck.RunAsync(server.Url, s_impatient, ["begin", "reminder"]);

        Assert.That(report.IsSuccess, Is.False);
        Assert.That(report.Results.Select(result => result.IsSuccess), Is.EqualTo([true, false]));
        Assert.That(report.ToString(), Does.Contain("FAIL reminder").And.Contain("unclosed: Response 1 was not closed").And.EndWith("1 of 2 scenarios passed."));
    }

    [Test]
    public async Task Check_of_a_server_that_is_not_there_has_the_error()
    {
        FakeLlmReport report = await FakeLlmCheck.RunAsync(new Uri("ws://127.0.0.1:1/llm"), scenarios: ["begin"]);

        Assert.That(report.Results.Single().Error, Is.Not.Empty);
        Assert.That(
            () => FakeLlmCheck.RunAsync(new Uri("ws://127.0.0.1:1/llm"), scenarios: ["nope"]),
            Throws.ArgumentException.With.Message.StartsWith("\"nope\" is not a scenario."));
    }

    private sealed class EchoAgent : IRetellLlmAgent
    {
        public IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, CancellationToken cancellationToken) => Outputs.Say("Echo: ", turn.UserText);
    }
}
