using Retell.SpecTool.Diff;
using static Retell.SpecTool.Diff.ChangeClass;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>Each kind of change in operations, parameters, bodies, answers and the document itself.</summary>
public class OperationRuleTests
{
    private const string Done = "responses: { '204': { description: Done. } }";
    private const string Thing = "type: object, properties: { a: { type: string } }";
    private const string Error = "description: No., content: { application/json: { schema: { type: object, properties: { message: { type: string } } } } }";

    /// <summary>What changes, its class, and the paths before and after.</summary>
    public sealed class Row
    {
        internal Row(string id, ChangeClass kind, string before, string after, params string[] also) => (Id, Class, Before, After, Also) = (id, kind, before, after, also);

        public string Id { get; }

        public string Before { get; }

        public string After { get; }

        internal ChangeClass Class { get; }

        internal string[] Also { get; }

        public override string ToString() => $"{Id}: {Before.ReplaceLineEndings(" ")} -> {After.ReplaceLineEndings(" ")}";
    }

    public static IReadOnlyList<Row> Rows { get; } =
    [
        // ------------------------------------------------------------ operations
        Paths(
            "operation-added",
            Additive,
            $"/a: {{ get: {{ operationId: getA, {Done} }} }}",
            $"/a: {{ get: {{ operationId: getA, {Done} }}, post: {{ operationId: createA, {Done} }} }}"),
        Paths(
            "operation-added",
            Additive,
            $"/a: {{ get: {{ operationId: getA, {Done} }} }}",
            $"/a: {{ get: {{ operationId: getA, {Done} }} }}\n/b: {{ get: {{ operationId: getB, {Done} }} }}"),
        Paths(
            "operation-removed",
            Breaking,
            $"/a: {{ get: {{ operationId: getA, {Done} }}, post: {{ operationId: createA, {Done} }} }}",
            $"/a: {{ get: {{ operationId: getA, {Done} }} }}"),
        Paths("operation-moved", Risky, $"/a: {{ get: {{ operationId: getA, {Done} }} }}", $"/v2/a: {{ get: {{ operationId: getA, {Done} }} }}"),
        Paths("operation-removed", Breaking, $"/a: {{ get: {{ operationId: getA, {Done} }} }}", $"/v2/a: {{ post: {{ operationId: getA, {Done} }} }}", "operation-added"),
        Operation("operation-deprecated", Risky, Done, $"deprecated: true, {Done}"),
        Operation("operation-undeprecated", Additive, $"deprecated: true, {Done}", Done),
        Paths(
            "operation-id-changed",
            Additive,
            $"/a: {{ get: {{ operationId: getA, x-retell-sdk-resource: thing, {Done} }} }}",
            $"/a: {{ get: {{ operationId: readA, x-retell-sdk-resource: thing, {Done} }} }}"),
        Operation("operation-tags-changed", Additive, $"tags: [One], {Done}", $"tags: [Two], {Done}"),
        Paths(
            "path-parameter-renamed",
            Risky,
            $"/a/{{id}}: {{ get: {{ operationId: getA, parameters: [{PathParameter("id")}], {Done} }} }}",
            $"/a/{{a_id}}: {{ get: {{ operationId: getA, parameters: [{PathParameter("a_id")}], {Done} }} }}"),

        // ------------------------------------------------------------ parameters
        Query("parameter-added-required", Breaking, "", "{ name: p, in: query, required: true, schema: { type: string } }"),
        Query("parameter-added-optional", Additive, "", "{ name: p, in: query, schema: { type: string } }"),
        Query("parameter-removed", Risky, "{ name: p, in: query, schema: { type: string } }", ""),
        Query("parameter-became-required", Breaking, "{ name: p, in: query, schema: { type: string } }", "{ name: p, in: query, required: true, schema: { type: string } }"),
        Query("parameter-became-optional", Additive, "{ name: p, in: query, required: true, schema: { type: string } }", "{ name: p, in: query, schema: { type: string } }"),
        Query("parameter-deprecated", Risky, "{ name: p, in: query, schema: { type: string } }", "{ name: p, in: query, deprecated: true, schema: { type: string } }"),
        Query("parameter-undeprecated", Additive, "{ name: p, in: query, deprecated: true, schema: { type: string } }", "{ name: p, in: query, schema: { type: string } }"),
        Query(
            "parameter-serialization-changed",
            Breaking,
            "{ name: p, in: query, schema: { type: array, items: { type: string } } }",
            "{ name: p, in: query, explode: false, schema: { type: array, items: { type: string } } }"),
        Query("parameter-empty-allowed", Additive, "{ name: p, in: query, schema: { type: string } }", "{ name: p, in: query, allowEmptyValue: true, schema: { type: string } }"),
        Query("parameter-empty-refused", Breaking, "{ name: p, in: query, allowEmptyValue: true, schema: { type: string } }", "{ name: p, in: query, schema: { type: string } }"),
        Query("default-changed", Risky, "{ name: p, in: query, schema: { type: integer, default: 1 } }", "{ name: p, in: query, schema: { type: integer, default: 2 } }"),
        Query("limit-tightened", Breaking, "{ name: p, in: query, schema: { type: integer, maximum: 1000 } }", "{ name: p, in: query, schema: { type: integer, maximum: 100 } }"),
        Query("limit-loosened", Additive, "{ name: p, in: query, schema: { type: integer, maximum: 100 } }", "{ name: p, in: query, schema: { type: integer, maximum: 1000 } }"),
        Query("enum-value-added", Additive, "{ name: p, in: query, schema: { type: string, enum: [a, b] } }", "{ name: p, in: query, schema: { type: string, enum: [a, b, c] } }"),
        Query(
            "enum-value-removed",
            Breaking,
            "{ name: p, in: query, schema: { type: string, enum: [a, b, c] } }",
            "{ name: p, in: query, schema: { type: string, enum: [a, b] } }"),
        Query("type-changed", Breaking, "{ name: p, in: query, schema: { type: string } }", "{ name: p, in: query, schema: { type: boolean } }"),
        Query("type-widened", Risky, "{ name: p, in: query, schema: { type: integer } }", "{ name: p, in: query, schema: { oneOf: [{ type: integer }, { type: string }] } }"),
        Query("became-nullable", Additive, "{ name: p, in: query, schema: { type: string } }", "{ name: p, in: query, schema: { type: string, nullable: true } }"),
        Query("became-not-nullable", Breaking, "{ name: p, in: query, schema: { type: string, nullable: true } }", "{ name: p, in: query, schema: { type: string } }"),

        // ------------------------------------------------------------ bodies
        Operation("body-added-required", Breaking, Done, $"{Body("required: true")}, {Done}"),
        Operation("body-added-optional", Additive, Done, $"{Body("required: false")}, {Done}"),
        Operation("body-removed", Breaking, $"{Body("required: true")}, {Done}", Done),
        Operation("body-became-required", Breaking, $"{Body("required: false")}, {Done}", $"{Body("required: true")}, {Done}"),
        Operation("body-became-optional", Additive, $"{Body("required: true")}, {Done}", $"{Body("required: false")}, {Done}"),
        Operation("body-media-type-changed", Breaking, $"{Body("required: true")}, {Done}", $"{Body("required: true", "multipart/form-data")}, {Done}"),
        Operation("body-media-type-added", Additive, $"{Body("required: true")}, {Done}", $"{Body("required: true", "application/json", "application/xml")}, {Done}"),
        Operation("body-media-type-removed", Risky, $"{Body("required: true", "application/json", "application/xml")}, {Done}", $"{Body("required: true")}, {Done}"),
        Operation(
            "property-added-required",
            Breaking,
            $"{Body("required: true")}, {Done}",
            $"{Body("required: true").Replace(Thing, "type: object, required: [b], properties: { a: { type: string }, b: { type: string } }", StringComparison.Ordinal)}, {Done}"),

        // ------------------------------------------------------------ answers
        Operation("response-body-added", Additive, "responses: { '200': { description: Done. } }", Answer("'200'")),
        Operation("response-body-removed", Breaking, Answer("'200'"), "responses: { '200': { description: Done. } }"),
        Operation("response-media-type-added", Additive, Answer("'200'"), Answer("'200'", "application/json", "text/csv")),
        Operation("response-media-type-removed", Risky, Answer("'200'", "application/json", "text/csv"), Answer("'200'")),
        Operation(
            "response-header-added",
            Additive,
            Answer("'200'"),
            Answer("'200'").Replace("Done.,", "Done., headers: { X-Rate: { schema: { type: integer } } },", StringComparison.Ordinal)),
        Operation(
            "response-header-removed",
            Risky,
            Answer("'200'").Replace("Done.,", "Done., headers: { X-Rate: { schema: { type: integer } } },", StringComparison.Ordinal),
            Answer("'200'")),
        Operation("success-status-changed", Risky, Answer("'200'"), Answer("'201'")),
        Operation("success-status-added", Risky, Answer("'200'"), Answer("'200'")[..^2] + ", '202': { description: Later. } }"),
        Operation("success-status-removed", Additive, Answer("'200'")[..^2] + ", '202': { description: Later. } }", Answer("'200'")),
        Operation("error-status-added", Additive, "responses: { '204': { description: Done. } }", $"responses: {{ '204': {{ description: Done. }}, '404': {{ {Error} }} }}"),
        Operation("error-status-removed", Additive, $"responses: {{ '204': {{ description: Done. }}, '404': {{ {Error} }} }}", "responses: { '204': { description: Done. } }"),
        Operation(
            "error-body-changed",
            Risky,
            $"responses: {{ '204': {{ description: Done. }}, '404': {{ {Error} }} }}",
            $"responses: {{ '204': {{ description: Done. }}, '404': {{ {Error.Replace("message", "detail", StringComparison.Ordinal)} }} }}"),
        Operation("property-removed", Breaking, Answer("'200'"), Answer("'200'").Replace("{ a:", "{ b:", StringComparison.Ordinal), "property-added-optional"),
        Operation("type-changed", Breaking, Answer("'200'"), Answer("'200'").Replace(Thing, $"type: array, items: {{ {Thing} }}", StringComparison.Ordinal)),

        // ------------------------------------------------------------ the document
        Operation("security-required", Breaking, $"security: [], {Done}", $"security: [{{ key: [] }}], {Done}"),
        Operation("security-lifted", Additive, $"security: [{{ key: [] }}], {Done}", $"security: [], {Done}"),
        Operation("security-added", Additive, $"security: [{{ key: [] }}], {Done}", $"security: [{{ key: [] }}, {{ token: [] }}], {Done}"),
        Operation("security-removed", Breaking, $"security: [{{ key: [] }}, {{ token: [] }}], {Done}", $"security: [{{ key: [] }}], {Done}"),
        Operation("server-changed", Risky, $"servers: [{{ url: 'https://one.example' }}], {Done}", $"servers: [{{ url: 'https://two.example' }}], {Done}"),
        Whole("server-changed", Risky, "servers: [{ url: 'https://one.example' }]", "servers: [{ url: 'https://two.example' }]"),
        Whole("server-added", Additive, "servers: [{ url: 'https://one.example' }]", "servers: [{ url: 'https://one.example' }, { url: 'https://two.example' }]"),
        Whole("server-removed", Risky, "servers: [{ url: 'https://one.example' }, { url: 'https://two.example' }]", "servers: [{ url: 'https://one.example' }]"),
        Whole("security-required", Breaking, "", "security: [{ key: [] }]"),
        Whole(
            "security-scheme-changed",
            Breaking,
            "components: { securitySchemes: { key: { type: http, scheme: bearer } } }",
            "components: { securitySchemes: { key: { type: apiKey, in: header, name: X-Key } } }"),
        Whole("schema-added", Additive, "", "components: { schemas: { A: { type: object } } }"),
        Whole("schema-removed", Risky, "components: { schemas: { A: { type: object } } }", ""),
        Whole(
            "documentation-changed",
            Documentation,
            "components: { schemas: { A: { type: object, description: Old. } } }",
            "components: { schemas: { A: { type: object, description: New. } } }"),
        Operation("documentation-changed", Documentation, $"description: Old., {Done}", $"description: New., {Done}"),
        Query(
            "documentation-changed",
            Documentation,
            "{ name: p, in: query, description: Old., schema: { type: string } }",
            "{ name: p, in: query, description: New., schema: { type: string } }"),
    ];

    [TestCaseSource(nameof(Rows))]
    public void Diff_operation_change_has_expected_rule_and_class(Row row)
    {
        IReadOnlyList<Change> changes = Revisions.Of(row.Before, row.After);

        Assert.That(changes.Where(c => c.Id == row.Id).Select(c => c.Class), Is.EqualTo([row.Class]), string.Join('\n', changes));
        Assert.That(changes.Select(c => c.Id).Except([row.Id, .. row.Also]), Is.Empty, "nothing else is said");
    }

    [TestCaseSource(nameof(Rows))]
    public void Diff_same_document_has_no_change(Row row) => Assert.That(Revisions.Of(row.Before, row.Before), Is.Empty);

    [Test]
    public void Diff_edited_recorded_name_is_breaking()
    {
        string spec = Document("components: { schemas: { A: { type: object } } }");

        Change change = ApiDiff.Compare(Normalized.Of(spec).Model, Normalized.Of(spec, recorded: ("A", "Other")).Model).Single();

        Assert.That((change.Id, change.Class, change.CSharp.Single()), Is.EqualTo(("csharp-name-changed", Breaking, "Retell.Models.A → Retell.Models.Other")));
    }

    [Test]
    public void Diff_rules_are_all_covered_by_rows() =>
        Assert.That(Rules.All.Select(rule => rule.Id).Except(Rows.Select(row => row.Id)).Except(SchemaRuleTests.Rows.Select(row => row.Id)), Is.EqualTo(["csharp-name-changed"]));

    [Test]
    public void Diff_rules_have_unique_id_and_reason()
    {
        Assert.That(Rules.All, Has.Count.GreaterThan(80));
        Assert.That(Rules.All.Select(rule => rule.Id), Is.Unique.And.All.Matches("^[a-z]+(-[a-z]+)+$"));
        Assert.That(Rules.All.Select(rule => rule.Reason), Is.All.Matches<string>(reason => reason is { Length: > 10 } && reason.EndsWith('.')));
    }

    private static Row Paths(string id, ChangeClass kind, string before, string after, params string[] also) => new(id, kind, Yaml.Paths(before), Yaml.Paths(after), also);

    private static Row Operation(string id, ChangeClass kind, string before, string after, params string[] also) =>
        Paths(id, kind, $"/a: {{ post: {{ operationId: doIt, {before} }} }}", $"/a: {{ post: {{ operationId: doIt, {after} }} }}", also);

    private static Row Query(string id, ChangeClass kind, string before, string after, params string[] also) =>
        Operation(id, kind, $"parameters: [{before}], {Done}", $"parameters: [{after}], {Done}", also);

    private static Row Whole(string id, ChangeClass kind, string before, string after) => new(id, kind, Document(before), Document(after));

    private static string Document(string more) =>
        $"openapi: 3.0.3\ninfo: {{ title: Test, version: 1.0.0 }}\npaths: {{ /a: {{ get: {{ operationId: getA, {Done} }} }} }}\n{more}\n";

    private static string PathParameter(string name) => $"{{ name: {name}, in: path, required: true, schema: {{ type: string }} }}";

    private static string Body(string more, params string[] types) => $"requestBody: {{ {more}, {Content(types)} }}";

    private static string Answer(string status, params string[] types) => $"responses: {{ {status}: {{ description: Done., {Content(types)} }} }}";

    private static string Content(string[] types) =>
        $"content: {{ {string.Join(", ", (types.Length == 0 ? ["application/json"] : types).Select(type => $"{type}: {{ schema: {{ {Thing} }} }}"))} }}";
}
