using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Tests.Build;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>What integrators compiled against keeps its name, whatever the document looks like next.</summary>
[Parallelizable]
public class RecordedNameTests
{
    [Test]
    public void RecordedName_overrides_x_csharp_name_and_adds_note()
    {
        Normalized api = Normalized.OfSchemas(
            "Thing: { type: object, x-csharp-name: Wanted, properties: { kind: { type: string, enum: [a, b], x-csharp-name: WantedKind } } }",
            null,
            ("Thing", "Recorded"),
            ("Thing/properties/kind", "RecordedKind"));

        Assert.That((api.Names["Thing"], api.Names["Thing/properties/kind"]), Is.EqualTo(("Recorded", "RecordedKind")));
        Assert.That(api.Notes, Has.Count.EqualTo(2).And.All.Contains("names.yaml: #/components/schemas/Thing").And.All.Contain("Edit the line to rename it."));
    }

    [Test]
    public void RecordedName_is_kept_when_new_schema_wants_it()
    {
        Normalized api = Normalized.OfSchemas(
            """
            Another: { type: object, properties: { sort_key: { type: string, enum: [z] , nullable: true }, limits: { type: object, properties: { b: { type: string } } } } }
            Thing: { type: object, properties: { sort_key: { type: string, enum: [a, b] }, limits: { type: object, properties: { a: { type: string } } } } }
            """,
            null,
            ("Thing", "Thing"),
            ("Thing/properties/sort_key", "SortKey"),
            ("Thing/properties/limits", "Limits"));

        Assert.Multiple(() =>
        {
            Assert.That((api.Names["Thing/properties/sort_key"], api.Names["Thing/properties/limits"]), Is.EqualTo(("SortKey", "Limits")));
            Assert.That((api.Names["Another/properties/sort_key"], api.Names["Another/properties/limits"]), Is.EqualTo(("AnotherSortKey", "AnotherLimits")));
        });
    }

    [Test]
    public void RecordedName_is_not_taken_by_new_component()
    {
        Normalized api = Normalized.OfSchemas(
            """
            Call: { type: object, properties: { a: { type: string } } }
            OldCall: { type: object, properties: { b: { type: string } } }
            """,
            null,
            ("OldCall", "Call"));

        Assert.That((api.Names["OldCall"], api.Names["Call"]), Is.EqualTo(("Call", "CallSchema")));
        Assert.That(
            api.Remarks.Single(),
            Is.EqualTo("#/components/schemas/Call is named CallSchema, because #/components/schemas/OldCall is named Call. To choose another name before it is released, add to the overlay: { target: \"$.components.schemas.Call\", description: A name., update: { x-csharp-name: CallSchema } }"));
    }

    [Test]
    public void RecordedName_shared_by_enumeration_components_is_one_type()
    {
        const string schemas = """
            Model: { type: string, enum: [a, b] }
            NullableModel: { type: string, enum: [a, c, null], nullable: true }
            Thing: { type: object, properties: { model: { $ref: '#/components/schemas/NullableModel' } } }
            """;
        Normalized api = Normalized.OfSchemas(schemas, null, ("Model", "Model"), ("NullableModel", "Model"));

        Assert.That(api.Schemas["Model"]!["enum"]!.Values<string>(), Is.EqualTo(["a", "b", "c"]));
        Assert.That(Normalized.Reference(api.Schemas["Thing"]!["properties"]!["model"]), Is.EqualTo("Model"));
        Assert.That(api.Schemas.ContainsKey("NullableModel"), Is.False);
    }

    [Test]
    public void RecordedName_shared_by_different_enumerations_has_values_of_both()
    {
        Normalized api = Normalized.OfSchemas(
            """
            One: { type: object, properties: { sort_key: { type: string, enum: [a, b] } } }
            Two: { type: object, properties: { sort_key: { type: string, enum: [b, c] } } }
            """,
            null,
            ("One/properties/sort_key", "SortKey"),
            ("Two/properties/sort_key", "SortKey"));

        Assert.Multiple(() =>
        {
            Assert.That(api.Of("Two/properties/sort_key")["enum"]!.Values<string>(), Is.EqualTo(["a", "b", "c"]));
            Assert.That(api.Property("One", "sort_key")["x-retell-allowed"]!.Values<string>(), Is.EqualTo(["a", "b"]));
            Assert.That(api.Property("Two", "sort_key")["x-retell-allowed"]!.Values<string>(), Is.EqualTo(["b", "c"]));
        });
    }

    [TestCase("{ a: { type: string }, b: { type: string } }", "[a]", TestName = "RecordedName_shared_by_object_with_added_property_is_one_type")]
    [TestCase("{ a: { type: string } }", "[]", TestName = "RecordedName_shared_by_object_with_optional_property_is_one_type")]
    [TestCase("{ }", "[]", TestName = "RecordedName_shared_by_object_with_removed_property_is_one_type")]
    public void RecordedName_shared_by_different_objects_has_properties_of_both(string properties, string required)
    {
        Normalized api = Normalized.OfSchemas(
            $$"""
            One: { type: object, properties: { limits: { type: object, required: [a], properties: { a: { type: string }, z: { type: string } } } } }
            Two: { type: object, properties: { limits: { type: object, required: {{required}}, properties: {{properties.Replace("{ }", "{ y: { type: string } }", StringComparison.Ordinal)}} } } }
            """,
            null,
            ("One/properties/limits", "Limits"),
            ("Two/properties/limits", "Limits"));

        Assert.That(api.PropertiesOf("One/properties/limits"), Is.SupersetOf(["a", "z"]));
        Assert.That(api.RequiredOf("One/properties/limits"), required == "[a]" ? Is.EqualTo(["a"]) : Is.Empty);
    }

    [Test]
    public void RecordedName_shared_by_incompatible_objects_is_split_permanently()
    {
        string spec = Yaml.Document("""
            One: { type: object, properties: { limits: { type: object, properties: { a: { type: string } } } } }
            Two: { type: object, properties: { limits: { type: object, properties: { a: { type: integer } } } } }
            """);
        using var folder = new TempFolder();
        var input = new NormalizeInput(
            folder.Write("api.yaml", spec),
            null,
            folder.Write("names.yaml", Yaml.Lock(("One/properties/limits", "Limits"), ("Two/properties/limits", "Limits"))));
        Normalized api = Normalized.Of(input);

        Assert.That((api.Names["One/properties/limits"], api.Names["Two/properties/limits"]), Is.EqualTo(("Limits", "TwoLimits")));
        Assert.That(
            api.Remarks.Single(),
            Does.Contain("#/components/schemas/Two/properties/limits is named TwoLimits, because #/components/schemas/One/properties/limits is named Limits."));

        // The name is recorded beside the one that was shared, and stays when the other type goes.
        NormalizeCommand.Run(input, folder.PathOf("out.json"), writeNames: true, TextWriter.Null);
        folder.Write("api.yaml", Yaml.Document("Two: { type: object, properties: { limits: { type: object, properties: { a: { type: integer } } } } }"));

        Assert.That(
            File.ReadAllText(input.Names),
            Does.Contain("\"#/components/schemas/Two/properties/limits\": Limits\n").And.Contain("\"#/components/schemas/Two/properties/limits #2\": TwoLimits\n"));
        Assert.That(Normalized.Of(input).Names["Two/properties/limits"], Is.EqualTo("TwoLimits"));
    }

    [Test]
    public void RecordedName_of_union_without_I_prefix_is_kept()
    {
        Normalized api = Normalized.OfSchemas(
            """
            Pet:
              oneOf:
                - { type: object, properties: { kind: { type: string, enum: [cat] } } }
                - { type: object, properties: { kind: { type: string, enum: [dog] } } }
            """,
            null,
            ("Pet", "Pet"));

        Assert.That((api.Names["Pet"], api.Names["Pet/oneOf/cat"]), Is.EqualTo(("Pet", "PetCat")));
    }

    [Test]
    public void Names_do_not_depend_on_document_order([Values(1, 2, 3)] int seed, [Values] bool recorded)
    {
        string names = recorded ? Repository.PathOf("openapi", "names.lock.yaml") : Path.Combine(Path.GetTempPath(), "no-such-names.yaml");
        using var folder = new TempFolder();
        string shuffled = folder.Write("api.yaml", Shuffled(SpecDocument.Current.Root, new Random(seed)).ToString());

        Normalized inOrder = Normalized.Of(new NormalizeInput(Repository.PathOf("openapi", "retell.yaml"), null, names, Repository.PathOf("openapi", "retained.yaml")));
        Normalized inDisorder = Normalized.Of(new NormalizeInput(shuffled, null, names));

        Assert.That(inDisorder.Names.Where(name => inOrder.Names.GetValueOrDefault(name.Key) != name.Value), Is.Empty);
        Assert.That(inDisorder.Names, Has.Count.EqualTo(inOrder.Names.Count));
    }

    [Test]
    public void NamesLock_matches_published_document()
    {
        using var folder = new TempFolder();
        string copy = folder.Write("names.yaml", File.ReadAllText(Repository.PathOf("openapi", "names.lock.yaml")));
        using var log = new StringWriter();
        NormalizeCommand.Run(
            new NormalizeInput(Repository.PathOf("openapi", "retell.yaml"), Repository.PathOf("openapi", "overlay.yaml"), copy, Repository.PathOf("openapi", "retained.yaml")),
            folder.PathOf("out.json"),
            writeNames: true,
            log);

        Assert.That(File.ReadAllText(copy), Is.EqualTo(File.ReadAllText(Repository.PathOf("openapi", "names.lock.yaml"))),
            "`dotnet run --project build/Retell.SpecTool -- normalize --write-names --output retell.nswag.json` records new names");
        Assert.That(log.ToString(), Does.Not.Contain("new names").And.Not.Contain("note:"));
    }

    [TestCaseSource(typeof(RealDocumentTests), nameof(RealDocumentTests.Documents))]
    public void NamesLock_after_another_document_only_adds_names(string document)
    {
        using var folder = new TempFolder();
        string[] before = File.ReadAllLines(Repository.PathOf("openapi", "names.lock.yaml"));
        string copy = folder.Write("names.yaml", string.Join('\n', before) + "\n");
        for (int run = 0; run < 2; run++)
        {
            NormalizeCommand.Run(
                new NormalizeInput(RealDocumentTests.PathOf(document), Repository.PathOf("openapi", "overlay.yaml"), copy),
                folder.PathOf("out.json"),
                writeNames: true,
                TextWriter.Null);
            string[] after = File.ReadAllLines(copy);

            Assert.That(before.Except(after), Is.Empty, "lines that are gone");
            Assert.That(after.Skip(2).TakeWhile(line => line.StartsWith(' ')).Select(line => line.Split("\": ")[0]), Is.Ordered.Using((IComparer<string>)StringComparer.Ordinal));
            before = run == 0 ? after : before;
        }

        Assert.That(File.ReadAllLines(copy), Is.EqualTo(before), "a second run adds nothing");
    }

    [Test]
    public void Names_of_different_shapes_are_distinct()
    {
        // One name for two shapes would be one class for both; what has been recorded as one type is one.
        Normalized api = Normalized.Of(new NormalizeInput(RealDocumentTests.PathOf("retell-2026-10.yaml"), null, Path.Combine(Path.GetTempPath(), "no-such-names.yaml")));

        Assert.That(
            api.Model.Definitions.Values.GroupBy(definition => definition.Name)
                .Where(
                    group =>
                        group.Select(definition => definition.Fingerprint).Distinct().Count() > 1 && group.Any(definition => definition is not Retell.Spec.Model.EnumDefinition))
                .Select(group => group.Key),
            Is.Empty);
    }

    /// <summary>The same document with the members of each mapping whose order means nothing in another order.</summary>
    private static JToken Shuffled(JToken token, Random random)
    {
        switch (token)
        {
            case JObject map:
                JProperty[] members = [.. map.Properties().Select(member => new JProperty(member.Name, Shuffled(member.Value, random)))];
                random.Shuffle(members);
                return new JObject(members);
            case JArray list:
                JToken[] items = [.. list.Select(item => Shuffled(item, random))];
                if (((JProperty?)list.Parent)?.Name is "oneOf" or "required")
                {
                    random.Shuffle(items);
                }

                return new JArray(items);
            default:
                return token.DeepClone();
        }
    }
}
