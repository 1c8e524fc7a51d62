using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Webhooks;

namespace Retell.Tests.Webhooks;

/// <summary>What webhooks say, and what they are answered.</summary>
internal sealed class EventTests
{
    private const string Call = """{"call_type":"phone_call","call_id":"call_1","start_timestamp":1703302407333,"call_analysis":{"call_summary":"fine"}}""";

    [TestCase("call_started", typeof(CallStartedEvent))]
    [TestCase("call_ended", typeof(CallEndedEvent))]
    [TestCase("call_analyzed", typeof(CallAnalyzedEvent))]
    [TestCase("transfer_started", typeof(TransferStartedEvent))]
    [TestCase("transfer_bridged", typeof(TransferBridgedEvent))]
    [TestCase("transfer_cancelled", typeof(TransferCancelledEvent))]
    [TestCase("transfer_ended", typeof(TransferEndedEvent))]
    public void Parse_call_event_has_call(string name, Type type)
    {
        WebhookEvent read = RetellWebhook.Parse($$"""{"event":"{{name}}","event_timestamp":1703302407999,"call":{{Call}},"new_member":1}""");

        Assert.That(read, Is.TypeOf(type).And.InstanceOf<CallWebhookEvent>());
        Assert.That(read.Event, Is.EqualTo(name));
        Assert.That(read.EventTime!.Value.ToUnixTimeMilliseconds(), Is.EqualTo(1703302407999));
        Assert.That(((CallWebhookEvent)read).Call, Is.InstanceOf<PhoneCall>().With.Property("CallId").EqualTo("call_1"));
        Assert.That((int)read.Json["new_member"]!, Is.EqualTo(1));
    }

    [TestCase("chat_started", typeof(ChatStartedEvent))]
    [TestCase("chat_ended", typeof(ChatEndedEvent))]
    [TestCase("chat_analyzed", typeof(ChatAnalyzedEvent))]
    public void Parse_chat_event_has_chat(string name, Type type)
    {
        WebhookEvent read = RetellWebhook.Parse($$$"""{"event":"{{{name}}}","chat":{"chat_id":"chat_1","chat_status":"ended"}}""");

        Assert.That(read, Is.TypeOf(type));
        Assert.That(((ChatWebhookEvent)read).Chat.ChatId, Is.EqualTo("chat_1"));
        Assert.That(read.EventTime, Is.Null);
    }

    [TestCase("alert_triggered", typeof(AlertTriggeredEvent))]
    [TestCase("alert_resolved", typeof(AlertResolvedEvent))]
    public void Parse_alert_event_has_alert(string name, Type type)
    {
        WebhookEvent read = RetellWebhook.Parse(
            $$$"""{"event":"{{{name}}}","alert":{"alert_incident_id":"i","current_value":12.5,"previous_value":null,"resolved_timestamp":null,"triggered_timestamp":1703302407333}}""");

        Assert.That(read, Is.TypeOf(type));
        Assert.That(((AlertWebhookEvent)read).Alert.CurrentValue, Is.EqualTo(12.5));
        Assert.That(((AlertWebhookEvent)read).Alert.TriggeredTime!.Value.Year, Is.EqualTo(2023));
    }

    [Test]
    public void Parse_transfer_event_has_destination()
    {
        var read = (TransferWebhookEvent)RetellWebhook.Parse(
            $$$"""{"event":"transfer_started","call":{{{Call}}},"transfer_destination":{"number":"+14155550100","extension":"12"},"transfer_option":{"type":"warm_transfer","showTransfereeAsCaller":true}}""");

        Assert.That((read.DestinationNumber, read.DestinationExtension), Is.EqualTo(("+14155550100", "12")));
        Assert.That((bool)read.TransferOption!["showTransfereeAsCaller"]!, Is.True);
    }

    [TestCase("""{"event":"transcript_updated","call":{"call_type":"web_call","call_id":"c"},"transcript_with_tool_calls":[{"role":"agent","content":"hi"},{"role":"hologram"}]}""")]
    [TestCase("""{"event":"transcript_updated","call":{"call_type":"web_call","call_id":"c","transcript_with_tool_calls":[{"role":"agent","content":"hi"},{"role":"hologram"}]}}""")]
    public void Parse_transcript_updated_reads_transcript_beside_or_inside_call(string json)
    {
        var read = (TranscriptUpdatedEvent)RetellWebhook.Parse(json);

        Assert.That(read.Call!.CallId, Is.EqualTo("c"));
        Assert.That(read.TranscriptWithToolCalls[0], Is.InstanceOf<Utterance>().With.Property("Content").EqualTo("hi"));
        Assert.That(read.TranscriptWithToolCalls[1], Is.InstanceOf<UnknownVariant>());
    }

    [Test]
    public void Parse_transcript_updated_prefers_transcript_beside_call()
    {
        var read = (TranscriptUpdatedEvent)RetellWebhook.Parse(
            """{"event":"transcript_updated","call":{"call_type":"web_call","transcript_with_tool_calls":[]},"transcript_with_tool_calls":[{"role":"agent","content":"hi"}]}""");

        Assert.That(read.TranscriptWithToolCalls, Has.Count.EqualTo(1));
    }

    [Test]
    public void Parse_transcript_updated_of_chat_has_chat()
    {
        var read = (TranscriptUpdatedEvent)RetellWebhook.Parse("""{"event":"transcript_updated","chat":{"chat_id":"chat_1"}}""");

        Assert.That(read.Chat!.ChatId, Is.EqualTo("chat_1"));
        Assert.That(read.Call, Is.Null);
        Assert.That(read.TranscriptWithToolCalls, Is.Empty);
    }

    [TestCase("""{"event":"call_paused","call":{"call_id":"c"}}""", "call_paused")]
    [TestCase("""{"event":"call_ended"}""", "call_ended")]
    [TestCase("""{"event":"call_ended","call":"c"}""", "call_ended")]
    [TestCase("""{"event":"call_inbound","call_inbound":[]}""", "call_inbound")]
    [TestCase("""{"event":"transcript_updated"}""", "transcript_updated")]
    [TestCase("""{"event":7}""", "")]
    [TestCase("""{}""", "")]
    public void Parse_unknown_event_keeps_JSON(string json, string name)
    {
        WebhookEvent read = RetellWebhook.Parse(json);

        Assert.That(read, Is.TypeOf<UnknownWebhookEvent>());
        Assert.That(read.Event, Is.EqualTo(name));
        Assert.That(read.Json, Is.EqualTo(JObject.Parse(json)).Using(JToken.EqualityComparer));
    }

    [TestCase("")]
    [TestCase("not json")]
    [TestCase("[1]")]
    [TestCase("null")]
    [TestCase("{\"event\":\"call_ended\"")]
    public void Parse_body_that_is_no_JSON_object_throws(string body) =>
        Assert.That(() => RetellWebhook.Parse(body), Throws.InstanceOf<RetellSerializationException>());

    [Test]
    public void Parse_call_inbound_has_numbers_agent_and_headers()
    {
        var read = (CallInboundEvent)RetellWebhook.Parse(
            """{"event":"call_inbound","call_inbound":{"call_id":"c","from_number":"+14155550101","to_number":"+14155550102","agent_id":"a","agent_version":3,"custom_sip_headers":{"x-tenant":"t"}}}""");

        Assert.That((read.CallId, read.FromNumber, read.ToNumber, read.AgentId), Is.EqualTo(("c", "+14155550101", "+14155550102", "a")));
        Assert.That(read.AgentVersion, Is.EqualTo((AgentVersionReference)3));
        Assert.That(read.CustomSipHeaders["X-Tenant"], Is.EqualTo("t"));
    }

    [Test]
    public void Parse_chat_inbound_without_optional_properties_has_nulls()
    {
        var read = (ChatInboundEvent)RetellWebhook.Parse("""{"event":"chat_inbound","chat_inbound":{"from_number":"+14155550101","to_number":"+14155550102"}}""");

        Assert.That((read.ChatId, read.AgentId, read.AgentVersion), Is.EqualTo(((string?)null, (string?)null, (AgentVersionReference?)null)));
    }

    [Test]
    public void InboundCallResponse_ToJson_contains_only_set_properties()
    {
        var full = new InboundCallResponse
        {
            OverrideAgentId = "agent_2",
            OverrideAgentVersion = "latest_published",
            AgentOverride = new AgentOverride { Agent = new AgentSettings { WebhookUrl = null } },
            DynamicVariables = { ["name"] = "Ada" },
            Metadata = new JObject { ["crm"] = 5 },
        };

        Assert.That(full.ToJson(), Is.EqualTo(
            """{"call_inbound":{"override_agent_id":"agent_2","override_agent_version":"latest_published","agent_override":{"agent":{"webhook_url":null}},"dynamic_variables":{"name":"Ada"},"metadata":{"crm":5}}}"""));
        Assert.That(new InboundCallResponse().ToJson(), Is.EqualTo("""{"call_inbound":{}}"""));
        Assert.That(new InboundChatResponse { Reject = true }.ToJson(), Is.EqualTo("""{"chat_inbound":{"reject":true}}"""));
    }

    [Test]
    public void CustomSipHeaders_names_that_differ_in_case_are_joined()
    {
        var inbound = (CallInboundEvent)RetellWebhook.Parse("""{"event":"call_inbound","call_inbound":{"custom_sip_headers":{"X-Id":"1","x-id":"2","Y":"3"}}}""");

        Assert.That(inbound.CustomSipHeaders["X-ID"], Is.EqualTo("1, 2"));
        Assert.That(inbound.CustomSipHeaders, Has.Count.EqualTo(2));
    }
}
