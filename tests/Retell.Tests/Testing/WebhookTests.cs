using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Testing;

public class WebhookTests
{
    private const string Key = "key_test_0123456789";

    [TestCase("""{"event":"call_ended","call":{"call_id":"abc","note":"é✓"}}""", "7ebaf6f2654e47ef58d86a95b34d9fe128dc1925c3abad58386096b72f5404ba")]
    [TestCase("", "ae79294ad5e41f636ccbde97f8d69322dc66d5c71c57eb8654090ba193e7a476")]
    public void Sign_matches_known_signatures(string body, string digest) =>
        Assert.That(RetellWebhook.Sign(body, Key, DateTimeOffset.FromUnixTimeMilliseconds(1700000000000)), Is.EqualTo($"v=1700000000000,d={digest}"));

    [Test]
    public async Task FakeCall_sends_signed_webhook_for_each_event()
    {
        using var receiver = new Receiver();
        await using FakeRetellServer server = Start(receiver);
        server.Seed(
            "Agent",
            new
            {
                agent_id = "a",
                webhook_url = "https://app.example.com/hook/{{customer}}",
                post_call_analysis_data = new[] { new { type = "boolean", name = "sold", description = "x" } },
            });
        string id = await PlaceAsync(server, new JObject { ["retell_llm_dynamic_variables"] = new JObject { ["customer"] = "c 1" } });

        await server.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.That(receiver.Events, Is.EqualTo(new[] { "call_started", "call_ended", "call_analyzed" }));
        JObject[] calls = [.. receiver.Bodies.Select(b => (JObject)JObject.Parse(b)["call"]!)];
        Assert.That(calls.Select(c => (string?)c["call_id"]), Is.All.EqualTo(id));
        Assert.That(calls.Select(c => (string?)c["call_status"]), Is.EqualTo(new[] { "ongoing", "ended", "ended" }));
        Assert.That(calls.Select(c => c.ContainsKey("call_analysis")), Is.EqualTo(new[] { false, false, true }));
        Assert.That((bool?)calls[2]["call_analysis"]!["custom_analysis_data"]!["sold"], Is.True);
        Assert.That(receiver.Urls, Is.All.EqualTo("https://app.example.com/hook/c%201"));
        foreach (FakeWebhookDelivery delivery in server.WebhookDeliveries)
        {
            string[] parts = delivery.Headers["x-retell-signature"].Split(["v=", ",d="], StringSplitOptions.RemoveEmptyEntries);
            Assert.That(
                DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)),
                Is.EqualTo(DateTimeOffset.UtcNow).Within(TimeSpan.FromMinutes(1)));
            Assert.That(parts[1], Is.EqualTo(Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(delivery.Body + parts[0])))));
            Assert.That((delivery.Status, delivery.Attempt, delivery.IsSuccess), Is.EqualTo((204, 1, true)));
        }
    }

    [Test]
    public async Task FakeCall_sends_only_webhook_events_of_agent()
    {
        using var receiver = new Receiver();
        await using FakeRetellServer server = Start(receiver);
        server.Seed("Agent", new { agent_id = "a", webhook_url = "https://app.example.com/", webhook_events = new[] { "call_ended", "transcript_updated", "transfer_started" } });
        FakeCall call = server.Calls[await PlaceAsync(server)];

        await call.SayAsync("agent", "Hello");
        await call.TellAsync("transfer_started", new { transfer_destination = new { number = "+1" } });
        await call.TellAsync("transfer_ended");
        await call.AnalyzeAsync();

        Assert.That(receiver.Events, Is.EqualTo(new[] { "transcript_updated", "transfer_started", "call_ended" }));
        Assert.That((string?)JObject.Parse(receiver.Bodies[1])["transfer_destination"]!["number"], Is.EqualTo("+1"));
        Assert.That(server.WebhookDeliveries.For("transcript_updated").Single().Json["transcript_with_tool_calls"]!.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task FakeCall_webhook_url_of_call_overrides_agent_and_account()
    {
        using var receiver = new Receiver();
        await using FakeRetellServer server = Start(receiver, o => o with { AccountWebhookUrl = "https://account.example.com/" });
        server.Seed("Agent", new { agent_id = "a" });
        await server.Calls[await PlaceAsync(server)].EndAsync("dial_busy");
        await server.Calls[await PlaceAsync(server, JObject.Parse("""{"agent_override": {"agent": {"webhook_url": "https://override.example.com/"}}}"""))].StartAsync();

        Assert.That(receiver.Events, Is.EqualTo(new[] { "call_ended", "call_started" }), "a call that was never connected did not start");
        Assert.That(receiver.Urls, Is.EqualTo(new[] { "https://account.example.com/", "https://override.example.com/" }));
    }

    [Test]
    public async Task FakeChat_sends_webhook_for_each_event()
    {
        using var receiver = new Receiver();
        await using FakeRetellServer server = Start(receiver);
        server.Seed("ChatAgent", new { agent_id = "c", webhook_url = "https://app.example.com/" });
        await SendAsync(server, "create-chat", """{"agent_id": "c"}""");
        await server.DeliverWebhooksAsync();
        Assert.That(receiver.Events, Is.EqualTo(new[] { "chat_started" }));
        await server.Chats.Single().EndAsync();
        await server.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.That(receiver.Events, Is.EqualTo(new[] { "chat_started", "chat_ended", "chat_analyzed" }));
    }

    [Test]
    public async Task FakeWebhook_failed_delivery_is_retried_without_blocking_others()
    {
        int count = 0;
        using var receiver = new Receiver(
            body => JObject.Parse(body)["event"]!.ToString() == "call_started" && Interlocked.Increment(ref count) < 4 ? HttpStatusCode.InternalServerError : HttpStatusCode.OK);
        await using FakeRetellServer server = Start(receiver);
        server.Seed("Agent", new { agent_id = "a", webhook_url = "https://app.example.com/" });
        await PlaceAsync(server);
        await server.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.That(server.WebhookDeliveries.For("call_started").Select(d => (d.Attempt, d.Status)), Is.EqualTo(new (int, int?)[] { (1, 500), (2, 500), (3, 500), (4, 200) }));
        Assert.That(receiver.Events.Where(e => e != "call_started"), Is.EqualTo(new[] { "call_ended", "call_analyzed" }));

        using var deaf = new Receiver(_ => HttpStatusCode.NotFound);
        await using FakeRetellServer other = Start(deaf);
        await other.Webhooks.DeliverAsync(new { @event = "alert_triggered", alert = new { name = "x" } }, "https://app.example.com/", retries: 3);
        Assert.That(deaf.Events, Is.EqualTo(new[] { "alert_triggered", "alert_triggered", "alert_triggered", "alert_triggered" }));
        Assert.That(other.WebhookDeliveries.Select(d => d.IsSuccess), Is.All.False);
    }

    [Test]
    public async Task FakeWebhook_to_remote_host_is_not_sent_without_WebhookHandler()
    {
        await using var server = new FakeRetellServer(new() { WebhookRetries = 0 });
        server.Seed("Agent", new { agent_id = "a", webhook_url = "https://retell.invalid/" });
        await server.Calls[await PlaceAsync(server)].StartAsync();

        FakeWebhookDelivery delivery = server.WebhookDeliveries.Single();
        Assert.That(
            (delivery.Status, delivery.Error),
            Is.EqualTo(((int?)null, "retell.invalid is not this machine. Call DeliverWebhooksTo to send its requests to the application under test, or add it to WebhookHosts.")));
    }

    [Test]
    public async Task FakeWebhook_slow_receiver_times_out()
    {
        using var receiver = new Receiver(wait: TimeSpan.FromSeconds(30));
        await using FakeRetellServer server = Start(receiver, o => o with { WebhookRetries = 0 });
        server.Seed("Agent", new { agent_id = "a", webhook_url = "https://app.example.com/", webhook_timeout_ms = 50 });
        await server.Calls[await PlaceAsync(server)].StartAsync();

        Assert.That(server.WebhookDeliveries.Single().Error, Is.EqualTo("There was no response within 50 ms."));
    }

    [Test]
    public async Task FakeWebhook_to_loopback_is_sent_over_socket()
    {
        await using FakeRetellServer app = await FakeRetellServer.StartAsync();
        app.WhenAny(r => r.Path == "/hook").Respond(204);
        await using var server = new FakeRetellServer();
        server.Seed("Agent", new { agent_id = "a", webhook_url = $"{app.BaseUrl}hook" });
        await server.Calls[await PlaceAsync(server)].StartAsync();

        Assert.That(app.Requests.Single().Headers["x-retell-signature"], Does.Match("^v=[0-9]+,d=[0-9a-f]{64}$"));
        Assert.That(app.Requests.Single().Headers["Content-Type"], Is.EqualTo("application/json"));
        Assert.That(app.Requests.Single().BodyText, Is.EqualTo(server.WebhookDeliveries.Single().Body));
    }

    [Test]
    public async Task SimulateInboundCall_applies_webhook_response()
    {
        using var receiver = new Receiver(answer: """
            {"call_inbound": {"override_agent_id": "b", "dynamic_variables": {"name": "Jo"}, "metadata": {"a": 1}, "agent_override": {"agent": {"webhook_url": "https://call.example.com/"}}}}
            """);
        await using FakeRetellServer server = Start(receiver);
        server.Seed("Agent", new { agent_id = "b", agent_name = "Bo" });
        Number(server, "a");

        FakeInbound inbound = await server.SimulateInboundCallAsync("+14155550111", "+14155550100", new Dictionary<string, string> { ["X-Account"] = "7" });

        JToken asked = JObject.Parse(receiver.Bodies.Single())["call_inbound"]!;
        Assert.That(((string?)asked["from_number"], (string?)asked["to_number"], (string?)asked["agent_id"], (string?)asked["custom_sip_headers"]!["x-account"], (string?)asked["call_id"]),
            Is.EqualTo(("+14155550111", "+14155550100", "a", "7", inbound.Id)));
        JObject call = server.Calls[inbound.Id!].Json;
        Assert.That(
            ((string?)call["agent_id"], (string?)call["agent_name"], (string?)call["direction"], (string?)call["call_status"]),
            Is.EqualTo(("b", "Bo", "inbound", "registered")));
        Assert.That(((string?)call["retell_llm_dynamic_variables"]!["name"], (int?)call["metadata"]!["a"]), Is.EqualTo(("Jo", 1)));
        Assert.That((inbound.IsRejected, inbound.Errors), Is.EqualTo((false, Array.Empty<string>())));
        await server.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.That(receiver.Urls[^1], Is.EqualTo("https://call.example.com/"));
    }

    [TestCase("""{"call_inbound": {"reject": true}}""", true, false, "")]
    [TestCase("""{"call_inbound": {"reject": true, "metadata": 5}}""", false, true, "$.call_inbound.metadata must be an object")]
    [TestCase("""{"call_inbound": {"dynamic_variables": {"a": 1}}}""", false, true, "$.call_inbound.dynamic_variables must be an object of strings")]
    [TestCase("{}", false, true, "")]
    [TestCase("", false, true, "")]
    public async Task SimulateInboundCall_webhook_response_rejects_or_is_invalid(string answer, bool isRejected, bool isCall, string error)
    {
        using var receiver = new Receiver(answer: answer);
        await using FakeRetellServer server = Start(receiver);
        Number(server, "a");

        FakeInbound inbound = await server.SimulateInboundCallAsync("+1", "+14155550100");

        Assert.That((inbound.IsRejected, inbound.Id is not null, string.Join("; ", inbound.Errors)), Is.EqualTo((isRejected, isCall, error)));
        Assert.That(server.Calls, Has.Count.EqualTo(isCall ? 1 : 0));
    }

    [Test]
    public async Task SimulateInboundCall_without_webhook_response_uses_agent_of_number()
    {
        using var deaf = new Receiver(_ => HttpStatusCode.BadGateway);
        await using FakeRetellServer server = Start(deaf);
        Number(server, "a");
        FakeInbound taken = await server.SimulateInboundCallAsync("+1", "+14155550100");
        Number(server, null);
        FakeInbound lost = await server.SimulateInboundCallAsync("+1", "+14155550100");

        Assert.That((taken.Id is not null, lost.Id, lost.IsRejected), Is.EqualTo((true, (string?)null, false)));
        Assert.That(deaf.Events, Has.Count.EqualTo(8));
        Assert.That(() => server.SimulateInboundCallAsync("+1", "+2"), Throws.ArgumentException);
    }

    [Test]
    public async Task SimulateInboundSms_creates_chat()
    {
        using var receiver = new Receiver(answer: """{"chat_inbound": {"override_agent_id": "c"}}""");
        await using FakeRetellServer server = Start(receiver);
        Number(server, "a");
        FakeInbound inbound = await server.SimulateInboundSmsAsync("+1", "+14155550100");

        Assert.That(receiver.Events.Single(), Is.EqualTo("chat_inbound"));
        Assert.That(((string?)server.Chats[inbound.Id!].Json["chat_type"], server.Chats[inbound.Id!].Status), Is.EqualTo(("sms_chat", "ongoing")));
    }

    private static void Number(FakeRetellServer server, string? agent) => server.Seed("PhoneNumber", new JObject
    {
        ["phone_number"] = "+14155550100",
        ["inbound_webhook_url"] = "https://app.example.com/inbound",
        ["inbound_sms_webhook_url"] = "https://app.example.com/inbound",
        ["inbound_agents"] = agent is null ? new JArray() : new JArray(new JObject { ["agent_id"] = agent, ["weight"] = 1 }),
    });

    private static FakeRetellServer Start(Receiver receiver, Func<FakeRetellServerOptions, FakeRetellServerOptions>? configure = null)
    {
        var options = new FakeRetellServerOptions { WebhookHandler = receiver, WebhookKey = Key };
        return new(configure?.Invoke(options) ?? options);
    }

    private static async Task<string> PlaceAsync(FakeRetellServer server, JObject? more = null)
    {
        var body = new JObject(more ?? []) { ["from_number"] = "+1", ["to_number"] = "+2", ["override_agent_id"] = "a" };
        return (string)(await SendAsync(server, "v2/create-phone-call", body.ToString()))["call_id"]!;
    }

    private static async Task<JObject> SendAsync(FakeRetellServer server, string path, string body)
    {
        using var http = new HttpClient(server.CreateHandler());
        http.DefaultRequestHeaders.Authorization = new("Bearer", server.ApiKey);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await http.PostAsync(new Uri(server.BaseUrl, path), content);
        return JObject.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
    }

    /// <summary>The application that gets the webhooks.</summary>
    private sealed class Receiver(Func<string, HttpStatusCode>? status = null, string? answer = null, TimeSpan wait = default) : HttpMessageHandler
    {
        private readonly ConcurrentQueue<(string Url, string Body)> _received = [];

        public IReadOnlyList<string> Urls => [.. _received.Select(r => r.Url)];

        public IReadOnlyList<string> Bodies => [.. _received.Select(r => r.Body)];

        public IReadOnlyList<string> Events => [.. Bodies.Select(b => (string)JObject.Parse(b)["event"]!)];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            string body = await request.Content!.ReadAsStringAsync(cancellationToken);
            _received.Enqueue((request.RequestUri!.AbsoluteUri, body));
            await Task.Delay(wait, cancellationToken);
            return new(status?.Invoke(body) ?? (answer is null ? HttpStatusCode.NoContent : HttpStatusCode.OK)) { Content = new StringContent(answer ?? "") };
        }
    }
}
