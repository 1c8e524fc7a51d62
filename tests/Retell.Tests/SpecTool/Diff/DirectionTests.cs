using Retell.SpecTool.Diff;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>Which way a schema travels is seen from the operations that lead to it.</summary>
public class DirectionTests
{
    private const string Outer = "Thing: { type: object, properties: { list: { type: array, items: { $ref: '#/components/schemas/Item' } }, map: { type: object, additionalProperties: { $ref: '#/components/schemas/Item' } } } }\n";

    [TestCase("Request", "Risky")]
    [TestCase("Response", "Breaking")]
    [TestCase("Both", "Breaking")]
    public void Diff_schema_in_lists_and_maps_has_direction_of_operation(string side, string kind)
    {
        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Enum.Parse<Sides>(side),
            Outer + "Item: { type: object, properties: { a: { type: string }, b: { type: string } } }",
            Outer + "Item: { type: object, properties: { a: { type: string } } }");

        Assert.That(changes.Select(Facts), Is.EqualTo([$"property-removed {kind} {side} Item"]));
        Assert.That(changes[0].UsedBy, Is.EqualTo(["post /thing"]));
    }

    [TestCase("Request", "Additive")]
    [TestCase("Response", "Risky")]
    public void Diff_schema_in_unions_has_direction_of_operation(string side, string kind)
    {
        const string Union = """
            Thing: { type: object, properties: { m: { oneOf: [{ type: string }, { type: array, items: { $ref: '#/components/schemas/Pet' } }] } } }
            Pet: { oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }] }
            Dog: { type: object, required: [type], properties: { type: { type: string, enum: [dog] } } }

            """;

        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Enum.Parse<Sides>(side),
            Union + "Cat: { type: object, required: [type], properties: { type: { type: string, enum: [cat] }, claws: { type: integer, maximum: 20 } } }",
            Union + "Cat: { type: object, required: [type], properties: { type: { type: string, enum: [cat] }, claws: { type: integer } } }");

        Assert.That(changes.Select(Facts), Is.EqualTo([$"limit-loosened {kind} {side} Cat"]));
    }

    [Test]
    public void Diff_allOf_base_has_direction_of_derived_schema()
    {
        const string Page = "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { items: { type: array, items: { type: string } } } }] }\n";

        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Sides.Response,
            Page + "Base: { type: object, properties: { key: { type: string } } }",
            Page + "Base: { type: object, required: [key], properties: { key: { type: string } } }");

        Assert.That(changes.Select(Facts), Is.EqualTo(["property-became-required Additive Response Base"]));
        Assert.That(changes[0].CSharp, Is.EqualTo(["Retell.Models.Base.Key", "Retell.Models.Thing.Key"]));
    }

    [Test]
    public void Diff_required_in_derived_schema_is_reported_for_derived_schema()
    {
        const string Base = "Base: { type: object, properties: { key: { type: string } } }\n";

        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Sides.Request,
            Base + "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { a: { type: string } } }] }",
            Base + "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [key], properties: { a: { type: string } } }] }");

        Assert.That(changes.Select(Facts), Is.EqualTo(["property-became-required Breaking Request Thing"]));
    }

    [Test]
    public void Diff_direction_ignores_removed_operations()
    {
        // The answer that had it is gone; in the request that is left its removal is no break.
        const string Body = "post: { operationId: setThing, requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }, responses: { '204': { description: Done. } } }";
        const string Get = "get: { operationId: getThing, responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } }";

        IReadOnlyList<Change> changes = Revisions.Of(
            Yaml.Paths($"/thing: {{ {Body}, {Get} }}", "Thing: { type: object, properties: { a: { type: string }, b: { type: string } } }"),
            Yaml.Paths($"/thing: {{ {Body} }}", "Thing: { type: object, properties: { a: { type: string } } }"));

        Assert.That(changes.Select(Facts), Is.EqualTo(["operation-removed Breaking None get /thing", "property-removed Risky Request Thing"]));
    }

    [Test]
    public void Diff_shared_parameter_is_reported_once()
    {
        static string Document(int maximum) => $$"""
            openapi: 3.0.3
            info: { title: Test, version: 1.0.0 }
            paths:
              /a: { get: { operationId: listA, parameters: [{ $ref: '#/components/parameters/Limit' }], responses: { '204': { description: Done. } } } }
              /b: { get: { operationId: listB, parameters: [{ $ref: '#/components/parameters/Limit' }], responses: { '204': { description: Done. } } } }
            components:
              parameters:
                Limit: { name: limit, in: query, schema: { type: integer, maximum: {{maximum}} } }
            """;

        Change change = Revisions.Of(Document(1000), Document(100)).Single();

        Assert.That(Facts(change), Is.EqualTo("limit-tightened Breaking Request parameters/Limit"));
        Assert.That(change.UsedBy, Is.EqualTo(["get /a", "get /b"]));
        Assert.That(change.CSharp, Is.EqualTo(["AsClient.ListAAsync(limit)", "BsClient.ListBAsync(limit)"]));
    }

    [Test]
    public void Diff_readOnly_property_added_is_reported_only_in_response()
    {
        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Sides.Both,
            "Thing: { type: object, properties: { a: { type: string } } }",
            "Thing: { type: object, required: [id], properties: { a: { type: string }, id: { type: string, readOnly: true } } }");

        Assert.That(changes.Select(Facts), Is.EqualTo(["property-added-required Additive Response Thing"]));
    }

    [Test]
    public void Diff_inline_schema_moved_to_component_is_compared()
    {
        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Sides.Request,
            "Thing: { type: object, properties: { m: { type: object, properties: { a: { type: string } } } } }",
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/Part' } } }\nPart: { type: object, required: [a], properties: { a: { type: string } } }");

        Assert.That(changes.Select(Facts), Is.EqualTo(["property-became-required Breaking Request Part", "schema-added Additive Request Part"]), "its C# name goes with it");
        Assert.That(changes[0].Message, Is.EqualTo("`a` is required now (compared with `m` of Thing, which stood in its place)"));
        Assert.That(changes[1].CSharp, Is.EqualTo(new[] { "Retell.Models.M" }).Or.EqualTo(new[] { "Retell.Models.ThingM" }));
    }

    [Test]
    public void Diff_nested_renamed_schemas_are_reported_as_renamed()
    {
        IReadOnlyList<Change> changes = Revisions.OfSchemas(
            Sides.Both,
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/OldOuter' } } }\nOldOuter: { type: object, properties: { inner: { $ref: '#/components/schemas/OldInner' }, self: { $ref: '#/components/schemas/OldOuter' } } }\nOldInner: { type: object, properties: { a: { type: string } } }",
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/NewOuter' } } }\nNewOuter: { type: object, properties: { inner: { $ref: '#/components/schemas/NewInner' }, self: { $ref: '#/components/schemas/NewOuter' } } }\nNewInner: { type: object, properties: { a: { type: string } } }");

        Assert.That(
            changes.Select(c => $"{c.Id} {c.CSharp.Single()}"),
            Is.EqualTo(["schema-renamed Retell.Models.OldInner → Retell.Models.NewInner", "schema-renamed Retell.Models.OldOuter → Retell.Models.NewOuter"]));
    }

    private static string Facts(Change change) => $"{change.Id} {change.Class} {change.Side} {change.Operation ?? change.Schema}";
}
