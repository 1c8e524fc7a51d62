using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class FilterTests(Way way) : FakeFixture(way)
{
    [TestCase("""{"metadata": [{"key": "plan", "type": "string", "op": "eq", "value": "gold"}]}""", "b")]
    [TestCase("""{"metadata": [{"key": "seats", "type": "number", "op": "ge", "value": 3}, {"key": "plan", "type": "present", "op": "pr"}]}""", "b")]
    [TestCase("""{"metadata": [{"key": "plan", "type": "present", "op": "np"}]}""", "c", "a")]
    [TestCase("""{"dynamic_variables": [{"key": "name", "type": "string", "op": "co", "value": "o"}]}""", "b")]
    [TestCase("""{"dynamic_variables": [{"key": "mood", "type": "string", "op": "eq", "value": "fine"}]}""", "a")]
    [TestCase("""{"call_successful": {"type": "boolean", "op": "eq", "value": true}}""", "b")]
    [TestCase("""{"user_sentiment": {"type": "enum", "op": "in", "value": ["Negative", "Neutral"]}}""", "a")]
    [TestCase("""{"custom_analysis_data": [{"key": "score", "type": "range", "op": "bt", "value": [1, 5]}]}""", "b")]
    [TestCase("""{"combined_cost": {"type": "number", "op": "gt", "value": 10}}""", "a")]
    [TestCase("""{"e2e_latency_p50": {"type": "number", "op": "lt", "value": 900}}""", "b")]
    [TestCase("""{"call_id": {"type": "enum", "op": "in", "value": ["a", "c"]}}""", "c", "a")]
    [TestCase("""{"tool_calls": [{"name": "look_up", "success": {"type": "boolean", "op": "eq", "value": true}}]}""", "a")]
    [TestCase("""{"tool_calls": [{"name": "look_up", "success": {"type": "boolean", "op": "eq", "value": false}}]}""")]
    [TestCase("{}", "c", "b", "a")]
    public async Task FakeListCalls_filters_by_nested_properties(string criteria, params string[] expected)
    {
        Server.Seed("PhoneCall", JObject.Parse("""
            {"call_id": "a", "metadata": {"seats": 5}, "collected_dynamic_variables": {"mood": "fine"}, "call_analysis": {"user_sentiment": "Neutral", "call_successful": false},
             "call_cost": {"product_costs": [], "total_duration_seconds": 1, "total_duration_unit_price": 1, "combined_cost": 20},
             "transcript_with_tool_calls": [{"role": "tool_call_invocation", "tool_call_id": "t", "name": "look_up", "arguments": "{}"}, {"role": "tool_call_result", "tool_call_id": "t", "content": "x", "successful": true}]}
            """));
        Server.Seed("PhoneCall", JObject.Parse("""
            {"call_id": "b", "metadata": {"plan": "gold", "seats": 3}, "retell_llm_dynamic_variables": {"name": "Jo"}, "latency": {"e2e": {"p50": 800}},
             "call_analysis": {"call_successful": true, "custom_analysis_data": {"score": 4}}}
            """));
        Server.Seed("PhoneCall", new { call_id = "c" });

        Reply reply = await SendAsync("POST", "/v3/list-calls", $$"""{"filter_criteria": {{criteria}}}""");

        Assert.That(reply.Status, Is.EqualTo(200), reply.Text);
        Assert.That(reply.Json["items"]!.Select(i => (string)i["call_id"]!), Is.EqualTo(expected));
    }

    [TestCase("""{"metadata.plan": ["gold"]}""", "b")]
    [TestCase("""{"start_timestamp": {"lower_threshold": 15, "upper_threshold": 20}}""", "b")]
    [TestCase("""{"start_timestamp": {"lower_threshold": 5}}""", "b", "a")]
    public async Task FakeListCallsV2_filters_by_value_lists_and_thresholds(string criteria, params string[] expected)
    {
        Server.Seed("PhoneCall", new { call_id = "a", start_timestamp = 10 });
        Server.Seed("PhoneCall", new { call_id = "b", start_timestamp = 20, metadata = new { plan = "gold" } });

        Assert.That((await SendAsync("POST", "/v2/list-calls", $$"""{"filter_criteria": {{criteria}}}""")).Json.Select(i => (string)i["call_id"]!), Is.EqualTo(expected));
    }

    [Test]
    public async Task FakeListCalls_skip_and_include_total_are_applied()
    {
        IReadOnlyList<string> ids = Server.SeedCalls(5);

        JToken page = (await SendAsync("POST", "/v3/list-calls", """{"skip": 1, "limit": 2, "include_total": true, "sort_order": "ascending"}""")).Json;
        Assert.That(page["items"]!.Select(i => (string)i["call_id"]!), Is.EqualTo(new[] { ids[1], ids[2] }));
        Assert.That(((int?)page["total"], (bool?)page["has_more"], (string?)page["pagination_key"]), Is.EqualTo((5, true, ids[2])));
        Assert.That((await SendAsync("POST", "/v3/list-calls", "{}")).Json["total"], Is.Null);
        Assert.That((await SendAsync("POST", "/v3/list-calls", """{"skip": 1, "pagination_key": "x"}""")).Message,
            Is.EqualTo("Invalid listCalls request: $ must not have skip and pagination_key together."));
    }

    [Test]
    public async Task FakeListContacts_filters_sorts_and_searches()
    {
        string tag = new('a', 32);
        string ada = await CreateAsync(new { phone_number = "+14155550101", first_name = "Ada", contact_tag_ids = new[] { tag } });
        string bo = await CreateAsync(new { phone_number = "+14155550102", first_name = "Bo", do_not_call = true, custom_fields = new { plan = "gold" } });

        Assert.That(await ListAsync("{}"), Is.EqualTo(new[] { bo, ada }));
        Assert.That(await ListAsync("""{"sort_order": "asc"}"""), Is.EqualTo(new[] { ada, bo }));
        Assert.That(await ListAsync("""{"search_query": "ADA"}"""), Is.EqualTo(new[] { ada }));
        Assert.That(await ListAsync($$"""{"excluded_contact_ids": ["{{bo}}"]}"""), Is.EqualTo(new[] { ada }));
        Assert.That(await ListAsync("""{"filter_criteria": {"do_not_call": {"type": "boolean", "op": "eq", "value": true}}}"""), Is.EqualTo(new[] { bo }));
        Assert.That(await ListAsync($$$$"""{"filter_criteria": {"contact_tag_ids": {"type": "enum", "op": "in", "value": ["{{{{tag}}}}"]}}}"""), Is.EqualTo(new[] { ada }));
        Assert.That(await ListAsync("""{"filter_criteria": {"custom_fields": [{"key": "plan", "type": "string", "op": "eq", "value": "gold"}]}}"""), Is.EqualTo(new[] { bo }));
        Assert.That(await ListAsync("""{"filter_criteria": {"external_id": {"type": "present", "op": "pr"}}}"""), Is.Empty);
        Assert.That((string?)(await GetAsync("/get-contact-by-phone/%2B14155550102")).Json["contact_id"], Is.EqualTo(bo));
        Assert.That((await GetAsync("/get-contact-by-phone/%2B1")).Status, Is.EqualTo(404));

        string call = (string)(await SendAsync("POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+14155550101"}""")).Json["call_id"]!;
        JToken conversation = (await GetAsync($"/list-contact-conversations/{ada}")).Json["items"]!.Single();
        Assert.That(((string?)conversation["type"], (string?)conversation["call_id"]), Is.EqualTo(("call", call)));
        Assert.That((await GetAsync($"/list-contact-conversations/{bo}")).Json["items"], Is.Empty);

        async Task<string> CreateAsync(object contact) => (string)(await SendAsync("POST", "/create-contact", contact)).Json["contact_id"]!;

        async Task<string[]> ListAsync(string body) => [.. (await SendAsync("POST", "/list-contacts", body)).Json["items"]!.Select(c => (string)c["contact_id"]!)];
    }

    [Test]
    public async Task FakeUpdateContact_null_clears_nullable_property()
    {
        string id = (string)(await SendAsync("POST", "/create-contact", new { phone_number = "+1", first_name = "Ada", contact_memory = "Likes tea." })).Json["contact_id"]!;
        JToken updated = (await SendAsync("PATCH", $"/update-contact/{id}", """{"contact_memory": null}""")).Json;

        Assert.That(((string?)updated["contact_memory"], (string?)updated["first_name"]), Is.EqualTo(((string?)null, "Ada")));
    }

    [Test]
    public async Task FakeCrm_sync_job_and_config_are_stored()
    {
        Assert.That((string?)(await SendAsync("POST", "/run-sync-job")).Json["status"], Is.EqualTo("running"));
        Assert.That((string?)(await GetAsync("/get-sync-job-status")).Json["status"], Is.EqualTo("running"));
        await Server.AdvanceAsync(TimeSpan.FromSeconds(30));
        Assert.That((string?)(await GetAsync("/get-sync-job-status")).Json["status"], Is.EqualTo("idle"));
        await SendAsync("POST", "/update-crm-config", new { contact_memory_update_prompt = "Be brief." });
        Assert.That((string?)(await GetAsync("/get-crm-config")).Json["contact_memory_update_prompt"], Is.EqualTo("Be brief."));
    }

    [Test]
    public async Task FakeCreatePhoneCall_same_idempotency_key_returns_same_call()
    {
        const string Body = """{"from_number": "+1", "to_number": "+2", "idempotency_key": "order-12345"}""";
        string[] ids = [await PlaceAsync(), await PlaceAsync()];
        Server.Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(ids[1], Is.EqualTo(ids[0]));
        Assert.That(await PlaceAsync(), Is.Not.EqualTo(ids[0]));
        Assert.That(Server.Calls, Has.Count.EqualTo(2));

        async Task<string> PlaceAsync() => (string)(await SendAsync("POST", "/v2/create-phone-call", Body)).Json["call_id"]!;
    }

    [Test]
    public async Task FakeCreateWebCall_unknown_agent_returns_422()
    {
        await RestartAsync(new() { UnknownIds = FakeUnknownIds.NotFound });

        Assert.That((await SendAsync("POST", "/v3/create-web-call", """{"agent_id": "agent_7"}""")).Message, Is.EqualTo("Cannot find agent agent_7 under the given API key."));
        Assert.That((await SendAsync("POST", "/create-chat", """{"agent_id": "agent_7"}""")).Status, Is.EqualTo(422));
        Server.Seed("Agent", new { agent_id = "agent_7", agent_name = "Ada", version = 2 });
        Server.Seed("PhoneNumber", JObject.Parse("""{"phone_number": "+1", "outbound_agents": [{"agent_id": "agent_7", "weight": 1}]}"""));
        JToken call = (await SendAsync("POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2"}""")).Json;
        Assert.That(((string?)call["agent_id"], (string?)call["agent_name"], (int?)call["agent_version"]), Is.EqualTo(("agent_7", "Ada", 2)));
    }
}
