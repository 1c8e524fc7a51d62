using Retell.Spec.Naming;

namespace Retell.Tests.SpecTool;

/// <summary>How names and values of the document read in C#.</summary>
public class CSharpNameTests
{
    [TestCase("voice_model", "VoiceModel")]
    [TestCase("createRetellLLM", "CreateRetellLlm")]
    [TestCase("MCPTool", "McpTool")]
    [TestCase("DTMFUtterance", "DtmfUtterance")]
    [TestCase("PreviewCallQA", "PreviewCallQa")]
    [TestCase("V2CallBase", "V2CallBase")]
    [TestCase("SIPOutboundTrunkConfig", "SipOutboundTrunkConfig")]
    [TestCase("retell-llm", "RetellLlm")]
    [TestCase("e2e_latency_p50", "E2eLatencyP50")]
    [TestCase("speech-2.8-turbo", "Speech2_8Turbo")]
    [TestCase("eleven_turbo_v2_5", "ElevenTurboV2_5")]
    [TestCase("gpt-4.1-mini", "Gpt4_1Mini")]
    [TestCase("es-419", "Es419")]
    [TestCase("1m", "Value1m")]
    [TestCase("400", "Value400")]
    [TestCase("not_exist", "NotExist")]
    [TestCase("==", "Equal")]
    [TestCase("!=", "NotEqual")]
    [TestCase("<", "LessThan")]
    [TestCase("<=", "LessThanOrEqual")]
    [TestCase(">", "GreaterThan")]
    [TestCase(">=", "GreaterThanOrEqual")]
    [TestCase("&&", "And")]
    [TestCase("||", "Or")]
    [TestCase("", "Empty")]
    [TestCase("*", "Star")]
    [TestCase("日本語", "Value")]
    public void Pascal_converts_names_to_PascalCase(string text, string name) => Assert.That(CSharpName.Pascal(text), Is.EqualTo(name));

    [TestCase("call_id", "callId")]
    [TestCase("class", "@class")]
    [TestCase("400", "value400")]
    public void Camel_converts_names_to_camelCase_and_escapes_keywords(string text, string name) => Assert.That(CSharpName.Camel(text), Is.EqualTo(name));

    [TestCase("webhook_events", "webhook_event")]
    [TestCase("categories", "category")]
    [TestCase("addresses", "address")]
    [TestCase("boxes", "box")]
    [TestCase("branches", "branch")]
    [TestCase("status", "status")]
    [TestCase("analysis", "analysis")]
    [TestCase("access", "access")]
    [TestCase("data", "data")]
    public void Singular_returns_singular_of_list_name(string list, string element) => Assert.That(CSharpName.Singular(list), Is.EqualTo(element));

    [TestCase("NumberOrRangeFilter", "NumberFilter", "RangeFilter")]
    [TestCase("WarmTransferPromptOrStaticMessage", "WarmTransferPrompt", "WarmTransferStaticMessage")]
    [TestCase("StringOrInteger", "String", "Integer")]
    [TestCase("FooOrFooBar", "Foo", "FooBar")]
    public void Join_combines_names_of_variants(string joined, params string[] names) => Assert.That(CSharpName.Join(names), Is.EqualTo(joined));
}
