using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class VersionTests(Way way) : FakeFixture(way)
{
    private const string Voice = """{"response_engine": {"type": "retell-llm", "llm_id": "llm_1"}, "voice_id": "retell-Cimo", "agent_name": "Ada"}""";
    private const string Chat = """{"response_engine": {"type": "retell-llm", "llm_id": "llm_1"}, "agent_name": "Bo"}""";

    [Test]
    public async Task FakeAgent_published_version_cannot_be_updated()
    {
        string id = await CreateAsync();
        Assert.That((await SendAsync("POST", $"/publish-agent-version/{id}", """{"version": 0, "version_title": "First"}""")).Status, Is.EqualTo(200));

        Reply frozen = await SendAsync("PATCH", $"/update-agent/{id}", """{"agent_name": "Cy"}""");
        Assert.That((frozen.Status, frozen.Message), Is.EqualTo((400, $"Version 0 of agent {id} is published and cannot be changed: create a version from it.")));

        JToken draft = (await SendAsync("POST", $"/create-agent-version/{id}", """{"base_version": 0}""")).Json;
        Assert.That(((int?)draft["version"], (int?)draft["base_version"], (bool?)draft["is_published"], (string?)draft["agent_name"]), Is.EqualTo((1, 0, false, "Ada")));
        Assert.That((await SendAsync("PATCH", $"/update-agent/{id}", """{"agent_name": "Cy"}""")).Status, Is.EqualTo(200));

        Assert.That(await NameAsync(""), Is.EqualTo("Cy"));
        Assert.That(await NameAsync("?version=latest"), Is.EqualTo("Cy"));
        Assert.That(await NameAsync("?version=latest_published"), Is.EqualTo("Ada"));
        Assert.That(await NameAsync("?version=0"), Is.EqualTo("Ada"));
        Assert.That((await GetAsync($"/get-agent/{id}?version=7")).Message, Is.EqualTo($"Cannot find version 7 of agent {id}."));

        async Task<string?> NameAsync(string query) => (string?)(await GetAsync($"/get-agent/{id}{query}")).Json["agent_name"];
    }

    [Test]
    public async Task FakeAgent_tag_selects_version()
    {
        Server.Seed("Agent", new { agent_id = "a", version = 0, agent_name = "Old", assigned_tags = new[] { "prod" } });
        Server.Seed("Agent", new { agent_id = "a", version = 1, agent_name = "New" });

        Assert.That((string?)(await GetAsync("/get-agent/a?version=prod")).Json["agent_name"], Is.EqualTo("Old"));
        Assert.That((string?)(await GetAsync("/get-agent/a")).Json["agent_name"], Is.EqualTo("New"));
        Assert.That((await GetAsync("/get-agent/a?version=dev")).Status, Is.EqualTo(422));
        JToken listed = (await SendAsync("POST", "/v2/list-agents")).Json["items"]!.Single();
        Assert.That((int?)listed["tags"]!["prod"]!["version"], Is.EqualTo(0));
        Reply call = await SendAsync("POST", "/v2/create-phone-call", """{"from_number": "+1", "to_number": "+2", "override_agent_id": "a", "override_agent_version": "prod"}""");
        Assert.That(((int?)call.Json["agent_version"], (string?)call.Json["agent_tag"], (string?)call.Json["agent_name"]), Is.EqualTo((0, "prod", "Old")));
    }

    [Test]
    public async Task FakeAgent_versions_are_paged_and_deleted()
    {
        string id = await CreateAsync();
        for (int i = 0; i < 3; i++)
        {
            await SendAsync("POST", $"/create-agent-version/{id}", """{"base_version": 0}""");
        }

        JToken page = (await GetAsync($"/list-agent-versions/{id}?limit=3")).Json;
        Assert.That(Versions(page), Is.EqualTo(new[] { 3, 2, 1 }));
        Assert.That(((bool?)page["has_more"], (string?)page["pagination_key"]), Is.EqualTo((true, "1")));
        Assert.That(Versions((await GetAsync($"/list-agent-versions/{id}?pagination_key=1")).Json), Is.EqualTo(new[] { 0 }));
        Assert.That(Versions((await GetAsync($"/list-agent-versions/{id}?sort_order=ascending")).Json), Is.EqualTo(new[] { 0, 1, 2, 3 }));

        Assert.That((await SendAsync("DELETE", $"/delete-agent-version/{id}?version=3")).Status, Is.EqualTo(204));
        Assert.That((await SendAsync("DELETE", $"/delete-agent-version/{id}?version=3")).Status, Is.EqualTo(422));
        Assert.That((int?)(await GetAsync($"/get-agent/{id}")).Json["version"], Is.EqualTo(2));
        await SendAsync("DELETE", $"/delete-agent-version/{id}?version=2");
        await SendAsync("DELETE", $"/delete-agent-version/{id}?version=1");
        Assert.That((await SendAsync("DELETE", $"/delete-agent-version/{id}?version=0")).Message, Does.StartWith("Version 0 is the only one"));
        await SendAsync("DELETE", $"/delete-agent/{id}");
        Assert.That((await GetAsync($"/list-agent-versions/{id}")).Status, Is.EqualTo(422));

        static int[] Versions(JToken page) => [.. page["items"]!.Select(v => (int)v["version"]!)];
    }

    [Test]
    public async Task FakeListAgents_returns_voice_and_chat_agents()
    {
        string voice = await CreateAsync();
        string chat = (string)(await SendAsync("POST", "/create-chat-agent", Chat)).Json["agent_id"]!;
        await SendAsync("POST", $"/create-agent-version/{chat}", """{"base_version": 0}""");

        Assert.That((int?)(await GetAsync($"/get-chat-agent/{chat}")).Json["version"], Is.EqualTo(1));
        Assert.That((await GetAsync($"/get-chat-agent-versions/{chat}")).Json.Count(), Is.EqualTo(2));
        Assert.That(await ListAsync("{}"), Is.EqualTo(new[] { chat, voice }));
        Assert.That(await ListAsync("""{"filter_criteria": {"channel": {"type": "string", "op": "eq", "value": "chat"}}}"""), Is.EqualTo(new[] { chat }));
        Assert.That(await ListAsync("""{"filter_criteria": {"query": "ada"}}"""), Is.EqualTo(new[] { voice }));

        async Task<string[]> ListAsync(string body) => [.. (await SendAsync("POST", "/v2/list-agents", body)).Json["items"]!.Select(a => (string)a["agent_id"]!)];
    }

    [Test]
    public async Task FakeAgent_version_is_read_by_client()
    {
        using RetellClient retell = Server.CreateClient();
        Agent agent = await retell.Agents.CreateAsync(new ResponseEngineRetellLlm { LlmId = "llm_1" }, "retell-Cimo");

        Assert.That((agent.Version, (await retell.Agents.GetAsync(agent.AgentId)).Version), Is.EqualTo((0L, 0L)));
    }

    private async Task<string> CreateAsync() => (string)(await SendAsync("POST", "/create-agent", Voice)).Json["agent_id"]!;
}
