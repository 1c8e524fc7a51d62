using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>The facts of the spec stand in the normalised document as data. What C# the templates make of it: <see cref="GeneratedCodeTests"/>.</summary>
public class EmissionTests
{
    [TestCase("Ends a line:\\nnext", "Ends a line:\nnext")]
    [TestCase("Ends a line:\\r\\nnext", "Ends a line:\nnext")]
    [TestCase("Ends a line:\\rnext", "Ends a line:\nnext")]
    [TestCase("Ends a line for C#:\\u2028next", "Ends a line for C#:\nnext")]
    [TestCase("Ends a line for C#:\\u2029next", "Ends a line for C#:\nnext")]
    [TestCase("Ends a line for C#:\\u0085next", "Ends a line for C#:\nnext")]
    [TestCase("Legal in no XML:\\u0001next", "Legal in no XML:next")]
    [TestCase("Markup: <b> & `a<b>` \\\"quoted\\\"", "Markup: <b> & `a<b>` \"quoted\"")]
    [TestCase("First `a<b`.\\n\\nSecond & last:\\n- one\\n- two\\nmore of two", "First `a<b`.\n\nSecond & last:\n- one\n- two\nmore of two")]
    public void Normalize_description_has_no_control_characters(string text, string expected)
    {
        Normalized api = Normalized.OfSchemas($$"""
            Thing:
              type: object
              description: "{{text}}"
              properties:
                a: { type: string, description: "{{text}}", example: "{{text}}", default: "{{text}}", pattern: "{{text}}" }
            """);

        Assert.That((string?)api.Of("Thing")["description"], Is.EqualTo(expected));
        Assert.That((string?)api.Property("Thing", "a")["description"], Is.EqualTo(expected));
        Assert.That(((string)api.Property("Thing", "a")["x-retell-remarks"]!).Where(c => char.IsControl(c) || c is '\u2028' or '\u2029'), Is.Empty);
    }

    [Test]
    public void Normalize_default_and_limits_are_described_in_remarks()
    {
        JObject member = Normalized.OfSchemas(
            "Thing: { type: object, properties: { a: { type: integer, default: 5, minimum: 1, maximum: 9, example: 7 } } }").Property("Thing", "a");

        Assert.That(
            ((string?)member["description"], (string?)member["x-retell-remarks"]),
            Is.EqualTo(((string?)null, "The API's default is <c>5</c>. At least 1, at most 9. Example: <c>7</c>.")));
        Assert.That(((int?)member["default"], (int?)member["example"]), Is.EqualTo((5, 7)), "any reader sees them");
    }

    [Test]
    public void Normalize_properties_keep_JSON_names_and_get_unique_CSharp_names()
    {
        JObject members = (JObject)Normalized.OfSchemas("""
            Thing:
              type: object
              properties: { thing: { type: string }, shape: { type: string }, org_name: { type: string }, orgName: { type: string }, codec: { type: string }, class: { type: string }, "a\"b": { type: string }, 2fa: { type: boolean } }
            """).Of("Thing")["properties"]!;

        Assert.That(
            members.Properties().Select(member => $"{member.Name} {member.Value["x-retell-name"]}"),
            Is.EqualTo(["thing ThingValue", "shape ShapeValue", "org_name OrgName", "orgName OrgNameCamelCase", "codec CodecValue", "class Class", "a\"b AB", "2fa Value2fa"]));
    }

    [TestCase("{ type: string }", "string")]
    [TestCase("{ type: integer }", "integer")]
    [TestCase("{ type: number }", "number")]
    [TestCase("{ type: boolean, nullable: true }", "boolean?")]
    [TestCase("{ type: object }", "json-object")]
    [TestCase("{ }", "any")]
    [TestCase("{ type: string, format: binary }", "file")]
    [TestCase("{ type: array, items: { type: integer, nullable: true } }", "list nullable integer")]
    [TestCase("{ type: array, items: { type: string, nullable: true } }", "list nullable string")]
    [TestCase("{ type: object, additionalProperties: { } }", "json-object")]
    [TestCase("{ type: object, additionalProperties: true }", "json-object")]
    [TestCase("{ type: object, additionalProperties: { type: number } }", "map number")]
    [TestCase("{ type: array, items: { type: array, items: { type: string } } }", "list list string")]
    [TestCase("{ type: array, nullable: true, items: { type: object, additionalProperties: { $ref: '#/components/schemas/Thing' } } }", "list map Thing?")]
    public void Normalize_schema_has_expected_value_kind(string schema, string value) =>
        Assert.That(Normalized.Value(Member(schema)["x-retell-value"]), Is.EqualTo(value));

    [TestCase("{ type: string }", "string", null)]
    [TestCase("{ type: integer }", "integer", null)]
    [TestCase("{ type: string, nullable: true }", "string?", null)]
    [TestCase("{ type: string, enum: [x] }", "string", "x")]
    public void Normalize_required_properties_are_listed_with_constants(string schema, string value, string? constant)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, required: [a], properties: {{ a: {schema}, b: {{ type: string }} }} }}");
        JObject member = api.Property("Thing", "a");

        Assert.That(api.RequiredOf("Thing"), Is.EqualTo(["a"]));
        Assert.That((Normalized.Value(member["x-retell-value"]), (string?)member["x-retell-constant"]), Is.EqualTo((value, constant)));
    }

    [TestCase(@"^\+[1-9]\d{1,14}$", "phone-number", null)]
    [TestCase("^[0-9]+$", null, "^[0-9]+$")]
    public void Normalize_E164_pattern_becomes_phone_number_format(string given, string? format, string? pattern)
    {
        JObject member = Member($"{{ type: string, pattern: '{given}' }}");

        Assert.That(((string?)member["format"], (string?)member["pattern"]), Is.EqualTo((format, pattern)));
    }

    [Test]
    public void Normalize_arguments_are_ordered_path_required_body_optional()
    {
        JObject operation = Normalized.Of(Yaml.Paths("""
            /things/{thing_id}/{part}:
              parameters: [{ name: thing_id, in: path, required: true, schema: { type: string } }]
              patch:
                operationId: updateThing
                parameters:
                  - { name: limit, in: query, schema: { type: integer, maximum: 50 } }
                  - { name: mode, in: query, required: true, schema: { type: string } }
                  - { name: part, in: path, required: true, schema: { type: integer } }
                requestBody: { required: true, content: { application/json: { schema: { type: object, properties: { a: { type: string } } } } } }
            """)).Operation("patch", "/things/{thing_id}/{part}");

        Assert.That(
            Normalized.Arguments(operation),
            Is.EqualTo(["path thing_id thingId string", "path part part integer", "query mode mode string", "body body UpdateThingRequest", "query limit limit integer = null"]));
        Assert.That(
            operation["parameters"]!.Select(p => $"{p["in"]} {p["name"]} {((bool)p["required"]! ? "required" : "optional")}"),
            Is.EqualTo(["path thing_id required", "path part required", "query limit optional", "query mode required"]));
        Assert.That(Normalized.Reference(operation.SelectToken("requestBody.content['application/json'].schema")), Is.EqualTo("UpdateThingRequest"));
        Assert.That((int?)operation["parameters"]![2]!["schema"]!["maximum"], Is.EqualTo(50));
    }

    [Test]
    public void Normalize_operation_parameter_overrides_path_parameter()
    {
        JObject operation = Normalized.Of(Yaml.Paths("""
            /things/{id}:
              parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: limit, in: query, schema: { type: string } }]
              get: { operationId: getThing, parameters: [{ name: limit, in: query, schema: { type: integer } }] }
            """)).Operation("get", "/things/{id}");

        Assert.That(Normalized.Arguments(operation), Is.EqualTo(["path id id string", "query limit limit integer = null"]));
    }

    [Test]
    public void Normalize_parameter_names_avoid_reserved_argument_names()
    {
        JObject operation = Normalized.Of(Yaml.Paths("""
            /things:
              get:
                operationId: getThings
                parameters:
                  - { name: options, in: query, schema: { type: string } }
                  - { name: cancellation_token, in: query, schema: { type: string } }
                  - { name: body, in: query, schema: { type: string } }
                  - { name: class, in: query, schema: { type: string } }
            """)).Operation("get", "/things");

        Assert.That(operation["x-retell-arguments"]!.Select(p => (string?)p["name"]), Is.EqualTo(["optionsValue", "cancellationTokenValue", "bodyValue", "class"]));
    }

    [Test]
    public void Normalize_operations_on_one_path_are_kept()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /things/{id}:
              parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
              get: { operationId: getThing }
              put: { operationId: replaceThing }
              delete: { operationId: deleteThing }
            """));

        Assert.That(
            ((JObject)api.Document["paths"]!["/things/{id}"]!).Properties().Select(operation => $"{operation.Name} {operation.Value["operationId"]}"),
            Is.EqualTo(["get getThing", "put replaceThing", "delete deleteThing"]));
    }

    [Test]
    public void Normalize_multipart_body_is_marked()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /upload:
              post:
                operationId: upload
                requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { files: { type: array, items: { type: string, format: binary } } } } } } }
                responses: { 204: { description: Gone. } }
            """));
        JObject operation = api.Operation("post", "/upload");

        Assert.That(Normalized.Reference(operation.SelectToken("requestBody.content['multipart/form-data'].schema")), Is.EqualTo("UploadRequest"));
        Assert.That(
            ((string?)operation["x-retell-content-type"], string.Join("; ", Normalized.Arguments(operation))),
            Is.EqualTo(("multipart/form-data", "body body UploadRequest = null")));
        Assert.That(((JObject)operation["responses"]!).Properties().Select(response => response.Name), Is.EqualTo(["204"]));
        Assert.That(operation["x-retell-value"], Is.Null, "no answer");
        Assert.That(Normalized.Value(api.Schemas["UploadRequest"]!["properties"]!["files"]!["x-retell-value"]), Is.EqualTo("list file"));
    }

    [Test]
    public void Normalize_deprecated_is_kept_with_note()
    {
        Normalized api = Normalized.Of(Yaml.Paths(
            "/old: { get: { operationId: getOld, deprecated: true, x-deprecation-note: 'Use \"new\".' } }",
            "{ Thing: { type: object, deprecated: true, properties: { a: { type: string, deprecated: true }, b: { $ref: '#/components/schemas/Thing' } } } }"));
        JObject[] deprecated = [api.Operation("get", "/old"), api.Of("Thing"), api.Property("Thing", "a")];

        Assert.That(deprecated.Select(node => (bool?)node["deprecated"]), Is.All.True);
        Assert.That(deprecated.Select(node => (string?)node["x-retell-deprecation"]), Is.EqualTo(["Use \"new\".", null, null]));
    }

    [Test]
    public void Normalize_example_scalars_keep_YAML_types()
    {
        JObject example = (JObject)Normalized.OfSchemas("""
            Thing:
              type: object
              properties:
                a: { type: object, example: { whole: 12, big: 1703302407333, real: 1e3, dot: .5, no: no, date: 2026-10-04, quoted: '12', nothing: ~, on: true, time: 12:30, plus: +1, hex: 0x1F, version: 1.2.3 } }
            """).Property("Thing", "a")["example"]!;

        Assert.That(JToken.DeepEquals(example, JObject.Parse("""
            { whole: 12, big: 1703302407333, real: 1000.0, dot: 0.5, no: 'no', date: '2026-10-04', quoted: '12', nothing: null, on: true, time: '12:30', plus: 1, hex: 31, version: '1.2.3' }
            """)), example.ToString());
    }

    private static JObject Member(string schema) => Normalized.OfSchemas($"Thing: {{ type: object, properties: {{ a: {schema} }} }}").Property("Thing", "a");
}
