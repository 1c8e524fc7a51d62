using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Testing;

/// <summary>Inbound webhooks and what their responses say, over a socket.</summary>
public class InboundWebhookTests
{
    private const string From = "+14155550111";
    private const string To = "+14155550100";

    [Test]
    public async Task SendCallInbound_reads_the_response_and_measures_it()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, _) =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(2));
            return Task.FromResult((201, """
                {"call_inbound": {"override_agent_id": "b", "override_agent_version": 3, "dynamic_variables": {"name": "Jo"}, "metadata": {"a": 1},
                 "agent_override": {"agent": {"voice_speed": 1.5}}}}
                """));
        });

        FakeInbound inbound = await server.Webhooks.SendCallInboundAsync(app.Url, From, To, "a", new Dictionary<string, string> { ["X-Account"] = "7" });

        Arrived arrived = app.Requests.Single();
        JToken asked = JObject.Parse(arrived.Text)["call_inbound"]!;
        Assert.That(RetellWebhook.Verify(arrived.Body, arrived.Signature, server.ApiKey));
        Assert.That(
            ((string?)asked["from_number"], (string?)asked["to_number"], (string?)asked["agent_id"], (int?)asked["agent_version"]),
            Is.EqualTo((From, To, "a", (int?)0)));
        Assert.That((string?)asked["custom_sip_headers"]!["x-account"], Is.EqualTo("7"));
        Assert.That((inbound.Status, inbound.Attempts, inbound.Duration), Is.EqualTo(((int?)201, 1, TimeSpan.FromSeconds(2))));
        Assert.That((inbound.IsRejected, inbound.Id), Is.EqualTo((false, (string?)null)));
        Assert.That(inbound.Errors, Is.Empty);
        var response = (InboundCallResponse)inbound.Response!;
        Assert.That((response.OverrideAgentId, response.OverrideAgentVersion?.ToString(), response.Reject), Is.EqualTo(("b", "3", false)));
        Assert.That((response.DynamicVariables["name"], (int?)response.Metadata!["a"], response.AgentOverride!.Agent!.VoiceSpeed), Is.EqualTo(("Jo", (int?)1, (double?)1.5)));
        Assert.That(JToken.DeepEquals(JObject.Parse(response.ToJson()), JObject.Parse(inbound.Body)));
        Assert.That(server.Calls, Is.Empty);
    }

    [Test]
    public async Task SendChatInbound_reads_a_rejection()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, _) => Task.FromResult((200, """{"chat_inbound": {"reject": true}}""")));

        FakeInbound inbound = await server.Webhooks.SendChatInboundAsync(app.Url, From, To);

        JObject asked = (JObject)JObject.Parse(app.Requests.Single().Text)["chat_inbound"]!;
        Assert.That(asked.Properties().Select(member => member.Name), Is.EqualTo(new[] { "chat_id", "from_number", "to_number" }));
        Assert.That((inbound.IsRejected, ((InboundChatResponse)inbound.Response!).Reject), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task SendCallInbound_with_errors_in_the_response_lists_them_and_does_not_reject()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, _) => Task.FromResult((200, """
            {"call_inbound": {"reject": true, "override_agent_id": "b", "dynamic_variables": {"n": 1}, "agent": "x", "agent_override": {"agent": {"voice_speed": "fast"}}}}
            """)));

        FakeInbound inbound = await server.Webhooks.SendCallInboundAsync(app.Url, From, To);

        Assert.That(inbound.Errors, Has.Count.EqualTo(3));
        Assert.That(inbound.Errors[0], Is.EqualTo("$.call_inbound.dynamic_variables must be an object of strings"));
        Assert.That(inbound.Errors[1], Is.EqualTo("$.call_inbound.agent is not a known member here"));
        Assert.That(inbound.Errors[2], Does.StartWith("$.call_inbound.agent_override is not valid: ").And.Contain("voice_speed"));
        Assert.That((inbound.IsRejected, inbound.Response!.Reject, inbound.Response.OverrideAgentId), Is.EqualTo((false, false, "b")));
        Assert.That(inbound.Response.AgentOverride, Is.Null);
    }

    [TestCase("not JSON", "$ is not valid JSON")]
    [TestCase("""{"chat_inbound": {}}""", "$.call_inbound is missing")]
    public async Task SendCallInbound_with_an_unreadable_response_has_an_error(string body, string error)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, _) => Task.FromResult((200, body)));

        FakeInbound inbound = await server.Webhooks.SendCallInboundAsync(app.Url, From, To);

        Assert.That(inbound.Errors.Single(), Does.StartWith(error));
        Assert.That((inbound.Body, ((InboundCallResponse)inbound.Response!).ToJson()), Is.EqualTo((body, """{"call_inbound":{}}""")));
    }

    [TestCase(new[] { 500, 502, 204 }, 3, 204)]
    [TestCase(new[] { 404 }, 4, 404)]
    public async Task SendCallInbound_is_retried_up_to_three_times(int[] statuses, int attempts, int status)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync(statuses);

        FakeInbound inbound = await server.Webhooks.SendCallInboundAsync(app.Url, From, To);

        Assert.That((inbound.Attempts, inbound.Status, inbound.Response is null), Is.EqualTo((attempts, (int?)status, status != 204)));
        Assert.That(inbound.Deliveries.Select(delivery => delivery.Attempt), Is.EqualTo(Enumerable.Range(1, attempts)));
        Assert.That(app.Requests.Select(arrived => arrived.Text).Distinct().Count(), Is.EqualTo(1), "the ID tells an application that it has seen the request");
    }

    [Test]
    public async Task SendCallInbound_times_out_after_ten_seconds_of_the_clock_and_is_retried()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using ListeningApplication app = await ListeningApplication.StartAsync(async (_, number) =>
        {
            if (number == 1)
            {
                arrived.SetResult();
                await release.Task;
            }

            return (200, """{"call_inbound": {"override_agent_id": "b"}}""");
        });
        await using var server = new FakeRetellServer();

        Task<FakeInbound> ask = server.Webhooks.SendCallInboundAsync(app.Url, From, To);
        await arrived.Task;
        server.Clock.Advance(TimeSpan.FromSeconds(10));
        FakeInbound inbound = await ask;
        release.SetResult();

        Assert.That((inbound.Attempts, inbound.Status, inbound.Duration, inbound.Response!.OverrideAgentId), Is.EqualTo((2, (int?)200, TimeSpan.FromSeconds(10), "b")));
        Assert.That(inbound.Deliveries[0].Error, Is.EqualTo("There was no response within 10000 ms."));
    }

    [Test]
    public async Task SendCallInbound_with_a_wrong_signature_is_rejected()
    {
        await using var server = new FakeRetellServer(new() { WebhookRetries = 0 });
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);

        FakeInbound call = await server.Webhooks.SendCallInboundAsync(app.Url, From, To, signature: FakeSignature.ChangedBody);
        FakeInbound chat = await server.Webhooks.SendChatInboundAsync(app.Url, From, To, signature: FakeSignature.Stale);

        Assert.That((call.Status, call.Response, chat.Status, chat.Response), Is.EqualTo(((int?)401, (InboundResponse?)null, (int?)401, (InboundResponse?)null)));
    }

    [Test]
    public async Task SendInbound_sends_a_sample_that_was_changed()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync();
        JObject sample = server.Webhooks.CreateSample("call_inbound");
        sample["call_inbound"]!["from_number"] = "+19005550100";

        await server.Webhooks.SendInboundAsync(sample, app.Url);

        Assert.That((string?)JObject.Parse(app.Requests.Single().Text)["call_inbound"]!["from_number"], Is.EqualTo("+19005550100"));
        JObject other = server.Webhooks.CreateSample("call_ended");
        DeliverTests.AssertArgument(() => server.Webhooks.SendInboundAsync(other, app.Url), "webhook", "\"call_ended\" is not an inbound event.");
        DeliverTests.AssertArgument(() => server.Webhooks.SendInboundAsync(sample, "/retell"), "url", "is not an absolute http or https URL");
        DeliverTests.AssertArgument(() => server.Webhooks.SendInboundAsync(sample, app.Url, timeout: TimeSpan.FromSeconds(-1)), "timeout", "timeout");
        DeliverTests.AssertArgument(() => server.Webhooks.SendCallInboundAsync(app.Url, null!, To), "fromNumber", "fromNumber");
    }

    [Test]
    public async Task SimulateInboundCall_carries_the_response_of_the_webhook()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, number) =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult((number == 1 ? 500 : 200, """{"call_inbound": {"override_agent_id": "b"}}"""));
        });
        server.Seed("PhoneNumber", new { phone_number = To, inbound_webhook_url = app.Url });
        server.Seed("PhoneNumber", new { phone_number = "+14155550101", inbound_agents = new[] { new { agent_id = "a", weight = 1 } } });

        FakeInbound asked = await server.SimulateInboundCallAsync(From, To);
        FakeInbound taken = await server.SimulateInboundCallAsync(From, "+14155550101");

        Assert.That((asked.Attempts, asked.Status, asked.Duration, asked.Response!.OverrideAgentId), Is.EqualTo((2, (int?)200, TimeSpan.FromSeconds(2), "b")));
        Assert.That((string?)server.Calls[asked.Id!].Json["agent_id"], Is.EqualTo("b"));
        Assert.That((taken.Attempts, taken.Status, taken.Body, taken.Response, taken.Duration), Is.EqualTo((0, (int?)null, "", (InboundResponse?)null, TimeSpan.Zero)));
        Assert.That((string?)server.Calls[taken.Id!].Json["agent_id"], Is.EqualTo("a"));
    }
}
