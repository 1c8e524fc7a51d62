using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>Unions, choices and constants are marked, so that templates, facade and fake can tell them.</summary>
public class UnionTests
{
    [Test]
    public void Union_discriminator_is_found()
    {
        JObject union = Union("""
            - { type: object, required: [type, id], properties: { id: { type: string }, role: { type: string, enum: [a] }, type: { type: string, enum: [one] } } }
            - { type: object, required: [type, id], properties: { id: { type: string }, role: { type: string, enum: [a, b] }, type: { type: string, enum: [two] } } }
            """);

        Assert.That((string?)union["x-retell-kind"], Is.EqualTo("union"));
        Assert.That((string?)union["discriminator"]!["propertyName"], Is.EqualTo("type"));
        Assert.That(Normalized.Tags(union), Is.EqualTo(["one=UnionOne", "two=UnionTwo"]));
        Assert.That(Members(union), Is.Empty);
    }

    [Test]
    public void Union_variant_may_have_several_discriminator_values() =>
        Assert.That(
            Normalized.Tags(Union("""
                - { type: object, properties: { role: { type: string, enum: [agent, user] }, content: { type: string } } }
                - { type: object, properties: { role: { type: string, enum: [tool] }, result: { type: string } } }
                """)),
            Is.EqualTo(["agent=UnionAgentOrUser", "user=UnionAgentOrUser", "tool=UnionTool"]));

    [Test]
    public void Union_discriminator_value_shared_by_variants_is_not_used()
    {
        JObject union = Union("""
            - { type: object, properties: { role: { type: string, enum: [agent, user] }, content: { type: string } } }
            - { type: object, properties: { role: { type: string, enum: [user] }, result: { type: string } } }
            """);

        Assert.That(union["discriminator"], Is.Null);
        Assert.That(Members(union), Is.EqualTo(["content=UnionWithContent", "result=UnionWithResult"]));
    }

    [Test]
    public void Union_without_discriminator_uses_required_property_first()
    {
        JObject union = Union("""
            - { type: object, required: [b], properties: { same: { type: string }, a: { type: string }, b: { type: string } } }
            - { type: object, properties: { same: { type: string }, c: { type: string } } }
            """);

        Assert.That(Members(union), Is.EqualTo(["b=UnionWithA", "c=UnionWithC"]));
    }

    [Test]
    public void Union_nested_is_flattened_and_keeps_its_type()
    {
        Normalized api = Normalized.OfSchemas("""
            Cat: { type: object, properties: { type: { type: string, enum: [cat] } } }
            Dog: { type: object, properties: { type: { type: string, enum: [dog] } } }
            Fish: { type: object, properties: { type: { type: string, enum: [fish] } } }
            Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
            Animal: { oneOf: [{ $ref: '#/components/schemas/Pet' }, { $ref: '#/components/schemas/Fish' }] }
            """);

        Assert.Multiple(() =>
        {
            Assert.That(api.Of("Animal")["x-retell-variants"]!.Values<string>(), Is.EqualTo(["Cat", "Dog", "Fish"]));
            Assert.That(api.Of("Animal")["anyOf"]!.Select(Normalized.Reference), Is.EqualTo(["Cat", "Dog", "Fish"]));
            Assert.That(Normalized.Tags(api.Of("Animal")), Is.EqualTo(["cat=Cat", "dog=Dog", "fish=Fish"]));
            Assert.That(api.Of("Pet")["x-retell-parents"]!.Values<string>(), Is.EqualTo(["IAnimal"]));
            Assert.That(UnionsOf(api.Of("Cat")), Is.EqualTo(["IAnimal", "IPet"]));
            Assert.That(UnionsOf(api.Of("Fish")), Is.EqualTo(["IAnimal"]));
        });
    }

    [Test]
    public void Union_properties_of_all_variants_are_shared()
    {
        JObject union = Union("""
            - { type: object, required: [type, id], properties: { type: { type: string, enum: [one] }, id: { type: string }, size: { type: integer }, own: { type: string }, odd: { type: string } } }
            - { type: object, required: [type, id], properties: { type: { type: string, enum: [two, three] }, id: { type: string }, size: { type: integer }, odd: { type: integer } } }
            """);

        Assert.That(
            union["x-retell-shared"]!.Select(
                member => $"{member["json"]} {member["name"]}: {Normalized.Value(member["value"])}{((bool?)member["optional"] == true ? " or absent" : "")}"),
            Is.EqualTo(["type Type: string", "id Id: string", "size Size: integer or absent"]));
    }

    [Test]
    public void Union_variant_of_two_unions_implements_both()
    {
        Normalized api = Normalized.OfSchemas("""
            Cat: { type: object, properties: { type: { type: string, enum: [cat] } } }
            Dog: { type: object, properties: { type: { type: string, enum: [dog] } } }
            One: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
            Two: { oneOf: [{ $ref: '#/components/schemas/Dog' }, { type: object, properties: { type: { type: string, enum: [fish] } } }] }
            """);

        Assert.That(UnionsOf(api.Of("Dog")), Is.EqualTo(["IOne", "ITwo"]));
    }

    [TestCase("[{ type: integer }, { type: string }]", "integer,string")]
    [TestCase("[{ type: string }, { type: array, items: { type: string } }]", "string,list string")]
    [TestCase("[{ type: string }, { type: number }, { type: boolean }]", "string,number,boolean")]
    [TestCase("[{ type: string, enum: [a] }, { type: string }, { type: integer }]", "string,integer")]
    [TestCase("[{ type: boolean }, { $ref: '#/components/schemas/Plain' }]", "boolean,Plain")]
    [TestCase("[{ type: string }, { $ref: '#/components/schemas/Plain' }, { type: object, properties: { b: { type: string } } }]", "string,IUnionObject")]
    public void Choice_of_JSON_types_keeps_its_cases(string variants, string cases)
    {
        Normalized api = Normalized.OfSchemas($"Plain: {{ type: object, properties: {{ a: {{ type: string }} }} }}\nUnion: {{ oneOf: {variants} }}");

        Assert.That((string?)api.Of("Union")["x-retell-kind"], Is.EqualTo("choice"));
        Assert.That(string.Join(',', api.Of("Union")["x-retell-cases"]!.Select(Normalized.Value)), Is.EqualTo(cases));
        Assert.That(api.Names["Union"], Is.EqualTo("Union"), "a choice is a struct");
    }

    [Test]
    public void Choice_of_string_and_enums_becomes_open_enumeration()
    {
        JObject words = Union("""
            - { type: string, enum: [a, b] }
            - { type: string, enum: [b, c] }
            - { type: string }
            """);

        Assert.That((string?)words["x-retell-kind"], Is.EqualTo("enum"));
        Assert.That(words["enum"]!.Values<string>(), Is.EqualTo(["a", "b", "c"]));
    }

    [Test]
    public void Choice_of_one_variant_and_null_becomes_nullable_variant()
    {
        JObject member = Normalized.OfSchemas("Thing: { type: object, properties: { a: { oneOf: [{ type: string, maxLength: 5 }, { enum: [null] }] } } }").Property("Thing", "a");

        Assert.That((Normalized.Value(member["x-retell-value"]), (bool?)member["nullable"], (int?)member["maxLength"]), Is.EqualTo(("string?", true, 5)));
    }

    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x] }", "x", TestName = "Constant_of_required_property_is_marked")]
    [TestCase("Thing", "", "{ type: string, enum: [x] }", "x", TestName = "Constant_of_optional_property_is_marked")]
    [TestCase("Thing", "", "{ enum: [x] }", "x", TestName = "Constant_without_type_is_marked")]
    [TestCase("Thing", "required: [a],", "{ type: boolean, enum: [true] }", "true", TestName = "Constant_boolean_is_marked")]
    [TestCase("Thing", "", "{ type: string, enum: ['\"\\'] }", "\"\\", TestName = "Constant_with_escaped_characters_is_marked")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x], nullable: true }", null, TestName = "Constant_nullable_is_not_marked")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x, null] }", null, TestName = "Constant_with_null_in_enum_is_not_marked")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x, y] }", null, TestName = "Constant_enum_of_two_values_is_not_marked")]
    public void Constant_enum_of_one_value_is_marked(string place, string required, string schema, string? constant)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, {required} properties: {{ a: {schema} }} }}");

        Assert.That((string?)api.Property(place, "a")["x-retell-constant"], Is.EqualTo(constant));
        Assert.That(constant is null || JToken.DeepEquals(api.Property(place, "a")["enum"], new JArray(constant == "true" ? true : constant)), "any reader knows the only value");
    }

    [TestCase("required: [a],", true)]
    [TestCase("", false)]
    public void Constant_in_request_body_is_marked_only_if_required(string required, bool isConstant)
    {
        Normalized api = Normalized.Of(Yaml.Paths($$"""
            /a:
              post:
                operationId: postA
                requestBody: { content: { application/json: { schema: { type: object, {{required}} properties: { a: { type: string, enum: [x] } } } } } }
            """));

        Assert.That(api.Schemas["PostARequest"]!["properties"]!["a"]!["x-retell-constant"] is not null, Is.EqualTo(isConstant));
    }

    [Test]
    public void Enum_null_value_is_not_a_member()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, properties: { voice: { type: string, nullable: true, enum: [a, b, null] } } }");

        Assert.That(api.Of("Thing/properties/voice")["enum"]!.Values<string>(), Is.EqualTo(["a", "b"]));
        Assert.That(api.Of("Thing/properties/voice")["x-retell-names"]!.Values<string>(), Is.EqualTo(["A", "B"]));
    }

    [Test]
    public void Enum_values_have_valid_unique_CSharp_names()
    {
        Normalized api = Normalized.OfSchemas(
            "Thing: { type: object, properties: { sign: { type: string, enum: ['<', '==', 'a-b', a_b, A.B, value, known_values, '400', '', sign, 日本, 中文] } } }");
        string[] names = [.. api.Of("Thing/properties/sign")["x-retell-names"]!.Select(name => (string)name!)];

        Assert.That(names, Is.Unique.And.All.Match("^[A-Z][A-Za-z0-9_]*$").And.None.EqualTo("Value").And.None.EqualTo("KnownValues").And.None.EqualTo("Sign"));
        Assert.That(names[..3], Is.EqualTo(["LessThan", "Equal", "AB"]));
        Assert.That(api.Of("Thing/properties/sign")["enum"]!.Values<string>(), Does.Contain("日本").And.Contain("").And.Exactly(names.Length).Items);
    }

    private static JObject Union(string variants) =>
        Normalized.OfSchemas("Union:\n  oneOf:\n" + string.Join('\n', variants.Split('\n').Select(line => "    " + line))).Of("Union");

    private static IEnumerable<string> Members(JObject union) => (union["x-retell-members"] as JObject ?? []).Properties().Select(member => $"{member.Name}={member.Value}");

    private static IEnumerable<string?> UnionsOf(JObject variant) => variant["x-retell-unions"]!.Select(union => (string?)union["name"]);
}
