using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>References with siblings and allOf become plain schemas that say the same.</summary>
public class FoldingTests
{
    private const string Base = """
        Base:
          type: object
          required: [a]
          properties:
            a: { type: string }
            b: { type: number, minimum: 1 }
        """;

    [Test]
    public void Ref_with_descriptive_siblings_stays_reference()
    {
        Normalized api = Normalized.OfSchemas($$"""
            {{Base}}
            Thing:
              type: object
              properties:
                base: { $ref: '#/components/schemas/Base', description: Its base., example: { a: x }, nullable: true, deprecated: true, type: object }
            """);
        JObject member = api.Property("Thing", "base");

        Assert.Multiple(() =>
        {
            Assert.That(Normalized.Reference(member), Is.EqualTo("Base"));
            Assert.That((bool?)member["nullable"], Is.True);
            Assert.That((string?)member["description"], Is.EqualTo("Its base."));
            Assert.That(JToken.DeepEquals(member["example"], JObject.Parse("{ a: 'x' }")));
            Assert.That((bool?)member["deprecated"], Is.True);
            Assert.That((string?)api.Of("Base")["description"], Is.Null, "that is not said of the type");
            Assert.That(api.Names, Has.Count.EqualTo(2));
        });
    }

    [TestCase("required: true", TestName = "Ref_with_boolean_required_sibling_stays_reference")]
    [TestCase("required: []", TestName = "Ref_with_empty_required_sibling_stays_reference")]
    public void Ref_with_meaningless_sibling_stays_reference(string sibling) =>
        Assert.That(
            Normalized.Reference(
                Normalized.OfSchemas($"{Base}\nThing: {{ type: object, properties: {{ base: {{ $ref: '#/components/schemas/Base', {sibling} }} }} }}").Property("Thing", "base")),
            Is.EqualTo("Base"));

    [Test]
    public void Ref_with_required_sibling_adds_required_properties()
    {
        Normalized api = Normalized.OfSchemas($"{Base}\nThing: {{ $ref: '#/components/schemas/Base', required: [b] }}");

        Assert.That(api.PropertiesOf("Thing"), Is.EqualTo(["a", "b"]));
        Assert.That(api.RequiredOf("Thing"), Is.EquivalentTo(["a", "b"]));
        Assert.That(api.RequiredOf("Base"), Is.EqualTo(["a"]));
    }

    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Base' }] }")]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Base' }, { description: More. }] }")]
    [TestCase("{ type: object, description: More., allOf: [{ $ref: '#/components/schemas/Base' }] }")]
    [TestCase("{ description: More., nullable: true, allOf: [{ $ref: '#/components/schemas/Base', description: x }] }")]
    public void AllOf_with_only_descriptions_becomes_reference(string schema)
    {
        Normalized api = Normalized.OfSchemas($"{Base}\nThing: {{ type: object, properties: {{ base: {schema} }} }}");

        Assert.That(Normalized.Reference(api.Property("Thing", "base")), Is.EqualTo("Base"));
    }

    [Test]
    public void AllOf_merges_its_parts()
    {
        Normalized api = Normalized.OfSchemas($$"""
            {{Base}}
            Thing:
              description: All of it.
              required: [c]
              allOf:
                - $ref: '#/components/schemas/Base'
                - { type: object, required: [d], properties: { c: { type: boolean } } }
                - { required: [b] }
                - { properties: { d: { type: array, items: { type: string } } } }
            """);

        Assert.That(api.PropertiesOf("Thing"), Is.EqualTo(["a", "b", "c", "d"]));
        Assert.That(api.RequiredOf("Thing"), Is.EquivalentTo(["a", "b", "c", "d"]));
        Assert.That((string?)api.Of("Thing")["description"], Is.EqualTo("All of it."));
        Assert.That((int?)api.Property("Thing", "b")["minimum"], Is.EqualTo(1));
    }

    [Test]
    public void AllOf_nested_is_merged()
    {
        Normalized api = Normalized.OfSchemas($$"""
            {{Base}}
            Middle: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { c: { type: string } } }] }
            Thing: { allOf: [{ allOf: [{ $ref: '#/components/schemas/Middle' }, { required: [c] }] }, { properties: { d: { type: string } } }] }
            """);

        Assert.That(api.PropertiesOf("Thing"), Is.EqualTo(["a", "b", "c", "d"]));
        Assert.That(api.RequiredOf("Thing"), Is.EquivalentTo(["a", "c"]));
    }

    [Test]
    public void Required_property_without_definition_is_added()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, required: [a, gone], properties: { a: { type: string } } }");

        Assert.That((api.PropertiesOf("Thing"), api.RequiredOf("Thing")), Is.EqualTo((new[] { "a", "gone" }, new[] { "a", "gone" })));
        Assert.That(Normalized.Value(api.Property("Thing", "gone")["x-retell-value"]), Is.EqualTo("any"));
    }

    [Test]
    public void AllOf_narrowed_enum_allows_common_values()
    {
        Normalized api = Normalized.OfSchemas("""
            Filter: { type: object, required: [op], properties: { op: { type: string, enum: [eq, ne, gt] }, value: { type: number } } }
            Thing: { type: object, properties: { size: { allOf: [{ $ref: '#/components/schemas/Filter' }, { properties: { op: { enum: [gt, eq] } } }] } } }
            """);

        Assert.That(api.Names["Thing/properties/size"], Is.EqualTo("SizeFilter"));
        Assert.That(Values(api, "Thing/properties/size", "op"), Is.EquivalentTo(["eq", "gt"]));
        Assert.That(Values(api, "Filter", "op"), Is.EquivalentTo(["eq", "ne", "gt"]));
        Assert.That(api.RequiredOf("Thing/properties/size"), Is.EqualTo(["op"]));
    }

    [Test]
    public void AllOf_enum_narrowed_to_one_value_is_constant()
    {
        Normalized api = Normalized.OfSchemas("""
            Filter: { type: object, required: [op], properties: { op: { type: string, enum: [eq, ne, gt] } } }
            Thing: { type: object, properties: { size: { allOf: [{ $ref: '#/components/schemas/Filter' }, { properties: { op: { enum: [gt] } } }] } } }
            """);

        Assert.That(api.ConstantsOf("Thing/properties/size"), Is.EqualTo(["op = gt"]));
    }

    [Test]
    public void AllOf_narrowed_items_have_narrower_type()
    {
        Normalized api = Normalized.OfSchemas("""
            Status: { type: string, enum: [on, off] }
            Filter: { type: object, properties: { value: { type: array, description: The values., minItems: 1, items: { type: string } } } }
            Thing: { type: object, properties: { status: { allOf: [{ $ref: '#/components/schemas/Filter' }, { properties: { value: { items: { $ref: '#/components/schemas/Status' } } } }] } } }
            """);
        JObject value = api.Property("Thing/properties/status", "value");

        Assert.That(Normalized.Value(value["x-retell-value"]), Is.EqualTo("list Status"));
        Assert.That((int?)value["minItems"], Is.EqualTo(1));
        Assert.That((string?)value["description"], Is.EqualTo("The values."));
    }

    [Test]
    public void AllOf_limits_keep_strictest_value()
    {
        Normalized api = Normalized.OfSchemas("""
            Base: { type: object, properties: { size: { type: number, minimum: 5, maximum: 9 }, text: { type: string, minLength: 2, maxLength: 4 } } }
            Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { size: { type: integer, minimum: 3, maximum: 8 }, text: { minLength: 3, maxLength: 7 } } }] }
            """);
        JObject size = api.Property("Thing", "size");
        JObject text = api.Property("Thing", "text");

        Assert.That(((string?)size["type"], (int?)size["minimum"], (int?)size["maximum"]), Is.EqualTo(("integer", 5, 8)));
        Assert.That(((int?)text["minLength"], (int?)text["maxLength"]), Is.EqualTo((3, 4)));
    }

    [Test]
    public void AllOf_constant_discriminator_selects_variant()
    {
        Normalized api = Normalized.OfSchemas("""
            Condition:
              oneOf:
                - { type: object, required: [type], properties: { type: { type: string, enum: [prompt] }, prompt: { type: string } } }
                - { type: object, required: [type], properties: { type: { type: string, enum: [equation] }, equations: { type: array, items: { type: string } } } }
            Edge: { type: object, properties: { condition: { $ref: '#/components/schemas/Condition' } } }
            ElseEdge:
              allOf:
                - $ref: '#/components/schemas/Edge'
                - { properties: { condition: { type: object, properties: { type: { enum: [prompt] }, prompt: { enum: [Else] } } } } }
            """);

        string condition = api.Names.Keys.Single(
            place => place.StartsWith("ElseEdge/properties/condition", StringComparison.Ordinal) && !place.EndsWith("type", StringComparison.Ordinal));
        Assert.That(api.PropertiesOf(condition), Is.EqualTo(["type", "prompt"]));
        Assert.That(api.ConstantsOf(condition), Is.EqualTo(["type = prompt", "prompt = Else"]));
        Assert.That(Normalized.Reference(api.Property("Edge", "condition")), Is.EqualTo("ICondition"));
    }

    [Test]
    public void AllOf_union_and_object_adds_properties_to_each_variant()
    {
        Normalized api = Normalized.OfSchemas("""
            Cat: { type: object, required: [type], properties: { type: { type: string, enum: [cat] }, lives: { type: integer } } }
            Dog: { type: object, required: [type], properties: { type: { type: string, enum: [dog] } } }
            Pet:
              allOf:
                - oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }]
                - { type: object, required: [tag_id], properties: { tag_id: { type: string, minLength: 1 } } }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(api.PropertiesOf("Cat"), Is.EqualTo(["type", "lives", "tag_id"]));
            Assert.That(api.RequiredOf("Cat"), Is.EqualTo(["type"]), "a cat that is no pet has no tag");
            Assert.That(api.Property("Dog", "tag_id")["x-retell-added-by"]!.Values<string>(), Is.EqualTo(["IPet"]));
            Assert.That((int?)api.Property("Dog", "tag_id")["minLength"], Is.EqualTo(1));
            Assert.That(api.Of("Pet")["x-retell-added-required"]!.Values<string>(), Is.EqualTo(["tag_id"]));
            Assert.That(Normalized.Tags(api.Of("Pet")), Is.EqualTo(["cat=Cat", "dog=Dog"]));
            Assert.That(api.Of("Pet")["x-retell-shared"]!.Select(member => (string?)member["json"]), Is.EquivalentTo(["type", "tag_id"]));
        });
    }

    [Test]
    public void Union_of_allOf_variants_merges_each_variant()
    {
        Normalized api = Normalized.OfSchemas("""
            CustomTool: { type: object, required: [type], properties: { type: { type: string, enum: [custom] }, url: { type: string } } }
            CalTool: { type: object, required: [type], properties: { type: { type: string, enum: [cal] } } }
            Id: { type: object, required: [tool_id], properties: { tool_id: { type: string } } }
            NodeTool:
              oneOf:
                - allOf: [{ $ref: '#/components/schemas/CustomTool' }, { $ref: '#/components/schemas/Id' }]
                - allOf: [{ $ref: '#/components/schemas/CalTool' }, { type: object, properties: { tool_id: { type: string } } }]
            """);

        string custom = Normalized.Tags(api.Of("NodeTool")).Single(tag => tag.StartsWith("custom=", StringComparison.Ordinal))["custom=".Length..];
        Assert.That(((JObject)api.Schemas[custom]!["properties"]!).Properties().Select(member => member.Name), Is.EqualTo(["type", "url", "tool_id"]));
        Assert.That((string?)api.Of("NodeTool")["discriminator"]!["propertyName"], Is.EqualTo("type"));
    }

    [TestCase("{ type: string, nullable: true }", true)]
    [TestCase("{ type: string }", false)]
    [TestCase("{ type: string, enum: [a, b, null], nullable: true }", true)]
    [TestCase("{ type: string, enum: [a, b, null] }", true)]
    [TestCase("{ $ref: '#/components/schemas/Plain' }", false)]
    [TestCase("{ $ref: '#/components/schemas/Plain', nullable: true }", true)]
    [TestCase("{ $ref: '#/components/schemas/Nullable' }", true)]
    [TestCase("{ $ref: '#/components/schemas/NullableWord' }", true)]
    [TestCase("{ $ref: '#/components/schemas/NullableUnion' }", true)]
    [TestCase("{ allOf: [{ $ref: '#/components/schemas/Plain' }], nullable: true }", true)]
    [TestCase("{ oneOf: [{ type: string }, { enum: [null] }] }", true)]
    [TestCase("{ allOf: [{ type: string, nullable: true }, { maxLength: 5 }] }", true)]
    [TestCase("{ type: array, nullable: true, items: { type: string } }", true)]
    public void Nullable_is_read_from_each_notation(string schema, bool isNullable)
    {
        Normalized api = Normalized.OfSchemas($$"""
            Plain: { type: object, properties: { a: { type: string } } }
            Nullable: { type: object, nullable: true, properties: { a: { type: string } } }
            NullableWord: { type: string, enum: [a, b, null] }
            NullableUnion: { nullable: true, oneOf: [{ $ref: '#/components/schemas/Plain' }, { type: object, properties: { b: { type: string } } }] }
            Thing: { type: object, properties: { a: {{schema}} } }
            """);

        Assert.That((bool?)api.Property("Thing", "a")["nullable"] ?? false, Is.EqualTo(isNullable));
        Assert.That((bool?)api.Property("Thing", "a")["x-retell-value"]!["nullable"] ?? false, Is.EqualTo(isNullable));
    }

    [TestCase("{ type: number, minimum: 0, exclusiveMinimum: true, maximum: 2, exclusiveMaximum: true, multipleOf: 0.5 }")]
    [TestCase("{ type: string, minLength: 1, maxLength: 5, pattern: '^a+$' }")]
    [TestCase("{ type: string, format: uri, writeOnly: true }")]
    [TestCase("{ type: array, minItems: 1, maxItems: 3, uniqueItems: true, items: { type: string, minLength: 2, pattern: '^b' } }")]
    [TestCase("{ type: object, minProperties: 1, maxProperties: 2, additionalProperties: { type: number, minimum: 3 } }")]
    [TestCase("{ type: array, items: { type: array, maxItems: 2, items: { type: integer, maximum: 9 } } }")]
    [TestCase("{ type: string, readOnly: true, not: { pattern: x } }")]
    public void Limits_are_kept_at_every_depth(string schema)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, properties: {{ a: {schema} }} }}");

        AssertHolds(api.Property("Thing", "a"), Retell.Spec.Documents.YamlFile.ParseObject(schema, "inline"));
    }

    [Test]
    public void Limits_of_union_cases_and_components_are_kept()
    {
        Normalized api = Normalized.OfSchemas("""
            Reference: { oneOf: [{ type: integer, minimum: 0 }, { type: string, minLength: 1, pattern: '^v' }] }
            Word: { type: string, maxLength: 8 }
            Paged: { type: object, minProperties: 1, not: { required: [a, b] }, properties: { a: { type: string }, b: { type: string } } }
            Table: { type: object, minProperties: 2, additionalProperties: { type: string, maxLength: 3 } }
            """);

        Assert.Multiple(() =>
        {
            Assert.That((int?)api.Of("Reference")["anyOf"]![0]!["minimum"], Is.Zero);
            Assert.That((string?)api.Of("Reference")["anyOf"]![1]!["pattern"], Is.EqualTo("^v"));
            Assert.That((int?)api.Of("Word")["maxLength"], Is.EqualTo(8));
            Assert.That(((int?)api.Of("Paged")["minProperties"], api.Of("Paged")["not"]!["required"]!.Count()), Is.EqualTo((1, 2)));
            Assert.That(((int?)api.Of("Table")["minProperties"], (int?)api.Of("Table")["additionalProperties"]!["maxLength"]), Is.EqualTo((2, 3)));
        });
    }

    [TestCase("{ type: integer, enum: [1, 2] }")]
    [TestCase("{ type: number, enum: [0.5] }")]
    [TestCase("{ type: boolean, enum: [true] }")]
    public void Enum_values_that_are_not_strings_are_kept(string schema)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, properties: {{ a: {schema} }} }}");
        JToken expected = Retell.Spec.Documents.YamlFile.ParseObject(schema, "inline")["enum"]!;

        Assert.That(JToken.DeepEquals(api.Property("Thing", "a")["x-retell-allowed"] ?? api.Property("Thing", "a")["enum"], expected), api.Property("Thing", "a").ToString());
    }

    [TestCase("{ type: array, minItems: 1, items: { $ref: '#/components/schemas/Base' } }", "list Base", "array")]
    [TestCase("{ type: integer }", "integer", "integer")]
    [TestCase("{ type: boolean }", "boolean", "boolean")]
    public void Component_of_array_or_scalar_becomes_value_type(string schema, string type, string json)
    {
        Normalized api = Normalized.OfSchemas($"{Base}\nThings: {schema}\nUser: {{ type: object, properties: {{ all: {{ $ref: '#/components/schemas/Things' }} }} }}");
        JObject things = api.Of("Things");

        Assert.That((Normalized.Value(things["x-retell-cases"]!.Single()), (string?)things["anyOf"]!.Single()["type"]), Is.EqualTo((type, json)));
        Assert.That(Normalized.Value(api.Property("User", "all")["x-retell-value"]), Is.EqualTo("Things"));
    }

    private static IEnumerable<string?> Values(Normalized api, string place, string property)
    {
        JObject member = api.Property(place, property);
        return (member["x-retell-allowed"] ?? api.Schemas[Normalized.Reference(member)!]!["enum"]!).Values<string>();
    }

    /// <summary>Whether everything that the one says is said by the other too.</summary>
    private static void AssertHolds(JToken actual, JObject expected)
    {
        foreach (JProperty member in expected.Properties())
        {
            if (member.Value is JObject inner && member.Name != "not")
            {
                AssertHolds(actual[member.Name]!, inner);
            }
            else
            {
                Assert.That(JToken.DeepEquals(actual[member.Name], member.Value), $"{member.Name} of {actual}");
            }
        }
    }
}
