using System.Text;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Testing;

/// <summary>Every kind of mistake in a request is answered by 400 and a message that says what and where.</summary>
public class ValidationTests(Way way) : FakeFixture(way)
{
    private const string Engine = """
        "response_engine": {"type": "retell-llm", "llm_id": "llm_1"}, "voice_id": "v"
        """;

    private static IEnumerable<TestCaseData> WrongBodies =>
    [
        Case("a required member", "POST", "/v2/create-phone-call", """{"from_number": "+1"}""", "$.to_number is missing"),
        Case("several mistakes", "POST", "/v2/create-phone-call", """{"to_number": 5}""", "$.from_number is missing; $.to_number must be a string, but is 5"),
        Case("null", "POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": null}""", "$.to_number must not be null"),
        Case("type: integer", "PATCH", "/update-agent/a", """{"webhook_timeout_ms": 1.5}""", "$.webhook_timeout_ms must be an integer, but is 1.5"),
        Case(
            "type: boolean",
            "POST",
            "/v2/create-phone-call",
            """{"from_number": "+1", "to_number": "+2", "ignore_e164_validation": "true"}""",
            "$.ignore_e164_validation must be a boolean, but is the string \"true\""),
        Case("type: object", "POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2", "metadata": [1]}""", "$.metadata must be an object, but is an array"),
        Case(
            "64 bits",
            "POST",
            "/v2/create-phone-call",
            """{"from_number": "+1", "to_number": "+2", "override_agent_version": 9223372036854775808}""",
            "$.override_agent_version is 9223372036854775808, which is not a 64-bit integer"),
        Case("length", "POST", "/v2/create-phone-call", """{"from_number": "", "to_number": "+2"}""", "$.from_number has 0 characters, but must have at least 1 character"),
        Case(
            "an entry of a map",
            "POST",
            "/v2/create-phone-call",
            """{"from_number": "+1", "to_number": "+2", "custom_sip_headers": {"X-A b": 1}}""",
            "$.custom_sip_headers['X-A b'] must be a string, but is 1"),
        Case("an unknown member", "POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2", "toNumber": "+3"}""", "$.toNumber is not a known member"),
        Case(
            "an unknown member deep inside",
            "PATCH",
            "/update-agent/a",
            """{"pii_config": {"mode": "post_call", "categories": [], "x": 1}}""",
            "$.pii_config.x is not a known member"),
        Case("too large", "POST", "/create-agent", $$"""{{{Engine}}, "voice_speed": 2.5}""", "$.voice_speed is 2.5, but must be at most 2"),
        Case("too small", "POST", "/create-agent", $$"""{{{Engine}}, "voice_speed": 0}""", "$.voice_speed is 0, but must be at least 0.5"),
        Case(
            "not more than",
            "PATCH",
            "/update-phone-number/1",
            """{"inbound_agents": [{"agent_id": "a", "weight": 0}]}""",
            "$.inbound_agents[0].weight is 0, but must be more than 0"),
        Case(
            "an enumeration",
            "POST",
            "/create-agent",
            $$"""{{{Engine}}, "data_storage_setting": "nothing"}""",
            "$.data_storage_setting is the string \"nothing\", but must be one of \"everything\", \"everything_except_pii\", \"basic_attributes_only\""),
        Case(
            "an enumeration that is smaller here",
            "PATCH",
            "/update-chat/a",
            """{"data_storage_setting": "everything_except_pii"}""",
            "$.data_storage_setting is the string \"everything_except_pii\", but must be one of \"everything\", \"basic_attributes_only\""),
        Case(
            "an item twice",
            "PATCH",
            "/update-agent/a",
            """{"pii_config": {"mode": "post_call", "categories": ["ssn", "ssn"]}}""",
            "$.pii_config.categories contains the same item more than once"),
        Case(
            "a tag that is missing",
            "POST",
            "/create-agent",
            """{"response_engine": {"llm_id": "a"}, "voice_id": "v"}""",
            "$.response_engine.type is missing, it must be one of \"retell-llm\", \"custom-llm\", \"conversation-flow\""),
        Case(
            "an unknown tag",
            "POST",
            "/create-agent",
            """{"response_engine": {"type": "retell_llm"}, "voice_id": "v"}""",
            "$.response_engine.type is the string \"retell_llm\", but must be one of \"retell-llm\", \"custom-llm\", \"conversation-flow\""),
        Case(
            "a tag of another type",
            "POST",
            "/create-agent",
            """{"response_engine": {"type": 1}, "voice_id": "v"}""",
            "$.response_engine.type is 1, but must be one of \"retell-llm\", \"custom-llm\", \"conversation-flow\""),
        Case(
            "a mistake in a variant",
            "POST",
            "/create-agent",
            """{"response_engine": {"type": "custom-llm", "llm_id": "a"}, "voice_id": "v"}""",
            "$.response_engine.llm_websocket_url is missing; $.response_engine.llm_id is not a known member"),
        Case(
            "a mistake in a variant in a list",
            "POST",
            "/create-retell-llm",
            """{"general_tools": [{"type": "end_call", "name": "a"}, {"type": "press_digit"}]}""",
            "$.general_tools[1].name is missing"),
        Case("a scalar union", "POST", "/create-agent", $$"""{{{Engine}}, "language": 5}""", "$.language must be a string or an array, but is 5"),
        Case(
            "a required member of one union only",
            "POST",
            "/create-conversation-flow",
            """{"start_speaker": "agent", "model_choice": {"type": "cascading", "model": "gpt-4.1"}, "nodes": [], "tools": [{"type": "check_availability_cal", "name": "a", "cal_api_key": "b", "event_type_id": 1}]}""",
            "$.tools[0].tool_id is missing"),
        Case(
            "a member of another union",
            "POST",
            "/create-retell-llm",
            """{"general_tools": [{"type": "custom", "name": "a", "url": "https://a", "tool_id": "x"}]}""",
            "$.general_tools[0].tool_id is not a known member"),
        Case("another root", "POST", "/v2/create-phone-call", "[]", "$ must be an object, but is an array"),
        Case("null as the root", "POST", "/v2/create-phone-call", "null", "$ must not be null"),
        Case("cut off", "POST", "/v2/create-phone-call", """{"from_number": "+1", """, "$ is not valid JSON: "),
        Case("text after it", "POST", "/v2/create-phone-call", "{} {}", "$ is not valid JSON: "),
        Case("single quotes", "POST", "/v2/create-phone-call", "{'from_number': '+1'}", "$ is not valid JSON: "),
        Case("a comment", "POST", "/v2/create-phone-call", "{/* */}", "$ is not valid JSON: "),
        Case("a member twice", "POST", "/v2/create-phone-call", """{"from_number": "+1", "from_number": "+2"}""", "$ is not valid JSON: "),
        Case("no body", "POST", "/v2/create-phone-call", null, "$ is missing: the operation requires a body"),
        Case("a body that is not wanted", "POST", "/publish-agent/a", "{}", "$ has 2 bytes, but the operation has no request body"),
        Case("a query value that is missing", "GET", "/list-test-case-definitions", null, "query type is missing"),
        Case("a query value of another type", "GET", "/list-chat?limit=x", null, "query limit must be an integer, but is the string \"x\""),
        Case("a query value that is too large", "GET", "/list-chat?limit=1001", null, "query limit is 1001, but must be at most 1000"),
        Case("an enumeration in the query", "GET", "/list-chat?sort_order=up", null, "query sort_order is the string \"up\", but must be one of \"ascending\", \"descending\""),
        Case("a query value twice", "GET", "/list-chat?limit=1&limit=2", null, "query limit occurs 2 times"),
        Case("an unknown query value", "GET", "/list-chat?Limit=1", null, "query Limit is not a known parameter"),
    ];

    [TestCaseSource(nameof(WrongBodies))]
    public async Task Fake_invalid_request_returns_400_with_message(string method, string path, string? body, string message)
    {
        Reply reply = await SendAsync(method, path, body);

        Assert.That(reply.Status, Is.EqualTo(400), reply.Text);
        string expected = $"Invalid {Server.Requests[0].OperationId} request: {message}";
        Assert.That(reply.Message, message.EndsWith(": ", StringComparison.Ordinal) ? Does.StartWith(expected) : Is.EqualTo(expected + "."));
        Assert.That(Server.Requests[0].IsValid, Is.False);
        Assert.That(string.Join("; ", Server.Requests[0].Errors), Is.EqualTo(reply.Message[reply.Message.IndexOf(": ", StringComparison.Ordinal)..][2..^1]));
    }

    [TestCase("text/plain", "header Content-Type is \"text/plain\", but must be application/json")]
    [TestCase("multipart/form-data; boundary=x", "header Content-Type is \"multipart/form-data; boundary=x\", but must be application/json")]
    [TestCase(null, "header Content-Type is missing, it must be application/json")]
    public async Task Fake_wrong_content_type_returns_400(string? type, string message)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes("""{"from_number": "+1", "to_number": "+2"}"""));
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        Reply reply = await SendAsync("POST", "/v2/create-phone-call", content);

        Assert.That((reply.Status, reply.Message), Is.EqualTo((400, $"Invalid createPhoneCall request: {message}.")));
    }

    [TestCase("""{"from_number": "+1", "to_number": "+2", "metadata": {"a": [1, null, {"b": 1.5}]}, "override_agent_version": 2.0}""")]
    [TestCase("""{"from_number": "+1", "to_number": "+2", "override_agent_version": 9223372036854775807}""")]
    public async Task Fake_valid_request_returns_201(string body)
    {
        Reply reply = await SendAsync("POST", "/v2/create-phone-call", body);

        Assert.That(reply.Status, Is.EqualTo(201), reply.Text);
    }

    [Test]
    public async Task Fake_filter_accepts_map_entries_as_properties()
    {
        Assert.That((await SendAsync("POST", "/v2/list-calls", """{"filter_criteria": {"metadata.customer_id": ["a"]}}""")).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("POST", "/v2/list-calls", """{"filter_criteria": {"metadata.customer_id": "a"}}""")).Message,
            Does.EndWith(" request: $.filter_criteria['metadata.customer_id'] must be an array, but is the string \"a\"."));
        Assert.That((await SendAsync("POST", "/v2/list-calls", """{"filter_criteria": {"agent.customer_id": ["a"]}}""")).Status, Is.EqualTo(400));
    }

    [Test]
    public async Task Fake_body_that_is_not_UTF_8_returns_400()
    {
        using var content = new ByteArrayContent([.. "{\"a\": \""u8, 0xFC, .. "\"}"u8]) { Headers = { ContentType = new("application/json") } };

        Assert.That((await SendAsync("POST", "/v2/create-phone-call", content)).Message, Does.StartWith("Invalid createPhoneCall request: $ is not valid JSON: "));
    }

    [Test]
    public async Task Fake_many_errors_are_truncated_in_message()
    {
        string members = string.Join(", ", Enumerable.Range(0, 30).Select(i => $"\"x{i}\": 1"));
        Reply reply = await SendAsync("PATCH", "/update-agent/a", $"{{{members}}}");

        Assert.That(reply.Message, Does.EndWith("; $.x19 is not a known member; and 10 more."));
        Assert.That(Server.Requests[0].Errors, Has.Count.EqualTo(30));
    }

    [Test]
    public async Task AllowUnknownMembers_accepts_unknown_properties()
    {
        await RestartAsync(Options with { AllowUnknownMembers = true });

        Assert.That((await SendAsync("PATCH", "/update-agent/a?x=1", new JObject { ["x"] = 1 })).Status, Is.EqualTo(200));
        Assert.That((await SendAsync("PATCH", "/update-agent/a", new JObject { ["agent_name"] = 1 })).Status, Is.EqualTo(400));
    }

    private static TestCaseData Case(string name, string method, string path, string? body, string message) =>
        new TestCaseData(method, path, body, message).SetArgDisplayNames(name);
}
