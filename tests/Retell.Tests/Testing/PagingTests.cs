using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class PagingTests(Way way) : FakeFixture(way)
{
    [Test]
    public async Task FakeListCallsV2_continues_after_pagination_key_in_body()
    {
        IReadOnlyList<string> ids = Server.SeedCalls(5);

        string[][] pages = [await CallsAsync(null), await CallsAsync(ids[3]), await CallsAsync(ids[1]), await CallsAsync(ids[0])];

        Assert.That(pages, Is.EqualTo(new[] { new[] { ids[4], ids[3] }, [ids[2], ids[1]], [ids[0]], [] }));

        async Task<string[]> CallsAsync(string? key)
        {
            var body = new JObject { ["limit"] = 2 };
            if (key is not null)
            {
                body["pagination_key"] = key;
            }

            return Ids((await SendAsync("POST", "/v2/list-calls", body)).Json, "call_id");
        }
    }

    [Test]
    public async Task FakeListAgentsV1_continues_after_pagination_key_in_query()
    {
        IReadOnlyList<string> ids = Server.Seed("Agent", 3);

        Assert.That(Ids((await GetAsync("/list-agents?limit=2")).Json, "agent_id"), Is.EqualTo(new[] { ids[2], ids[1] }));
        Assert.That(Ids((await GetAsync($"/list-agents?limit=2&pagination_key={ids[1]}&pagination_key_version=0")).Json, "agent_id"), Is.EqualTo(new[] { ids[0] }));
    }

    [Test]
    public async Task FakeListPhoneNumbers_page_has_has_more_and_pagination_key()
    {
        IReadOnlyList<string> ids = Server.Seed("PhoneNumber", 3);

        JToken first = (await GetAsync("/v2/list-phone-numbers?limit=2")).Json;
        Assert.That(Ids(first["items"]!, "phone_number"), Is.EqualTo(new[] { ids[2], ids[1] }));
        Assert.That(((bool?)first["has_more"], (string?)first["pagination_key"]), Is.EqualTo((true, ids[1])));

        JToken second = (await GetAsync($"/v2/list-phone-numbers?limit=2&pagination_key={Uri.EscapeDataString(ids[1])}")).Json;
        Assert.That(Ids(second["items"]!, "phone_number"), Is.EqualTo(new[] { ids[0] }));
        Assert.That(((bool?)second["has_more"], second["pagination_key"]), Is.EqualTo((false, (JToken?)null)));
    }

    [Test]
    public async Task FakeListPhoneNumbers_sort_order_ascending_reverses_order()
    {
        IReadOnlyList<string> ids = Server.Seed("PhoneNumber", 3);

        JToken first = (await GetAsync("/v2/list-phone-numbers?limit=2&sort_order=ascending")).Json;
        JToken second = (await GetAsync($"/v2/list-phone-numbers?limit=2&sort_order=ascending&pagination_key={Uri.EscapeDataString(ids[1])}")).Json;

        Assert.That(Ids(first["items"]!, "phone_number").Concat(Ids(second["items"]!, "phone_number")), Is.EqualTo(ids));
    }

    [Test]
    public async Task FakeListCallsV2_without_limit_returns_50_items()
    {
        Server.SeedCalls(60);

        Assert.That((await SendAsync("POST", "/v2/list-calls", "{}")).Json.Count(), Is.EqualTo(50));
        Assert.That((await SendAsync("POST", "/v2/list-calls", """{"limit": 1000}""")).Json.Count(), Is.EqualTo(60));
    }

    [Test]
    public async Task FakeListCallsV2_filters_by_lists_of_values()
    {
        Server.SeedCalls(2);
        string ongoing = Server.Seed("PhoneCall", new { call_status = "ongoing", agent_id = "agent_7" });

        Assert.That(await FilteredAsync("""{"call_status": ["ongoing"]}"""), Is.EqualTo(new[] { ongoing }));
        Assert.That(await FilteredAsync("""{"agent_id": ["agent_7", "agent_8"], "call_status": ["ended"]}"""), Is.Empty);
        Assert.That(await FilteredAsync("""{"call_type": ["phone_call"]}"""), Has.Length.EqualTo(3));

        async Task<string[]> FilteredAsync(string criteria) => Ids((await SendAsync("POST", "/v2/list-calls", $$"""{"filter_criteria": {{criteria}}}""")).Json, "call_id");
    }

    [TestCase("""{"call_status": {"type": "enum", "op": "in", "value": ["ongoing"]}}""", "c")]
    [TestCase("""{"agent": [{"agent_id": "agent_7", "version": [2]}]}""", "b")]
    [TestCase("""{"agent": [{"agent_id": "agent_7"}, {"agent_id": "agent_8"}]}""", "c", "b")]
    [TestCase("""{"duration_ms": {"type": "range", "op": "bt", "value": [5, 10]}}""", "b", "a")]
    [TestCase("""{"duration_ms": {"type": "number", "op": "gt", "value": 10}}""", "c")]
    [TestCase("""{"from_number": {"type": "string", "op": "sw", "value": "+49"}}""", "a")]
    [TestCase("""{"from_number": {"type": "string", "op": "ne", "value": "+4930"}}""", "c", "b")]
    [TestCase("""{"in_voicemail": {"type": "boolean", "op": "eq", "value": true}}""")]
    public async Task FakeListCalls_filters_by_operators(string criteria, params string[] expected)
    {
        Server.Seed("PhoneCall", new { call_id = "a", call_status = "ended", duration_ms = 5, from_number = "+4930" });
        Server.Seed("PhoneCall", new { call_id = "b", call_status = "ended", duration_ms = 10, agent_id = "agent_7", agent_version = 2 });
        Server.Seed("PhoneCall", new { call_id = "c", call_status = "ongoing", duration_ms = 20, agent_id = "agent_7", agent_version = 3 });

        Reply reply = await SendAsync("POST", "/v3/list-calls", $$"""{"filter_criteria": {{criteria}}}""");

        Assert.That(reply.Status, Is.EqualTo(200), reply.Text);
        Assert.That(Ids(reply.Json["items"]!, "call_id"), Is.EqualTo(expected));
    }

    [Test]
    public async Task Fake_list_with_unknown_pagination_key_or_limit_0_returns_error()
    {
        Server.SeedCalls(1);

        Assert.That((await SendAsync("POST", "/v2/list-calls", """{"pagination_key": "x"}""")).Message, Is.EqualTo("There is no page with the pagination_key x."));
        Assert.That((await GetAsync("/list-chat?limit=0")).Message, Is.EqualTo("limit must be at least 1, skip at least 0."));
    }

    /// <summary>So that a pager comes to an end without any set-up.</summary>
    [TestCase("/list-agents", "agent_id")]
    [TestCase("/list-chat", "chat_id")]
    public async Task Fake_list_after_sample_is_empty(string path, string id)
    {
        JToken sample = (await GetAsync(path)).Json;

        Assert.That(sample.Count(), Is.EqualTo(1));
        Assert.That((await GetAsync($"{path}?pagination_key={sample[0]![id]}")).Text, Is.EqualTo("[]"));
    }

    private static string[] Ids(JToken items, string name) => [.. items.Select(i => (string)i[name]!)];
}
