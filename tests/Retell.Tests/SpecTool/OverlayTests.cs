using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;

namespace Retell.Tests.SpecTool;

/// <summary>The overlay corrects the document by OpenAPI Overlay 1.0.0.</summary>
public class OverlayTests
{
    private const string Thing = """
        Thing:
          type: object
          description: Old.
          required: [a]
          properties:
            a: { type: string, enum: [x, z] }
            b: { type: number }
        """;

    [Test]
    public void Overlay_update_merges_objects_appends_arrays_and_replaces_values()
    {
        JObject changed = Apply(
            "{ a: { kept: 1, changed: 2, list: [x] }, other: [1] }",
            """
            - target: $
              description: A test.
              update: { a: { changed: 3, list: [y, z], added: { deep: true } } }
            """);

        Assert.That(JToken.DeepEquals(changed, JObject.Parse("{ a: { kept: 1, changed: 3, list: ['x', 'y', 'z'], added: { deep: true } }, other: [1] }")), changed.ToString());
    }

    [Test]
    public void Overlay_update_of_array_appends_one_item()
    {
        JObject changed = Apply("{ list: [1] }", "- { target: $.list, description: A test., update: { two: 2 } }");

        Assert.That(JToken.DeepEquals(changed["list"], JArray.Parse("[1, { two: 2 }]")), changed.ToString());
    }

    [Test]
    public void Overlay_remove_deletes_properties_and_items()
    {
        JObject changed = Apply(
            "{ a: { gone: 1, kept: 2 }, list: [{ name: gone }, { name: kept }] }",
            """
            - { target: $.a.gone, description: A test., remove: true }
            - { target: "$.list[?(@.name == 'gone')]", description: A test., remove: true }
            """);

        Assert.That(JToken.DeepEquals(changed, JObject.Parse("{ a: { kept: 2 }, list: [{ name: 'kept' }] }")), changed.ToString());
    }

    [Test]
    public void Overlay_actions_are_applied_in_order()
    {
        JObject changed = Apply(
            "{ a: {} }",
            """
            - { target: $.a, description: A test., update: { b: { c: 1 } } }
            - { target: $.a.b, description: A test., update: { d: 2 } }
            - { target: $.a.b.c, description: A test., remove: true }
            """);

        Assert.That(JToken.DeepEquals(changed, JObject.Parse("{ a: { b: { d: 2 } } }")), changed.ToString());
    }

    [Test]
    public void Overlay_target_matching_twice_is_changed_once()
    {
        JObject changed = Apply(
            "{ a: { list: [1] }, b: 1 }",
            """
            - { target: "$['a','a'].list", description: A test., update: 2 }
            - { target: "$['b','b']", description: A test., remove: true }
            """);

        Assert.That(JToken.DeepEquals(changed, JObject.Parse("{ a: { list: [1, 2] } }")), changed.ToString());
    }

    [Test]
    public void Overlay_update_of_several_targets_is_copied()
    {
        JObject changed = Apply(
            "{ a: {}, b: {} }",
            """
            - { target: "$['a','b']", description: A test., update: { c: { d: [1] } } }
            - { target: $.a.c.d, description: A test., update: 2 }
            """);

        Assert.That(JToken.DeepEquals(changed["b"], JObject.Parse("{ c: { d: [1] } }")), changed.ToString());
    }

    [Test]
    public void Overlay_changes_appear_in_normalized_document()
    {
        Normalized api = Normalized.OfSchemas(Thing, """
            - target: $.components.schemas.Thing
              description: A test.
              update: { description: New., required: [b], properties: { b: { type: integer }, c: { type: boolean } } }
            - target: $.components.schemas.Thing.properties.a.enum
              description: A test.
              update: y
            """);

        Assert.Multiple(() =>
        {
            Assert.That((string?)api.Of("Thing")["description"], Is.EqualTo("New."));
            Assert.That(api.PropertiesOf("Thing"), Is.EqualTo(["a", "b", "c"]));
            Assert.That(api.RequiredOf("Thing"), Is.EqualTo(["a", "b"]));
            Assert.That((string?)api.Property("Thing", "b")["type"], Is.EqualTo("integer"));
            Assert.That(api.Of("Thing/properties/a")["enum"]!.Values<string>(), Is.EqualTo(["x", "z", "y"]));
            Assert.That(api.Notes, Is.Empty);
        });
    }

    [TestCase("$.components.schemas.Gone")]
    [TestCase("$..properties['gone']")]
    [TestCase("$.paths['/gone'].get.parameters[?(@.name == 'x')]")]
    public void Overlay_target_without_match_adds_note(string target)
    {
        Normalized api = Normalized.OfSchemas(Thing, $"""
            - target: $.info
              description: A test.
              update: {"{"} x-ok: 1 {"}"}
            - target: "{target}"
              description: Because it was wrong.
              update: {"{"} type: integer {"}"}
            """);

        Assert.That(
            api.Notes.Single(),
            Does.Contain("overlay.yaml: $.actions[1]: ")
                .And.Contain(target)
                .And.Contain("matches nothing")
                .And.Contain("correct or remove the action")
                .And.Contain("Because it was wrong."));
        Assert.That(api.Names, Does.ContainKey("Thing"));
    }

    [Test]
    public void Overlay_row_for_removed_operation_adds_note()
    {
        Normalized api = Normalized.Of(Yaml.Paths("/known: { get: { operationId: getKnown, responses: {} } }"), Yaml.Overlay("""
            - target: $
              description: A test.
              update:
                x-retell-operations:
                  get /known: { resource: Knowns, method: Get, repeatable: true }
                  post /known: { resource: Knowns, method: Create, repeatable: false }
                  get /gone: { resource: Gones, method: Get, repeatable: true }
            """));

        Assert.That(api.Notes.Single(), Does.Contain("overlay.yaml: x-retell-operations: ").And.EndsWith(": post /known, get /gone"));
    }

    [TestCase("- just text", "$.actions[0]", "mapping")]
    [TestCase("- { description: x, update: {} }", "$.actions[0].target", "JSONPath")]
    [TestCase("- { target: '', description: x, update: {} }", "$.actions[0].target", "JSONPath")]
    [TestCase("- { target: 5, description: x, update: {} }", "$.actions[0].target", "JSONPath")]
    [TestCase("- { target: $.info, update: {} }", "$.actions[0].description", "reason")]
    [TestCase("- { target: $.info, description: [x], update: {} }", "$.actions[0].description", "reason")]
    [TestCase("- { target: $.info, description: x }", "$.actions[0]", "exactly one")]
    [TestCase("- { target: $.info, description: x, remove: false }", "$.actions[0]", "exactly one")]
    [TestCase("- { target: $.info, description: x, update: {}, remove: true }", "$.actions[0]", "exactly one")]
    [TestCase("- { target: $.info, description: x, remove: 'yes' }", "$.actions[0].remove", "`remove: true`")]
    [TestCase("- { target: $.info, description: x, upsert: {} }", "$.actions[0].upsert", "Use target")]
    [TestCase("- { target: '$.info[', description: x, update: {} }", "$.actions[0].target", "no valid JSONPath")]
    [TestCase("- { target: '$.components.schemas.Thing.required[?(@ =~ /(/)]', description: x, update: {} }", "$.actions[0].target", "no valid JSONPath")]
    [TestCase("- { target: $.info.title, description: x, update: {} }", "$.actions[0].target", "target what holds the value")]
    [TestCase("- { target: $.info, description: x, update: text }", "$.actions[0].target", "Only objects and arrays")]
    [TestCase("- { target: $.info, description: x, update: }", "$.actions[0].target", "Only objects and arrays")]
    [TestCase("- { target: $, description: x, remove: true }", "$.actions[0].target", "whole document")]
    [TestCase("- { target: $.info, description: x, update: {} }\n- { target: $.info }", "$.actions[1].description", "reason")]
    public void Overlay_invalid_action_throws(string actions, string place, string advice) => AssertRefused(Yaml.Overlay(actions), place, advice);

    [TestCase("openapi: 3.0.3", "$.overlay", "overlay: 1.0.0")]
    [TestCase("{ overlay: 2.0.0, info: { title: a, version: b }, actions: [] }", "$.overlay", "overlay: 1.0.0")]
    [TestCase("{ overlay: 1.0.0, actions: [] }", "$.info", "Add them")]
    [TestCase("{ overlay: 1.0.0, info: { title: a }, actions: [] }", "$.info", "Add them")]
    [TestCase("{ overlay: 1.0.0, info: { title: a, version: b } }", "$.actions", "at least one action")]
    [TestCase("{ overlay: 1.0.0, info: { title: a, version: b }, actions: [] }", "$.actions", "at least one action")]
    [TestCase("{ overlay: 1.0.0, info: { title: a, version: b }, actions: { target: x } }", "$.actions", "at least one action")]
    [TestCase("- a list", "$", "mapping")]
    [TestCase("overlay: [", "line 2, column 1", "Correct the file")]
    public void Overlay_invalid_file_throws(string overlay, string place, string advice) => AssertRefused(overlay, place, advice);

    private static JObject Apply(string document, string actions)
    {
        JObject tree = YamlFile.ParseObject(document, "api.yaml");
        Assert.That(Overlay.Parse(YamlFile.ParseObject(Yaml.Overlay(actions), "overlay.yaml"), "overlay.yaml").Apply(tree), Is.Empty, "every target matches");
        return tree;
    }

    private static void AssertRefused(string overlay, string place, string advice)
    {
        SpecError error = Normalized.Refusal(Yaml.Document(Thing), overlay);

        Assert.That((Path.GetFileName(error.File), error.Path), Is.EqualTo(("overlay.yaml", place)));
        Assert.That(error.Message, Does.StartWith($"{error.File}: {place}: ").And.Contain(advice));
    }
}
