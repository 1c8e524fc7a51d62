using Retell.Models;

namespace Retell.Tests.Facade;

/// <summary>Objects print what identifies them, and nothing that people said.</summary>
internal sealed class ObjectTextTests
{
    private static IEnumerable<TestCaseData> Objects()
    {
        yield return new TestCaseData(new Agent { AgentId = "agent_123", AgentName = "Front desk" }, "Agent agent_123 (Front desk)");
        yield return new TestCaseData(
            new PhoneCall { CallId = "call_1", CallStatus = CallStatus.Ended, FromNumber = "+14155550100", Transcript = "secret" },
            "PhoneCall call_1 (ended)");
        yield return new TestCaseData(new RetellLlm { LlmId = "llm_1" }, "RetellLlm llm_1");
        yield return new TestCaseData(new KnowledgeBase { KnowledgeBaseId = "kb_1", KnowledgeBaseName = "Menu" }, "KnowledgeBase kb_1 (Menu)");
        yield return new TestCaseData(new Contact { ContactId = "contact_1", FirstName = "Ada" }, "Contact contact_1");
        yield return new TestCaseData(new CreatePhoneCallRequest { ToNumber = "+14155550100" }, "CreatePhoneCallRequest");
        yield return new TestCaseData(new Agent { AgentId = "a", AgentName = "two\nlines" }, "Agent a (two lines)");
        yield return new TestCaseData(new Agent(), "Agent");
    }

    [TestCaseSource(nameof(Objects))]
    public void ToString_of_object_is_type_id_and_name(RetellObject instance, string text) => Assert.That(instance.ToString(), Is.EqualTo(text));

    [Test]
    public void ToString_of_unknown_variant_is_its_type() =>
        Assert.That(RetellJson.Deserialize<ICall>("""{"call_type":"video_call","transcript":"secret"}""")!.ToString(), Is.EqualTo("UnknownVariant"));

    [Test]
    public void ToString_of_list_choice_names_its_elements()
    {
        AgentLanguage language = new[] { Language.EnUs, Language.DeDe };

        Assert.That(language.ToString(), Is.EqualTo("[en-US, de-DE]"));
        Assert.That(((AgentVersionReference)3).ToString(), Is.EqualTo("3"));
    }

    [Test]
    public void Known_values_are_constants_for_switch()
    {
        string text = CallStatus.Ended.Value switch
        {
            CallStatus.Values.Registered => "waits",
            CallStatus.Values.Ended => "over",
            _ => "other",
        };

        Assert.That(text, Is.EqualTo("over"));
    }
}
