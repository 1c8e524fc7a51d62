using Retell.Spec;
using Retell.Spec.Model;
using Retell.SpecTool.Update;
using Retell.Tests.Build;

namespace Retell.Tests.SpecTool;

/// <summary>A new revision of a small API is taken in: what has a name keeps it, and nothing that could be named goes.</summary>
public class UpdateTests
{
    private const string Answer = "responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }";

    [Test]
    public async Task Update_property_moved_to_base_keeps_name()
    {
        Normalized after = await UpdatedAsync(
            Yaml.Document("Thing: { type: object, properties: { role: { type: string, enum: [a, b] } } }"),
            Yaml.Document("""
                Base: { type: object, properties: { role: { type: string, enum: [a, c] } } }
                Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { required: [role] }] }
                """));

        Assert.That(after.Names["Base/properties/role"], Is.EqualTo("ThingRole"));
        Assert.That(after.Of("Base/properties/role")["enum"]!.Values<string>(), Is.EqualTo(["a", "c", "b"]), "what the values lost is kept");
    }

    [Test]
    public async Task Update_inline_schema_moved_to_component_keeps_name()
    {
        Normalized after = await UpdatedAsync(
            Yaml.Document("Thing: { type: object, properties: { limits: { type: array, items: { type: object, properties: { a: { type: string } } } } } }"),
            Yaml.Document("""
                Bounds: { type: object, properties: { a: { type: string }, b: { type: string } } }
                Thing: { type: object, properties: { limits: { type: array, items: { $ref: '#/components/schemas/Bounds' } } } }
                """));

        Assert.That(after.Names["Bounds"], Is.EqualTo("Limit"));
    }

    [Test]
    public async Task Update_nested_schema_moved_to_component_keeps_recorded_name()
    {
        Normalized after = await UpdatedAsync(
            [("Thing/properties/limits", "Limits"), ("Thing/properties/limits/properties/sort_key", "LimitOrder")],
            Yaml.Document("Thing: { type: object, properties: { limits: { type: object, properties: { sort_key: { type: string, enum: [x, y] } } } } }"),
            Yaml.Document("""
                Bounds: { type: object, properties: { sort_key: { type: string, enum: [x, y] } } }
                Thing: { type: object, properties: { limits: { $ref: '#/components/schemas/Bounds' } } }
                """));

        Assert.That((after.Names["Bounds"], after.Names["Bounds/properties/sort_key"]), Is.EqualTo(("Limits", "LimitOrder")));
    }

    [Test]
    public async Task Update_shared_enumeration_keeps_values_of_removed_property()
    {
        Normalized after = await UpdatedAsync(
            [("One/properties/color", "Color"), ("Two/properties/color", "Color")],
            Yaml.Document("""
                One: { type: object, properties: { color: { type: string, enum: [red, blue] } } }
                Two: { type: object, properties: { color: { type: string, enum: [red, green] } } }
                """),
            Yaml.Document("""
                One: { type: object, properties: { color: { type: string, enum: [red, blue] } } }
                Two: { oneOf: [{ type: object, properties: { a: { type: string } } }, { type: object, properties: { b: { type: string } } }] }
                """));

        Assert.That(after.Of("One/properties/color")["enum"]!.Values<string>(), Is.EqualTo(["red", "blue", "green"]));
    }

    [TestCase("{ $ref: '#/components/schemas/Other' }", TestName = "Update_type_replaced_by_component_is_retained_as_component")]
    [TestCase("{ type: integer }", TestName = "Update_type_replaced_by_number_is_retained_as_component")]
    public async Task Update_type_no_longer_used_is_retained_as_component(string now)
    {
        Normalized after = await UpdatedAsync(
            Yaml.Document("Thing: { type: object, properties: { limits: { type: object, properties: { kind: { type: string, enum: [x, y] } } } } }"),
            Yaml.Document($$"""
                Other: { type: object, properties: { b: { type: string } } }
                Thing: { type: object, properties: { limits: {{now}} } }
                """));

        Assert.That((after.Names["Limits"], after.Names["Limits/properties/kind"]), Is.EqualTo(("Limits", "LimitsKind")));
        Assert.That((string?)after.Of("Limits")["x-retell-deprecation"], Does.Contain("The API no longer has it"));
        Assert.That(after.Names["Other"], Is.EqualTo("Other"));
    }

    [Test]
    public async Task Update_new_enumeration_with_same_name_keeps_old_name()
    {
        Normalized after = await UpdatedAsync(
            Yaml.Document("Thing: { type: object, properties: { sort_key: { type: string, enum: [a, b] } } }"),
            Yaml.Document("""
                SortKey: { type: object, properties: { p: { type: string } } }
                Another: { type: object, properties: { sort_key: { type: string, enum: [y, z] } } }
                Thing: { type: object, properties: { sort_key: { type: string, enum: [a, b] } } }
                """));

        Assert.That(after.Names["Thing/properties/sort_key"], Is.EqualTo("SortKey"));
        Assert.That((after.Names["Another/properties/sort_key"], after.Names["SortKey"]), Is.EqualTo(("AnotherSortKey", "SortKeySchema")));
    }

    [Test]
    public async Task Update_removed_parameter_keeps_its_position()
    {
        const string Limit = "{ in: query, name: limit, schema: { type: integer } }";
        Normalized after = await UpdatedAsync(
            Paths($"parameters: [{{ in: query, name: query, schema: {{ type: string }} }}, {Limit}]"),
            Paths($"parameters: [{Limit}]"));

        ApiOperation operation = after.Model.Operations.Single();
        Assert.That(operation.Arguments.Select(a => a.ToString()), Is.EqualTo(["query query?", "query limit?"]));
    }

    [Test]
    public async Task Update_changed_operationId_keeps_method_name()
    {
        string first = "/things: { get: { operationId: listThings, " + Answer + " } }";
        string second = "/v2/things: { get: { operationId: listThings, " + Answer + " } }";
        string third = "/v2/things: { get: { operationId: getThings, " + Answer + " } }";
        const string Thing = "Thing: { type: object }";

        Normalized after = await UpdatedAsync(Yaml.Paths(first, Thing), Yaml.Paths(second, Thing), Yaml.Paths(third, Thing));

        Assert.That(
            after.Model.Operations.OrderBy(o => o.Path).Select(o => $"{o.Key}: {o.MethodName}, {o.Resource}.{o.FacadeMethod}"),
            Is.EqualTo(["get /things: ListThingsV1, Things.ListV1", "get /v2/things: ListThings, Things.List"]));
    }

    private static string Paths(string parameters) => Yaml.Paths($"/things: {{ get: {{ operationId: listThings, {parameters}, {Answer} }} }}", "Thing: { type: object }");

    /// <summary>The API after the later revisions, one after the other, were taken in.</summary>
    private static Task<Normalized> UpdatedAsync(string first, params string[] later) => UpdatedAsync([], first, later);

    private static async Task<Normalized> UpdatedAsync((string Place, string Name)[] recorded, string first, params string[] later)
    {
        using var folder = new TempFolder();
        string names = recorded.Length == 0 ? folder.PathOf("names.yaml") : folder.Write("names.yaml", Yaml.Lock(recorded));
        var input = new NormalizeInput(folder.Write("api.yaml", first), null, names, folder.PathOf("retained.yaml"));
        foreach (string next in later)
        {
            await UpdateCommand.RunAsync(input, folder.Write("next.yaml", next), dropRetained: false, TextWriter.Null, CancellationToken.None);
        }

        return Normalized.Of(input);
    }
}
