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
    public async Task Query_parameters_are_added_replaced_and_left_out()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var options = new RequestOptions { Query = { ["limit"] = "5", ["order"] = null, ["new one"] = "a&b" } };

        await client.Transport.InvokeAsync(new ApiRequest(Read).WithPath("thing_id", "t").WithQuery("limit", 10).WithQuery("order", "up"), Codec.Object<Thing>(), options, default);

        Assert.That(handler.Sent[0].Uri.Query, Is.EqualTo("?limit=5&new%20one=a%26b"));
    }

    [Test]
    public async Task Members_are_added_to_the_body_and_replace_its_own()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var body = new Thing { Id = "mine", Count = 1 };

        await client.CallAsync(List, body, new RequestOptions { Body = { ["id"] = 7, ["count"] = null, ["beta"] = new JObject { ["on"] = true } } });

        Assert.That(JToken.Parse(handler.Sent[0].Body), Is.EqualTo(JToken.Parse("""{"type":"thing","id":7,"count":null,"beta":{"on":true}}""")).Using(JToken.EqualityComparer));
        Assert.That(RetellJson.Serialize(body), Is.EqualTo("""{"type":"thing","id":"mine","count":1}"""), "the caller's object");
    }

    [Test]
    public async Task Members_make_a_body_where_there_is_none()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(Rerun, options: new RequestOptions { Body = { ["why"] = "better model" } });

        Assert.That(handler.Sent[0].Body, Is.EqualTo("""{"why":"better model"}"""));
    }

    [Test]
    public void A_read_has_no_body_to_add_to()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.CallAsync(Read, options: new RequestOptions { Body = { ["a"] = 1 } }),
            Throws.ArgumentException.With.Message.Contains("getThing").And.Message.Contains("RequestOptions.Query"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public async Task Whoever_knows_better_says_that_it_may_be_repeated()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.CallAsync(Dial, new Thing(), new RequestOptions { IsRepeatable = true });

        Assert.That(handler.Sent, Has.Count.EqualTo(2));
    }

    [Test]
    public void Whoever_knows_better_says_that_it_may_not()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read, options: new RequestOptions { IsRepeatable = false }), Throws.InstanceOf<RetellServerException>());
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task An_idempotency_key_is_sent_in_the_body_and_makes_it_repeatable()
    {
        using var handler = new StubHandler(() => StubHandler.Error(500), () => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", options: new RequestOptions { IdempotencyKey = "order-77_a" });

        Assert.That(handler.Sent.Select(sent => (string?)JObject.Parse(sent.Body)["idempotency_key"]), Is.EqualTo(new[] { "order-77_a", "order-77_a" }));
    }

    [TestCase("1234")]
    [TestCase("with space")]
    [TestCase("ümlaut")]
    public void A_wrong_idempotency_key_is_refused(string key)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445", options: new RequestOptions { IdempotencyKey = key }),
            Throws.ArgumentException.With.Message.Contains(key).And.Message.Contains("5 to 255"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public void An_operation_without_an_idempotency_key_says_so()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Agents.GetAsync("agent_1", options: new RequestOptions { IdempotencyKey = "abcdef" }),
            Throws.ArgumentException.With.Message.Contains("getAgent").And.Message.Contains("IsRepeatable"));
    }

    [Test]
    public void A_required_member_that_is_missing_is_named_before_anything_is_sent()
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
    public async Task A_required_member_may_stand_in_the_options()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Agents.CreateAsync(
            new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "llm_1" } },
            new RequestOptions { Body = { ["voice_id"] = "11labs-Adrian" } });

        Assert.That((string?)JObject.Parse(handler.Sent[0].Body)["voice_id"], Is.EqualTo("11labs-Adrian"));
    }

    [Test]
    public async Task What_was_read_may_lack_what_the_spec_requires()
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
    public async Task An_operation_that_takes_long_has_time_unless_a_limit_is_set(string operation, int seconds)
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
