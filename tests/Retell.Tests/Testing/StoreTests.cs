using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;
using Retell.Tests.Support;

namespace Retell.Tests.Testing;

public class StoreTests(Way way) : FakeFixture(way)
{
    private static readonly JObject s_agent = JObject.Parse("""
        {"response_engine": {"type": "retell-llm", "llm_id": "llm_1"}, "voice_id": "retell-Cimo", "agent_name": "Ada", "webhook_url": "https://a"}
        """);

    [Test]
    public async Task FakeAgent_created_is_read_and_listed()
    {
        Reply created = await SendAsync("POST", "/create-agent", s_agent);
        string id = (string)created.Json["agent_id"]!;

        Assert.That(created.Status, Is.EqualTo(201));
        Assert.That(id, Does.Match("^agent_[0-9a-f]{24}$"));
        foreach (JProperty member in s_agent.Properties())
        {
            Assert.That(JToken.DeepEquals(created.Json[member.Name], member.Value), member.Name);
        }

        Assert.That((await GetAsync($"/get-agent/{id}")).Text, Is.EqualTo(created.Text));
        Assert.That((await GetAsync("/list-agents")).Json.Single().ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo(created.Text));
        Assert.That((await GetAsync($"/get-agent-versions/{id}")).Json.Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task FakeUpdateAgent_merges_properties_and_null_clears()
    {
        string id = (string)(await SendAsync("POST", "/create-agent", s_agent)).Json["agent_id"]!;

        Reply updated = await SendAsync("PATCH", $"/update-agent/{id}", """{"agent_name": "Bo", "webhook_url": null, "voice_speed": 1.5}""");

        Assert.That(updated.Status, Is.EqualTo(200));
        Assert.That((string?)updated.Json["agent_name"], Is.EqualTo("Bo"));
        Assert.That((double?)updated.Json["voice_speed"], Is.EqualTo(1.5));
        Assert.That(updated.Json["webhook_url"]!.Type, Is.EqualTo(JTokenType.Null));
        Assert.That((string?)updated.Json["voice_id"], Is.EqualTo("retell-Cimo"));
        Assert.That((await GetAsync($"/get-agent/{id}")).Text, Is.EqualTo(updated.Text));
    }

    [Test]
    public async Task FakeAgent_deleted_returns_422()
    {
        string id = (string)(await SendAsync("POST", "/create-agent", s_agent)).Json["agent_id"]!;

        Reply deleted = await SendAsync("DELETE", $"/delete-agent/{id}");

        Assert.That((deleted.Status, deleted.Text), Is.EqualTo((204, "")));
        Reply gone = await GetAsync($"/get-agent/{id}");
        Assert.That((gone.Status, gone.Message), Is.EqualTo((422, $"Cannot find agent {id} under the given API key.")));
        Assert.That((await SendAsync("PATCH", $"/update-agent/{id}", "{}")).Status, Is.EqualTo(422));
        Assert.That((await SendAsync("DELETE", $"/delete-agent/{id}")).Status, Is.EqualTo(422));
        Assert.That((await SendAsync("POST", $"/publish-agent/{id}")).Status, Is.EqualTo(422));
        Assert.That((await GetAsync("/list-agents")).Json, Is.Empty);
    }

    [Test]
    public async Task Fake_unknown_id_returns_sample_until_one_of_its_kind_exists()
    {
        Reply sample = await GetAsync("/get-agent/agent_mine?version=7");
        Assert.That((sample.Status, (string?)sample.Json["agent_id"], (int?)sample.Json["version"]), Is.EqualTo((200, "agent_mine", 7)));
        Assert.That((await SendAsync("PATCH", "/update-agent/agent_mine", """{"agent_name": "Mine"}""")).Status, Is.EqualTo(200));
        Assert.That((string?)(await GetAsync("/get-agent/agent_mine")).Json["agent_name"], Is.EqualTo("Mine"));
        Assert.That((await GetAsync("/get-agent/agent_other")).Status, Is.EqualTo(200), "an update of a sample is no creation");
        Assert.That((await SendAsync("DELETE", "/delete-agent/agent_other")).Status, Is.EqualTo(204));
        Assert.That((await GetAsync("/get-agent/agent_other")).Status, Is.EqualTo(422));

        await SendAsync("POST", "/create-agent", s_agent);
        Assert.That((await GetAsync("/get-agent/agent_third")).Status, Is.EqualTo(422));
        Assert.That((await GetAsync("/get-agent/agent_mine")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/get-chat-agent/agent_third")).Status, Is.EqualTo(200), "a chat agent is of another kind");
    }

    [TestCase("/get-agent/a", 422, "Cannot find agent a under the given API key.")]
    [TestCase("/v2/get-call/a", 422, "Cannot find call a under the given API key.")]
    [TestCase("/get-conversation-flow/a", 404, "Cannot find conversation flow a under the given API key.")]
    public async Task Fake_UnknownIds_NotFound_returns_error_for_unknown_id(string path, int status, string message)
    {
        await RestartAsync(new() { UnknownIds = FakeUnknownIds.NotFound });
        Reply reply = await GetAsync(path);

        Assert.That((reply.Status, reply.Message), Is.EqualTo((status, message)));
        Assert.That((await GetAsync("/list-agents")).Text, Is.EqualTo("[]"));
        Assert.That((await GetAsync("/v2/list-phone-numbers")).Text, Is.EqualTo("""{"items":[],"has_more":false}"""));
    }

    [Test]
    public async Task FakeCreatePhoneCall_returns_requested_values()
    {
        Reply created = await SendAsync("POST", "/v2/create-phone-call", """
            {"from_number": "+14155550100", "to_number": "+14155550101", "override_agent_id": "agent_7", "override_agent_version": 3, "metadata": {"a": [1]}}
            """);
        var call = RetellJson.Deserialize<PhoneCall>(created.Text)!;

        Assert.Multiple(() =>
        {
            Assert.That(call.CallId, Does.Match("^call_[0-9a-f]{24}$"));
            Assert.That((call.FromNumber, call.ToNumber, call.AgentId, call.AgentVersion), Is.EqualTo(("+14155550100", "+14155550101", "agent_7", 3L)));
            Assert.That(call.Direction.Value, Is.EqualTo("outbound"));
            Assert.That(call.CallStatus.Value, Is.EqualTo("registered"));
            Assert.That((int?)call.Metadata!["a"]![0], Is.EqualTo(1));
        });

        Reply read = await GetAsync($"/v2/get-call/{call.CallId}");
        Assert.That(RetellJson.Deserialize<ICall>(read.Text), Is.TypeOf<PhoneCall>());
        Assert.That(read.Text, Is.EqualTo(created.Text));
    }

    [Test]
    public async Task Fake_publish_agent_and_end_chat_change_state()
    {
        string agent = (string)(await SendAsync("POST", "/create-agent", s_agent)).Json["agent_id"]!;
        Reply published = await SendAsync("POST", $"/publish-agent/{agent}");
        string chat = (string)(await SendAsync("POST", "/create-chat", """{"agent_id": "agent_7"}""")).Json["chat_id"]!;
        Reply ended = await SendAsync("PATCH", $"/end-chat/{chat}");

        Assert.That((published.Status, published.Text, ended.Status, ended.Text), Is.EqualTo((200, "", 204, "")));
        Assert.That((bool?)(await GetAsync($"/get-agent/{agent}?version=0")).Json["is_published"], Is.True);
        JToken draft = (await GetAsync($"/get-agent/{agent}")).Json;
        Assert.That(((int?)draft["version"], (bool?)draft["is_published"]), Is.EqualTo((1, false)), "the retired way makes a draft at once");
        Assert.That((string?)(await GetAsync($"/get-chat/{chat}")).Json["chat_status"], Is.EqualTo("ended"));
    }

    [Test]
    public async Task Fake_timestamps_come_from_TimeProvider()
    {
        await RestartAsync(new() { TimeProvider = new FixedTime(DateTimeOffset.FromUnixTimeMilliseconds(1800000000123)) });
        Reply created = await SendAsync("POST", "/create-agent", s_agent);

        Assert.That((long?)created.Json["last_modification_timestamp"], Is.EqualTo(1800000000123));
        Assert.That(Server.Requests[0].ReceivedAt, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1800000000123)));
    }

    [Test]
    public async Task Fake_ids_are_same_after_Reset()
    {
        string[] once = [await CreateAsync(), await CreateAsync()];
        Server.Reset();
        string[] again = [await CreateAsync(), await CreateAsync()];

        Assert.That(again, Is.EqualTo(once).And.Unique);
        Assert.That(Server.Requests, Has.Count.EqualTo(2));

        async Task<string> CreateAsync() => (string)(await SendAsync("POST", "/create-agent", s_agent)).Json["agent_id"]!;
    }

    [Test]
    public async Task FakeCreatePhoneNumber_uses_area_code()
    {
        Reply bought = await SendAsync("POST", "/create-phone-number", """{"area_code": 212, "nickname": "Desk"}""");
        Reply imported = await SendAsync("POST", "/import-phone-number", """{"phone_number": "+14155550100", "termination_uri": "a.example.com"}""");

        Assert.That((string?)bought.Json["phone_number"], Is.EqualTo("+12125550001"));
        Assert.That((string?)imported.Json["phone_number"], Is.EqualTo("+14155550100"));
        Assert.That((string?)(await GetAsync("/get-phone-number/%2B12125550001")).Json["nickname"], Is.EqualTo("Desk"));
    }

    [Test]
    public async Task Seed_takes_models_or_anonymous_objects()
    {
        string call = Server.Seed(new PhoneCall { CallStatus = "ongoing", FromNumber = "+1" });
        string agent = Server.Seed("getAgent", new { agent_id = "agent_x", agent_name = "Ada" });
        IReadOnlyList<string> voices = Server.Seed("Voice", 2, i => new { voice_name = $"Voice {i}" });

        Assert.That((string?)(await GetAsync($"/v2/get-call/{call}")).Json["call_status"], Is.EqualTo("ongoing"));
        Assert.That(agent, Is.EqualTo("agent_x"));
        Assert.That((string?)(await GetAsync("/get-agent/agent_x")).Json["agent_name"], Is.EqualTo("Ada"));
        Assert.That((await GetAsync("/list-voices")).Json.Select(v => (string?)v["voice_id"]), Is.EqualTo(voices.Reverse()));
    }

    [Test]
    public void Seed_invalid_value_throws_with_reason()
    {
        Assert.That(
            () => Server.Seed("Agent", new { voice_speed = "fast" }),
            Throws.ArgumentException.With.Message.Contain("The Agent is not valid: $.voice_speed must be a number, but is the string \"fast\"."));
        Assert.That(
            () => Server.Seed("Sandwich", 1),
            Throws.ArgumentException.With.Message.Contain("\"Sandwich\" is not a type of object that the fake keeps.").And.Message.Contain("PhoneCall"));
        Assert.That(() => Server.Seed("Agent", "text"), Throws.ArgumentException.With.Message.Contain("not written as a JSON object"));
    }
}
