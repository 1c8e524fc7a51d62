namespace Retell.Tests.SpecTool;

/// <summary>A name that is taken stops no update: what wants it too gets another one, which a remark tells.</summary>
public class NameConflictTests
{
    [Test]
    public void Naming_components_with_same_CSharp_name_get_different_names()
    {
        Normalized api = Normalized.OfSchemas("""
            FooBar: { type: object, properties: { a: { type: string } } }
            foo_bar: { type: object, properties: { a: { type: string } } }
            foo-bar: { type: object, properties: { b: { type: string } } }
            """);

        Assert.That(new[] { "FooBar", "foo-bar", "foo_bar" }.Select(name => api.Names[name]), Is.EqualTo(["FooBar", "FooBarSchema", "FooBar2"]));
        Assert.That(api.Remarks, Has.Count.EqualTo(2).And.All.Contain("x-csharp-name"));
    }

    [Test]
    public void Naming_properties_with_same_CSharp_name_get_different_names()
    {
        Normalized api = Normalized.OfSchemas("Thing: { type: object, properties: { a-b: { type: string }, a_b: { type: string }, 'a b': { type: string } } }");

        Assert.That(
            new[] { "a_b", "a b", "a-b" }.Select(name => (string?)api.Property("Thing", name)["x-retell-name"]),
            Is.EqualTo(["AB", "AB3", "AB2"]),
            "the API's own style has the plain name");
        Assert.That(api.Remarks, Has.Count.EqualTo(2));
    }

    [Test]
    public void Naming_overlay_name_that_is_taken_is_prefixed_with_owner()
    {
        Normalized api = Normalized.OfSchemas("""
            Thing:
              type: object
              properties:
                kind: { type: string, enum: [x, y], x-csharp-name: Other }
                one: { type: object, x-csharp-name: Wanted, properties: { a: { type: string } } }
                two: { type: object, x-csharp-name: Wanted, properties: { a: { type: integer } } }
            Other: { type: object, properties: { a: { type: string } } }
            """);

        Assert.That(new[] { "kind", "one", "two" }.Select(name => api.Names["Thing/properties/" + name]), Is.EqualTo(["ThingOther", "Wanted", "ThingWanted"]));
    }

    [Test]
    public void Naming_operations_with_same_name_get_different_names()
    {
        Normalized api = Normalized.Of(Yaml.Paths("""
            /a: { get: { operationId: getThing } }
            /b/{b_id}: { get: { operationId: get_thing } }
            /v2/c: { get: { operationId: getThing } }
            /d: { get: { operationId: getThing }, head: { operationId: getThing } }
            """));

        Assert.That(
            api.Model.Operations.ToDictionary(operation => operation.Key, operation => operation.MethodName),
            Is.EquivalentTo(new Dictionary<string, string>
            {
                ["get /v2/c"] = "GetThing",
                ["get /a"] = "GetThingV1",
                ["get /b/{b_id}"] = "GetThingByBId",
                ["get /d"] = "GetThingGet",
                ["head /d"] = "GetThingHead",
            }));
    }

    [TestCase("TimeSpan")]
    [TestCase("Page")]
    [TestCase("Obsolete")]
    [TestCase("RetellClient")]
    public void Naming_component_with_name_used_by_generated_code_gets_Api_prefix(string name) =>
        Assert.That(Normalized.OfSchemas($"{name}: {{ type: object, properties: {{ a: {{ type: string }} }} }}").Names[name], Is.EqualTo("Api" + name));
}
