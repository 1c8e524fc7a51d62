using Retell.Models;
using Retell.Tests.Support;

namespace Retell.Tests.Facade;

/// <summary>Known values can be written wherever the API takes them, alone or in a list.</summary>
public class KnownValueTests
{
    private static readonly Language[] s_array = [Language.EnUs, Language.EsEs];
    private static readonly List<Language> s_list = [Language.EnUs, Language.EsEs];

    private static IEnumerable<TestCaseData> Languages
    {
        get
        {
            yield return Row("known member", new() { Language = AgentLanguage.EnUs }, "\"en-US\"");
            yield return Row("value of the enumeration", new() { Language = Language.EnUs }, "\"en-US\"");
            yield return Row("value outside the enumeration", new() { Language = AgentLanguage.Multi }, "\"multi\"");
            yield return Row("text", new() { Language = "en-US" }, "\"en-US\"");
            yield return Row("array", new() { Language = new[] { Language.EnUs, Language.EsEs } }, """["en-US","es-ES"]""");
            yield return Row("array in a variable", new() { Language = s_array }, """["en-US","es-ES"]""");
            yield return Row("list", new() { Language = new List<Language> { Language.EnUs, Language.EsEs } }, """["en-US","es-ES"]""");
            yield return Row("list in a variable", new() { Language = s_list }, """["en-US","es-ES"]""");

            static TestCaseData Row(string name, CreateAgentRequest request, string json) => new TestCaseData(request, json).SetArgDisplayNames(name);
        }
    }

    [TestCaseSource(nameof(Languages))]
    public void AgentLanguage_takes_known_values_and_lists(CreateAgentRequest request, string json) =>
        Assert.That(Wire.Write(request), Is.EqualTo($$"""{"language":{{json}}}"""));

    [Test]
    public void AgentLanguage_known_members_equal_Language_values()
    {
        Assert.That(AgentLanguage.EnUs, Is.EqualTo((AgentLanguage)Language.EnUs));
        Assert.That(Wire.Write(new ChatAgentSettings { Language = ChatAgentLanguage.DeDe }), Is.EqualTo("""{"language":"de-DE"}"""));
        Assert.That(Wire.Write(new ChatAgentSettings { Language = Language.DeDe }), Is.EqualTo("""{"language":"de-DE"}"""));
    }

    [TestCase("\"en-US\"", new[] { "en-US" })]
    [TestCase("""["en-US","es-ES"]""", new[] { "en-US", "es-ES" })]
    [TestCase("5", new string[0])]
    public void AgentLanguage_deserialized_enumerates_languages(string json, string[] expected)
    {
        var agent = (AgentSettings)Wire.Read($$"""{"language":{{json}}}""", typeof(AgentSettings))!;

        List<string> languages = [];
        foreach (Language language in agent.Language!.Value)
        {
            languages.Add(language.Value);
        }

        Assert.That(languages, Is.EqualTo(expected));
    }

    [Test]
    public void LlmModel_is_used_for_nullable_models()
    {
        Assert.That(Wire.Write(new RetellLlmSettings { Model = LlmModel.Gpt4_1 }), Is.EqualTo("""{"model":"gpt-4.1"}"""));
        Assert.That(Wire.Write(new AgentSettings { PostCallAnalysisModel = LlmModel.Gpt4_1Mini }), Is.EqualTo("""{"post_call_analysis_model":"gpt-4.1-mini"}"""));
        Assert.That(Wire.Write(new ChatAgentSettings { PostChatAnalysisModel = null }), Is.EqualTo("""{"post_chat_analysis_model":null}"""));
        Assert.That(Wire.Write(new UpdateTestCaseRequest { LlmModel = LlmModel.Gpt5 }), Is.EqualTo("""{"llm_model":"gpt-5"}"""));
    }

    [Test]
    public void AgentChannel_is_shared_by_filter_and_summary()
    {
        var filter = new AgentListFilter { Channel = new() { Value = AgentChannel.Voice } };

        Assert.That(Wire.Write(filter), Is.EqualTo("""{"channel":{"type":"string","op":"eq","value":"voice"}}"""));
        Assert.That(new AgentSummary { Channel = AgentChannel.Voice }.Channel, Is.EqualTo(filter.Channel!.Value));
    }

    [Test]
    public void CallFilter_and_ChatFilter_take_value_types_of_calls_and_chats()
    {
        var calls = new CallFilter
        {
            CallStatus = new() { Value = [CallStatus.Ended] },
            CallType = new() { Value = [CallType.WebCall] },
            Direction = new() { Value = [CallDirection.Outbound] },
            UserSentiment = new() { Value = [UserSentiment.Negative] },
        };

        Assert.That(Wire.Write(calls), Does.Contain("""["ended"]""").And.Contain("""["web_call"]""").And.Contain("""["outbound"]""").And.Contain("""["Negative"]"""));
        Assert.That(new ChatFilter { ChatStatus = new() { Value = [ChatStatus.Ended] } }.ChatStatus.Value, Is.EqualTo([new Chat { ChatStatus = ChatStatus.Ended }.ChatStatus]));
    }

    [Test]
    public void AgentVersionReference_has_members_latest_and_latest_published()
    {
        Assert.That(AgentVersionReference.Latest, Is.EqualTo((AgentVersionReference)"latest"));
        Assert.That(AgentVersionReference.LatestPublished, Is.EqualTo((AgentVersionReference)"latest_published"));
    }

    [Test]
    public void IceServerUrls_single_url_is_enumerated()
    {
        foreach (string url in (IceServerUrls)"stun:one")
        {
            Assert.That(url, Is.EqualTo("stun:one"));
        }
    }
}
