using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>What the templates print is legal C#, whatever the document holds.</summary>
public class EmissionTests
{
    [TestCase("Ends a line:\\nnext")]
    [TestCase("Ends a line:\\r\\nnext")]
    [TestCase("Ends a line:\\rnext")]
    [TestCase("Ends a line for C#:\\u2028next")]
    [TestCase("Ends a line for C#:\\u2029next")]
    [TestCase("Ends a line for C#:\\u0085next")]
    [TestCase("Legal in no XML:\\u0001next")]
    [TestCase("Markup: <b> & `a<b>` \\\"quoted\\\"")]
    public void DocumentationIsXmlInCommentLines(string text)
    {
        Normalized api = Normalized.OfSchemas($$"""
            Thing:
              type: object
              description: "{{text}}"
              properties:
                a: { type: string, description: "{{text}}", example: "{{text}}", default: "{{text}}", pattern: "{{text}}" }
            """);
        string[] documents = [(string)api.Of("Thing")["x-doc"]!, (string)api.Property("Thing", "a")["x-doc"]!];

        foreach (string document in documents)
        {
            string[] lines = document.Split('\n');
            Assert.That(lines, Is.All.StartsWith("/// "));
            Assert.That(document.Where(c => c != '\n' && (char.IsControl(c) || c is '\u2028' or '\u2029')), Is.Empty);
            Assert.That(() => System.Xml.Linq.XElement.Parse($"<doc>{string.Concat(lines.Select(line => line[4..]))}</doc>"), Throws.Nothing);
        }
    }

    [Test]
    public void ParagraphsListsAndCodeStayReadable() =>
        Assert.That(
            (string?)Normalized.OfSchemas("""
                Thing: { type: object, description: "First `a<b`.\n\nSecond & last:\n- one\n- two\nmore of two" }
                """).Of("Thing")["x-doc"],
            Is.EqualTo("""
                /// <summary>
                /// First <c>a&lt;b</c>.
                /// <para>Second &amp; last:</para>
                /// <para>- one</para>
                /// <para>- two</para>
                /// more of two
                /// </summary>
                """.ReplaceLineEndings("\n")));

    [Test]
    public void DefaultsAreDocumentationOnly()
    {
        JObject member = Normalized.OfSchemas("Thing: { type: object, properties: { a: { type: integer, default: 5, minimum: 1, maximum: 9, example: 7 } } }").Property("Thing", "a");

        Assert.That((string?)member["x-doc"], Is.EqualTo("/// <summary>The <c>a</c> of the API.</summary>\n/// <remarks>Default of the API: <c>5</c>. At least 1, at most 9. Example: <c>7</c>.</remarks>"));
        Assert.That(member["default"], Is.Null);
    }

    [Test]
    public void MembersKeepTheirJsonNamesAndGetNamesOfTheirOwn()
    {
        JObject members = (JObject)Normalized.OfSchemas("""
            Thing:
              type: object
              properties: { thing: { type: string }, shape: { type: string }, org_name: { type: string }, orgName: { type: string }, codec: { type: string }, class: { type: string }, "a\"b": { type: string }, 2fa: { type: boolean } }
            """).Of("Thing")["properties"]!;

        Assert.That(
            members.Properties().Select(member => $"{member.Name} {member.Value["x-name"]} {member.Value["x-field"]} {member.Value["x-json"]}"),
            Is.EqualTo([
                "thing ThingValue _thingValue \"thing\"", "shape ShapeValue _shapeValue \"shape\"", "org_name OrgName _orgName \"org_name\"", "orgName OrgNameCamelCase _orgNameCamelCase \"orgName\"",
                "codec CodecValue _codecValue \"codec\"", "class Class _class \"class\"", "a\"b AB _ab \"a\\\"b\"", "2fa Value2fa _value2fa \"2fa\"",
            ]));
    }

    [TestCase("{ type: string }", "string?", "", "Codec.String", "")]
    [TestCase("{ type: integer }", "long?", "", "Codec.Int64", "")]
    [TestCase("{ type: number }", "double?", "", "Codec.Number", "")]
    [TestCase("{ type: boolean, nullable: true }", "bool?", "", "Codec.Boolean", "")]
    [TestCase("{ type: object }", "JObject?", "", "Codec.FreeForm", "")]
    [TestCase("{ }", "JToken?", "", "Codec.Any", "")]
    [TestCase("{ type: string, format: binary }", "RetellFile?", "", "Codec.File", "")]
    [TestCase("{ type: array, items: { type: integer, nullable: true } }", "IList<long?>?", "", "Codec.List(Codec.Nullable(Codec.Int64))", "")]
    [TestCase("{ type: array, items: { type: string, nullable: true } }", "IList<string?>?", "", "Codec.List(Codec.String)", "")]
    [TestCase("{ type: object, additionalProperties: { } }", "JObject?", "", "Codec.FreeForm", "")]
    [TestCase("{ type: object, additionalProperties: true }", "JObject?", "", "Codec.FreeForm", "")]
    [TestCase("{ type: object, additionalProperties: { type: number } }", "IDictionary<string, double>?", "", "Codec.Map(Codec.Number)", "")]
    [TestCase("{ type: array, items: { type: array, items: { type: string } } }", "IList<IList<string>>?", "", "Codec.List(Codec.List(Codec.String))", "")]
    public void ValuesHaveTheirTypesAndCodecs(string schema, string type, string get, string codec, string rule) =>
        AssertMember(schema, "", type, get, codec, rule);

    [TestCase("{ type: string }", "string", "!", ", MemberRule.Required")]
    [TestCase("{ type: integer }", "long", ".GetValueOrDefault()", ", MemberRule.Required")]
    [TestCase("{ type: string, nullable: true }", "string?", "", ", MemberRule.Required")]
    [TestCase("{ type: string, enum: [x] }", "string", "!", ", MemberRule.Required | MemberRule.Constant")]
    public void RequiredValuesAreNotNullable(string schema, string type, string get, string rule) => AssertMember(schema, "required: [a],", type, get, null, rule);

    [Test]
    public void ArgumentsAreInAnOrderThatStays()
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

        Assert.That(operation["x-arguments"]!.Values<string>(), Is.EqualTo(["string thingId", "long part", "string mode", "UpdateThingRequest body", "long? limit = null"]));
        Assert.That(
            operation["x-values"]!.Values<string>(),
            Is.EqualTo([".WithPath(\"thing_id\", thingId)", ".WithQuery(\"limit\", limit)", ".WithQuery(\"mode\", mode)", ".WithPath(\"part\", part)", ".WithBody(body ?? throw new ArgumentNullException(nameof(body)))"]));
        Assert.That((int?)operation["parameters"]![1]!["schema"]!["maximum"], Is.EqualTo(50));
    }

    [Test]
    public void AParameterOfAnOperationReplacesThatOfItsPath()
    {
        JObject operation = Normalized.Of(Yaml.Paths("""
            /things/{id}:
              parameters: [{ name: id, in: path, required: true, schema: { type: string } }, { name: limit, in: query, schema: { type: string } }]
              get: { operationId: getThing, parameters: [{ name: limit, in: query, schema: { type: integer } }] }
            """)).Operation("get", "/things/{id}");

        Assert.That(operation["x-arguments"]!.Values<string>(), Is.EqualTo(["string id", "long? limit = null"]));
    }

    [Test]
    public void AParameterNeverHasTheNameOfAnArgumentOfEveryMethod()
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

        Assert.That(operation["x-arguments"]!.Values<string>(), Is.EqualTo(["string? optionsValue = null", "string? cancellationTokenValue = null", "string? bodyValue = null", "string? @class = null"]));
    }

    [Test]
    public void ABodyThatIsAFormIsMarked()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /upload:
              post:
                operationId: upload
                requestBody: { content: { multipart/form-data: { schema: { type: object, properties: { files: { type: array, items: { type: string, format: binary } } } } } } }
                responses: { 204: { description: Gone. } }
            """));
        JObject operation = api.Operation("post", "/upload");

        Assert.That(((string?)operation["x-multipart"], (int?)operation["x-status"], (string?)operation["x-response-type"]), Is.EqualTo(("true", 204, (string?)null)));
        Assert.That((string?)api.Schemas["UploadRequest"]!["properties"]!["files"]!["x-type"], Is.EqualTo("IList<RetellFile>?"));
    }

    [Test]
    public void DeprecationIsCarried()
    {
        Normalized api = Normalized.Of(Yaml.Paths(
            "/old: { get: { operationId: getOld, deprecated: true, x-deprecation-note: 'Use \"new\".' } }",
            "{ Thing: { type: object, deprecated: true, properties: { a: { type: string, deprecated: true }, b: { $ref: '#/components/schemas/Thing' } } } }"));

        Assert.That((string?)api.Operation("get", "/old")["x-obsolete"], Is.EqualTo("Use \"new\"."));
        Assert.That(((string?)api.Of("Thing")["x-obsolete"], (string?)api.Property("Thing", "a")["x-obsolete"]), Is.EqualTo(("Deprecated by the API.", "Deprecated by the API.")));
    }

    [Test]
    public void PlainScalarsHaveTheirYamlTypes()
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

    private static void AssertMember(string schema, string required, string type, string get, string? codec, string rule)
    {
        JObject member = Normalized.OfSchemas($"Thing: {{ type: object, {required} properties: {{ a: {schema} }} }}").Property("Thing", "a");

        Assert.That(((string?)member["x-type"], (string?)member["x-get"], (string?)member["x-rule"]), Is.EqualTo((type, get, rule)));
        Assert.That((string?)member["x-codec"], codec is null ? Is.Not.Empty : Is.EqualTo(codec));
    }
}
