using System.Net;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Testing;

public class CustomFunctionTests(Way way) : FakeFixture(way)
{
    private const string Url = "https://app.example.com/book/{{branch}}";

    [Test]
    public async Task CallFunction_sends_the_signed_envelope_and_adds_invocation_and_result()
    {
        using var application = new Application(_ => Respond("""{"slot": {"id": "s 1"}}"""));
        FakeCall call = await PlaceAsync(application, new JObject { ["response_variables"] = new JObject { ["slot_id"] = "slot.id", ["none"] = "slot.other" } });
        await call.StartAsync();
        await call.SayAsync("user", "A table, please.");

        FakeFunctionCall made = await call.CallFunctionAsync("book_slot", new { day = "Monday", guests = 2 });

        JObject body = JObject.Parse(application.Bodies.Single());
        Assert.That(application.Requests.Single().Method, Is.EqualTo(HttpMethod.Post));
        Assert.That(application.Requests.Single().RequestUri!.AbsoluteUri, Is.EqualTo("https://app.example.com/book/north%20side"));
        Assert.That(application.Requests.Single().Content!.Headers.ContentType!.MediaType, Is.EqualTo("application/json"));
        Assert.That(body.Properties().Select(member => member.Name), Is.EqualTo(new[] { "name", "call", "args" }));
        Assert.That((string?)body["name"], Is.EqualTo("book_slot"));
        Assert.That(JToken.DeepEquals(body["args"], JObject.Parse("""{"day": "Monday", "guests": 2}""")));
        Assert.That(((string?)body["call"]!["call_id"], (string?)body["call"]!["transcript"]), Is.EqualTo((call.Id, "User: A table, please.\n")));
        Assert.That(RetellWebhook.Verify(application.Bodies.Single(), application.Signature(0), Server.ApiKey));
        Assert.That((made.IsSuccess, made.Status, made.Attempts, made.Content), Is.EqualTo((true, (int?)200, 1, """{"slot": {"id": "s 1"}}""")));
        Assert.That(made.Variables, Is.EqualTo(new Dictionary<string, string> { ["slot_id"] = "s 1" }));

        var read = (PhoneCall)call.Read();
        Assert.That(read.Transcript, Is.EqualTo("User: A table, please.\n"));
        Assert.That(read.TranscriptObject, Has.Count.EqualTo(1));
        var invocation = (ToolCallInvocationUtterance)read.TranscriptWithToolCalls![1];
        var result = (ToolCallResultUtterance)read.TranscriptWithToolCalls[2];
        Assert.That((invocation.ToolCallId, invocation.Name, invocation.Arguments), Is.EqualTo((made.ToolCallId, "book_slot", """{"day":"Monday","guests":2}""")));
        Assert.That((result.ToolCallId, result.Content, result.Successful), Is.EqualTo((made.ToolCallId, made.Content, (bool?)true)));
        Assert.That(read.CollectedDynamicVariables!["slot_id"], Is.EqualTo("s 1"));
    }

    [Test]
    public async Task CallFunction_with_args_at_root_sends_the_arguments_alone()
    {
        using var application = new Application(_ => Respond("ok"));
        FakeCall call = await PlaceAsync(application, new JObject { ["args_at_root"] = true, ["method"] = "PUT", ["headers"] = new JObject { ["X-Branch"] = "{{branch}}" } });

        await call.CallFunctionAsync("book_slot", new { day = "Monday" });

        Assert.That(application.Bodies.Single(), Is.EqualTo("""{"day":"Monday"}"""));
        Assert.That(application.Requests.Single().Method, Is.EqualTo(HttpMethod.Put));
        Assert.That(application.Requests.Single().Headers.GetValues("X-Branch"), Is.EqualTo(new[] { "north side" }));
        Assert.That(RetellWebhook.Verify(application.Bodies.Single(), application.Signature(0), Server.ApiKey));
    }

    [Test]
    public async Task CallFunction_by_GET_sends_query_parameters_and_signs_the_empty_text()
    {
        using var application = new Application(_ => Respond("ok"));
        FakeCall call = await PlaceAsync(application, new JObject { ["method"] = "GET", ["query_params"] = new JObject { ["at"] = "{{branch}}", ["page"] = "1" } });

        FakeFunctionCall made = await call.CallFunctionAsync("book_slot", new { day = "Monday" });

        Assert.That(made.Url, Is.EqualTo("https://app.example.com/book/north%20side?at=north%20side&page=1"));
        Assert.That(application.Requests.Single().RequestUri!.AbsoluteUri, Is.EqualTo(made.Url));
        Assert.That((application.Requests.Single().Content, application.Bodies.Single()), Is.EqualTo(((HttpContent?)null, "")));
        Assert.That(RetellWebhook.Verify("", application.Signature(0), Server.ApiKey));
    }

    [Test]
    public async Task CallFunction_that_fails_is_retried_max_retry_times_and_the_failure_is_in_the_transcript()
    {
        using var application = new Application(_ => Respond("full", HttpStatusCode.Conflict));
        FakeCall call = await PlaceAsync(application, new JObject { ["max_retry"] = 2 });

        FakeFunctionCall made = await call.CallFunctionAsync("book_slot");

        Assert.That((made.Attempts, application.Requests.Count, made.Status, made.IsSuccess), Is.EqualTo((3, 3, (int?)409, false)));
        Assert.That(((ToolCallResultUtterance)((PhoneCall)call.Read()).TranscriptWithToolCalls![^1]).Successful, Is.False);
        Assert.That(() => made.ReadJson(), Throws.InvalidOperationException.With.Message.StartsWith("The result of the function \"book_slot\" is not valid JSON: "));
    }

    [Test]
    public async Task CallFunction_when_the_application_throws_has_an_error()
    {
        using var application = new Application(_ => throw new InvalidOperationException("Broken."));
        FakeCall call = await PlaceAsync(application, []);

        FakeFunctionCall made = await call.CallFunctionAsync("book_slot");

        Assert.That((made.Error, made.Content, made.Status), Is.EqualTo(("Broken.", "Broken.", (int?)null)));
    }

    [Test]
    public async Task CallFunction_finds_functions_of_states_flows_and_overrides()
    {
        using var application = new Application(_ => Respond("ok"));
        Server.DeliverWebhooksTo(application);
        JObject tool = JObject.FromObject(new { type = "custom", name = "in_flow", url = "https://app.example.com/flow", tool_id = "t" });
        string flow = Server.Seed("ConversationFlow", new { tools = new[] { tool } });
        Server.Seed("Agent", new { agent_id = "flow_agent", response_engine = new { type = "conversation-flow", conversation_flow_id = flow } });
        JObject state = JObject.FromObject(new { name = "s", tools = new[] { new { type = "custom", name = "in_state", url = "https://app.example.com/state" } } });
        string llm = Server.Seed("RetellLlm", new { states = new[] { state } });
        Server.Seed("Agent", new { agent_id = "state_agent", response_engine = new { type = "retell-llm", llm_id = llm } });

        FakeCall inFlow = await PlaceAsync("flow_agent");
        FakeCall inState = await PlaceAsync("state_agent");

        Assert.That((await inFlow.CallFunctionAsync("in_flow")).Url, Is.EqualTo("https://app.example.com/flow"));
        Assert.That((await inState.CallFunctionAsync("in_state")).Url, Is.EqualTo("https://app.example.com/state"));
    }

    [Test]
    public async Task CallFunction_with_bad_input_says_what_to_do()
    {
        using var application = new Application(_ => Respond("ok"));
        FakeCall call = await PlaceAsync(application, []);
        FakeCall without = Server.Calls[(string)(await SendAsync("POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2"}""")).Json["call_id"]!];

        Assert.That(
            () => call.CallFunctionAsync("book_slots"),
            Throws.ArgumentException.With.Property("ParamName")
                .EqualTo("name")
                .And.Message.StartsWith($"The agent of {call.Id} has no custom function \"book_slots\". It has: book_slot."));
        Assert.That(() => call.CallFunctionAsync("book_slot", "text"), Throws.ArgumentException.With.Property("ParamName").EqualTo("arguments"));
        Assert.That(() => without.CallFunctionAsync("book_slot"), Throws.InvalidOperationException.With.Message.Contains("does not exist in the fake"));
        await call.EndAsync();
        Assert.That(() => call.CallFunctionAsync("book_slot"), Throws.InvalidOperationException.With.Message.EqualTo($"The call {call.Id} has ended: its status is ended."));
        Assert.That(application.Requests, Is.Empty);
    }

    private async Task<FakeCall> PlaceAsync(Application application, JObject more)
    {
        Server.DeliverWebhooksTo(application);
        var tool = new JObject(more) { ["type"] = "custom", ["name"] = "book_slot", ["url"] = Url };
        string llm = Server.Seed("RetellLlm", new { general_tools = new[] { tool } });
        Server.Seed("Agent", new { agent_id = "agent_1", response_engine = new { type = "retell-llm", llm_id = llm } });
        return await PlaceAsync("agent_1");
    }

    private async Task<FakeCall> PlaceAsync(string agent)
    {
        Reply placed = await SendAsync("POST", "/v2/create-phone-call", new
        {
            from_number = "+1",
            to_number = "+2",
            override_agent_id = agent,
            retell_llm_dynamic_variables = new { branch = "north side" },
        });
        return Server.Calls[(string)placed.Json["call_id"]!];
    }

    private static HttpResponseMessage Respond(string body, HttpStatusCode status = HttpStatusCode.OK) => new(status) { Content = new StringContent(body) };

    /// <summary>The application under test, as a handler.</summary>
    private sealed class Application(Func<HttpRequestMessage, HttpResponseMessage> respond) : HttpMessageHandler
    {
        public List<HttpRequestMessage> Requests { get; } = [];

        public List<string> Bodies { get; } = [];

        public string Signature(int index) => Requests[index].Headers.GetValues(RetellWebhook.SignatureHeader).Single();

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests.Add(request);
            Bodies.Add(request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken));
            return respond(request);
        }
    }
}
