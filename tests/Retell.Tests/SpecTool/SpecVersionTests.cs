using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Emission;
using Retell.SpecTool.Update;
using Retell.Tests.Build;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>The same API gives the same code, whether its document is of OpenAPI 3.0 or 3.1, and YAML or JSON.</summary>
[Parallelizable(ParallelScope.Children)]
public class SpecVersionTests
{
    private static readonly string[] s_documents = ["retell.yaml", "retell-2026-04.yaml", .. SpecDocument.Pages.Select(page => Path.GetFileName(page))];

    private static readonly string s_overlay = Repository.PathOf("openapi", "overlay.yaml");

    private static readonly string s_names = Repository.PathOf("openapi", "names.lock.yaml");

    [Test]
    public void Normalize_OpenApi_3_0_and_3_1_give_same_document([ValueSource(nameof(s_documents))] string document, [Values] bool withRecordedNames)
    {
        JObject spec = YamlFile.ReadObject(RealDocumentTests.PathOf(document));
        string expected = Normalize(spec, withRecordedNames);

        Assert.Multiple(() =>
        {
            foreach (bool withVariants in (bool[])[false, true])
            {
                JObject later = LaterVersion.Of(spec, withVariants);
                string text = YamlText.Of(later);

                Assert.That(
                    JToken.DeepEquals(YamlFile.ParseObject(text, "later.yaml"), YamlFile.ParseObject(later.ToString(Formatting.None), "later.json")),
                    Is.True,
                    "YAML and JSON");
                Assert.That(later.ToString(), Does.Contain("\"null\"").And.Not.Contain("\"nullable\""));
                Assert.That(Normalize(later, withRecordedNames), Is.EqualTo(expected), withVariants ? "null as a variant" : "null as a type");
            }
        });
    }

    [Test]
    public async Task Update_to_OpenApi_3_1_keeps_names_and_retains_nothing([Values] bool withVariants)
    {
        using var folder = new TempFolder();
        foreach (string file in (string[])["retell.yaml", "retained.yaml", "overlay.yaml", "names.lock.yaml"])
        {
            folder.Write(file, File.ReadAllText(Repository.PathOf("openapi", file)));
        }

        var input = new NormalizeInput(folder.PathOf("retell.yaml"), folder.PathOf("overlay.yaml"), folder.PathOf("names.lock.yaml"), folder.PathOf("retained.yaml"));
        string later = LaterVersion.Of(YamlFile.ReadObject(input.Spec), withVariants).ToString(Formatting.Indented);
        string source = folder.Write("later.json", later);
        (string retained, string names) = (File.ReadAllText(input.Retained!), File.ReadAllText(input.Names));

        string first = await UpdateAsync(input, source);
        string second = await UpdateAsync(input, source);

        Assert.Multiple(() =>
        {
            Assert.That(first, Does.StartWith("The API has not changed.").And.Contain("Written: retell.yaml\n"));
            Assert.That(second, Does.Contain("Nothing changed.\n"));
            Assert.That(File.ReadAllText(input.Spec), Is.EqualTo(later), "as published");
            Assert.That(File.ReadAllText(input.Retained!), Is.EqualTo(retained));
            Assert.That(File.ReadAllText(input.Names), Is.EqualTo(names));
        });
    }

    [TestCase("{ type: [string, 'null'] }", "{ type: string, nullable: true }")]
    [TestCase("{ type: [string] }", "{ type: string }")]
    [TestCase("{ type: [integer, number, 'null'] }", "{ type: number, nullable: true }")]
    [TestCase("{ type: 'null' }", "{ nullable: true }")]
    [TestCase("{ const: null }", "{ nullable: true }")]
    [TestCase("{ enum: [null], type: string }", "{ nullable: true }")]
    [TestCase("{ type: [string, integer], minLength: 1, minimum: 2, description: D, format: date }", "{ description: D, anyOf: [{ type: string, minLength: 1, format: date }, { type: integer, minimum: 2 }] }")]
    [TestCase("{ type: [array, object, 'null'], items: { type: [string, 'null'] }, properties: { a: true } }", "{ nullable: true, anyOf: [{ type: array, items: { type: string, nullable: true } }, { type: object, properties: { a: {} } }] }")]
    [TestCase("{ type: [string, integer, 'null'], enum: [a, 1, null] }", "{ nullable: true, anyOf: [{ type: string, enum: [a] }, { type: integer, enum: [1] }] }")]
    [TestCase("{ type: [string, integer], enum: [a, b] }", "{ type: string, enum: [a, b] }")]
    [TestCase("{ type: [string, integer], oneOf: [{ type: string }, { type: integer }] }", "{ oneOf: [{ type: string }, { type: integer }] }")]
    public void OpenApi31_type_list_becomes_nullable_or_anyOf(string later, string earlier) => AssertLowered(later, earlier);

    [TestCase("{ anyOf: [{ type: string, minLength: 1 }, { type: 'null' }], description: D }", "{ description: D, nullable: true, type: string, minLength: 1 }")]
    [TestCase("{ oneOf: [{ type: 'null' }, { type: object, title: T, properties: { a: { const: 1 } } }], title: U }", "{ title: U, nullable: true, type: object, properties: { a: { type: integer, enum: [1] } } }")]
    [TestCase("{ anyOf: [{ $ref: '#/components/schemas/Other' }, { type: 'null' }], description: D }", "{ description: D, nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] }")]
    [TestCase("{ anyOf: [{ $ref: '#/components/schemas/Other' }, { $ref: '#/components/schemas/Nothing' }] }", "{ nullable: true, allOf: [{ $ref: '#/components/schemas/Other' }] }")]
    [TestCase("{ oneOf: [{ type: string }, { enum: [null] }, { type: integer }] }", "{ nullable: true, oneOf: [{ type: string }, { type: integer }] }")]
    [TestCase("{ oneOf: [{ const: null }, { anyOf: [{ type: string }, { type: 'null' }] }] }", "{ nullable: true, type: string }")]
    [TestCase("{ anyOf: [{ type: 'null' }] }", "{ nullable: true }")]
    [TestCase("{ minLength: 2, anyOf: [{ type: string, minLength: 1 }, { type: 'null' }] }", "{ minLength: 2, nullable: true, allOf: [{ type: string, minLength: 1 }] }")]
    [TestCase("{ anyOf: [{ type: object, nullable: true, not: { type: object } }, { type: string }] }", "{ nullable: true, type: string }")]
    [TestCase("{ type: string, not: { type: 'null' } }", "{ type: string }")]
    public void OpenApi31_null_variant_becomes_nullable(string later, string earlier) => AssertLowered(later, earlier);

    [TestCase("{ const: a }", "{ type: string, enum: [a] }")]
    [TestCase("{ type: number, const: 1 }", "{ type: number, enum: [1] }")]
    [TestCase("{ const: true }", "{ type: boolean, enum: [true] }")]
    [TestCase("{ const: { type: [x] } }", "{ type: object, enum: [{ type: [x] }] }")]
    [TestCase("{ type: string, examples: [a, b] }", "{ type: string, example: a }")]
    [TestCase("{ type: string, example: c, examples: [a] }", "{ type: string, example: c }")]
    [TestCase("{ exclusiveMinimum: 1, exclusiveMaximum: 2.5 }", "{ minimum: 1, exclusiveMinimum: true, maximum: 2.5, exclusiveMaximum: true }")]
    [TestCase("{ minimum: 1, exclusiveMinimum: 1 }", "{ minimum: 1, exclusiveMinimum: true }")]
    [TestCase("{ minimum: 3, exclusiveMinimum: 1, maximum: 3, exclusiveMaximum: 9 }", "{ minimum: 3, maximum: 3 }")]
    [TestCase("{ minimum: 3, exclusiveMinimum: true, maximum: 4, exclusiveMaximum: false }", "{ minimum: 3, exclusiveMinimum: true, maximum: 4 }")]
    [TestCase("{ contentMediaType: application/octet-stream }", "{ type: string, format: binary }")]
    [TestCase("{ type: string, contentMediaType: image/png, contentEncoding: base64 }", "{ type: string, format: byte }")]
    [TestCase("{ type: string, contentMediaType: application/json, contentSchema: { type: object } }", "{ type: string }")]
    public void OpenApi31_values_and_limits_become_OpenApi_3_0(string later, string earlier) => AssertLowered(later, earlier);

    [TestCase("{ type: object, properties: { a: true, b: false }, additionalProperties: true }", "{ type: object, properties: { a: {}, b: { not: {} } }, additionalProperties: true }")]
    [TestCase("{ type: array, items: true }", "{ type: array, items: {} }")]
    [TestCase("{ type: array, items: false }", "{ type: array, items: {}, maxItems: 0 }")]
    [TestCase("{ type: array, prefixItems: [{ type: string }, { type: [integer, 'null'] }], items: false }", "{ type: array, items: { anyOf: [{ type: string }, { type: integer, nullable: true }] } }")]
    [TestCase("{ type: array, prefixItems: [{ type: string }, { type: string }], maxItems: 2 }", "{ type: array, maxItems: 2, items: { type: string } }")]
    [TestCase("{ type: array, prefixItems: [{ type: string }] }", "{ type: array, items: {} }")]
    [TestCase("{ type: object, patternProperties: { ^a: { const: x } } }", "{ type: object, additionalProperties: { type: string, enum: [x] } }")]
    [TestCase("{ type: object, patternProperties: { ^a: { type: string }, ^b: { type: integer } }, additionalProperties: false }", "{ type: object, additionalProperties: { anyOf: [{ type: string }, { type: integer }] } }")]
    [TestCase("{ type: object, patternProperties: { ^a: { type: string } }, additionalProperties: { type: integer } }", "{ type: object, additionalProperties: { type: integer } }")]
    [TestCase("{ type: object, unevaluatedProperties: false }", "{ type: object, additionalProperties: false }")]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Other' }], unevaluatedProperties: false }", "{ allOf: [{ $ref: '#/components/schemas/Other' }] }")]
    [TestCase("{ type: object, properties: { a: {} }, if: { properties: { a: { const: 1 } } }, then: { required: [b], properties: { a: { const: 1 }, b: { type: [string, 'null'] } } }, else: { properties: { c: {} } } }", "{ type: object, properties: { a: {}, b: { type: string, nullable: true }, c: {} } }")]
    [TestCase("{ type: object, dependentSchemas: { a: { properties: { b: { type: string } } } }, dependentRequired: { a: [b] } }", "{ type: object, properties: { b: { type: string } } }")]
    [TestCase("{ $schema: x, $id: y, $comment: z, $anchor: a, $defs: { B: {} }, propertyNames: { pattern: x }, contains: {}, minContains: 1, type: object }", "{ type: object }")]
    public void OpenApi31_nested_schema_keywords_become_OpenApi_3_0(string later, string earlier) => AssertLowered(later, earlier);

    [TestCase("{ type: object, example: { type: [string, 'null'], const: 1 }, default: { examples: [1] }, x-note: { const: 1 } }")]
    [TestCase("{ type: string, enum: [a, null], nullable: true }")]
    [TestCase("{ type: object, enum: [{ const: 1 }] }")]
    [TestCase("{ type: object, required: [type], properties: { type: { type: string }, const: { type: string }, examples: { type: array, items: { type: string } }, enum: {}, $defs: {}, if: {}, then: {}, nullable: { type: boolean } } }")]
    [TestCase("{ type: [1] }")]
    [TestCase("{ type: [] }")]
    [TestCase("{ properties: [a], items: [a], allOf: a, anyOf: { a: 1 }, enum: b, examples: { a: 1 } }")]
    public void OpenApi31_values_that_are_no_keywords_are_kept(string schema) => AssertLowered(schema, schema);

    [Test]
    public void OpenApi31_schemas_are_converted_at_every_place()
    {
        const string Null = "{ type: ['null', string] }";
        const string Media = $"{{ application/json: {{ schema: {Null}, example: {Null}, encoding: {{ a: {{ headers: {{ H: {{ schema: {Null} }} }} }} }} }} }}";
        const string Operation = $$"""
            { parameters: [{ name: a, in: query, schema: {{Null}} }, { name: b, in: query, content: {{Media}} }], requestBody: { content: {{Media}} },
              responses: { '200': { headers: { H: { schema: {{Null}} } }, content: {{Media}} }, x-other: { content: {{Media}} } } }
            """;
        const string Item = $$"""{ parameters: [{ name: c, in: path, schema: {{Null}} }], get: {{Operation}}, post: { callbacks: { done: { '{$url}': { post: {{Operation}} }, x-other: {{Null}} } } } }""";
        const string Nested = $$"""
            { allOf: [{{Null}}], anyOf: [{{Null}}], oneOf: [{{Null}}], not: {{Null}}, items: {{Null}}, additionalProperties: {{Null}}, properties: { a: {{Null}}, x-b: {{Null}} } }
            """;
        JObject document = YamlFile.ParseObject(
            $$"""
            { openapi: 3.1.0, info: {}, paths: { /a: {{Item}}, x-b: {{Item}} }, components: {
              schemas: { A: {{Null}}, B: {{Nested}}, x-C: {{Null}} }, parameters: { P: { schema: {{Null}} } }, headers: { H: { schema: {{Null}} } },
              requestBodies: { B: { content: {{Media}} } }, responses: { R: { content: {{Media}} } }, callbacks: { C: { '{$url}': {{Item}} } }, examples: { E: {{Null}} } } }
            """,
            "api.yaml");
        string[] untouched = [.. document.SelectTokens("$..type").Select(type => type.Path).Where(path => path.Contains("example", StringComparison.Ordinal) || path.Contains("x-other", StringComparison.Ordinal) || path.Contains("paths['x-b']", StringComparison.Ordinal) || path.Contains("paths.x-b", StringComparison.Ordinal))];

        OpenApi31.Parse(document);

        Assert.That(document.SelectTokens("$..type").Where(type => type is JArray).Select(type => type.Path), Is.EquivalentTo(untouched).And.Not.Empty);
        Assert.That(document.SelectTokens("$..nullable").Count(), Is.EqualTo(50));
    }

    [Test]
    public void OpenApi31_path_item_and_part_references_are_resolved()
    {
        JObject document = Lowered("""
            openapi: 3.1.0
            info: {}
            jsonSchemaDialect: https://spec.openapis.org/oas/3.1/dialect/base
            webhooks: { ping: { post: {} } }
            paths:
              /a: { $ref: '#/components/pathItems/Item', summary: Mine }
              /b: { $ref: '#/paths/~1a' }
              /c: { get: { parameters: [{ $ref: '#/paths/~1a/get/parameters/0' }, { $ref: '#/components/parameters/%50' }], responses: { '200': { $ref: '#/paths/~1a/get/responses/200' } } } }
            components:
              parameters: { P: { name: p, in: query } }
              pathItems:
                Item: { summary: Theirs, get: { operationId: getA, parameters: [{ name: q, in: query, schema: { type: [string, 'null'] } }], responses: { '200': { description: Done } } } }
            """);

        Assert.That(Text(document), Is.EqualTo(Text(YamlFile.ParseObject(
            """
            openapi: 3.0.3
            info: {}
            paths:
              /a: &a { summary: Mine, get: { operationId: getA, parameters: [{ name: q, in: query, schema: { type: string, nullable: true } }], responses: { '200': { description: Done } } } }
              /b: *a
              /c: { get: { parameters: [{ name: q, in: query, schema: { type: string, nullable: true } }, { $ref: '#/components/parameters/P' }], responses: { '200': { description: Done } } } }
            components: { parameters: { P: { name: p, in: query } } }
            """,
            "api.yaml"))));
    }

    [TestCase("3.1.0", "{}")]
    [TestCase("3.1", "{}")]
    [TestCase("3.2.0", "{}")]
    public void OpenApi31_document_without_paths_gets_empty_paths(string version, string paths)
    {
        JObject document = Lowered($"{{ openapi: {version}, info: {{}}, webhooks: {{}} }}");

        Assert.That(document.ToString(Formatting.None), Is.EqualTo($$"""{"openapi":"3.0.3","info":{},"paths":{{paths}}}"""));
    }

    [TestCase("#/components/schemas/Other/properties/a~1b", "Other_a_b")]
    [TestCase("#/components/schemas/Other/properties/a%7E1b", "Other_a_b")]
    [TestCase("#/components/schemas/Other/properties/list/items", "Other_list_item")]
    [TestCase("#/components/schemas/Other/properties/map/additionalProperties", "Other_map_value")]
    [TestCase("#/components/schemas/Other/properties/choice/oneOf/1", "Other_choice_1")]
    [TestCase("#/components/schemas/Other/properties/same", "Known")]
    [TestCase("#/components/schemas/%4Bnown", "Known")]
    [TestCase("#/components/schemas/Other/$defs/Own", "Own")]
    [TestCase("#/components/schemas/Other/$defs/Known", "Other_Known")]
    [TestCase("#/$defs/Own", "Own")]
    [TestCase("#anchor", "Own")]
    [TestCase("https://example.com/other#/$defs/Own", "Own")]
    [TestCase("https://example.com/other", "Other")]
    [TestCase("#/paths/~1things~1%7Bid%7D/get/responses/200/content/application~1json/schema", "things_id_get_response_200")]
    [TestCase("#/paths/~1things~1%7Bid%7D/get/parameters/0/schema/items", "things_id_get_0_item")]
    public void Reference_to_any_schema_becomes_component_reference(string reference, string component)
    {
        const string Own = "{ type: object, properties: { own: { type: [string, 'null'] } } }";
        JObject document = Lowered($$"""
            openapi: 3.1.0
            paths:
              /things/{id}:
                get:
                  parameters: [{ name: p, in: query, schema: { type: array, items: { enum: [a, b] } } }]
                  responses: { '200': { content: { application/json: { schema: {{Own}} } } } }
            components:
              schemas:
                Thing: { $defs: { Own: {{Own}} }, type: object, properties: { one: { $ref: '{{reference}}' }, two: { description: D, $ref: '{{reference}}' } } }
                Known: { type: object }
                Other:
                  $id: https://example.com/other
                  type: object
                  $defs: { Own: { $anchor: anchor, type: object, properties: { own: { type: string } } }, Known: {{Own}} }
                  properties:
                    a/b: {{Own}}
                    list: { type: array, items: {{Own}} }
                    map: { additionalProperties: {{Own}} }
                    choice: { oneOf: [{ type: string }, {{Own}}] }
                    same: { $ref: '#/components/schemas/Known' }
            """);

        JToken properties = document["components"]!["schemas"]!["Thing"]!["properties"]!;
        Assert.That((string?)properties["one"]!["$ref"], Is.EqualTo("#/components/schemas/" + component));
        Assert.That((string?)properties["two"]!["$ref"], Is.EqualTo("#/components/schemas/" + component));
        Assert.That(document["components"]!["schemas"]![component], Is.Not.Null);
    }

    [Test]
    public void Reference_into_recursive_schema_terminates()
    {
        Normalized api = Normalized.Of(Yaml.Document("""
            Tree:
              type: object
              properties:
                node: { type: object, properties: { name: { type: string }, parent: { $ref: '#/components/schemas/Tree/properties/node' }, children: { type: array, items: { $ref: '#/components/schemas/Tree/properties/node' } } } }
            Thing: { type: object, properties: { tree: { $ref: '#/components/schemas/Tree/properties/node' } } }
            """));

        Assert.That(Normalized.Reference(api.Property("Thing", "tree")), Is.EqualTo("TreeNode"));
        Assert.That(Normalized.Reference(api.Property("Tree_node", "parent")), Is.EqualTo("TreeNode"));
        Assert.That(Normalized.Value(api.Property("Tree_node", "children")["x-retell-value"]), Is.EqualTo("list TreeNode"));
    }

    [Test]
    public void Reference_to_recursive_list_becomes_component()
    {
        JObject document = Lowered("""
            openapi: 3.0.3
            paths: {}
            components: { schemas: { Thing: { properties: { a: { type: array, items: { $ref: '#/components/schemas/Thing/properties/a' } }, b: { $ref: '#/components/schemas/Thing/properties/a' } } } } }
            """);

        Assert.That((string?)document["components"]!["schemas"]!["Thing_a"]!["items"]!["$ref"], Is.EqualTo("#/components/schemas/Thing_a"));
    }

    [Test]
    public void Reference_to_scalar_or_list_is_inlined()
    {
        JObject document = Lowered("""
            openapi: 3.0.3
            paths: {}
            components:
              schemas:
                Thing: { properties: { a: { $ref: '#/components/schemas/Other/properties/a', description: Mine }, b: { $ref: '#/components/schemas/Other/properties/b' }, c: { $ref: '#/components/schemas/Other/properties/c' } } }
                Other: { properties: { a: { type: string, description: Theirs, minLength: 1 }, b: { type: array, items: { type: integer } }, c: { type: array, items: { type: object, properties: { d: {} } } } } }
            """);

        Assert.That(Text(document["components"]!["schemas"]!["Thing"]!["properties"]!), Is.EqualTo(Text(YamlFile.ParseObject(
            "{ a: { type: string, description: Mine, minLength: 1 }, b: { type: array, items: { type: integer } }, c: { type: array, items: { $ref: '#/components/schemas/Other_c_item' } } }", "expected"))));
        Assert.That(((JObject)document["components"]!["schemas"]!).Properties().Select(schema => schema.Name), Is.EqualTo(["Thing", "Other", "Other_c_item"]));
    }

    [Test]
    public void Definitions_with_same_name_are_prefixed_with_schema()
    {
        JObject document = Lowered("""
            openapi: 3.1.0
            paths: {}
            components:
              schemas:
                A: { $defs: { Part: { type: object, properties: { a: {} } } }, properties: { p: { $ref: '#/components/schemas/A/$defs/Part' } } }
                B: { $defs: { Part: { type: object, properties: { b: {} } } }, properties: { p: { $ref: '#/components/schemas/B/$defs/Part' } } }
            """);

        Assert.That(document.SelectTokens("$..$ref").Select(reference => (string?)reference), Is.EqualTo(["#/components/schemas/A_Part", "#/components/schemas/B_Part"]));
    }

    private static void AssertLowered(string later, string earlier)
    {
        foreach (string version in (string[])["3.0.3", "3.1.0"])
        {
            JObject document = Lowered(
                $"{{ openapi: {version}, paths: {{}}, components: {{ schemas: {{ Thing: {later}, Other: {{ type: object }}, Nothing: {{ type: 'null' }} }} }} }}");

            Assert.That(Text(document["components"]!["schemas"]!["Thing"]!), Is.EqualTo(Text(YamlFile.ParseObject(earlier, "earlier"))), version);
        }
    }

    /// <summary>A document turned twice, which is the same as once.</summary>
    private static JObject Lowered(string text)
    {
        JObject document = OpenApi31.Parse(YamlFile.ParseObject(text, "api.yaml"));
        string once = document.ToString();
        Assert.That(OpenApi31.Parse(document).ToString(), Is.EqualTo(once));
        return document;
    }

    /// <summary>The content, whatever the order of members.</summary>
    private static string Text(JToken token) => (token is JObject members
        ? new JObject(members.Properties().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => new JProperty(member.Name, JToken.Parse(Text(member.Value)))))
        : token is JArray items ? new JArray(items.Select(item => JToken.Parse(Text(item)))) : token).ToString(Formatting.None);

    private static async Task<string> UpdateAsync(NormalizeInput input, string source)
    {
        using var log = new StringWriter { NewLine = "\n" };
        await UpdateCommand.RunAsync(input, source, dropRetained: false, log, CancellationToken.None);
        return log.ToString();
    }

    private static string Normalize(JObject document, bool withRecordedNames)
    {
        var input = new NormalizeInput("api.yaml", withRecordedNames ? s_overlay : null, withRecordedNames ? s_names : "no-such-names.yaml");
        return NormalizedDocument.Write(NormalizeCommand.Load((JObject)document.DeepClone(), RetainedFile.Empty, input, []).Model);
    }
}
