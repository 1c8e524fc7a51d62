using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Scenarios;

/// <summary>What was read is sent back as it was, with the one change that was made.</summary>
internal sealed class RoundTripTests
{
    private static readonly JObject s_settings = JObject.Parse(
        """
        {
          "voice_id": "11labs-Adrian", "agent_name": "Ada", "webhook_url": null, "voice_speed": 1.25, "reminder_max_count": 3,
          "language": "xx-NEW", "boosted_keywords": ["a", "b"], "brand_new_setting": {"deep": [1.50, null]},
          "response_engine": {"type": "retell-llm", "llm_id": "llm_1", "version": 0, "brand_new": true},
          "post_call_analysis_data": [{"type": "string", "name": "n", "description": "d"}, {"type": "hologram", "x": 1}]
        }
        """);

    [Test]
    public async Task UpdateAgent_with_deserialized_settings_sends_one_change()
    {
        await using var server = new FakeRetellServer(new() { AllowUnknownMembers = true, UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        server.When("updateAgent").Respond(200, new JObject());
        AgentSettings settings = RetellJson.Deserialize<AgentSettings>(s_settings.ToString())!;

        settings.AgentName = "Grace";
        await client.Agents.UpdateAsync("agent_1", settings);

        var expected = (JObject)s_settings.DeepClone();
        expected["agent_name"] = "Grace";
        Assert.That(server.Requests.Only("updateAgent").Json, Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test]
    public async Task UpdateAgent_with_converted_Agent_sends_its_settings()
    {
        await using var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        Agent agent = await client.Agents.CreateAsync(new ResponseEngineRetellLlm { LlmId = "llm_1" }, "11labs-Adrian");

        AgentSettings settings = RetellJson.Convert<AgentSettings>(agent);
        settings.WebhookUrl = null;
        await client.Agents.UpdateAsync(agent.AgentId, settings);

        FakeRequest sent = server.Requests.Only("updateAgent");
        var expected = JObject.Parse(RetellJson.Serialize(agent));
        foreach (string answered in (string[])
            [
                "agent_id",
                "version",
                "is_published",
                "last_modification_timestamp",
                "base_version",
                "version_title",
                "assigned_tags",
                "tags",
                "channel",
            ])
        {
            expected.Remove(answered);
        }

        expected["webhook_url"] = null;
        Assert.That(sent.IsValid, Is.True, string.Join("; ", sent.Errors));
        Assert.That(sent.Json, Is.EqualTo(expected).Using(JToken.EqualityComparer));
    }

    [Test]
    public async Task UpdateAgent_null_webhook_url_sends_null()
    {
        await using var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        await client.Agents.UpdateAsync("agent_1", agent => agent.WebhookUrl = null);
        await client.Agents.UpdateAsync("agent_1", agent => { });

        Assert.That(server.Requests.For("updateAgent").Select(request => request.BodyText), Is.EqualTo(new[] { """{"webhook_url":null}""", "{}" }));
    }
}
