using Newtonsoft.Json.Linq;

namespace Retell.Tests.SpecTool;

/// <summary>Unions, choices and constants are marked, so that templates, facade and fake can tell them.</summary>
public class UnionTests
{
    [Test]
    public void TheTagIsFound()
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
    public void AVariantMayHaveSeveralTags() =>
        Assert.That(
            Normalized.Tags(Union("""
                - { type: object, properties: { role: { type: string, enum: [agent, user] }, content: { type: string } } }
                - { type: object, properties: { role: { type: string, enum: [tool] }, result: { type: string } } }
                """)),
            Is.EqualTo(["agent=UnionAgentOrUser", "user=UnionAgentOrUser", "tool=UnionTool"]));

    [Test]
    public void ATagThatTwoVariantsShareIsNone()
    {
        JObject union = Union("""
            - { type: object, properties: { role: { type: string, enum: [agent, user] }, content: { type: string } } }
            - { type: object, properties: { role: { type: string, enum: [user] }, result: { type: string } } }
            """);

        Assert.That(union["discriminator"], Is.Null);
        Assert.That(Members(union), Is.EqualTo(["content=UnionWithContent", "result=UnionWithResult"]));
    }

    [Test]
    public void WithoutATagTheMembersTellWithARequiredOneFirst()
    {
        JObject union = Union("""
            - { type: object, required: [b], properties: { same: { type: string }, a: { type: string }, b: { type: string } } }
            - { type: object, properties: { same: { type: string }, c: { type: string } } }
            """);

        Assert.That(Members(union), Is.EqualTo(["b=UnionWithA", "c=UnionWithC"]));
    }

    [Test]
    public void ANestedUnionIsFlattenedAndKeepsItsOwnType()
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
    public void WhatAllVariantsHaveIsSharedAsTextWhereTheirWordsDiffer()
    {
        JObject union = Union("""
            - { type: object, required: [type, id], properties: { type: { type: string, enum: [one] }, id: { type: string }, size: { type: integer }, own: { type: string }, odd: { type: string } } }
            - { type: object, required: [type, id], properties: { type: { type: string, enum: [two, three] }, id: { type: string }, size: { type: integer }, odd: { type: integer } } }
            """);

        Assert.That(
            union["x-retell-shared"]!.Select(member => $"{member["json"]} {member["name"]}: {Normalized.Value(member["value"])}{((bool?)member["optional"] == true ? " or absent" : "")}"),
            Is.EqualTo(["type Type: string", "id Id: string", "size Size: integer or absent"]));
    }

    [Test]
    public void EqualVariantsUnderTwoUnionsImplementBoth()
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
    public void AChoiceOfJsonTypesKeepsItsCases(string variants, string cases)
    {
        Normalized api = Normalized.OfSchemas($"Plain: {{ type: object, properties: {{ a: {{ type: string }} }} }}\nUnion: {{ oneOf: {variants} }}");

        Assert.That((string?)api.Of("Union")["x-retell-kind"], Is.EqualTo("choice"));
        Assert.That(string.Join(',', api.Of("Union")["x-retell-cases"]!.Select(Normalized.Value)), Is.EqualTo(cases));
        Assert.That(api.Names["Union"], Is.EqualTo("Union"), "a choice is a struct");
    }

    [Test]
    public void TextsWithAndWithoutWordsAreOneOpenEnumeration()
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
    public void OneVariantBesideNullIsThatVariantWithItsLimits()
    {
        JObject member = Normalized.OfSchemas("Thing: { type: object, properties: { a: { oneOf: [{ type: string, maxLength: 5 }, { enum: [null] }] } } }").Property("Thing", "a");

        Assert.That((Normalized.Value(member["x-retell-value"]), (bool?)member["nullable"], (int?)member["maxLength"]), Is.EqualTo(("string?", true, 5)));
    }

    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x] }", "x", TestName = "required")]
    [TestCase("Thing", "", "{ type: string, enum: [x] }", "x", TestName = "optional")]
    [TestCase("Thing", "", "{ enum: [x] }", "x", TestName = "without a type")]
    [TestCase("Thing", "required: [a],", "{ type: boolean, enum: [true] }", "true", TestName = "boolean")]
    [TestCase("Thing", "", "{ type: string, enum: ['\"\\'] }", "\"\\", TestName = "with characters to escape")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x], nullable: true }", null, TestName = "that may be null is none")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x, null] }", null, TestName = "beside null is none")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x, y] }", null, TestName = "of two values is none")]
    public void AConstant(string place, string required, string schema, string? constant)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, {required} properties: {{ a: {schema} }} }}");

        Assert.That((string?)api.Property(place, "a")["x-retell-constant"], Is.EqualTo(constant));
        Assert.That(constant is null || JToken.DeepEquals(api.Property(place, "a")["enum"], new JArray(constant == "true" ? true : constant)), "any reader knows the only value");
    }

    [TestCase("required: [a],", true)]
    [TestCase("", false)]
    public void AnOptionalConstantOfABodyIsNotSentUnasked(string required, bool isConstant)
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
    public void NullAmongTheValuesIsNoMember()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, properties: { voice: { type: string, nullable: true, enum: [a, b, null] } } }");

        Assert.That(api.Of("Thing/properties/voice")["enum"]!.Values<string>(), Is.EqualTo(["a", "b"]));
        Assert.That(api.Of("Thing/properties/voice")["x-retell-names"]!.Values<string>(), Is.EqualTo(["A", "B"]));
    }

    [Test]
    public void ValuesHaveLegalNamesThatDiffer()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, properties: { sign: { type: string, enum: ['<', '==', 'a-b', a_b, A.B, value, known_values, '400', '', sign, 日本, 中文] } } }");
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
