using System.Net.Sockets;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class FaultTests(Way way) : FakeFixture(way)
{
    private const string Call = """{"from_number": "+1", "to_number": "+2"}""";

    [TestCase("GET", "/v2/get-call/a", null)]
    [TestCase("POST", "/v2/create-phone-call", Call)]
    public async Task DropBeforeReading_drops_connection_before_request_is_read(string method, string path, string? body)
    {
        await SendAsync(method, path, body);
        FakeRule rule = Server.WhenAny().DropBeforeReading().Times(1);

        HttpRequestException e = (await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(method, path, body)))!;

        Assert.That(e.InnerException?.InnerException ?? e.InnerException, Is.InstanceOf<SocketException>());
        Assert.That((rule.Uses, Server.Requests.Count, Server.Requests[1].Body.Length, Server.Requests[1].ResponseStatus), Is.EqualTo((1, 2, 0, (int?)null)));
        Assert.That((await SendAsync(method, path, body)).Status, Is.InRange(200, 201));
    }

    [Test]
    public async Task DropBeforeReading_among_other_rules_keeps_rule_order()
    {
        Server.When("getCall").Respond(500).Times(1);
        Server.When("getAgent", r => r.PathValues["agent_id"] == "b").Respond(500);
        Server.WhenAny().DropBeforeReading().Times(1);
        Server.When("getCall").Respond(503).Times(1);

        Assert.That((await GetAsync("/v2/get-call/a")).Status, Is.EqualTo(500));
        Assert.That(() => GetAsync("/v2/get-call/a"), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await GetAsync("/v2/get-call/a")).Status, Is.EqualTo(503));
        Assert.That((await GetAsync("/get-agent/b")).Status, Is.EqualTo(500));
        Assert.That((await GetAsync("/v2/get-call/a")).Status, Is.EqualTo(200));
    }

    [TestCase(null)]
    [TestCase(0)]
    [TestCase(7)]
    public async Task TruncateBody_cuts_off_response_body(int? bytes)
    {
        Server.When("getCall").TruncateBody(bytes).Times(1);

        using HttpResponseMessage response = await Http.GetAsync("/v2/get-call/a", HttpCompletionOption.ResponseHeadersRead);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        using var read = new MemoryStream();
        Assert.That(() => stream.CopyToAsync(read), Throws.InstanceOf<IOException>());

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(read.Length, Is.LessThanOrEqualTo(bytes ?? response.Content.Headers.ContentLength!.Value / 2));
        Server.When("getCall").TruncateBody().Times(1);
        Assert.That(() => GetAsync("/v2/get-call/a"), Throws.InstanceOf<HttpRequestException>());
        Assert.That((await GetAsync("/v2/get-call/a")).Status, Is.EqualTo(200));
        Assert.That(() => Server.WhenAny().TruncateBody(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task MalformJson_returns_invalid_JSON()
    {
        Server.When("getCall").MalformJson().Times(1);
        Reply reply = await GetAsync("/v2/get-call/a");

        Assert.That((reply.Status, reply.ContentType), Is.EqualTo((200, "application/json")));
        Assert.That(() => reply.Json, Throws.InstanceOf<JsonException>());
    }

    /// <summary>There is nothing to cut off.</summary>
    [Test]
    public async Task TruncateBody_and_MalformJson_on_empty_response_change_nothing()
    {
        Server.When("deleteAgent").TruncateBody().Times(1);
        Server.When("deleteAgent").MalformJson().Times(1);

        Assert.That((await SendAsync("DELETE", "/delete-agent/a")).Status, Is.EqualTo(204));
        Assert.That((await SendAsync("DELETE", "/delete-agent/b")).Status, Is.EqualTo(204));
    }

    [Test]
    public async Task LimitRate_returns_429_with_rate_limit_headers()
    {
        Server.When("createPhoneCall").LimitRate(TimeSpan.FromSeconds(2.5), "call", 1000).Times(1);
        Reply reply = await SendAsync("POST", "/v2/create-phone-call", Call);

        Assert.That(reply.Status, Is.EqualTo(429));
        Assert.That(Limits(reply), Is.EqualTo(("call", "1000", "0", "3")));
        Assert.That(reply.Headers.ContainsKey("Retry-After"), Is.False);
        Assert.That((await SendAsync("POST", "/v2/create-phone-call", Call)).Status, Is.EqualTo(201));
    }

    [Test]
    public async Task WithProbability_same_seed_fails_same_requests()
    {
        bool[] once = await FailuresAsync();
        Server.ClearRules();
        bool[] again = await FailuresAsync();

        Assert.That(again, Is.EqualTo(once));
        Assert.That(once.Count(failed => failed), Is.InRange(5, 45));
        Assert.That(() => Server.WhenAny().WithProbability(1.1), Throws.InstanceOf<ArgumentOutOfRangeException>());

        async Task<bool[]> FailuresAsync()
        {
            Server.When("getCall").Respond(500).WithProbability(0.3, seed: 5);
            var failures = new bool[60];
            for (int i = 0; i < failures.Length; i++)
            {
                failures[i] = (await GetAsync("/v2/get-call/a")).Status == 500;
            }

            return failures;
        }
    }

    [Test]
    public async Task EnforceRateLimits_returns_429_until_clock_advances()
    {
        await RestartAsync(Options with { EnforceRateLimits = true });
        for (int i = 0; i < 15; i++)
        {
            Assert.That((await GetAsync("/list-voices")).Status, Is.EqualTo(200));
        }

        Server.Clock.Advance(TimeSpan.FromSeconds(4));
        Reply tooMany = await GetAsync("/list-voices");
        Assert.That(tooMany.Status, Is.EqualTo(429));
        Assert.That(Limits(tooMany), Is.EqualTo(("list", "15", "0", "6")));
        Assert.That((await GetAsync("/list-knowledge-bases")).Status, Is.EqualTo(200), "each operation has its own limit");
        Server.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That((await GetAsync("/list-voices")).Status, Is.EqualTo(200));

        for (int i = 0; i < 60; i++)
        {
            Assert.That((await SendAsync("POST", "/v2/create-phone-call", "{}")).Status, Is.EqualTo(400));
        }

        Assert.That(Limits(await SendAsync("POST", "/v2/create-phone-call", Call)).Limiter, Is.EqualTo("call-error"));
        Server.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That((await SendAsync("POST", "/v2/create-phone-call", Call)).Status, Is.EqualTo(201));
    }

    private static (string Limiter, string Limit, string Remaining, string Reset) Limits(Reply reply) =>
        (reply.Headers["X-RateLimit-Limiter"], reply.Headers["RateLimit-Limit"], reply.Headers["RateLimit-Remaining"], reply.Headers["RateLimit-Reset"]);

    [Test]
    public async Task LoseResponse_processes_operation_and_drops_connection()
    {
        FakeRule rule = Server.When("createAgent").LoseResponse().Times(1);
        const string Agent = """{"voice_id":"v","response_engine":{"type":"retell-llm","llm_id":"llm_1"},"agent_name":"kept"}""";

        Assert.That(() => SendAsync("POST", "/create-agent", Agent), Throws.InstanceOf<HttpRequestException>());

        Assert.That((rule.Uses, Server.Requests.Only("createAgent").ResponseStatus), Is.EqualTo((1, (int?)null)));
        JToken agents = (await SendAsync("POST", "/v2/list-agents", "{}")).Json["items"]!;
        Assert.That(agents.Select(agent => (string?)agent["agent_name"]), Is.EqualTo(new[] { "kept" }));
    }

    [Test]
    public async Task LoseResponse_after_CreatePhoneCall_leaves_one_call()
    {
        Server.When("createPhoneCall").LoseResponse().Times(1);
        using RetellClient client = Server.CreateClient();

        Models.PhoneCall call = await client.Calls.CreatePhoneCallAsync("+14155550100", "+14155550101");

        string?[] keys = [.. Server.Requests.For("createPhoneCall").Select(request => (string?)request.Json!["idempotency_key"])];
        Assert.That(keys, Has.Length.EqualTo(2));
        Assert.That(keys[1], Is.EqualTo(keys[0]).And.Not.Null);
        Assert.That(Server.Calls.Single().Id, Is.EqualTo(call.CallId));
    }

    [Test]
    public async Task LoseResponse_after_CreateSmsChat_is_not_retried()
    {
        Server.When("createSmsChat").LoseResponse();
        using RetellClient client = Server.CreateClient();

        RetellConnectionException failure = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.Chats.CreateSmsAsync("+14155550100", "+14155550101")))!;

        Assert.That((failure.MayHaveBeenSent, failure.Attempts), Is.EqualTo((true, 1)));
        Assert.That(Server.Requests.For("createSmsChat"), Has.Count.EqualTo(1));
        Assert.That(Server.Chats, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task KeepBodyBytes_keeps_newest_bodies_up_to_limit()
    {
        await RestartAsync(Options with { KeepBodyBytes = 2 * Call.Length });
        for (int i = 0; i < 3; i++)
        {
            await SendAsync("POST", "/v2/create-phone-call", Call);
        }

        Assert.That(Server.Requests, Has.Count.EqualTo(3));
        Assert.That(() => Server.Requests[0].BodyText, Throws.InvalidOperationException.With.Message.Contains("KeepBodyBytes"));
        Assert.That(() => Server.Requests[0].Json, Throws.InvalidOperationException);
        Assert.That(Server.Requests[0].ToString(), Does.StartWith("POST /v2/create-phone-call"));
        Assert.That(Server.Requests.Skip(1).Select(request => request.BodyText), Is.All.EqualTo(Call));
        Assert.That((string?)Server.Requests[1].Json!["to_number"], Is.EqualTo("+2"));
    }

    [Test]
    public async Task KeepBodyBytes_newest_body_is_kept_beyond_limit()
    {
        await RestartAsync(Options with { KeepBodyBytes = 1 });

        await SendAsync("POST", "/v2/create-phone-call", Call);
        await SendAsync("POST", "/v2/create-phone-call", Call);

        Assert.That(Server.Requests[1].BodyText, Is.EqualTo(Call));
        Assert.That(() => Server.Requests[0].Body, Throws.InvalidOperationException);
    }
}
