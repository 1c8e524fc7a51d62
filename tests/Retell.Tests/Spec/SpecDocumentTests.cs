using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.Spec;

/// <summary>What the other tests take for granted about reading the document.</summary>
public class SpecDocumentTests
{
    [TestCase("12", JTokenType.Integer)]
    [TestCase("-3", JTokenType.Integer)]
    [TestCase("0.5", JTokenType.Float)]
    [TestCase("1e3", JTokenType.Float)]
    [TestCase("true", JTokenType.Boolean)]
    [TestCase("~", JTokenType.Null)]
    [TestCase("null", JTokenType.Null)]
    [TestCase("'400'", JTokenType.String)]
    [TestCase("'null'", JTokenType.String)]
    [TestCase("1m", JTokenType.String)]
    [TestCase("yes", JTokenType.String)]
    [TestCase("2026-10-04", JTokenType.String)]
    [TestCase("<", JTokenType.String)]
    public void SpecDocument_scalars_have_YAML_1_2_types(string yaml, JTokenType type) =>
        Assert.That(SpecDocument.Parse($"value: {yaml}").Root["value"]!.Type, Is.EqualTo(type));

    [Test]
    public void SpecDocument_test_documents_have_expected_counts()
    {
        Assert.Multiple(() =>
        {
            Assert.That(SpecDocument.April2026.Schemas, Has.Count.EqualTo(228));
            Assert.That(SpecDocument.April2026.Operations, Has.Count.EqualTo(79));
            Assert.That(SpecDocument.October2026.Schemas, Has.Count.EqualTo(318));
            Assert.That(SpecDocument.October2026.Operations, Has.Count.EqualTo(109));
            Assert.That(SpecDocument.Pages.Count(), Is.EqualTo(4));
        });
    }

    [Test]
    public void SchemaView_merges_ref_siblings_and_allOf_parts()
    {
        SpecDocument spec = SpecDocument.April2026;
        var agent = SchemaView.Of(spec, spec.Schemas["AgentResponse"]);
        var edge = SchemaView.Of(spec, spec.Schemas["ElseEdge"]);
        var filter = SchemaView.Of(spec, (JObject)spec.Schemas["CallFilter"]["properties"]!["call_status"]!);
        var bounds = SchemaView.Of(spec, spec.Schemas["CohortFilter"]).Property("start_timestamp");

        Assert.Multiple(() =>
        {
            Assert.That(agent.Required, Is.EquivalentTo(["agent_id", "version", "response_engine", "voice_id", "last_modification_timestamp"]));
            Assert.That(SchemaView.Of(spec, spec.Schemas["RetellLlmOverride"]).Property("kb_config").Nullable, Is.True);
            Assert.That(agent.Property("voice_model").Nullable, Is.True);
            Assert.That(agent.Property("voice_id").Nullable, Is.False);
            Assert.That(edge.Property("transition_condition").Leaves().Single().Property("prompt").Enum!.Select(value => (string?)value), Is.EqualTo(["Else"]));
            Assert.That(filter.Property("value").Item()!.Enum, Has.Count.EqualTo(4));
            Assert.That(bounds.Alternatives()[0].Property("op").Enum!.Select(value => (string?)value), Is.EqualTo(["ge"]));
        });
    }

    [Test]
    public void SpecDocument_FindSchema_finds_schema_by_its_pointer()
    {
        JObject inline = SpecUnion.In(SpecDocument.April2026).First(union => union.Name.Contains("FinetuneExampleUtterance", StringComparison.Ordinal)).Variants[1].Origin;
        string pointer = SpecDocument.PointerOf(inline);

        Assert.Multiple(() =>
        {
            Assert.That(pointer, Is.EqualTo("#/components/schemas/FinetuneExampleUtterance/oneOf/1"));
            Assert.That(SpecDocument.April2026.FindSchema(pointer), Is.SameAs(inline));
            Assert.That(SpecDocument.April2026.FindSchema("#/paths/~1v2~1list-calls/post"), Is.Not.Null);
            Assert.That(SpecDocument.April2026.FindSchema("NoSuchSchema"), Is.Null);
        });
    }

    [Test]
    public void SpecUnion_discriminator_is_found_from_constants()
    {
        Dictionary<string, SpecUnion> unions = SpecUnion.In(SpecDocument.April2026).DistinctBy(union => union.Name).ToDictionary(union => union.Name);

        Assert.Multiple(() =>
        {
            Assert.That(unions["V2CallResponse"].Tag, Is.EqualTo("call_type"));
            Assert.That(unions["MessageOrToolCall"].Tag, Is.EqualTo("role"));
            Assert.That(unions["MessageOrToolCall"].Tags.Select(tag => tag.Value), Does.Contain("agent").And.Contain("user"));
            Assert.That(unions["ConversationFlowNode"].Variants, Has.Count.EqualTo(15));
            Assert.That(unions["Tool"].Variants, Has.Count.EqualTo(13));
            Assert.That(unions["PostCallAnalysisData"].Tags.Select(tag => tag.Value), Is.EquivalentTo(["string", "enum", "boolean", "number", "system-presets"]));
            Assert.That(unions["CreateOrganizationRequest"].Tag, Is.Null);
            Assert.That(unions, Does.Not.ContainKey("AgentVersionReference"));
        });
    }
}
