using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>Inline schemas and operations get names that a person would give.</summary>
public class NamingRuleTests
{
    private const string Operation = """
        /v2/create-phone-call:
          post:
            operationId: createPhoneCall
            requestBody:
              required: true
              content: { application/json: { schema: { type: object, properties: { to: { type: string } } } } }
            responses:
              201: { description: Done, content: { application/json: { schema: { type: object, properties: { id: { type: string } } } } } }
        """;

    [Test]
    public void Naming_request_and_response_use_operation_name()
    {
        Normalized api = Normalized.Of(Yaml.Paths(Operation));

        Assert.That(api.Names.Values, Is.EquivalentTo(["CreatePhoneCallRequest", "CreatePhoneCallResponse"]));
        Assert.That(api.Names["#/paths/~1v2~1create-phone-call/post/requestBody"], Is.EqualTo("CreatePhoneCallRequest"));
    }

    [Test]
    public void Naming_response_with_items_is_page()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /list-things:
              get:
                operationId: listThings
                responses:
                  200: { content: { application/json: { schema: { type: object, properties: {
                    items: { type: array, items: { type: object, properties: { id: { type: string } } } }, has_more: { type: boolean } } } } } }
            """));

        Assert.That(api.Names.Values, Is.EquivalentTo(["ListThingsPage", "ListThingsPageItem"]));
    }

    [Test]
    public void Naming_list_response_uses_item_name()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /list-things:
              get:
                operationId: listThings
                responses: { 200: { content: { application/json: { schema: { type: array, items: { type: object, properties: { id: { type: string } } } } } } } }
            """));

        Assert.That(api.Names.Values, Is.EqualTo(["ListThingsItem"]));
        Assert.That(Normalized.Value(api.Operation("get", "/list-things")["x-retell-value"]), Is.EqualTo("list ListThingsItem"));
    }

    [Test]
    public void Naming_map_response_uses_value_name()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /get-things:
              get:
                operationId: getThings
                responses: { 200: { content: { application/json: { schema: { type: object, additionalProperties: { type: object, properties: { id: { type: string } } } } } } } }
            """));

        Assert.That(Normalized.Value(api.Operation("get", "/get-things")["x-retell-value"]), Is.EqualTo("map GetThingsResponseValue"));
    }

    [Test]
    public void Naming_equal_inline_schemas_share_one_type()
    {
        Normalized api = Normalized.OfSchemas("""
            One: { type: object, properties: { retry_policy: { type: object, properties: { a: { type: string } } } } }
            Two: { type: object, properties: { retry_policy: { type: object, description: Documented otherwise., properties: { a: { type: string, example: x } } } } }
            """);

        Assert.That(api.Schemas.Properties().Select(schema => schema.Name), Is.EquivalentTo(["One", "Two", "RetryPolicy"]));
        Assert.That(Normalized.Reference(api.Property("Two", "retry_policy")), Is.EqualTo("RetryPolicy"));
    }

    [Test]
    public void Naming_different_inline_schemas_are_prefixed_with_owner()
    {
        Normalized api = Normalized.OfSchemas("""
            One: { type: object, properties: { retry_policy: { type: object, properties: { a: { type: string } } } } }
            Two: { type: object, properties: { retry_policy: { type: object, properties: { a: { type: integer } } } } }
            """);

        Assert.That((api.Names["One/properties/retry_policy"], api.Names["Two/properties/retry_policy"]), Is.EqualTo(("OneRetryPolicy", "TwoRetryPolicy")));
    }

    [TestCase("[a, b]", "[b, a]", "SortKey", "SortKey")]
    [TestCase("[a, b, c]", "[a]", "SortKey", "SortKey")]
    [TestCase("[a]", "[c, b, a]", "SortKey", "SortKey")]
    [TestCase("[a, b]", "[b, c]", "OneSortKey", "TwoSortKey")]
    public void Naming_enumeration_subset_shares_type(string one, string two, string nameOfOne, string nameOfTwo)
    {
        Normalized api = Normalized.OfSchemas($$"""
            One: { type: object, properties: { sort_key: { type: string, enum: {{one.Replace("[a]", "[a, a]", StringComparison.Ordinal)}} } } }
            Two: { type: object, properties: { sort_key: { type: string, enum: {{two.Replace("[a]", "[a, a]", StringComparison.Ordinal)}} } } }
            """);

        Assert.That((api.Names["One/properties/sort_key"], api.Names["Two/properties/sort_key"]), Is.EqualTo((nameOfOne, nameOfTwo)));
    }

    [Test]
    public void Naming_shared_enumeration_lists_allowed_values()
    {
        Normalized api = Normalized.OfSchemas("""
            One: { type: object, properties: { sort_key: { type: string, enum: [a, b, c] } } }
            Two: { type: object, properties: { sort_key: { type: string, enum: [c, a] } } }
            """);

        Assert.That(api.Property("One", "sort_key")["x-retell-allowed"], Is.Null);
        Assert.That(api.Property("Two", "sort_key")["x-retell-allowed"]!.Values<string>(), Is.EqualTo(["c", "a"]));
    }

    [TestCase("type")]
    [TestCase("value")]
    [TestCase("status")]
    [TestCase("options")]
    [TestCase("details")]
    [TestCase("data")]
    [TestCase("codec")]
    public void Naming_generic_property_name_is_prefixed_with_owner(string property)
    {
        Normalized api = Normalized.OfSchemas($$"""
            Thing: { type: object, properties: { {{property}}: { type: string, enum: [a, b] } } }
            """);

        Assert.That(api.Names[$"Thing/properties/{property}"], Is.EqualTo("Thing" + char.ToUpperInvariant(property[0]) + property[1..]));
    }

    [Test]
    public void Naming_list_item_is_singular()
    {
        Normalized api = Normalized.OfSchemas(
            "Thing: { type: object, properties: { retry_policies: { type: array, items: { type: object, properties: { a: { type: string } } } } } }");

        Assert.That(api.Names["Thing/properties/retry_policies/items"], Is.EqualTo("RetryPolicy"));
    }

    [Test]
    public void Naming_inline_schema_avoids_component_name()
    {
        Normalized api = Normalized.OfSchemas("""
            Thing: { type: object, properties: { retry_policy: { type: object, properties: { a: { type: string } } } } }
            RetryPolicy: { type: object, properties: { a: { type: string } } }
            """);

        Assert.That(api.Names["Thing/properties/retry_policy"], Is.EqualTo("ThingRetryPolicy"));
    }

    [Test]
    public void Naming_shared_choice_uses_variant_names()
    {
        Normalized api = Normalized.OfSchemas("""
            NumberFilter: { type: object, properties: { type: { type: string, enum: [number] }, value: { type: number } } }
            RangeFilter: { type: object, properties: { type: { type: string, enum: [range] }, value: { type: array, items: { type: number } } } }
            Thing:
              type: object
              properties:
                cost: { oneOf: [{ $ref: '#/components/schemas/NumberFilter' }, { $ref: '#/components/schemas/RangeFilter' }] }
                delay: { oneOf: [{ $ref: '#/components/schemas/RangeFilter' }, { $ref: '#/components/schemas/NumberFilter' }] }
            """);

        Assert.That((api.Names["Thing/properties/cost"], api.Names["Thing/properties/delay"]), Is.EqualTo(("INumberOrRangeFilter", "INumberOrRangeFilter")));
    }

    [Test]
    public void Naming_variant_uses_discriminator_or_own_property()
    {
        Normalized api = Normalized.OfSchemas("""
            Pet:
              oneOf:
                - { type: object, properties: { kind: { type: string, enum: [cat] } } }
                - { type: object, properties: { kind: { type: string, enum: [big_dog, small_dog] } } }
            Plain:
              oneOf:
                - { type: object, properties: { same: { type: string }, wheels: { type: integer } } }
                - { type: object, properties: { same: { type: string }, wings: { type: integer } } }
            """);

        Assert.That(api.Names.Values, Is.SupersetOf(["IPet", "PetCat", "PetBigDogOrSmallDog", "IPlain", "PlainWithWheels", "PlainWithWings"]));
    }

    [Test]
    public void Naming_variant_with_many_or_nested_tags_has_no_number()
    {
        Normalized api = Normalized.OfSchemas("""
            Group:
              oneOf:
                - { type: object, properties: { type: { type: string, enum: [time, agent, status] } } }
                - { type: object, properties: { type: { type: string, enum: [field] }, field: { type: string } } }
            Show:
              oneOf:
                - { type: object, properties: { source: { type: object, properties: { type: { type: string, enum: [call_id, chat_id, id] } } } } }
                - { type: object, properties: { source: { type: object, properties: { type: { type: string, enum: [latency] } } } } }
            """);

        Assert.That(api.Names.Values.Where(name => name.Any(char.IsAsciiDigit)), Is.Empty);
        Assert.That(api.Names.Values, Is.SupersetOf(["GroupTime", "GroupField", "ShowCallId", "ShowLatency"]));
    }

    [Test]
    public void Naming_added_variant_keeps_other_names()
    {
        const string Known = "{ type: object, properties: { source: { type: object, properties: { type: { type: string, enum: [a, b, c] } } } } }";
        const string Added = "{ type: object, properties: { source: { type: object, properties: { type: { type: string, enum: [x, y, z] } } } } }";

        string[] before = [.. Normalized.OfSchemas($"Show: {{ oneOf: [{Known}, {Known.Replace("[a, b, c]", "[d]", StringComparison.Ordinal)}] }}").Names.Keys];
        string[] after = [.. Normalized.OfSchemas($"Show: {{ oneOf: [{Added}, {Known}, {Known.Replace("[a, b, c]", "[d]", StringComparison.Ordinal)}] }}").Names.Keys];

        Assert.That(after, Is.SupersetOf(before));
    }

    [Test]
    public void Naming_discriminator_value_with_slash_is_escaped()
    {
        Normalized api = Normalized.OfSchemas("""
            Media:
              oneOf:
                - { type: object, properties: { type: { type: string, enum: [audio/wav] }, settings: { type: object, properties: { a: { type: string } } } } }
                - { type: object, properties: { type: { type: string, enum: [audio/mp3] } } }
            """);

        Assert.That(api.Names, Does.ContainKey("Media/oneOf/audio~1wav").WithValue("MediaAudioWav"));
        Assert.That(Normalized.Tags(api.Of("Media")), Is.EqualTo(["audio/wav=MediaAudioWav", "audio/mp3=MediaAudioMp3"]));
    }

    [Test]
    public void Naming_overlay_x_csharp_name_is_used()
    {
        Normalized api = Normalized.OfSchemas(
            """
            Thing: { type: object, properties: { kind: { type: string, enum: [a, b] } } }
            Choice: { oneOf: [{ $ref: '#/components/schemas/Thing' }, { type: object, properties: { kind: { type: string, enum: [c] } } }] }
            """,
            """
            - { target: $.components.schemas.Thing, description: A test., update: { x-csharp-name: Good } }
            - { target: $.components.schemas.Thing.properties.kind, description: A test., update: { x-csharp-name: GoodKind } }
            - { target: $.components.schemas.Choice, description: A test., update: { x-csharp-name: Better } }
            """);

        Assert.That((api.Names["Thing"], api.Names["Thing/properties/kind"], api.Names["Choice"]), Is.EqualTo(("Good", "GoodKind", "IBetter")));
    }

    [Test]
    public void Naming_operation_without_overlay_row_uses_operationId()
    {
        Normalized api = Normalized.Of(Yaml.Paths(Operation));
        JObject operation = api.Operation("post", "/v2/create-phone-call");

        Assert.Multiple(() =>
        {
            Assert.That((string?)operation["tags"]![0], Is.EqualTo("PhoneCalls"));
            Assert.That((string?)operation["x-retell-name"], Is.EqualTo("CreatePhoneCall"));
            Assert.That((string?)operation["operationId"], Is.EqualTo("createPhoneCall"));
            Assert.That((string?)operation["x-retell-facade"]!["name"], Is.EqualTo("Create"));
            Assert.That((bool?)operation["x-retell-repeatable"], Is.False, "what may dial is not sent twice");
        });
    }

    [Test]
    public void OverlayRow_sets_resource_method_and_repeatable()
    {
        JObject operation = Normalized.Of(Yaml.Paths(Operation), Yaml.Overlay("""
            - target: $
              description: A test.
              update: { x-retell-operations: { post /v2/create-phone-call: { resource: Calls, method: Dial, repeatable: true } } }
            """)).Operation("post", "/v2/create-phone-call");

        Assert.That(
            ((string?)operation["tags"]![0], (string?)operation["x-retell-name"], (string?)operation["x-retell-facade"]!["name"], (bool?)operation["x-retell-repeatable"]),
            Is.EqualTo(("Calls", "CreatePhoneCall", "Dial", (bool?)true)));
    }

    [TestCase("get /a: { resource: [x] }")]
    [TestCase("get /a: { resource: my things }")]
    [TestCase("get /a: { method: 1st }")]
    [TestCase("get /a: { repeatable: perhaps }")]
    [TestCase("get /a: { handWritten: maybe }")]
    [TestCase("get /a: { arguments: [b] }")]
    [TestCase("get /a: { arguments: { b: 5 } }")]
    [TestCase("get /a: { arguments: { b: not a name } }")]
    [TestCase("get /a: { arguments: { b: class } }")]
    [TestCase("get /a: { resource: record }")]
    [TestCase("get /a: { method: class }")]
    [TestCase("get /a: { arguments: { b: same, c: same } }")]
    [TestCase("get /a: 5")]
    public void OverlayRow_invalid_throws(string row) =>
        Assert.That(
            Normalized.Refusal(Yaml.Paths("/a: { get: { operationId: getA } }"), Table(row)).Message,
            Does.Contain("overlay.yaml: $.x-retell-operations['get /a']").And.Contain("resource").And.Contain("repeatable"));

    [Test]
    public void OverlayRow_with_handWritten_and_rawOnly_throws() => Assert.That(
        Normalized.Refusal(Yaml.Paths("/a: { get: { operationId: getA } }"), Table("get /a: { handWritten: true, rawOnly: nobody needs it }")).Message,
        Does.EndWith("overlay.yaml: $.x-retell-operations['get /a']: The row has both handWritten and rawOnly. Keep handWritten if a resource has a hand-written method for the operation, or rawOnly if the facade does not offer it."));

    [Test]
    public void OverlayRow_sets_handWritten_and_argument_names()
    {
        const string Paths = "/a/{b_id}: { get: { operationId: getA, parameters: [{ name: b_id, in: path, required: true }] }, delete: { operationId: deleteA, parameters: [{ name: b_id, in: path, required: true }] } }";

        Normalized api = Normalized.Of(Yaml.Paths(Paths), Table("'get /a/{b_id}': { handWritten: true, arguments: { b_id: other } }, 'delete /a/{b_id}': { handWritten: false }"));

        Assert.That(api.Model.Operations.Select(o => (o.Id, o.IsHandWritten)), Is.EqualTo([("getA", true), ("deleteA", false)]));
        Assert.That(api.Model.Operations[0].ArgumentNames, Is.EquivalentTo(new Dictionary<string, string> { ["b_id"] = "other" }));
        Assert.That(api.Model.Operations[1].ArgumentNames, Is.Empty);
        Assert.That(api.Notes, Is.Empty);
    }

    [Test]
    public void OverlayRow_argument_name_for_unknown_parameter_adds_note() => Assert.That(
        Normalized.Of(Yaml.Paths("/a: { get: { operationId: getA } }"), Table("get /a: { arguments: { gone: other } }")).Notes.Single(),
        Does.EndWith("overlay.yaml: x-retell-operations['get /a'].arguments: the operation no longer has these parameters: gone"));

    [Test]
    public void Naming_operation_without_operationId_uses_path() =>
        Assert.That((string?)Normalized.Of(Yaml.Paths("/v2/get-thing/{id}: { get: { parameters: [{ name: id, in: path, required: true }] } }"))
            .Operation("get", "/v2/get-thing/{id}")["x-retell-name"], Is.EqualTo("GetThing"));

    [Test]
    public void Naming_operations_with_same_id_get_version_suffix()
    {
        const string Get = "get: { operationId: listThings, responses: { 200: { content: { application/json: { schema: { type: object, properties: { VARIES: { type: string } } } } } } } }";
        Normalized api = Normalized.Of(Yaml.Paths($$"""
            /list-things: { {{Get.Replace("VARIES", "a", StringComparison.Ordinal)}} }
            /v2/list-things: { {{Get.Replace("VARIES", "b", StringComparison.Ordinal)}} }
            /v3/list-things: { {{Get.Replace("VARIES", "c", StringComparison.Ordinal)}} }
            """));

        Assert.Multiple(() =>
        {
            Assert.That(
                api.Model.Operations.Select(operation => operation.MethodName),
                Is.EqualTo(["ListThingsV1", "ListThingsV2", "ListThings"]),
                "the current one has the natural name");
            Assert.That(api.Model.Operations.Select(operation => operation.Id), Is.All.EqualTo("listThings"));
            Assert.That(
                api.Document.SelectTokens("$.paths.*.*").Select(operation => $"{operation["operationId"]} {operation["x-retell-operation-id"]}"),
                Is.EqualTo(["listThingsV1 listThings", "listThingsV2 listThings", "listThings "]),
                "an operationId is unique");
            Assert.That(api.Names.Values, Is.EqualTo(["ListThingsV1Response", "ListThingsV2Response", "ListThingsResponse"]));
        });
    }

    [TestCase("SortOrder", "shared", "$ref: '#/components/parameters/Sort'")]
    [TestCase("GetThingsStatus", "status", "{ name: status, in: query, schema: { type: string, enum: [a, b] } }")]
    [TestCase("SortOrder", "sort_order", "{ name: sort_order, in: query, schema: { type: string, enum: [a, b] } }")]
    public void Naming_parameter_enumeration_is_named_like_property(string name, string _, string parameter)
    {
        Normalized api = Normalized.Of($$"""
            openapi: 3.0.3
            info: { title: Test, version: 1.0.0 }
            components: { parameters: { Sort: { name: sort_order, in: query, schema: { type: string, enum: [a, b] } } } }
            paths:
              /things:
                get:
                  operationId: getThings
                  parameters:
                    - {{parameter}}
            """);

        Assert.That(api.Names.Values, Is.EqualTo([name]));
    }

    [TestCase("Task")]
    [TestCase("Codec")]
    [TestCase("List")]
    [TestCase("RetellObject")]
    [TestCase("UnknownVariant")]
    public void Naming_component_with_reserved_name_gets_Api_prefix(string name)
    {
        Normalized api = Normalized.OfSchemas($"{name}: {{ type: object, properties: {{ a: {{ type: string }} }} }}");

        Assert.That(api.Names[name], Is.EqualTo("Api" + name));
        Assert.That((string?)api.Of(name)["x-retell-schema"], Is.EqualTo(name));
    }

    private static string Table(string rows) => Yaml.Overlay($"- {{ target: $, description: A test., update: {{ x-retell-operations: {{ {rows} }} }} }}");
}
