using Newtonsoft.Json.Linq;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>What a single call may do otherwise than the client.</summary>
internal sealed class RequestOptionsTests
{
    [Test]
    public async Task RequestOptions_Query_adds_replaces_and_removes_parameters()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var options = new RequestOptions { Query = { ["limit"] = "5", ["order"] = null, ["new one"] = "a&b" } };

        await client.Transport.InvokeAsync(new ApiRequest(Read).WithPath("thing_id", "t").WithQuery("limit", 10).WithQuery("order", "up"), Codec.Object<Thing>(), options, default);

        Assert.That(handler.Sent[0].Uri.Query, Is.EqualTo("?limit=5&new%20one=a%26b"));
    }

    [Test]
    public async Task RequestOptions_Body_adds_and_replaces_properties()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var body = new Thing { Id = "mine", Count = 1 };

        await client.CallAsync(List, body, new RequestOptions { Body = { ["id"] = 7, ["count"] = null, ["beta"] = new JObject { ["on"] = true } } });

        Assert.That(JToken.Parse(handler.Sent[0].Body), Is.EqualTo(JToken.Parse("""{"type":"thing","id":7,"count":null,"beta":{"on":true}}""")).Using(JToken.EqualityComparer));
        Assert.That(RetellJson.Serialize(body), Is.EqualTo("""{"type":"thing","id":"mine","count":1}"""), "the caller's object");
    }

    [Test]
    public async Task RequestOptions_Body_without_request_body_creates_body()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(Rerun, options: new RequestOptions { Body = { ["why"] = "better model" } });

        Assert.That(handler.Sent[0].Body, Is.EqualTo("""{"why":"better model"}"""));
    }

    [Test]
    public void RequestOptions_Body_on_GET_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.CallAsync(Read, options: new RequestOptions { Body = { ["a"] = 1 } }),
            Throws.ArgumentException.With.Message.Contains("getThing").And.Message.Contains("RequestOptions.Query"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public async Task RequestOptions_IsRepeatable_true_retries_CreatePhoneCall()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(Dial, new Thing(), new RequestOptions { IsRepeatable = true });

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public void RequestOptions_IsRepeatable_false_does_not_retry()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { IsRepeatable = false }), Throws.InstanceOf<RetellServerException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task CreatePhoneCall_with_idempotency_key_is_retried_with_same_key()
    {
        using var handler = new StubHandler(() => StubHandler.Error(500), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", options: new RequestOptions { IdempotencyKey = "order-77_a" });

        Assert.That(handler.Sent.Select(sent => (string?)JObject.Parse(sent.Body)["idempotency_key"]), Is.EqualTo(new[] { "order-77_a", "order-77_a" }));
    }

    [TestCase("1234")]
    [TestCase("with space")]
    [TestCase("ümlaut")]
    public void CreatePhoneCall_invalid_idempotency_key_throws(string key)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", options: new RequestOptions { IdempotencyKey = key }),
            Throws.ArgumentException.With.Message.Contains(key).And.Message.Contains("5 to 255"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public void GetAgent_with_idempotency_key_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Agents.GetAsync("agent_1", options: new RequestOptions { IdempotencyKey = "abcdef" }),
            Throws.ArgumentException.With.Message.Contains("getAgent").And.Message.Contains("IsRepeatable"));
    }

    [Test]
    public void CreateAgent_missing_required_property_throws_and_is_not_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Agents.CreateAsync(new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" } }),
            Throws.ArgumentException.With.Message.Contains("createAgent").And.Message.Contains("VoiceId").And.Message.Contains("\"voice_id\""));
        Assert.That(
            () => client.Agents.CreateAsync(new CreateAgentRequest { VoiceId = "v", ResponseEngine = new ResponseEngineRetellLlm() }),
            Throws.ArgumentException.With.Message.Contains("ResponseEngine.LlmId").And.Message.Contains("\"response_engine.llm_id\""));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public async Task CreateAgent_required_property_in_RequestOptions_Body_is_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Agents.CreateAsync(
            new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" } },
            new RequestOptions { Body = { ["voice_id"] = "11labs-Adrian" } });

        Assert.That((string?)JObject.Parse(handler.Sent[0].Body)["voice_id"], Is.EqualTo("11labs-Adrian"));
    }

    [Test]
    public async Task UpdateAgent_deserialized_value_without_required_property_is_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var engine = RetellJson.Deserialize<ResponseEngineRetellLlm>("""{"type":"retell-llm"}""");

        await client.Agents.UpdateAsync("agent_1", new AgentSettings { ResponseEngine = engine });

        Assert.That(handler.Sent[0].Body, Is.EqualTo("""{"response_engine":{"type":"retell-llm"}}"""));
    }

    [TestCase("createPhoneCall", 120)]
    [TestCase("createChatCompletion", 300)]
    [TestCase("getCall", 60)]
    public async Task Timeout_default_depends_on_operation_unless_set(string operation, int seconds)
    {
        Assert.That(await LimitOfAsync(operation, null), Is.EqualTo(TimeSpan.FromSeconds(seconds)));
        Assert.That(await LimitOfAsync(operation, TimeSpan.FromSeconds(7)), Is.EqualTo(TimeSpan.FromSeconds(7)));
    }

    private static async Task<TimeSpan?> LimitOfAsync(string operation, TimeSpan? chosen)
    {
        using var handler = new SilentHandler();
        var options = new RetellClientOptions { ApiKey = Key, HttpMessageHandler = handler, MaxRetries = 0, TimeProvider = new HastyTime() };
        if (chosen is TimeSpan limit)
        {
            options.Timeout = limit;
        }

        using var client = new RetellClient(options);
        Func<Task> call = operation switch
        {
            "createPhoneCall" => () => client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445"),
            "createChatCompletion" => () => client.Chats.CreateCompletionAsync("chat_1", "hi"),
            _ => () => client.Calls.GetAsync("call_1"),
        };
        return (await Assert.ThrowsAsync<RetellTimeoutException>(() => call()))!.Timeout;
    }

    private sealed class SilentHandler : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            throw new InvalidOperationException("Nobody waits for ever.");
        }
    }

    /// <summary>Every limit is over as soon as it is set.</summary>
    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }

            return new NoTimer(callback, state);
        }

        private sealed class NoTimer(TimerCallback callback, object? state) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    ThreadPool.QueueUserWorkItem(_ => callback(state));
                }

                return true;
            }

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
