using System.Net;
using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;
using Retell.Testing.Monitoring;
using Retell.Testing.Resources;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Testing.Webhooks;

namespace Retell.Tests.Testing;

/// <summary>What somebody meets who uses the fake with its default options.</summary>
public class FakeDefaultsTests(Way way) : FakeFixture(way)
{
    private static IEnumerable<TestCaseData> OperationsWithId => ApiDocument.Embedded.Operations
        .Where(operation => operation.Path.Contains('{', StringComparison.Ordinal))
        .Select(operation => new TestCaseData(operation).SetArgDisplayNames(operation.Id));

    [SetUp]
    public Task UseDefaultsAsync() => RestartAsync(new());

    [TestCaseSource(nameof(OperationsWithId))]
    public async Task Operation_with_an_unknown_id_is_not_found(object of)
    {
        var operation = (FakeOperation)of;
        var samples = new SampleFactory(ApiDocument.Embedded, new SchemaValidator(ApiDocument.Embedded));
        string path = System.Text.RegularExpressions.Regex.Replace(operation.Path, "{[^}]+}", "nope");
        string query = string.Join('&', operation.Parameters.Where(p => p.IsQuery && p.IsRequired).Select(p => $"{p.Name}={samples.Create(p.Schema, full: false)}"));

        Reply reply = await SendAsync(
            operation.Method,
            $"{path}?{query}",
            operation.IsMultipart ? Form() : operation.Body is null ? null : samples.Create(operation.Body, full: false));

        Assert.That(reply.Status, Is.EqualTo(404).Or.EqualTo(422), reply.Text);
        Assert.That(reply.Message, Does.StartWith("Cannot find "));
        Assert.That(Server.Requests.Invalid(), Is.Empty);

        static MultipartFormDataContent Form() => new() { { new StringContent("[\"https://a.example.com\"]"), "knowledge_base_urls" } };
    }

    [Test]
    public async Task Client_gets_a_typed_exception_for_an_unknown_agent()
    {
        using RetellClient retell = Server.CreateClient();

        Assert.That(() => retell.Agents.GetAsync("agent_nope"), Throws.TypeOf<RetellUnprocessableException>().With.Message.Contains("Cannot find agent agent_nope"));
        Assert.That(() => retell.Calls.CreateWebCallAsync("agent_nope"), Throws.TypeOf<RetellUnprocessableException>());
        Assert.That(
            () => retell.BatchCalls.CreateAsync("+14157774444", [new BatchCallTask { ToNumber = "+12137774445", OverrideAgentId = "agent_nope" }]),
            Throws.TypeOf<RetellUnprocessableException>());
        Assert.That((await SendAsync("POST", "/v2/list-agents", "{}")).Json["items"], Is.Empty);
    }

    [Test]
    public async Task DeleteKnowledgeBaseSource_with_an_unknown_source_is_not_found()
    {
        string id = Server.Seed("KnowledgeBase", new { knowledge_base_name = "a" });

        Assert.That((await SendAsync("DELETE", $"/delete-knowledge-base-source/{id}/source/nope")).Message, Is.EqualTo($"Cannot find source nope of knowledge base {id}."));
    }

    [TestCase("/create-agent", "/get-agent/", "/update-agent/", """{"response_engine": {"type": "retell-llm", "llm_id": "llm_1"}, "voice_id": "v"}""", """{"agent_name": "B"}""")]
    [TestCase("/create-chat-agent", "/get-chat-agent/", "/update-chat-agent/", """{"response_engine": {"type": "retell-llm", "llm_id": "llm_1"}}""", """{"agent_name": "B"}""")]
    [TestCase("/create-retell-llm", "/get-retell-llm/", "/update-retell-llm/", "{}", """{"general_prompt": "B"}""")]
    public async Task Update_with_If_Match_of_an_older_state_is_412(string create, string get, string update, string body, string change)
    {
        JToken created = (await SendAsync("POST", create, body)).Json;
        string id = (string)(created["agent_id"] ?? created["llm_id"])!;
        string tag = (await GetAsync(get + id)).Headers["ETag"];

        Http.DefaultRequestHeaders.TryAddWithoutValidation("If-Match", tag);
        Reply first = await SendAsync("PATCH", update + id, change);
        Reply second = await SendAsync("PATCH", update + id, change);

        Assert.That((first.Status, second.Status), Is.EqualTo((200, 412)), first.Text);
        Assert.That(second.Message, Does.EndWith($"was changed since it was read: If-Match is {tag}, but its ETag is {first.Headers["ETag"]}."));
    }

    [Test]
    public async Task Client_with_If_Match_gets_RetellPreconditionFailedException()
    {
        using RetellClient retell = Server.CreateClient();
        string id = Server.Seed(new Agent { AgentName = "A" });

        Assert.That(
            () => retell.Agents.UpdateAsync(id, agent => agent.AgentName = "B", new RequestOptions { Headers = { ["If-Match"] = "\"old\"" } }),
            Throws.TypeOf<RetellPreconditionFailedException>());
        Assert.That((await retell.Agents.GetAsync(id)).AgentName, Is.EqualTo("A"));
    }

    [Test]
    public async Task EndAsync_with_a_cost_sets_call_cost_and_latency()
    {
        FakeCall call = await PlaceAsync();
        await call.StartAsync();
        Server.Clock.Advance(TimeSpan.FromSeconds(10));
        await call.EndAsync("agent_hangup", cost: 12.5m);

        var read = (PhoneCall)call.Read();
        Assert.That((read.CallCost!.CombinedCost, read.CallCost.TotalDurationSeconds, read.CallCost.ProductCosts.Single().Cost), Is.EqualTo((12.5, 10.0, 12.5)));
        Assert.That((read.Latency!.E2e!.P50, read.Latency.E2e.Num), Is.EqualTo(((double?)800, (double?)1)));
    }

    [TestCase("user_hangup", 6.0, true)]
    [TestCase("dial_busy", 0.0, false)]
    public async Task EndAsync_without_a_cost_derives_it_from_the_duration(string reason, double cost, bool hasLatency)
    {
        FakeCall call = await PlaceAsync();
        if (hasLatency)
        {
            await call.StartAsync();
            Server.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        else
        {
            await call.EndAsync(reason);
        }

        var read = (PhoneCall)call.Read();
        Assert.That(($"{read.DisconnectionReason}", read.CallCost!.CombinedCost, read.Latency is not null), Is.EqualTo((reason, cost, hasLatency)));
    }

    [Test]
    public async Task Steps_with_bad_input_name_the_parameter()
    {
        FakeCall call = await PlaceAsync();

        await AssertArgumentAsync(() => call.EndAsync("agent_hangupp"), "disconnectionReason", "\"agent_hangup\"");
        await AssertArgumentAsync(() => call.EndAsync(cost: -1), "cost", "negative");
        await AssertArgumentAsync(() => call.AnalyzeAsync(new { call_summry = "x" }), "analysis", "$.call_summry is not a known member");
        await AssertArgumentAsync(() => call.TellAsync("transfer_begun"), "eventName", "\"transfer_started\"");
        await AssertArgumentAsync(() => call.SayAsync("nobody", "x"), "role", "\"nobody\" is not a speaker.");
        await AssertArgumentAsync(() => Do(() => call.Change(new { call_status = 5 })), "members", "$.call_status must be a string");
        await AssertArgumentAsync(() => Server.Seed("Sandwich", new { }), "kind", "\"Sandwich\" is not a type of object");
        await AssertArgumentAsync(() => Server.Seed("Agent", new { voice_speed = "fast" }), "item", "$.voice_speed must be a number");
        await AssertArgumentAsync(() => Server.Seed("Agent", 1, _ => new { voice_speed = "fast" }), "members", "$.voice_speed must be a number");
        await AssertArgumentAsync(() => Server.Seed(new CreateAgentRequest()), "item", "\"CreateAgentRequest\" is not a type of object");
        await AssertArgumentAsync(() => Do(() => Server.Change("Agent", "agent_nope", new { agent_name = "A" })), "id", "There is no agent \"agent_nope\".");
        await AssertArgumentAsync(() => Server.When("createphonecall"), "operationId", "Did you mean \"createPhoneCall\"?");
        await AssertArgumentAsync(() => Server.Requests.For("createphonecall"), "operationId", "Did you mean \"createPhoneCall\"?");
        await AssertArgumentAsync(() => Server.SimulateInboundCallAsync("+1", "+2"), "toNumber", "There is no phone number \"+2\".");
        await AssertArgumentAsync(() => Server.Webhooks.DeliverAsync(new { @event = "x" }, "/retell"), "url", "is not an absolute http or https URL");
        Assert.That(call.Status, Is.EqualTo("registered"), "nothing has happened");

        static object Do(Action action)
        {
            action();
            return action;
        }

        static async Task AssertArgumentAsync(Func<object> action, string parameter, string message)
        {
            ArgumentException error = (await Assert.CatchAsync<ArgumentException>(async () => await (action() as Task ?? Task.CompletedTask)))!;
            Assert.That(error.ParamName, Is.EqualTo(parameter), error.Message);
            Assert.That(error.Message, Does.Contain(message));
        }
    }

    [Test]
    public async Task SeedCalls_ends_the_calls_before_the_time_of_the_clock()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(1_800_000_000_000);
        await RestartAsync(new() { TimeProvider = new FakeClock(now) });
        IReadOnlyList<string> ids = Server.SeedCalls(3);

        PhoneCall[] calls = [.. Server.Calls.Select(call => (PhoneCall)call.Read())];
        Assert.That(calls.Select(call => call.CallId), Is.EqualTo(ids));
        Assert.That(calls.Select(call => now.ToUnixTimeMilliseconds() - call.StartTimestamp), Is.EqualTo(new long?[] { 180_000, 120_000, 60_000 }));
        Assert.That(calls.Select(call => call.EndTimestamp - call.StartTimestamp), Is.All.EqualTo(10_000L));
    }

    [Test]
    public async Task Read_returns_the_body_or_says_that_there_is_none()
    {
        await PlaceAsync();
        await GetAsync("/get-concurrency");
        string? number = Server.Requests.Only("createPhoneCall").Read<CreatePhoneCallRequest>().ToNumber;

        Assert.That(number, Is.EqualTo("+2"));
        Assert.That(
            () => Server.Requests.Only("getConcurrency").Read<JObject>(),
            Throws.InvalidOperationException.With.Message.EqualTo("The request GET /get-concurrency has no body."));
    }

    [Test]
    public async Task Port_in_the_options_is_the_port_that_it_listens_on()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        Assert.That(() => FakeRetellServer.StartAsync(new() { Port = port }), Throws.InstanceOf<IOException>());
        probe.Stop();

        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { Port = port });
        Assert.That(server.BaseUrl.Port, Is.EqualTo(port));
        Assert.That(() => new FakeRetellServerOptions { Port = 65_536 }, Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("from 0 to 65535"));
        Assert.That(() => new FakeRetellServerOptions { WebhookRetries = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Entries_are_operations_of_the_document()
    {
        var store = new Store(ApiDocument.Embedded, new(), new FakeClock());
        var schedule = new Schedule(store);
        using var http = new OutboundHttp(new(), "key", store.Clock);
        using var sender = new WebhookSender(new(), http, store.Clock);
        var table = new ResourceTable(new ResourceContext(store, schedule, new SessionLifecycle(store, schedule, new WebhookEvents(store, sender), new MonitorHub())));

        Assert.That(table.Operations, Is.Not.Empty.And.SubsetOf(ApiDocument.Embedded.Operations.Select(operation => operation.Id)));
    }

    private async Task<FakeCall> PlaceAsync() =>
        Server.Calls[(string)(await SendAsync("POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2"}""")).Json["call_id"]!];
}
