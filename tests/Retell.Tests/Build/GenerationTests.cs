using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>Any document of the API, and what else may come, becomes a raw layer that compiles without a warning.</summary>
[Category("Build")]
[NonParallelizable]
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

        string models = Build(Repository.PathOf("tests", "data", "specs", document), Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml"), framework);

        Assert.That(Schema().Matches(models).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith('#')), Is.EquivalentTo(spec.Schemas.Keys));
        Assert.That(_folder.PathOf("artifacts", "bin", "Retell.Generated", $"debug_{framework ?? "netstandard2.0"}", "Retell.Generated.dll"), Does.Exist);
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

        string models = Build(spec, overlay, _folder.PathOf("no-names.yaml"), framework: null);

        Assert.That(models, Does.Contain("class Renamed ").And.Contain("class ApiTask "));
    }

    /// <summary>Builds the raw layer of this repository from another document, with all output elsewhere; gives the generated models.</summary>
    private string Build(string spec, string overlay, string names, string? framework)
    {
        // The recorded names are a copy: whatever happens, those of the repository stay as they are.
        string copy = File.Exists(names) ? _folder.Write("names.yaml", File.ReadAllText(names)) : names;
        string[] onlyFor = framework is null ? [] : ["--framework", framework];
        BuildRun.Build(
            Repository.Root,
            "src/Retell.Generated",
            [
                "--artifacts-path", _folder.PathOf("artifacts"), $"-p:RetellSpec={spec}", $"-p:RetellOverlay={overlay}", $"-p:RetellNames={copy}",
                $"-p:RetellRetained={_folder.PathOf("no-retained.yaml")}", .. onlyFor,
            ]).AssertSucceeded();
        return File.ReadAllText(_folder.PathOf("artifacts", "generated", "Retell.Models.g.cs"));
    }

    [GeneratedRegex("^\\[OpenApiSchema\\(\"([^\"]*)\"\\)\\]", RegexOptions.Multiline)]
    private static partial Regex Schema();
}
