using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using Microsoft.OpenApi.Reader;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Emission;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>The normalised document is OpenAPI that any tool reads, and holds no C#.</summary>
[Parallelizable]
public partial class PlainDocumentTests
{
    private const string ThisRepository = "this repository";
    private const string Components = "#/components/schemas/";

    /// <summary>What holds text for people, or values of the API.</summary>
    private static readonly HashSet<string> s_prose =
    [
        "description",
        "summary",
        "title",
        "example",
        "default",
        "enum",
        "pattern",
        "x-retell-allowed",
        "x-retell-constant",
        "x-retell-deprecation",
        "x-retell-doc",
        "doc",
        "x-retell-remarks",
        "x-retell-resource",
        "x-retell-texts",
    ];

    /// <summary>Members whose own members have names from the spec.</summary>
    private static readonly HashSet<string> s_named = ["paths", "schemas", "properties", "mapping", "x-retell-members"];

    private static readonly Dictionary<string, Normalized> s_normalized = [];

    public static IEnumerable<string> Documents =>
        [ThisRepository, "retell-2026-04.yaml", "retell-2026-10.yaml", .. SpecDocument.Pages.Select(page => Path.GetFileName(page)), "traps.yaml"];

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_is_valid_OpenApi_3(string document)
    {
        ReadResult result = OpenApiDocument.Parse(Json(document), "json");

        Assert.Multiple(() =>
        {
            Assert.That(result.Diagnostic!.SpecificationVersion, Is.EqualTo(OpenApiSpecVersion.OpenApi3_0));
            Assert.That(result.Diagnostic.Errors, Is.Empty);
            Assert.That(result.Diagnostic.Warnings, Is.Empty);
            Assert.That(result.Document!.Components!.Schemas!.Keys, Is.EquivalentTo(Normalize(document).Schemas.Properties().Select(schema => schema.Name)));
        });
    }

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_contains_no_CSharp(string document) =>
        Assert.That(Texts(Normalize(document).Document).Where(text => CSharp().IsMatch(text.Text)).Select(text => $"{text.Place}: {text.Text}"), Is.Empty);

    [TestCase("/// <summary>")]
    [TestCase("value => value")]
    [TestCase("typeof(Thing)")]
    [TestCase("nameof(Thing)")]
    [TestCase("IList<string>")]
    [TestCase("IDictionary<string, long>")]
    [TestCase("Codec.String")]
    [TestCase("body ?? throw")]
    [TestCase("new Thing()")]
    [TestCase("new(1)")]
    [TestCase("long? limit = null")]
    [TestCase(".WithQuery")]
    [TestCase("_a = 1;")]
    [TestCase("long?")]
    [TestCase(", IPet")]
    public void NormalizedDocument_CSharp_is_detected_by_pattern(string text)
    {
        JObject document = JObject.Parse("{ paths: { '/a': { get: { description: 'return x;', 'x-retell-facade': { } } } } }");
        document["paths"]!["/a"]!["get"]!["x-retell-facade"]!["name"] = text;

        Assert.That(Texts(document).Where(found => CSharp().IsMatch(found.Text)).Select(found => found.Place), Is.EqualTo(["paths['/a'].get.x-retell-facade.name"]));
    }

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_references_resolve_and_have_no_siblings(string document)
    {
        Normalized api = Normalize(document);
        JProperty[] references = [.. api.Document.Descendants().OfType<JProperty>().Where(property => property.Name == "$ref" && property.Value.Type == JTokenType.String)];
        IEnumerable<JToken> mapped = api.Schemas.PropertyValues().SelectMany(schema => (schema["discriminator"]?["mapping"] as JObject ?? []).PropertyValues());
        IEnumerable<string> targets = references.Select(reference => reference.Value).Concat(mapped).Select(target => (string)target!);

        Assert.Multiple(() =>
        {
            Assert.That(references, Is.Not.Empty);
            Assert.That(
                targets.Where(target => !target.StartsWith(Components, StringComparison.Ordinal) || !api.Schemas.ContainsKey(target[Components.Length..])),
                Is.Empty,
                "references that lead nowhere");
            Assert.That(
                references.Where(reference => ((JObject)reference.Parent!).Count > 1).Select(reference => reference.Path),
                Is.Empty,
                "references with something beside them");
        });
    }

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_values_name_schemas_of_same_kind(string document)
    {
        Normalized api = Normalize(document);
        IEnumerable<JObject> values = api.Document.Descendants().OfType<JObject>().Where(node => node["kind"] is JValue && node["schema"] is JValue);

        Assert.That(values.Where(value => (string?)api.Schemas[(string)value["schema"]!]?["x-retell-kind"] != (string?)value["kind"]).Select(value => value.Path), Is.Empty);
    }

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_extensions_start_with_x_retell(string document) =>
        Assert.That(
            Extensions(Normalize(document).Document).Where(name => !name.StartsWith("x-retell-", StringComparison.Ordinal)).Distinct(),
            Is.Empty);

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_contains_null_only_in_examples(string document) =>
        Assert.That(Nulls(Normalize(document).Document), Is.Empty);

    [TestCaseSource(nameof(Documents))]
    public void NormalizedDocument_operationIds_are_unique(string document) =>
        Assert.That(Normalize(document).Document.SelectTokens("$.paths.*.*.operationId").Select(id => (string?)id), Is.Unique);

    private static Normalized Normalize(string document)
    {
        lock (s_normalized)
        {
            if (!s_normalized.TryGetValue(document, out Normalized? known))
            {
                s_normalized[document] = known = Normalized.Of(Input(document));
            }

            return known;
        }
    }

    private static NormalizeInput Input(string document)
    {
        string none = Path.Combine(Path.GetTempPath(), "no-such-names.yaml");
        (string overlay, string names) = (Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml"));
        return document switch
        {
            ThisRepository => new NormalizeInput(Repository.PathOf("openapi", "retell.yaml"), overlay, names, Repository.PathOf("openapi", "retained.yaml")),
            "traps.yaml" => new NormalizeInput(Repository.PathOf("tests", "data", document), null, none),
            _ => new NormalizeInput(Repository.PathOf("tests", "data", "specs", document), overlay, names),
        };
    }

    private static string Json(string document) => NormalizedDocument.Write(Normalize(document).Model);

    /// <summary>Each text of the document that is no prose and no value, and each name that the tool gave a member.</summary>
    private static IEnumerable<(string Place, string Text)> Texts(JToken node, bool isNamed = false) => node switch
    {
        JObject map => map.Properties().SelectMany(member => isNamed
            ? Texts(member.Value)
            : s_prose.Contains(member.Name) ? []
            : Texts(member.Value, s_named.Contains(member.Name) && member.Value is JObject).Prepend((member.Path, member.Name))),
        JArray list when ((JProperty?)list.Parent)?.Name is "required" or "x-retell-added-required" => [],
        JArray list => list.SelectMany(item => Texts(item)),
        JValue { Type: JTokenType.String } text => [(text.Path, (string)text!)],
        _ => [],
    };

    private static IEnumerable<string> Nulls(JToken node, bool isNamed = false) => node switch
    {
        JObject map =>
            map.Properties()
                .Where(member => isNamed || member.Name is not ("example" or "default" or "enum"))
                .SelectMany(member => Nulls(member.Value, !isNamed && s_named.Contains(member.Name))),
        JArray list => list.SelectMany(item => Nulls(item)),
        JValue { Value: null } => [node.Path],
        _ => [],
    };

    private static IEnumerable<string> Extensions(JToken node, bool isNamed = false) => node switch
    {
        JObject map => map.Properties().SelectMany(member =>
            (!isNamed && member.Name.StartsWith("x-", StringComparison.Ordinal) ? [member.Name] : Array.Empty<string>())
            .Concat(!isNamed && member.Name is "example" or "default" ? [] : Extensions(member.Value, !isNamed && s_named.Contains(member.Name)))),
        JArray list => list.SelectMany(item => Extensions(item)),
        _ => [],
    };

    [GeneratedRegex(@"///|=>|typeof\(|nameof\(|\b(IList|IDictionary|List|Dictionary|Task|IReadOnlyList)<|\bCodec\.|\?\? ?throw|\bnew( \w+)?[({]|= ?null\b|\.With[A-Z]|;\s*$|^\w+\??\s+\w+\s*=|^(long|bool|JToken|JObject|RetellFile)\b|\?$|^\s*[,:] |\bMemberRule\b|GetValueOrDefault")]
    private static partial Regex CSharp();
}
