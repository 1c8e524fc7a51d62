using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>Any document of the API, and what else may come, becomes a raw layer that compiles without a warning.</summary>
[Category("Build")]
[Parallelizable]
public partial class GenerationTests
{
    private TempFolder _folder = null!;

    /// <summary>The pages of single operations, and the next revision for both frameworks.</summary>
    public static IEnumerable<TestCaseData> Documents =>
    [
        .. SpecDocument.Pages.Select(page => new TestCaseData(Path.GetFileName(page), "net10.0")),
        new("retell-2026-10.yaml", null),
    ];

    [OneTimeSetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Documents))]
    public void ADocumentOfTheApiCompiles(string document, string? framework)
    {
        SpecDocument spec = SpecDocument.Load(Repository.PathOf("tests", "data", "specs", document));

        var built = RawLayer.Build(_folder, Repository.PathOf("tests", "data", "specs", document), Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml"), framework: framework);

        Assert.That(Schema().Matches(built.Models).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith('#')), Is.EquivalentTo(spec.Schemas.Keys));
        Assert.That(built.Assembly(framework ?? "netstandard2.0"), Does.Exist);
    }

    [Test]
    public void ADocumentFullOfTrapsCompiles()
    {
        string spec = _folder.Write("traps.yaml", File.ReadAllText(Repository.PathOf("tests", "data", "traps.yaml")));
        string overlay = _folder.Write("overlay.yaml", """
            overlay: 1.0.0
            info: { title: Test, version: 1.0.0 }
            actions:
              - { target: $.components.schemas.Wanted, description: A test., update: { x-csharp-name: Renamed } }
            """);

        var built = RawLayer.Build(_folder, spec, overlay, _folder.PathOf("no-names.yaml"));

        Assert.That(built.Models, Does.Contain("class Renamed ").And.Contain("class ApiTask "));
    }

    [GeneratedRegex("^\\[OpenApiSchema\\(\"([^\"]*)\"\\)\\]", RegexOptions.Multiline)]
    private static partial Regex Schema();
}
