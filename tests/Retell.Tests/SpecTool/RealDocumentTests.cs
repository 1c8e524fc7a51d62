using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Tests.Build;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>Everything that Retell has published goes through the tool, and nothing of it gets lost.</summary>
[Parallelizable]
public class RealDocumentTests
{
    private static readonly Dictionary<(string Document, bool WithOverlay), Normalized> s_normalized = [];

    /// <summary>The published document, the next revision and the pages of single operations.</summary>
    public static IEnumerable<string> Documents => ["retell.yaml", "retell-2026-10.yaml", .. SpecDocument.Pages.Select(page => Path.GetFileName(page))];

    public static string PathOf(string document) =>
        document == "retell.yaml" ? Repository.PathOf("openapi", document) : Repository.PathOf("tests", "data", "specs", document);

    [TestCaseSource(nameof(Documents))]
    public void Normalize_published_document_has_each_schema_and_operation_once(string document)
    {
        SpecDocument spec = SpecDocument.Load(PathOf(document));
        Normalized api = Normalize(document, withOverlay: true);
        string[] schemas = [.. api.Schemas.PropertyValues().Select(schema => (string)schema["x-retell-schema"]!)];

        Assert.Multiple(() =>
        {
            // Enumerations that share a name are one: NullableLLMModel is LLMModel.
            Assert.That(
                schemas.Where(schema => !schema.StartsWith('#')),
                Is.EquivalentTo(spec.Schemas.Keys.Select(schema => (string)api.Of(schema)["x-retell-schema"]!).Distinct()));
            Assert.That(schemas, Is.Unique);
            Assert.That(
                ((JObject)api.Document["paths"]!)
                    .PropertyValues()
                    .SelectMany(path => ((JObject)path).PropertyValues())
                    .Select(operation => (string?)(operation["x-retell-operation-id"] ?? operation["operationId"])),
                Is.EquivalentTo(spec.Operations.Select(operation => operation.OperationId)));
            Assert.That(api.Model.Operations.Select(operation => operation.MethodName), Is.Unique);
            Assert.That(
                api.Document.SelectTokens("$..$ref")
                    .Select(reference => ((string)reference!)["#/components/schemas/".Length..])
                    .Except(api.Schemas.Properties().Select(schema => schema.Name)),
                Is.Empty,
                "every $ref leads somewhere");
        });
    }

    [TestCaseSource(nameof(Documents))]
    public void Normalize_published_document_has_readable_names(string document)
    {
        SpecDocument spec = SpecDocument.Load(PathOf(document));
        var known = spec.Root.DescendantsAndSelf()
            .SelectMany(token => token is JProperty property ? [property.Name] : token is JValue { Type: JTokenType.String } value ? [(string)value!] : Array.Empty<string>())
            .Select(text => new string([.. text.Where(char.IsAsciiLetterOrDigit)])).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.Multiple(() =>
        {
            foreach (string name in Normalize(document, withOverlay: false).Schemas.Properties().Select(schema => schema.Name))
            {
                Assert.That(name, Does.Match("^[A-Z][A-Za-z0-9]*$").And.Not.Match(@"Body\d|Response\d|Anonymous|Type\d|Value\d"));
                Assert.That(
                    !char.IsAsciiDigit(name[^1]) || known.Any(text => name.EndsWith(text, StringComparison.OrdinalIgnoreCase) && text.Length > 2),
                    $"{name} ends in a digit that the document does not have");
            }
        });
    }

    [TestCaseSource(nameof(Documents))]
    public void Normalize_published_document_loses_nothing(string document)
    {
        var compared = new LossFinder(SpecDocument.Load(PathOf(document)), Normalize(document, withOverlay: false));

        Assert.That(compared.Losses(), Is.Empty);
        Assert.That(compared.Objects, Is.GreaterThan(20), "objects that were compared");
    }

    [TestCaseSource(nameof(Documents))]
    public void Normalize_published_document_twice_gives_same_bytes(string document)
    {
        using var folder = new TempFolder();
        string[] outputs = [folder.PathOf("one.json"), folder.PathOf("two.json")];
        foreach (string output in outputs)
        {
            NormalizeCommand.Run(
                new NormalizeInput(PathOf(document), Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml")),
                output,
                writeNames: false,
                TextWriter.Null);
        }

        Assert.That(File.ReadAllBytes(outputs[1]), Is.EqualTo(File.ReadAllBytes(outputs[0])));
    }

    /// <summary>What the tool makes of a document; the tests only read it.</summary>
    private static Normalized Normalize(string document, bool withOverlay)
    {
        if (!s_normalized.TryGetValue((document, withOverlay), out Normalized? normalized))
        {
            s_normalized[(document, withOverlay)] = normalized = Normalized.Of(new NormalizeInput(
                PathOf(document),
                withOverlay ? Repository.PathOf("openapi", "overlay.yaml") : null,
                withOverlay ? Repository.PathOf("openapi", "names.lock.yaml") : Path.Combine(Path.GetTempPath(), "no-such-names.yaml")));
        }

        return normalized;
    }
}
