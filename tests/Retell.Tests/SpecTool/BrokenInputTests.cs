using Retell.Spec;
using Retell.Spec.Documents;

namespace Retell.Tests.SpecTool;

/// <summary>Input that has to be mended is refused with file, place and advice, whatever is wrong with it.</summary>
public class BrokenInputTests
{
    [TestCase("a: [1", "line 2, column 1")]
    [TestCase("a: 1\n b: 2", "line 2, column 3")]
    [TestCase("a: 1\na: 2", "line 2, column 1")]
    [TestCase("a: *nowhere", "line 1, column 4")]
    [TestCase("a: {\n", "line 2, column 1")]
    public void Normalize_invalid_YAML_throws_with_line_and_column(string text, string place)
    {
        SpecError error = Normalized.Refusal(text);

        Assert.That(error.Message, Does.StartWith($"{error.File}: {place}: This is not valid YAML: ").And.Contain("Correct the file"));
    }

    [TestCase("", "$", "mapping")]
    [TestCase("just text", "$", "mapping")]
    [TestCase("- a list", "$", "mapping")]
    [TestCase("<html></html>", "$", "mapping")]
    [TestCase("{ [1, 2]: 3 }", "$", "text keys")]
    [TestCase("a: &a [*a]", "$.a[0]", "Write the value out")]
    [TestCase("swagger: '2.0'", "$.openapi", "published spec")]
    [TestCase("openapi: 2.0.0", "$.openapi", "published spec")]
    [TestCase("openapi: 3.0.3", "$.paths", "published spec")]
    [TestCase("{ openapi: 3.0.3, paths: 5 }", "$.paths", "published spec")]
    [TestCase("{ openapi: 3.0.3, paths: { /a: 5 } }", "#/paths/~1a", "mapping")]
    [TestCase("{ openapi: 3.0.3, paths: { /a: { get: 5 } } }", "#/paths/~1a/get", "mapping")]
    [TestCase("{ openapi: 3.0.3, paths: {}, components: 5 }", "$.components", "mapping")]
    [TestCase("{ openapi: 3.0.3, paths: {}, components: { schemas: [] } }", "$.components.schemas", "mapping")]
    public void Normalize_invalid_OpenAPI_throws_with_path(string text, string place, string advice) => AssertRefused(text, place, advice);

    [TestCase("5", "")]
    [TestCase("{ type: [] }", "/type")]
    [TestCase("{ type: [text, integer] }", "/oneOf/text/type")]
    [TestCase("{ type: text }", "/type")]
    [TestCase("{ type: object, properties: [a] }", "/properties")]
    [TestCase("{ type: object, properties: { a: 5 } }", "/properties/a")]
    [TestCase("{ type: object, properties: { a: { type: text } } }", "/properties/a/type")]
    [TestCase("{ type: object, properties: { a: { $ref: [1] } } }", "/properties/a/$ref")]
    [TestCase("{ type: object, required: a }", "/required")]
    [TestCase("{ type: object, required: [{ a: 1 }] }", "/required")]
    [TestCase("{ type: object, additionalProperties: [a] }", "/additionalProperties")]
    [TestCase("{ type: array, items: [{ type: string }] }", "/items")]
    [TestCase("{ type: string, enum: a }", "/enum")]
    [TestCase("{ type: string, description: [a] }", "/description")]
    [TestCase("{ type: string, nullable: maybe }", "/nullable")]
    [TestCase("{ allOf: { type: object } }", "/allOf")]
    [TestCase("{ allOf: [5] }", "/allOf")]
    [TestCase("{ oneOf: { type: object } }", "/oneOf")]
    [TestCase("{ oneOf: [] }", "/oneOf")]
    [TestCase("{ type: object, properties: { a: { type: string, enum: [x], x-csharp-name: 'a b' } } }", "/properties/a/x-csharp-name")]
    [TestCase("{ type: object, properties: { a: { type: string, enum: [x], x-csharp-name: string } } }", "/properties/a/x-csharp-name")]
    [TestCase("{ type: object, x-csharp-name: required }", "/x-csharp-name")]
    public void Normalize_invalid_schema_throws_with_path(string schema, string place) =>
        AssertRefused(Yaml.Document($"Thing: {schema}"), "#/components/schemas/Thing" + place, "overlay");

    [TestCase("{ type: object, properties: { a: { $ref: '#/components/schemas/Gone' } } }", "/properties/a")]
    [TestCase("{ type: array, items: { $ref: '#/components/schemas/Gone' } }", "/items")]
    [TestCase("{ oneOf: [{ $ref: '#/components/schemas/Gone' }, { $ref: '#/components/schemas/Gone' }] }", "/oneOf")]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Gone' }] }", "")]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Gone' }, { type: object, properties: { a: { type: string } } }] }", "")]
    public void Normalize_broken_schema_reference_throws(string schema, string place)
    {
        SpecError error = Normalized.Refusal(Yaml.Document($"Thing: {schema}"));

        Assert.That(error.Path, Does.StartWith("#/components/schemas/Thing" + place));
        Assert.That(error.Message, Does.Contain("does not resolve").And.Contain("overlay"));
    }

    [TestCase("{ type: object, additionalProperties: { $ref: 'other.yaml#/Thing' } }", "/additionalProperties")]
    [TestCase("{ type: array, items: { $ref: 'https://example.com/thing.json' } }", "/items")]
    public void Normalize_external_reference_throws(string schema, string place) =>
        AssertRefused(Yaml.Document($"Thing: {schema}"), "#/components/schemas/Thing" + place, "points outside the document. Bundle the document into one file");

    [TestCase("{ $ref: 'paths.yaml#/a' }")]
    [TestCase("{ $ref: '#/components/pathItems/Gone' }")]
    public void Normalize_broken_path_reference_throws(string item) => AssertRefused(Yaml.Paths($"/a: {item}"), "#/paths/~1a", "does not resolve");

    [TestCase("parameters: [{ $ref: '#/components/parameters/Gone' }]", "/parameters")]
    [TestCase("parameters: [{ $ref: '#/paths/~1a/get/parameters/5' }]", "/parameters")]
    [TestCase("parameters: [{ $ref: 'other.yaml#/parameters/a' }]", "/parameters")]
    [TestCase("requestBody: { $ref: '#/components/requestBodies/Gone' }", "/requestBody")]
    [TestCase("responses: { 200: { $ref: '#/components/responses/Gone' } }", "/responses/200")]
    public void Normalize_broken_operation_reference_throws(string member, string place) =>
        AssertRefused(Yaml.Paths($"/a: {{ get: {{ operationId: getA, {member} }} }}"), "#/paths/~1a/get" + place, "does not resolve");

    [TestCase("{ $ref: '#/components/schemas/Thing' }")]
    [TestCase("{ $ref: '#/components/schemas/Other' }")]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Thing' }, { properties: { a: { type: string } } }] }")]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Other' }, { properties: { a: { type: string } } }] }")]
    public void Normalize_circular_schema_throws(string schema)
    {
        SpecError error = Normalized.Refusal(Yaml.Document($$"""
            Thing: {{schema}}
            Other: { $ref: '#/components/schemas/Thing' }
            Union: { oneOf: [{ $ref: '#/components/schemas/Thing' }, { $ref: '#/components/schemas/Fine' }] }
            Fine: { type: object, properties: { type: { type: string, enum: [fine] } } }
            """));

        Assert.That(error.Path, Does.StartWith("$.components.schemas."));
        Assert.That(error.Message, Does.Contain("itself").And.Contain("Break the cycle."));
    }

    [TestCase("names: [", "line 2, column 1", "Correct the file")]
    [TestCase("other: {}", "$.names", "Restore the file from version control")]
    [TestCase("names: [a]", "$.names", "Restore the file from version control")]
    [TestCase("names: { '#/components/schemas/Thing': 1st }", "$.names['#/components/schemas/Thing']", "Restore the line")]
    [TestCase("names: { '#/components/schemas/Thing': '' }", "$.names['#/components/schemas/Thing']", "Restore the line")]
    [TestCase("names: { '#/components/schemas/Thing': A.B }", "$.names['#/components/schemas/Thing']", "Restore the line")]
    [TestCase("names: { '#/components/schemas/Thing': [A] }", "$.names['#/components/schemas/Thing']", "Restore the line")]
    [TestCase("names: { '#/components/schemas/Thing': record }", "$.names['#/components/schemas/Thing']", "Restore the line")]
    [TestCase("names: { '#/components/schemas/Thing': class }", "$.names['#/components/schemas/Thing']", "Restore the line")]
    [TestCase("names: { get /a: nint }", "$.names['get /a']", "Restore the line")]
    [TestCase("<<<<<<< ours\nnames: {}", "line 2, column 6", "Correct the file")]
    public void Normalize_invalid_recorded_names_throw(string names, string place, string advice)
    {
        SpecError error = Normalized.Refusal(Yaml.Document("Thing: { type: object }"), names: names);

        Assert.That((Path.GetFileName(error.File), error.Path), Is.EqualTo(("names.yaml", place)));
        Assert.That(error.Message, Does.Contain(advice));
    }

    [TestCase("in: body", "has to be in path, query, header or cookie")]
    [TestCase("x-nothing: 1", "has to be in path, query, header or cookie")]
    public void Normalize_parameter_without_valid_location_throws(string member, string advice) =>
        AssertRefused(Yaml.Paths($"/a: {{ get: {{ operationId: getA, parameters: [{{ name: p, {member}, schema: {{ type: string }} }}] }} }}"), "#/paths/~1a/get", advice);

    [Test]
    public void YamlFile_missing_file_throws() =>
        Assert.That(
            Assert.Throws<SpecError>(() => YamlFile.ReadObject(Path.Combine(Path.GetTempPath(), "no-such-file.yaml")))!.Message,
            Does.Contain("no-such-file.yaml: $: The file cannot be read").And.EndsWith("Check the path."));

    private static void AssertRefused(string spec, string place, string advice)
    {
        SpecError error = Normalized.Refusal(spec);

        Assert.That((Path.GetFileName(error.File), error.Path), Is.EqualTo(("api.yaml", place)));
        Assert.That(error.Message, Does.StartWith($"{error.File}: {place}: ").And.Contain(advice));
    }
}
