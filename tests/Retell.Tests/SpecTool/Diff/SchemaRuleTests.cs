using Retell.SpecTool.Diff;
using static Retell.SpecTool.Diff.ChangeClass;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>Each kind of change in a schema, classed by the way it travels. The rows say the classes themselves, so that the table of rules is held to them.</summary>
[Parallelizable]
public class SchemaRuleTests
{
    /// <summary>What changes, its class in a request and its class in an answer; null where it is no change for callers.</summary>
    public sealed class Row
    {
        internal Row(string id, ChangeClass? request, ChangeClass? response, string before, string after) =>
            (Id, Request, Response, Before, After) = (id, request, response, before, after);

        public string Id { get; }

        public string Before { get; }

        public string After { get; }

        internal ChangeClass? Request { get; }

        internal ChangeClass? Response { get; }

        /// <summary>What else the same change does.</summary>
        internal string[] Also { get; private init; } = [];

        public override string ToString() => $"{Id}: {Before.ReplaceLineEndings(" ")} -> {After.ReplaceLineEndings(" ")}";

        internal Row With(params string[] also) => new(Id, Request, Response, Before, After) { Also = also };
    }

    public static IReadOnlyList<Row> Rows { get; } =
    [
        // ------------------------------------------------------------ members of an object
        Members("property-added-optional", Additive, Additive, "a: { type: string }", "a: { type: string }, m: { type: string }"),
        Members("property-added-required", Breaking, Additive, "a: { type: string }", "a: { type: string }, m!: { type: string }"),
        Members("property-added-required", Breaking, Additive, "a: { type: string }", "a: { type: string }, m!: { type: string, default: x }"),
        Members("property-added-constant", Risky, Additive, "a: { type: string }", "a: { type: string }, m!: { type: string, enum: [x] }"),
        Members("property-removed", Risky, Breaking, "a: { type: string }, m: { type: string }", "a: { type: string }"),
        Members("property-removed", Risky, Breaking, "a: { type: string }, m!: { type: string }", "a: { type: string }"),
        Members("property-became-required", Breaking, Additive, "m: { type: string }", "m!: { type: string }"),
        Members("property-became-optional", Additive, Risky, "m!: { type: string }", "m: { type: string }"),
        Member("property-deprecated", Risky, Risky, "type: string", "type: string, deprecated: true"),
        Member("property-undeprecated", Additive, Additive, "type: string, deprecated: true", "type: string"),
        Member("property-became-read-only", Risky, Additive, "type: string", "type: string, readOnly: true"),
        Member("property-became-writable", Additive, Additive, "type: string, readOnly: true", "type: string"),
        Members("property-became-writable-required", Breaking, Additive, "m!: { type: string, readOnly: true }", "m!: { type: string }"),
        Member("property-became-write-only", Additive, Breaking, "type: string", "type: string, writeOnly: true"),
        Member("property-became-readable", Additive, Additive, "type: string, writeOnly: true", "type: string"),
        Member("default-added", Additive, Additive, "type: string", "type: string, default: a"),
        Member("default-changed", Risky, Additive, "type: string, default: a", "type: string, default: b"),
        Member("default-removed", Risky, Additive, "type: string, default: a", "type: string"),

        // ------------------------------------------------------------ constants
        Members("constant-changed", Breaking, Breaking, "m!: { type: string, enum: [a] }", "m!: { type: string, enum: [b] }"),
        Members("constant-changed", Breaking, Breaking, "m!: { type: boolean, enum: [true] }", "m!: { type: boolean, enum: [false] }"),
        Members("constant-opened", Additive, Risky, "m!: { type: string, enum: [a] }", "m!: { type: string }"),
        Members("constant-opened", Additive, Risky, "m!: { type: string, enum: [a] }", "m!: { type: string, enum: [a, b] }").With("csharp-type-widened"),
        Members("constant-fixed", Breaking, Additive, "m!: { type: string }", "m!: { type: string, enum: [a] }"),
        Members("constant-fixed", Breaking, Additive, "m!: { type: string, enum: [a, b] }", "m!: { type: string, enum: [a] }").With("csharp-type-narrowed"),

        // ------------------------------------------------------------ types
        Member("type-changed", Breaking, Breaking, "type: string", "type: boolean"),
        Member("type-changed", Breaking, Breaking, "type: string", "type: array, items: { type: string }"),
        Member("type-changed", Breaking, Breaking, "type: array, items: { type: string }", "type: array, items: { type: integer }"),
        Member(
            "type-changed",
            Breaking,
            Breaking,
            "type: object, properties: { a: { type: string } }",
            "oneOf: [{ type: object, required: [a], properties: { a: { type: string } } }, { type: object, required: [b], properties: { b: { type: string } } }]"),
        Member("type-changed", Breaking, Breaking, "type: object", "type: object, additionalProperties: { type: string }"),
        Member("type-changed", Breaking, Breaking, "type: string, enum: [a, b]", "oneOf: [{ type: integer }, { type: boolean }]"),
        Member("type-widened", Risky, Breaking, "type: integer", "oneOf: [{ type: integer }, { type: string }]"),
        Member("type-widened", Risky, Breaking, "type: string", "oneOf: [{ type: integer }, { type: string }]"),
        Member("type-widened", Risky, Breaking, "type: array, items: { type: string }", "oneOf: [{ type: string }, { type: array, items: { type: string } }]"),
        Member("type-widened", Risky, Breaking, "type: integer", "type: number"),
        Member("type-widened", Risky, Breaking, "type: string", "title: Any JSON"),
        Member("type-narrowed", Breaking, Risky, "type: number", "type: integer"),
        Member("type-narrowed", Breaking, Risky, "oneOf: [{ type: integer }, { type: string }]", "type: integer"),
        Schemas(
            "type-widened",
            Risky,
            Breaking,
            $"{Pets}\nThing: {{ type: object, properties: {{ m: {{ $ref: '#/components/schemas/Cat' }} }} }}",
            $"{Pets}\nThing: {{ type: object, properties: {{ m: {{ $ref: '#/components/schemas/Pet' }} }} }}"),
        Schemas(
            "type-narrowed",
            Breaking,
            Risky,
            $"{Pets}\nThing: {{ type: object, properties: {{ m: {{ $ref: '#/components/schemas/Pet' }} }} }}",
            $"{Pets}\nThing: {{ type: object, properties: {{ m: {{ $ref: '#/components/schemas/Cat' }} }} }}"),
        Schemas(
            "csharp-type-changed",
            Breaking,
            Breaking,
            $"{Twins}\nThing: {{ type: object, properties: {{ m: {{ $ref: '#/components/schemas/One' }} }} }}",
            $"{Twins}\nThing: {{ type: object, properties: {{ m: {{ $ref: '#/components/schemas/Two' }} }} }}"),
        Member("csharp-type-widened", Risky, Breaking, "type: string", "type: string, enum: [a, b]").With("values-listed"),
        Member("csharp-type-narrowed", Breaking, Risky, "type: string, enum: [a, b]", "type: string").With("values-unlisted"),
        Members("csharp-type-became-nullable", null, Breaking, "m!: { type: integer }", "m: { type: integer }").With("property-became-optional"),
        Members("csharp-type-became-not-nullable", Breaking, Breaking, "m: { type: boolean }", "m!: { type: boolean }").With("property-became-required"),
        Member("became-nullable", Additive, Risky, "type: string", "type: string, nullable: true"),
        Member("became-nullable", Additive, Risky, "type: array, items: { type: string }", "type: array, items: { type: string, nullable: true }"),
        Member("became-nullable", Additive, Risky, "type: string, enum: [a, b]", "type: string, nullable: true, enum: [a, b, null]"),
        Members("became-nullable", Additive, Risky, "m!: { type: integer }", "m!: { type: integer, nullable: true }").With("csharp-type-became-nullable"),
        Member("became-not-nullable", Breaking, Additive, "type: string, nullable: true", "type: string"),
        Schemas(
            "became-nullable",
            Additive,
            Risky,
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/Other' } } }\nOther: { type: string, enum: [a] }",
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/Other' } } }\nOther: { type: string, nullable: true, enum: [a, null] }"),

        // ------------------------------------------------------------ limits: tightened and loosened
        .. BothWays("type: string", "type: string, minLength: 1"),
        .. BothWays("type: string, minLength: 1", "type: string, minLength: 2"),
        .. BothWays("type: string", "type: string, maxLength: 9"),
        .. BothWays("type: string, maxLength: 9", "type: string, maxLength: 5"),
        .. BothWays("type: string", "type: string, pattern: '^a'"),
        .. BothWays("type: integer", "type: integer, minimum: 1"),
        .. BothWays("type: integer, maximum: 9", "type: integer, maximum: 5"),
        .. BothWays("type: number, minimum: 0", "type: number, minimum: 0, exclusiveMinimum: true"),
        .. BothWays("type: number", "type: number, exclusiveMaximum: 10"),
        .. BothWays("type: integer", "type: integer, multipleOf: 5"),
        .. BothWays("type: integer, multipleOf: 5", "type: integer, multipleOf: 10"),
        .. BothWays("type: integer, format: int64", "type: integer, format: int32"),
        .. BothWays("type: array, items: { type: string }", "type: array, minItems: 1, items: { type: string }"),
        .. BothWays("type: array, maxItems: 9, items: { type: string }", "type: array, maxItems: 5, items: { type: string }"),
        .. BothWays("type: array, items: { type: string }", "type: array, uniqueItems: true, items: { type: string }"),
        .. BothWays("type: array, items: { type: string }", "type: array, items: { type: string, minLength: 1 }"),
        .. BothWays("type: object, additionalProperties: { type: integer }", "type: object, additionalProperties: { type: integer, minimum: 1 }"),
        .. BothWays("oneOf: [{ type: integer }, { type: string }]", "oneOf: [{ type: integer, minimum: 0 }, { type: string }]"),
        .. BothWays("type: string", "type: string, not: { pattern: '^a' }"),
        Schemas(
            "limit-tightened",
            Breaking,
            Additive,
            "Thing: { type: object, properties: { a: { type: string } } }",
            "Thing: { type: object, minProperties: 1, properties: { a: { type: string } } }"),
        Member("limit-changed", Breaking, Risky, "type: string, pattern: '^a'", "type: string, pattern: '^b'"),
        Member("limit-changed", Breaking, Risky, "type: integer, multipleOf: 2", "type: integer, multipleOf: 3"),
        Member("format-added", Breaking, Additive, "type: string", "type: string, format: uri"),
        Member("format-removed", Additive, Risky, "type: string, format: uri", "type: string"),
        Member("format-changed", Breaking, Breaking, "type: string, format: date", "type: string, format: date-time"),

        // ------------------------------------------------------------ enumerations
        Member("enum-value-added", Additive, Additive, "type: string, enum: [a, b]", "type: string, enum: [a, b, c]"),
        Member("enum-value-removed", Breaking, Additive, "type: string, enum: [a, b, c]", "type: string, enum: [a, b]"),
        Member("enum-value-added", Additive, Additive, "type: array, items: { type: string, enum: [a, b] }", "type: array, items: { type: string, enum: [a, b, c] }"),
        Member("enum-value-added", Additive, Additive, "type: integer, enum: [1, 2]", "type: integer, enum: [1, 2, 3]"),
        Member("enum-value-removed", Breaking, Additive, "type: integer, enum: [1, 2]", "type: integer, enum: [1]"),
        Schemas("enum-value-removed", Breaking, Additive, "Thing: { type: string, enum: [a, b] }", "Thing: { type: string, enum: [a] }"),
        Schemas("values-listed", Breaking, Additive, "Thing: { type: string }", "Thing: { type: string, enum: [a] }"),
        Schemas("values-unlisted", Additive, Risky, "Thing: { type: string, enum: [a] }", "Thing: { type: string }"),
        Member("values-listed", Breaking, Additive, "type: integer", "type: integer, enum: [1, 2]"),

        // ------------------------------------------------------------ unions and choices
        Union("variant-added", Additive, Risky, [Cat, Dog], [Cat, Dog, Fish]),
        Union("variant-removed", Breaking, Additive, [Cat, Dog, Fish], [Cat, Dog]),
        Schemas("variant-tag-changed", Breaking, Breaking, Union(Cat, Dog), Union(Animal("Cat", "kitten"), Dog)),
        Schemas(
            "variant-type-changed",
            Breaking,
            Breaking,
            Union(Cat, Dog),
            Union(Animal("Puss", "cat", more: ", age: { type: number }"), Dog)).With("schema-added", "schema-removed", "property-added-optional"),
        Schemas(
            "discriminator-changed",
            Breaking,
            Breaking,
            Union(Cat, Dog),
            Union(
                Animal("Cat", "cat", tag: "kind"),
                Animal("Dog", "dog", tag: "kind"))).With("property-removed", "property-added-constant", "shared-member-removed", "shared-member-added"),
        Union("shared-member-removed", Breaking, Breaking, [Cat, Dog], [Cat, Dog, Ant]).With("variant-added"),
        Union("shared-member-added", Additive, Additive, [Cat, Dog, Ant], [Cat, Dog]).With("variant-removed"),
        Schemas(
            "shared-member-changed",
            Breaking,
            Breaking,
            Union(Cat, Dog),
            Union(Animal("Cat", "cat", name: "boolean"), Animal("Dog", "dog", name: "boolean"))).With("type-changed"),
        Schemas(
            "property-added-optional",
            Additive,
            Additive,
            $"{Pets}\nThing: {{ allOf: [{{ $ref: '#/components/schemas/Pet' }}, {{ properties: {{ x: {{ type: string }} }} }}] }}",
            $"{Pets}\nThing: {{ allOf: [{{ $ref: '#/components/schemas/Pet' }}, {{ properties: {{ x: {{ type: string }}, y: {{ type: string }} }} }}] }}").With("shared-member-added"),
        Member(
            "enum-value-added",
            Additive,
            Additive,
            "oneOf: [{ type: string, enum: [a] }, { type: array, items: { type: string } }]",
            "oneOf: [{ type: string, enum: [a] }, { type: array, items: { type: string } }, { type: string, enum: [b] }]"),
        Member("enum-value-removed", Breaking, Additive, "oneOf: [{ type: string, enum: [a, b] }, { type: integer }]", "oneOf: [{ type: string, enum: [a] }, { type: integer }]"),
        Member("values-unlisted", Additive, Risky, "oneOf: [{ type: string, enum: [a, b] }, { type: integer }]", "oneOf: [{ type: string }, { type: integer }]"),
        Schemas(
            "enum-value-removed",
            Breaking,
            Additive,
            "Thing: { oneOf: [{ $ref: '#/components/schemas/Word' }, { type: integer }] }\nWord: { type: string, enum: [a, b] }",
            "Thing: { oneOf: [{ $ref: '#/components/schemas/Word' }, { type: integer }] }\nWord: { type: string, enum: [a] }"),
        Member("case-added", Additive, Risky, "oneOf: [{ type: integer }, { type: string }]", "oneOf: [{ type: integer }, { type: string }, { type: boolean }]"),
        Member("case-removed", Breaking, Breaking, "oneOf: [{ type: integer }, { type: string }, { type: boolean }]", "oneOf: [{ type: integer }, { type: string }]"),

        // ------------------------------------------------------------ whole schemas
        Schemas("schema-kind-changed", Breaking, Breaking, "Thing: { type: object, properties: { a: { type: string } } }", "Thing: { type: string, enum: [a, b] }"),
        Schemas(
            "schema-kind-changed",
            Breaking,
            Breaking,
            $"{Cat}\n{Dog}\nThing: {{ type: object, properties: {{ a: {{ type: string }} }} }}",
            $"{Cat}\n{Dog}\nThing: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}] }}"),
        Schemas("schema-kind-changed", Breaking, Breaking, "Thing: { type: string, enum: [a, b] }", "Thing: { oneOf: [{ type: integer }, { type: string }] }"),
        Schemas(
            "schema-deprecated",
            Risky,
            Risky,
            "Thing: { type: object, properties: { a: { type: string } } }",
            "Thing: { type: object, deprecated: true, properties: { a: { type: string } } }"),
        Schemas(
            "schema-undeprecated",
            Additive,
            Additive,
            "Thing: { type: object, deprecated: true, properties: { a: { type: string } } }",
            "Thing: { type: object, properties: { a: { type: string } } }"),
        Schemas(
            "object-closed",
            Breaking,
            Additive,
            "Thing: { type: object, properties: { a: { type: string } } }",
            "Thing: { type: object, additionalProperties: false, properties: { a: { type: string } } }"),
        Schemas(
            "object-opened",
            Additive,
            Additive,
            "Thing: { type: object, additionalProperties: false, properties: { a: { type: string } } }",
            "Thing: { type: object, properties: { a: { type: string } } }"),
        Schemas(
            "extra-members-changed",
            Risky,
            Risky,
            "Thing: { type: object, additionalProperties: { type: string }, properties: { a: { type: string } } }",
            "Thing: { type: object, additionalProperties: { type: integer }, properties: { a: { type: string } } }"),
        Schemas(
            "type-changed",
            Breaking,
            Breaking,
            "Thing: { type: object, additionalProperties: { type: string } }",
            "Thing: { type: object, additionalProperties: { type: integer } }"),
        Schemas(
            "schema-renamed",
            Breaking,
            Breaking,
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/Old' } } }\nOld: { type: object, properties: { a: { type: string } } }",
            "Thing: { type: object, properties: { m: { $ref: '#/components/schemas/New' } } }\nNew: { type: object, properties: { a: { type: string } } }"),
        Schemas(
            "property-added-required",
            Breaking,
            Additive,
            "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { a: { type: string } } }] }\nBase: { type: object, properties: { b: { type: string } } }",
            "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { a: { type: string } } }] }\nBase: { type: object, required: [c], properties: { b: { type: string }, c: { type: string } } }"),
        Schemas(
            "property-removed",
            Risky,
            Breaking,
            "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { a: { type: string } } }] }\nBase: { type: object, properties: { b: { type: string } } }",
            "Thing: { type: object, properties: { a: { type: string } } }\nBase: { type: object, properties: { b: { type: string } } }"),
        Schemas(
            "property-became-required",
            Breaking,
            Additive,
            "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, properties: { a: { type: string } } }] }\nBase: { type: object, properties: { b: { type: string } } }",
            "Thing: { allOf: [{ $ref: '#/components/schemas/Base' }, { type: object, required: [b], properties: { a: { type: string } } }] }\nBase: { type: object, properties: { b: { type: string } } }"),
    ];

    private const string Ant = "Ant: { type: object, required: [type], properties: { type: { type: string, enum: [ant] } } }";
    private const string Twins = "One: { type: object, properties: { a: { type: string } } }\nTwo: { type: object, properties: { a: { type: string } } }";

    private static string Cat => Animal("Cat", "cat");

    private static string Dog => Animal("Dog", "dog");

    private static string Fish => Animal("Fish", "fish");

    private static string Pets => $"{Cat}\n{Dog}\nPet: {{ oneOf: [{{ $ref: '#/components/schemas/Cat' }}, {{ $ref: '#/components/schemas/Dog' }}] }}";

    [TestCaseSource(nameof(Rows))]
    public void Diff_schema_change_in_request_has_expected_class(Row row) => Check(row, Sides.Request, row.Request);

    [TestCaseSource(nameof(Rows))]
    public void Diff_schema_change_in_response_has_expected_class(Row row) => Check(row, Sides.Response, row.Response);

    /// <summary>The worse class of the two; what no operation uses may travel both ways as well.</summary>
    [TestCaseSource(nameof(Rows))]
    public void Diff_schema_change_in_both_directions_has_worse_class(Row row)
    {
        ChangeClass? worse = new[] { row.Request, row.Response }.Max();
        Check(row, Sides.Both, worse);
        Check(row, Sides.None, worse);
    }

    /// <summary>What a schema becomes in one direction, another change undoes.</summary>
    [TestCaseSource(nameof(Rows))]
    public void Diff_reversed_schema_change_is_reported(Row row) => Assert.That(Revisions.OfSchemas(Sides.Both, row.After, row.Before), Is.Not.Empty);

    [TestCaseSource(nameof(Rows))]
    public void Diff_same_schema_has_no_change(Row row) => Assert.That(Revisions.OfSchemas(Sides.Both, row.After, row.After), Is.Empty);

    private static void Check(Row row, Sides side, ChangeClass? expected)
    {
        IReadOnlyList<Change> changes = Revisions.OfSchemas(side, row.Before, row.After);
        List<Change> found = [.. changes.Where(c => c.Id == row.Id)];
        Sides way = side == Sides.None ? Sides.Both : side;
        Assert.Multiple(() =>
        {
            Assert.That(found.Select(c => (ChangeClass?)c.Class).Distinct(), Is.EqualTo(expected is null ? Array.Empty<ChangeClass?>() : [expected]), row.Id);
            Assert.That(found.Select(c => c.Side).Distinct(), Is.EqualTo(expected is null ? Array.Empty<Sides>() : [way]));
            Assert.That(changes.Select(c => c.Id).Except([row.Id, .. row.Also]), Is.Empty, "nothing else is said");
        });
    }

    private static Row Schemas(string id, ChangeClass? request, ChangeClass? response, string before, string after) => new(id, request, response, before, after);

    /// <summary>Members of Thing; an exclamation mark makes one required.</summary>
    private static Row Members(string id, ChangeClass? request, ChangeClass? response, string before, string after) => new(id, request, response, Thing(before), Thing(after));

    private static Row Member(string id, ChangeClass? request, ChangeClass? response, string before, string after) =>
        Members(id, request, response, $"m: {{ {before} }}", $"m: {{ {after} }}");

    private static Row[] BothWays(string looser, string tighter) =>
    [
        Member("limit-tightened", Breaking, Additive, looser, tighter),
        Member("limit-loosened", Additive, Risky, tighter, looser),
    ];

    private static Row Union(string id, ChangeClass? request, ChangeClass? response, string[] before, string[] after)
    {
        // The components stay, so that only the union changes.
        string all = string.Join('\n', before.Union(after));
        return new Row(id, request, response, $"{all}\n{OneOf(before)}", $"{all}\n{OneOf(after)}");
    }

    private static string Animal(string schema, string value, string tag = "type", string name = "string", string more = "") =>
        $"{schema}: {{ type: object, required: [{tag}], properties: {{ {tag}: {{ type: string, enum: [{value}] }}, name: {{ type: {name} }}{more} }} }}";

    private static string Union(params string[] variants) => $"{string.Join('\n', variants)}\n{OneOf(variants)}";

    private static string OneOf(string[] variants) => $"Thing: {{ oneOf: [{string.Join(", ", variants.Select(v => $"{{ $ref: '#/components/schemas/{v.Split(':')[0]}' }}"))}] }}";

    private static string Thing(string members)
    {
        string[] required = [.. System.Text.RegularExpressions.Regex.Matches(members, @"(\w+)!:").Select(match => match.Groups[1].Value)];
        string list = required.Length == 0 ? string.Empty : $"required: [{string.Join(", ", required)}], ";
        return $"Thing: {{ type: object, {list}properties: {{ k: {{ type: string }}, {members.Replace("!:", ":", StringComparison.Ordinal)} }} }}";
    }
}
