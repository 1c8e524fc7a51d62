using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Tests.Facade;

/// <summary>Collections are there when they are first touched, and are sent only when something was done to them.</summary>
internal sealed class CollectionInitializerTests
{
    [Test]
    public void Collection_initializers_without_new_are_sent()
    {
        var request = new CreatePhoneCallRequest { RetellLlmDynamicVariables = { ["name"] = "Ada" }, Metadata = { ["customer"] = 7 } };
        var llm = new RetellLlmSettings { GeneralTools = { new EndCallTool { Name = "end" } }, KnowledgeBaseIds = { "kb_1", "kb_2" } };

        Assert.That(RetellJson.Serialize(request), Is.EqualTo("""{"metadata":{"customer":7},"retell_llm_dynamic_variables":{"name":"Ada"}}"""));
        Assert.That(JToken.Parse(RetellJson.Serialize(llm)), Is.EqualTo(JToken.Parse(
            """{"general_tools":[{"type":"end_call","name":"end"}],"knowledge_base_ids":["kb_1","kb_2"]}""")).Using<JToken>(JToken.DeepEquals));
    }

    [Test]
    public void Collection_that_was_only_read_is_absent()
    {
        var request = new CreatePhoneCallRequest();
        var llm = new RetellLlmSettings();

        Assert.That(request.RetellLlmDynamicVariables, Is.Empty);
        Assert.That(request.Metadata, Is.Empty);
        Assert.That(llm.GeneralTools, Is.Empty);
        IList<ITool> first = llm.GeneralTools;
        Assert.That(llm.GeneralTools, Is.SameAs(first));
        Assert.That(RetellJson.Serialize(request), Is.EqualTo("{}"));
        Assert.That(RetellJson.Serialize(llm), Is.EqualTo("{}"));
        Assert.That(System.Text.Json.JsonSerializer.Serialize(llm), Is.EqualTo("{}"));
    }

    [TestCase("""{}""")]
    [TestCase("""{"knowledge_base_ids":null,"general_tools":null}""")]
    [TestCase("""{"general_tools":[],"default_dynamic_variables":{}}""")]
    [TestCase("""{"general_tools":"odd"}""")]
    public void Collections_that_were_read_and_touched_are_written_as_they_came(string json)
    {
        var llm = RetellJson.Deserialize<RetellLlm>(json)!;

        Assert.That(llm.GeneralTools, Is.Empty);
        Assert.That(llm.KnowledgeBaseIds, Is.Empty);
        Assert.That(llm.DefaultDynamicVariables, Is.Empty);
        Assert.That(RetellJson.Serialize(llm), Is.EqualTo(json));
    }

    [TestCase("""{"general_tools":null}""")]
    [TestCase("""{"general_tools":"odd"}""")]
    public void Item_added_to_a_null_collection_replaces_the_null(string json)
    {
        var llm = RetellJson.Deserialize<RetellLlm>(json)!;
        llm.GeneralTools.Add(new EndCallTool { Name = "end" });

        Assert.That((string?)JObject.Parse(RetellJson.Serialize(llm))["general_tools"]![0]!["name"], Is.EqualTo("end"));
    }

    [Test]
    public void Collection_set_to_null_or_empty_is_sent_as_such()
    {
        var update = new RetellLlmSettings { GeneralTools = null, KnowledgeBaseIds = [], DefaultDynamicVariables = null };

        Assert.That(update.GeneralTools, Is.Empty);
        Assert.That(RetellJson.Serialize(update), Is.EqualTo("""{"knowledge_base_ids":[],"general_tools":null,"default_dynamic_variables":null}"""));
    }

    [Test]
    public void Collection_that_is_cleared_is_sent_empty()
    {
        var llm = new RetellLlmSettings();
        llm.GeneralTools.Clear();
        llm.KnowledgeBaseIds.Add("kb_1");
        llm.KnowledgeBaseIds.Remove("kb_1");
        llm.DefaultDynamicVariables.Add("a", "b");
        llm.DefaultDynamicVariables.Remove("a");

        Assert.That(RetellJson.Serialize(llm), Is.EqualTo("""{"knowledge_base_ids":[],"general_tools":[],"default_dynamic_variables":{}}"""));
    }

    [Test]
    public void Collection_of_a_shared_object_is_the_same_for_all_threads()
    {
        for (int i = 0; i < 200; i++)
        {
            var llm = RetellJson.Deserialize<RetellLlm>("{}")!;
            var seen = new System.Collections.Concurrent.ConcurrentBag<object>();
            Parallel.For(0, 4, _ => seen.Add(llm.GeneralTools));

            Assert.That(seen.Distinct(ReferenceEqualityComparer.Instance).Count(), Is.EqualTo(1));
        }
    }

    [Test]
    public void Unknown_variant_has_empty_collections()
    {
        ICall call = RetellJson.Deserialize<ICall>("""{"call_type":"video_call","call_id":"call_1"}""")!;

        Assert.That(call, Is.InstanceOf<UnknownVariant>());
        Assert.That(call.RetellLlmDynamicVariables, Is.Empty);
        Assert.That(RetellJson.Serialize(call), Is.EqualTo("""{"call_type":"video_call","call_id":"call_1"}"""));
    }
}
