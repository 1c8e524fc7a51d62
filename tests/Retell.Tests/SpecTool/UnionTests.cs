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

        Assert.That((string?)union["x-kind"], Is.EqualTo("union"));
        Assert.That((string?)union["x-discriminator"], Is.EqualTo("type"));
        Assert.That(Pairs(union["x-tags"]), Is.EqualTo(["one=UnionOne", "two=UnionTwo"]));
        Assert.That(Pairs(union["x-members"]), Is.Empty);
    }

    [Test]
    public void AVariantMayHaveSeveralTags() =>
        Assert.That(
            Pairs(Union("""
                - { type: object, properties: { role: { type: string, enum: [agent, user] }, content: { type: string } } }
                - { type: object, properties: { role: { type: string, enum: [tool] }, result: { type: string } } }
                """)["x-tags"]),
            Is.EqualTo(["agent=UnionAgentOrUser", "user=UnionAgentOrUser", "tool=UnionTool"]));

    [Test]
    public void ATagThatTwoVariantsShareIsNone()
    {
        JObject union = Union("""
            - { type: object, properties: { role: { type: string, enum: [agent, user] }, content: { type: string } } }
            - { type: object, properties: { role: { type: string, enum: [user] }, result: { type: string } } }
            """);

        Assert.That((string?)union["x-discriminator"], Is.Null);
        Assert.That(Pairs(union["x-members"]), Is.EqualTo(["content=UnionWithContent", "result=UnionWithResult"]));
    }

    [Test]
    public void WithoutATagTheMembersTellWithARequiredOneFirst()
    {
        JObject union = Union("""
            - { type: object, required: [b], properties: { same: { type: string }, a: { type: string }, b: { type: string } } }
            - { type: object, properties: { same: { type: string }, c: { type: string } } }
            """);

        Assert.That(Pairs(union["x-members"]), Is.EqualTo(["b=UnionWithA", "c=UnionWithC"]));
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
            Assert.That(api.Of("Animal")["x-variants"]!.Values<string>(), Is.EqualTo(["Cat", "Dog", "Fish"]));
            Assert.That(Pairs(api.Of("Animal")["x-tags"]), Is.EqualTo(["cat=Cat", "dog=Dog", "fish=Fish"]));
            Assert.That((string?)api.Of("Pet")["x-interfaces"], Is.EqualTo(" : IAnimal"));
            Assert.That((string?)api.Of("Cat")["x-interfaces"], Is.EqualTo(", IAnimal, IPet"));
            Assert.That((string?)api.Of("Fish")["x-interfaces"], Is.EqualTo(", IAnimal"));
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
            ((JObject)union["properties"]!).Properties().Select(member => $"{member.Name}: {(string?)member.Value["x-type"]}"),
            Is.EqualTo(["type: string", "id: string", "size: long?"]));
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

        Assert.That((string?)api.Of("Dog")["x-interfaces"], Is.EqualTo(", IOne, ITwo"));
    }

    [TestCase("[{ type: integer }, { type: string }]", "long,string")]
    [TestCase("[{ type: string }, { type: array, items: { type: string } }]", "string,IList<string>")]
    [TestCase("[{ type: string }, { type: number }, { type: boolean }]", "string,double,bool")]
    [TestCase("[{ type: string, enum: [a] }, { type: string }, { type: integer }]", "string,long")]
    [TestCase("[{ type: boolean }, { $ref: '#/components/schemas/Plain' }]", "bool,Plain")]
    [TestCase("[{ type: string }, { $ref: '#/components/schemas/Plain' }, { type: object, properties: { b: { type: string } } }]", "string,IUnionObject")]
    public void AChoiceOfJsonTypesKeepsItsCases(string variants, string cases)
    {
        Normalized api = Normalized.OfSchemas($"Plain: {{ type: object, properties: {{ a: {{ type: string }} }} }}\nUnion: {{ oneOf: {variants} }}");

        Assert.That((string?)api.Of("Union")["x-kind"], Is.EqualTo("choice"));
        Assert.That(string.Join(',', api.Of("Union")["x-cases"]!.Select(one => (string?)one["csharp"])), Is.EqualTo(cases));
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

        Assert.That((string?)words["x-kind"], Is.EqualTo("enum"));
        Assert.That(words["enum"]!.Values<string>(), Is.EqualTo(["a", "b", "c"]));
    }

    [Test]
    public void OneVariantBesideNullIsThatVariantWithItsLimits()
    {
        JObject member = Normalized.OfSchemas("Thing: { type: object, properties: { a: { oneOf: [{ type: string, maxLength: 5 }, { enum: [null] }] } } }").Property("Thing", "a");

        Assert.That(((string?)member["x-type"], (bool?)member["nullable"], (int?)member["maxLength"]), Is.EqualTo(("string?", true, 5)));
    }

    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x] }", "_a = \"x\";", TestName = "required")]
    [TestCase("Thing", "", "{ type: string, enum: [x] }", "_a = \"x\";", TestName = "optional")]
    [TestCase("Thing", "", "{ enum: [x] }", "_a = \"x\";", TestName = "without a type")]
    [TestCase("Thing", "required: [a],", "{ type: boolean, enum: [true] }", "_a = true;", TestName = "boolean")]
    [TestCase("Thing", "", "{ type: string, enum: ['\"\\'] }", "_a = \"\\\"\\\\\";", TestName = "with characters to escape")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x], nullable: true }", null, TestName = "that may be null is none")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x, null] }", null, TestName = "beside null is none")]
    [TestCase("Thing", "required: [a],", "{ type: string, enum: [x, y] }", null, TestName = "of two values is none")]
    public void AConstant(string place, string required, string schema, string? constant)
    {
        Normalized api = Normalized.OfSchemas($"Thing: {{ type: object, {required} properties: {{ a: {schema} }} }}");

        Assert.That(api.Of(place)["x-constants"]!.Values<string>(), constant is null ? Is.Empty : Is.EqualTo([constant]));
        Assert.That((bool?)api.Property(place, "a")["x-constant"], constant is null ? Is.Null : Is.True);
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

        Assert.That(api.Schemas["PostARequest"]!["x-constants"]!.Any(), Is.EqualTo(isConstant));
    }

    [Test]
    public void NullAmongTheValuesIsNoMember()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, properties: { voice: { type: string, nullable: true, enum: [a, b, null] } } }");

        Assert.That(api.Of("Thing/properties/voice")["enum"]!.Values<string>(), Is.EqualTo(["a", "b"]));
        Assert.That(api.Of("Thing/properties/voice")["x-members"]!.Select(member => (string?)member["name"]), Is.EqualTo(["A", "B"]));
    }

    [Test]
    public void ValuesHaveLegalNamesThatDiffer()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, properties: { sign: { type: string, enum: ['<', '==', 'a-b', a_b, A.B, value, known_values, '400', '', sign, 日本, 中文] } } }");
        string[] names = [.. api.Of("Thing/properties/sign")["x-members"]!.Select(member => (string)member["name"]!)];

        Assert.That(names, Is.Unique.And.All.Match("^[A-Z][A-Za-z0-9_]*$").And.None.EqualTo("Value").And.None.EqualTo("KnownValues").And.None.EqualTo("Sign"));
        Assert.That(names[..3], Is.EqualTo(["LessThan", "Equal", "AB"]));
        Assert.That(api.Of("Thing/properties/sign")["x-members"]!.Select(member => (string?)member["value"]), Does.Contain("\"日本\"").And.Contain("\"\""));
    }

    private static JObject Union(string variants) =>
        Normalized.OfSchemas("Union:\n  oneOf:\n" + string.Join('\n', variants.Split('\n').Select(line => "    " + line))).Of("Union");

    private static IEnumerable<string> Pairs(JToken? map) => ((JObject)map!).Properties().Select(pair => $"{pair.Name}={pair.Value}");
}
