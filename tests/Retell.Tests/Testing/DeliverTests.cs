using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Models;
using Retell.Testing;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Webhooks;

namespace Retell.Tests.Testing;

/// <summary>Webhooks that a test asks for, over a socket.</summary>
public class DeliverTests
{
    private static readonly string[] s_wrong = ["Missing", "Malformed", "Stale", "Future", "OtherKey", "ChangedBody"];

    [TestCase("call_started", "call", "ongoing")]
    [TestCase("call_ended", "call", "ended")]
    [TestCase("call_analyzed", "call", "ended")]
    [TestCase("transcript_updated", "call", "ongoing")]
    [TestCase("transfer_started", "call", "ongoing")]
    [TestCase("transfer_bridged", "call", "ongoing")]
    [TestCase("transfer_cancelled", "call", "ongoing")]
    [TestCase("transfer_ended", "call", "ended")]
    [TestCase("chat_started", "chat", "ongoing")]
    [TestCase("chat_ended", "chat", "ended")]
    [TestCase("chat_analyzed", "chat", "ended")]
    [TestCase("call_inbound", "call_inbound", null)]
    [TestCase("chat_inbound", "chat_inbound", null)]
    [TestCase("alert_triggered", "alert", null)]
    [TestCase("alert_resolved", "alert", null)]
    public async Task Deliver_by_name_sends_a_signed_and_valid_sample(string name, string family, string? status)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);

        FakeWebhookDelivery delivery = (await server.Webhooks.DeliverAsync(name, app.Url)).Single();

        Assert.That((delivery.Event, delivery.Status, delivery.Answer, delivery.Attempt), Is.EqualTo((name, (int?)200, "verified", 1)), delivery.Error);
        Arrived arrived = app.Requests.Single();
        Assert.That((arrived.Method, arrived.Target, arrived.Headers["Content-Type"], arrived.Text), Is.EqualTo(("POST", "/retell", "application/json", delivery.Body)));
        JObject about = (JObject)JObject.Parse(arrived.Text)[family]!;
        Assert.That((string?)about[family + "_status"], Is.EqualTo(status));
        Assert.That(RetellWebhook.Parse(arrived.Body), Is.Not.InstanceOf<UnknownWebhookEvent>().And.Property("Event").EqualTo(name));
        if (family is "call" or "chat" or "alert")
        {
            var errors = new List<FakeRequestError>();
            string schema = family switch { "call" => "PhoneCall", "chat" => "Chat", _ => "AlertIncident" };
            new SchemaValidator(ApiDocument.Embedded).Check(SampleFactory.Reference(schema), about, "$", errors);
            Assert.That(errors, Is.Empty);
        }

        Assert.That(server.WebhookDeliveries.Single(), Is.SameAs(delivery));
        Assert.That((server.Calls.Count, server.Chats.Count), Is.EqualTo((0, 0)), "a sample is not kept");
    }

    [Test]
    public void Events_have_the_members_that_they_are_about()
    {
        var server = new FakeRetellServer();
        var ended = (CallEndedEvent)Parse("call_ended");
        var analyzed = (CallAnalyzedEvent)Parse("call_analyzed");
        var updated = (TranscriptUpdatedEvent)Parse("transcript_updated");
        var started = (TransferStartedEvent)Parse("transfer_started");
        var left = (TransferEndedEvent)Parse("transfer_ended");
        var chat = (ChatAnalyzedEvent)Parse("chat_analyzed");
        var triggered = (AlertTriggeredEvent)Parse("alert_triggered");
        var resolved = (AlertResolvedEvent)Parse("alert_resolved");
        var inbound = (CallInboundEvent)Parse("call_inbound");

        Assert.That((ended.Call.CallAnalysis, ended.Call.DurationMs, ended.Call.CallId), Is.EqualTo(((CallAnalysis?)null, (long?)60_000, ended.Call.CallId)));
        Assert.That(ended.Call.CallId, Is.Not.EqualTo(analyzed.Call.CallId), "an application must not take the second for a duplicate");
        Assert.That(analyzed.Call.CallAnalysis!.CallSummary, Is.Not.Empty);
        Assert.That(updated.TranscriptWithToolCalls, Has.Count.EqualTo(2));
        Assert.That((started.DestinationNumber, (string?)started.TransferOption!["type"]), Is.EqualTo(("+14155550111", "cold_transfer")));
        Assert.That((left.DestinationNumber, left.Call.DisconnectionReason?.ToString()), Is.EqualTo(((string?)null, "call_transfer")));
        Assert.That((chat.Chat.MessageWithToolCalls!.Count, chat.Chat.ChatAnalysis!.ChatSuccessful), Is.EqualTo((2, (bool?)true)));
        Assert.That((resolved.Alert.Name, resolved.Alert.ResolvedTimestamp), Is.EqualTo(("name", resolved.Alert.TriggeredTimestamp)));
        Assert.That((triggered.Alert.ResolvedTimestamp, triggered.Alert.AlertIncidentId == resolved.Alert.AlertIncidentId), Is.EqualTo(((long?)null, false)));
        Assert.That((inbound.FromNumber, inbound.ToNumber), Is.EqualTo(("+14155550111", "+14155550100")));

        WebhookEvent Parse(string name) => RetellWebhook.Parse(server.Webhooks.CreateSample(name).ToString());
    }

    [Test]
    public async Task Deliver_twice_sends_the_same_bytes()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync();

        IReadOnlyList<FakeWebhookDelivery> deliveries = await server.Webhooks.DeliverAsync("call_ended", app.Url, times: 2);

        Assert.That(deliveries.Select(delivery => delivery.Attempt), Is.EqualTo(new[] { 1, 1 }));
        Assert.That(app.Requests, Has.Count.EqualTo(2));
        Assert.That(app.Requests[1].Body, Is.EqualTo(app.Requests[0].Body));
        Assert.That(app.Requests.All(arrived => RetellWebhook.Verify(arrived.Body, arrived.Signature, server.ApiKey)));
    }

    [Test]
    public async Task Deliver_twice_to_a_TestServer_is_handled_once()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        await using var server = new FakeRetellServer();
        var handled = new List<string>();
        builder.Services.AddRetellWebhooks(options => options.SigningKeys.Add(server.ApiKey)).On<CallAnalyzedEvent>((analyzed, _, _) =>
        {
            handled.Add(analyzed.Call.CallId);
            return Task.CompletedTask;
        });
        await using WebApplication app = builder.Build();
        app.MapRetellWebhooks("/retell");
        await app.StartAsync();
        server.DeliverWebhooksTo(app.GetTestServer().CreateHandler());
        JObject sample = server.Webhooks.CreateSample("call_analyzed");

        IReadOnlyList<FakeWebhookDelivery> deliveries = await server.Webhooks.DeliverAsync(sample, "https://app.example.com/retell", times: 2);
        FakeWebhookDelivery forged = (await server.Webhooks.DeliverAsync("call_analyzed", "https://app.example.com/retell", signature: FakeSignature.OtherKey)).Single();

        Assert.That(deliveries.Select(delivery => delivery.IsSuccess), Is.EqualTo(new[] { true, true }));
        Assert.That(forged.Status, Is.EqualTo(401));
        Assert.That(handled, Is.EqualTo(new[] { (string)sample["call"]!["call_id"]! }));
    }

    [TestCase(1, 0, new[] { 1 })]
    [TestCase(2, 0, new[] { 1, 1 })]
    [TestCase(1, 2, new[] { 1, 2, 3 })]
    [TestCase(2, 1, new[] { 1, 2, 1, 2 })]
    public async Task Deliver_without_success_is_retried_only_if_asked_for(int times, int retries, int[] attempts)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync(500);

        IReadOnlyList<FakeWebhookDelivery> deliveries = await server.Webhooks.DeliverAsync("call_ended", app.Url, times: times, retries: retries);

        Assert.That(deliveries.Select(delivery => delivery.Attempt), Is.EqualTo(attempts));
        Assert.That(deliveries.Select(delivery => delivery.Status), Is.All.EqualTo(500));
        Assert.That(app.Requests, Has.Count.EqualTo(attempts.Length));
    }

    [Test]
    public async Task Deliver_retries_until_success()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync(503, 204);

        IReadOnlyList<FakeWebhookDelivery> deliveries = await server.Webhooks.DeliverAsync("call_ended", app.Url, retries: 3);

        Assert.That(deliveries.Select(delivery => delivery.Status), Is.EqualTo(new int?[] { 503, 204 }));
    }

    [TestCaseSource(nameof(s_wrong))]
    public async Task Deliver_with_a_wrong_signature_is_rejected(string kind)
    {
        FakeSignature signature = Enum.Parse<FakeSignature>(kind);
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);

        FakeWebhookDelivery delivery = (await server.Webhooks.DeliverAsync("call_ended", app.Url, signature: signature)).Single();

        string? sent = app.Requests.Single().Signature;
        Assert.That(delivery.Status, Is.EqualTo(401));
        Assert.That(delivery.Headers.GetValueOrDefault(RetellWebhook.SignatureHeader), Is.EqualTo(sent));
        Assert.That(sent is null, Is.EqualTo(signature == FakeSignature.Missing));
        Assert.That(sent is null || System.Text.RegularExpressions.Regex.IsMatch(sent, "^v=[0-9]+,d=[0-9a-f]{64}$"), Is.EqualTo(signature != FakeSignature.Malformed));
        Assert.That(JObject.Parse(app.Requests.Single().Text)["event"]!.ToString(), Is.EqualTo("call_ended"), "the body is in order");
    }

    [TestCase("Stale", -6)]
    [TestCase("Future", 6)]
    public async Task Deliver_with_a_signature_of_another_time_is_signed_with_the_key(string kind, int minutes)
    {
        var clock = new FakeClock(new DateTimeOffset(2026, 10, 1, 12, 0, 0, TimeSpan.Zero));
        await using var server = new FakeRetellServer(new() { TimeProvider = clock, WebhookClock = clock });
        await using ListeningApplication app = await ListeningApplication.StartAsync();

        await server.Webhooks.DeliverAsync("call_ended", app.Url, signature: Enum.Parse<FakeSignature>(kind));

        Arrived arrived = app.Requests.Single();
        DateTimeOffset signedAt = clock.GetUtcNow().AddMinutes(minutes);
        Assert.That(arrived.Signature, Is.EqualTo(RetellWebhook.Sign(arrived.Body, server.ApiKey, signedAt)));
    }

    [Test]
    public async Task Deliver_sends_event_objects_and_bodies_as_they_are()
    {
        await using var server = new FakeRetellServer(new() { WebhookKey = "other_key" });
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync("other_key");
        const string Analyzed = """{"event":"call_analyzed","call":{"call_type":"phone_call","call_id":"c","new_member":1}}""";
        WebhookEvent parsed = RetellWebhook.Parse(Analyzed);

        await server.Webhooks.DeliverAsync(parsed, app.Url);
        await server.Webhooks.DeliverAsync(new { @event = "brand_new", thing = new { id = 1 } }, app.Url);
        await server.Webhooks.DeliverAsync(JObject.Parse("""{"event":5,"x":null}"""), app.Url);

        Assert.That(
            app.Requests.Select(arrived => arrived.Text),
            Is.EqualTo(new[] { Analyzed, """{"event":"brand_new","thing":{"id":1}}""", """{"event":5,"x":null}""" }));
        Assert.That(
            server.WebhookDeliveries.Select(delivery => (delivery.Event, delivery.Status)),
            Is.EqualTo(new (string, int?)[] { ("call_analyzed", 200), ("brand_new", 200), ("", 200) }));
    }

    [Test]
    public async Task Deliver_about_a_call_sends_it_as_it_is_to_the_URL_of_its_agent()
    {
        await using ListeningApplication app = await ListeningApplication.StartAsync();
        await using var server = new FakeRetellServer(new() { AccountWebhookUrl = app.Url + "/account", Timings = FakeTimings.Never });
        server.Seed("Agent", new { agent_id = "a", webhook_url = app.Url + "/{{branch}}", webhook_events = Array.Empty<string>() });
        string id = server.Seed("PhoneCall", new { agent_id = "a", call_status = "ongoing", retell_llm_dynamic_variables = new { branch = "north side" } });
        string chat = server.Seed("Chat", new { agent_id = "unknown" });

        await server.Webhooks.DeliverAsync("transfer_bridged", session: server.Calls[id]);
        await server.Webhooks.DeliverAsync("transcript_updated", session: server.Chats[chat]);
        await server.Webhooks.DeliverAsync("alert_triggered");

        Assert.That(app.Requests.Select(arrived => arrived.Target), Is.EqualTo(new[] { "/retell/north%20side", "/retell/account", "/retell/account" }));
        Assert.That((string?)JObject.Parse(app.Requests[0].Text)["call"]!["call_id"], Is.EqualTo(id));
        Assert.That((string?)JObject.Parse(app.Requests[1].Text)["chat"]!["chat_id"], Is.EqualTo(chat));
    }

    [Test]
    public async Task Deliver_times_out_by_the_clock_of_the_server()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using ListeningApplication app = await ListeningApplication.StartAsync(async (_, _) =>
        {
            arrived.SetResult();
            await release.Task;
            return (200, "");
        });
        await using var server = new FakeRetellServer();

        Task<IReadOnlyList<FakeWebhookDelivery>> deliver = server.Webhooks.DeliverAsync("call_ended", app.Url);
        await arrived.Task;
        server.Clock.Advance(TimeSpan.FromSeconds(9.5));
        Assert.That(deliver.IsCompleted, Is.False);
        server.Clock.Advance(TimeSpan.FromSeconds(0.5));
        FakeWebhookDelivery delivery = (await deliver).Single();
        release.SetResult();

        Assert.That((delivery.Status, delivery.Error, delivery.Duration), Is.EqualTo(((int?)null, "There was no response within 10000 ms.", TimeSpan.FromSeconds(10))));
    }

    [Test]
    public async Task Deliver_measures_the_response_by_the_clock_of_the_server()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync((_, number) =>
        {
            server.Clock.Advance(TimeSpan.FromSeconds(number));
            return Task.FromResult((200, "done"));
        });

        IReadOnlyList<FakeWebhookDelivery> deliveries = await server.Webhooks.DeliverAsync("call_ended", app.Url, times: 2, timeout: TimeSpan.FromSeconds(30));

        Assert.That(
            deliveries.Select(delivery => (delivery.Duration, delivery.Answer)),
            Is.EqualTo(new[] { (TimeSpan.FromSeconds(1), "done"), (TimeSpan.FromSeconds(2), "done") }));
        Assert.That(deliveries[1].SentAt - deliveries[0].SentAt, Is.EqualTo(TimeSpan.FromSeconds(1)));
    }

    [Test]
    public async Task Deliver_to_another_host_requires_WebhookHosts()
    {
        await using var closed = new FakeRetellServer();
        await using var open = new FakeRetellServer(new() { WebhookHosts = ["Retell.invalid"] });

        FakeWebhookDelivery kept = (await closed.Webhooks.DeliverAsync("call_ended", "https://retell.invalid/")).Single();
        FakeWebhookDelivery tried = (await open.Webhooks.DeliverAsync("call_ended", "https://retell.invalid/")).Single();

        Assert.That(kept.Error, Does.StartWith("retell.invalid is not this machine."));
        Assert.That(tried.Error, Is.Not.Null.And.Not.Contains("is not this machine"));
    }

    [Test]
    public void Deliver_with_bad_input_names_the_parameter()
    {
        var server = new FakeRetellServer();
        FakeCall call = server.Calls[server.Seed("PhoneCall", new { })];
        FakeChat chat = server.Chats[server.Seed("Chat", new { })];
        const string Url = "http://127.0.0.1:1/";

        AssertArgument(() => server.Webhooks.DeliverAsync("call_begun", Url), "eventName", "\"call_begun\" is not a webhook event. Use one of: call_started, ");
        AssertArgument(() => server.Webhooks.DeliverAsync("chat_ended", Url, call), "eventName", "\"chat_ended\" is not an event of a call.");
        AssertArgument(() => server.Webhooks.DeliverAsync("transfer_ended", Url, chat), "eventName", "\"transfer_ended\" is not an event of a chat.");
        AssertArgument(() => server.Webhooks.DeliverAsync("alert_triggered", Url, call), "eventName", "\"alert_triggered\" is not an event of a call.");
        AssertArgument(() => server.Webhooks.DeliverAsync("call_ended"), "url", "There is no URL to deliver to.");
        AssertArgument(() => server.Webhooks.DeliverAsync("call_ended", "retell/webhooks"), "url", "\"retell/webhooks\" is not an absolute http or https URL.");
        AssertArgument(() => server.Webhooks.DeliverAsync("call_ended", Url, times: 0), "times", "times");
        AssertArgument(() => server.Webhooks.DeliverAsync("call_ended", Url, retries: -1), "retries", "retries");
        AssertArgument(() => server.Webhooks.DeliverAsync("call_ended", Url, timeout: TimeSpan.Zero), "timeout", "timeout");
        AssertArgument(() => server.Webhooks.DeliverAsync("call_ended", Url, signature: (FakeSignature)99), "signature", "99");
        AssertArgument(() => server.Webhooks.DeliverAsync((object)new[] { 1 }, Url), "webhook", "is not written as a JSON object");
        Assert.That(server.WebhookDeliveries, Is.Empty);
    }

    internal static void AssertArgument(Func<Task> act, string parameter, string message) =>
        Assert.That(act, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo(parameter).And.Message.Contains(message));
}
