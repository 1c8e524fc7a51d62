using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class LifecycleTests(Way way) : FakeFixture(way)
{
    private const string Call = """{"from_number": "+1", "to_number": "+2"}""";

    [Test]
    public async Task FakeCall_status_follows_clock()
    {
        var clock = new FakeClock(DateTimeOffset.FromUnixTimeMilliseconds(1800000000000));
        await RestartAsync(new() { TimeProvider = clock });
        string id = await PlaceAsync();
        Assert.That(await StatusAsync(), Is.EqualTo("registered"), "time stands still");

        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.That(await StatusAsync(), Is.EqualTo("ongoing"));
        Server.Clock.Advance(TimeSpan.FromSeconds(60));
        JToken ended = (await GetAsync($"/v2/get-call/{id}")).Json;
        Assert.That((string?)ended["call_status"], Is.EqualTo("ended"));
        Assert.That(((long?)ended["start_timestamp"], (long?)ended["end_timestamp"], (long?)ended["duration_ms"]), Is.EqualTo((1800000005000, 1800000065000, 60000L)));
        Assert.That((string?)ended["disconnection_reason"], Is.EqualTo("user_hangup"));
        Assert.That((string?)ended["transcript"], Does.StartWith("Agent: "));
        Assert.That(ended["call_analysis"], Is.Null);
        await Server.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.That((bool?)(await GetAsync($"/v2/get-call/{id}")).Json["call_analysis"]!["call_successful"], Is.True);

        async Task<string?> StatusAsync() => (string?)(await GetAsync($"/v2/get-call/{id}")).Json["call_status"];
    }

    [Test]
    public async Task FakeCall_long_clock_step_reaches_analysis()
    {
        string id = await PlaceAsync();
        await Server.AdvanceAsync(TimeSpan.FromDays(1));

        JToken call = (await GetAsync($"/v2/get-call/{id}")).Json;
        Assert.That(((string?)call["call_status"], (long?)call["duration_ms"]), Is.EqualTo(("ended", 60000)));
        Assert.That(call["call_analysis"], Is.Not.Null);
    }

    [Test]
    public async Task FakeCall_is_started_ended_and_analyzed_by_test()
    {
        await RestartAsync(new() { Timings = FakeTimings.Never });
        FakeCall call = Server.Calls[await PlaceAsync()];
        await Server.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.That(call.Status, Is.EqualTo("registered"));

        await call.StartAsync();
        Assert.That(call.Status, Is.EqualTo("ongoing"));
        await call.SayAsync("agent", "Hello");
        await call.SayAsync("user", "Bye");
        Server.Clock.Advance(TimeSpan.FromSeconds(3));
        await call.EndAsync("agent_hangup");
        await call.AnalyzeAsync(new { call_summary = "Short.", call_successful = false });

        var read = (PhoneCall)call.Read();
        Assert.That(($"{read.CallStatus}", $"{read.DisconnectionReason}", read.Transcript), Is.EqualTo(("ended", "agent_hangup", "Agent: Hello\nUser: Bye\n")));
        Assert.That((read.DurationMs, read.CallAnalysis!.CallSummary, read.CallAnalysis.CallSuccessful), Is.EqualTo((3000L, "Short.", (bool?)false)));
        Assert.That(() => call.EndAsync(), Throws.InvalidOperationException);
        Assert.That(() => call.SayAsync("nobody", "x"), Throws.ArgumentException);
        Assert.That(() => Server.Calls["call_x"], Throws.TypeOf<KeyNotFoundException>());
        Assert.That(Server.Calls.Single().Id, Is.EqualTo(call.Id));
    }

    [TestCase("dial_no_answer", "not_connected")]
    [TestCase("error_user_not_joined", "error")]
    [TestCase("voicemail_reached", "ended")]
    public async Task FakeCall_disconnection_reason_sets_status(string reason, string status)
    {
        FakeCall call = Server.Calls[await PlaceAsync()];
        await call.EndAsync(reason);

        Assert.That((call.Status, (string?)call.Json["disconnection_reason"]), Is.EqualTo((status, reason)));
        Assert.That(call.Json.ContainsKey("start_timestamp"), Is.EqualTo(status == "ended"));
    }

    [Test]
    public async Task FakeCall_status_follows_requests()
    {
        string id = await PlaceAsync();
        Assert.That((await SendAsync("POST", $"/v2/listen-live-call/{id}")).Message, Is.EqualTo($"Call {id} is not ongoing, but registered."));
        Assert.That((await SendAsync("PATCH", $"/v2/update-call/{id}", """{"metadata": {"a": 1}}""")).Status, Is.EqualTo(400), "only ended calls are updated");
        await Server.Calls[id].StartAsync();

        Assert.That((int?)(await GetAsync("/get-concurrency")).Json["current_concurrency"], Is.EqualTo(1));
        Assert.That((await SendAsync("PATCH", $"/v2/update-live-call/{id}", """{"fields_to_override": {"metadata": {"a": 2}}}""")).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("POST", $"/v2/stop-call/{id}")).Status, Is.EqualTo(204));
        JToken stopped = (await GetAsync($"/v2/get-call/{id}")).Json;
        Assert.That(((string?)stopped["call_status"], (string?)stopped["disconnection_reason"], (int?)stopped["metadata"]!["a"]), Is.EqualTo(("ended", "manual_stopped", 2)));
        Assert.That((await SendAsync("PATCH", $"/v2/update-call/{id}", """{"metadata": {"a": 1}}""")).Status, Is.EqualTo(200));
        Reply rerun = await SendAsync("PUT", $"/rerun-call-analysis/{id}");
        Assert.That((rerun.Status, (bool?)rerun.Json["call_analysis"]?["call_successful"]), Is.EqualTo((201, (bool?)true)));
        Assert.That((await SendAsync("DELETE", $"/v2/delete-call/{id}")).Status, Is.EqualTo(204));
        await Server.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.That(Server.Calls, Is.Empty);
    }

    [Test]
    public async Task FakeWebCall_is_read_and_ends()
    {
        Reply created = await SendAsync("POST", "/v3/create-web-call", """{"agent_id": "agent_7", "metadata": {"a": 1}}""");
        string id = (string)created.Json["call_id"]!;

        Assert.That(RetellJson.Deserialize<ICall>((await GetAsync($"/v2/get-call/{id}")).Text), Is.TypeOf<WebCall>());
        await Server.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.That(Server.Calls[id].Status, Is.EqualTo("ended"));
    }

    [Test]
    public async Task FakeBatchCall_places_calls_at_trigger_timestamp()
    {
        Assert.That(Server.Calls, Has.Count.EqualTo(0));
        long due = Server.Clock.GetUtcNow().AddMinutes(10).ToUnixTimeMilliseconds();
        Reply batch = await SendAsync("POST", "/create-batch-call", $$"""
            {"from_number": "+1", "trigger_timestamp": {{due}}, "tasks": [{"to_number": "+2", "override_agent_id": "agent_7"}, {"to_number": "+3"}]}
            """);
        Assert.That(Server.Calls, Has.Count.EqualTo(0));
        await Server.AdvanceAsync(TimeSpan.FromMinutes(10));

        Assert.That(Server.Calls, Has.Count.EqualTo(2));
        var criteria = new JObject { ["filter_criteria"] = new JObject { ["batch_call_id"] = new JObject { ["type"] = "string", ["op"] = "eq", ["value"] = batch.Json["batch_call_id"] } } };
        JToken calls = (await SendAsync("POST", "/v3/list-calls", criteria)).Json["items"]!;
        Assert.That(calls.Select(c => (string?)c["to_number"]), Is.EqualTo(new[] { "+3", "+2" }));
        Assert.That(calls.Select(c => (string?)c["direction"]), Is.All.EqualTo("outbound"));
    }

    [Test]
    public async Task FakeChat_completes_messages_and_ends()
    {
        string id = (string)(await SendAsync("POST", "/create-chat", """{"agent_id": "agent_7"}""")).Json["chat_id"]!;
        Reply answer = await SendAsync("POST", "/create-chat-completion", new { chat_id = id, content = "Hi" });
        await SendAsync("POST", "/create-chat-completion", new { chat_id = id, content = "Ho" });

        Assert.That((answer.Status, (string?)answer.Json["messages"]!.Single()["content"]), Is.EqualTo((201, "You said: Hi")));
        JToken chat = (await GetAsync($"/get-chat/{id}")).Json;
        Assert.That(chat["message_with_tool_calls"]!.Select(m => (string?)m["role"]), Is.EqualTo(new[] { "user", "agent", "user", "agent" }));
        Assert.That((string?)chat["transcript"], Does.StartWith("User: Hi\nAgent: You said: Hi\n"));

        await SendAsync("PATCH", $"/end-chat/{id}");
        Assert.That((await SendAsync("POST", "/create-chat-completion", new { chat_id = id, content = "Hi" })).Status, Is.EqualTo(422));
        await Server.AdvanceAsync(TimeSpan.FromSeconds(10));
        Assert.That(Server.Chats[id].Read().ChatAnalysis!.ChatSuccessful, Is.True);
        JToken listed = (await SendAsync("POST", "/v3/list-chats", "{}")).Json["items"]!.Single();
        Assert.That((listed["transcript"], (string?)listed["chat_id"]), Is.EqualTo(((JToken?)null, id)), "a list shows no transcripts");
    }

    [Test]
    public async Task FakeKnowledgeBase_status_becomes_complete()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Hours"), "knowledge_base_name" },
            { new StringContent("""["https://a.example.com"]"""), "knowledge_base_urls" },
        };
        string id = (string)(await SendAsync("POST", "/create-knowledge-base", form)).Json["knowledge_base_id"]!;
        Assert.That(await StatusAsync(), Is.EqualTo("in_progress"));
        await Server.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.That(await StatusAsync(), Is.EqualTo("complete"));
        Server.Change("getKnowledgeBase", id, new { status = "error" });
        Assert.That(await StatusAsync(), Is.EqualTo("error"));
        Assert.That(() => Server.Change("getKnowledgeBase", id, new { status = 5 }), Throws.ArgumentException);
        Assert.That(() => Server.Change("getKnowledgeBase", "x", new { status = "error" }), Throws.ArgumentException);

        async Task<string?> StatusAsync() => (string?)(await GetAsync($"/get-knowledge-base/{id}")).Json["status"];
    }

    [Test]
    public async Task FakeBatchTest_status_becomes_complete()
    {
        string[] tests = [.. Server.Seed("TestCase", 2)];
        JToken batch = (
            await SendAsync("POST", "/create-batch-test", new { test_case_definition_ids = tests, response_engine = new { type = "retell-llm", llm_id = "llm_1" } })).Json;
        string id = (string)batch["test_case_batch_job_id"]!;
        JToken runs = (await GetAsync($"/v2/list-test-runs/{id}")).Json["items"]!;
        Assert.That(((string?)batch["status"], (int?)batch["total_count"], runs.Count()), Is.EqualTo(("in_progress", 2, 2)));
        Server.Change("getTestRun", (string)runs[0]!["test_case_job_id"]!, new { status = "fail" });
        await Server.AdvanceAsync(TimeSpan.FromSeconds(30));

        JToken done = (await GetAsync($"/get-batch-test/{id}")).Json;
        Assert.That(((string?)done["status"], (int?)done["pass_count"], (int?)done["fail_count"]), Is.EqualTo(("complete", 1, 1)));
        Assert.That(
            (
                await SendAsync(
                    "POST",
                    "/create-batch-test",
                    new { test_case_definition_ids = new[] { "x" }, response_engine = new { type = "retell-llm", llm_id = "llm_1" } })).Status,
            Is.EqualTo(404));
    }

    [Test]
    public async Task FakeServer_Reset_cancels_scheduled_calls()
    {
        await PlaceAsync();
        long due = Server.Clock.GetUtcNow().AddMinutes(1).ToUnixTimeMilliseconds();
        await SendAsync("POST", "/create-batch-call", $$"""{"from_number": "+1", "trigger_timestamp": {{due}}, "tasks": [{"to_number": "+2"}]}""");
        Server.Reset();
        await Server.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.That(Server.Calls, Is.Empty);
        Assert.That((await GetAsync("/v2/get-call/a")).Status, Is.EqualTo(200), "samples stand in again");
    }

    [Test]
    public async Task FakeCall_with_system_TimeProvider_reaches_analysis()
    {
        await RestartAsync(
            new()
            {
                TimeProvider = TimeProvider.System,
                Timings = new() { CallConnects = TimeSpan.FromMilliseconds(20), CallLasts = TimeSpan.FromMilliseconds(20), AnalysisTakes = TimeSpan.FromMilliseconds(20) },
            });
        FakeCall call = Server.Calls[await PlaceAsync()];

        Assert.That(() => call.Json["call_analysis"], Is.Not.Null.After(10_000, 10));
    }

    private async Task<string> PlaceAsync() => (string)(await SendAsync("POST", "/v2/create-phone-call", Call)).Json["call_id"]!;
}
