using System.Text.RegularExpressions;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>Any document of the API, and what else may come, becomes a raw layer that compiles without a warning.</summary>
[Category("Build")]
[NonParallelizable]
public partial class GenerationTests
{
    private TempFolder _folder = null!;

    public static IEnumerable<string> Documents => ["retell-2026-10.yaml", .. SpecDocument.Pages.Select(page => Path.GetFileName(page))];

    [OneTimeSetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Documents))]
    public void ADocumentOfTheApiCompilesForBothFrameworks(string document)
    {
        SpecDocument spec = SpecDocument.Load(Repository.PathOf("tests", "data", "specs", document));

        string models = Build(Repository.PathOf("tests", "data", "specs", document), Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml"), document);

        Assert.That(Schema().Matches(models).Select(match => match.Groups[1].Value).Where(name => !name.StartsWith('#')), Is.EquivalentTo(spec.Schemas.Keys));
        foreach (string framework in new[] { "net10.0", "netstandard2.0" })
        {
            Assert.That(_folder.PathOf("artifacts", "bin", "Retell.Generated", $"debug_{framework}", "Retell.Generated.dll"), Does.Exist);
        }
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

        string models = Build(spec, overlay, _folder.PathOf("no-names.yaml"), "traps");

        Assert.That(models, Does.Contain("class Renamed ").And.Contain("class ApiTask "));
    }

    private string Build(string spec, string overlay, string names, string document)
    {
        // The names of the build are a copy: whatever happens, those of the repository stay as they are.
        string copy = File.Exists(names) ? _folder.Write($"{document}.names.yaml", File.ReadAllText(names)) : names;
        BuildRun.Build(Repository.Root, "src/Retell.Generated", "--artifacts-path", _folder.PathOf("artifacts"), $"-p:RetellSpec={spec}", $"-p:RetellOverlay={overlay}", $"-p:RetellNames={copy}", $"-p:RetellRetained={_folder.PathOf("no-retained.yaml")}").AssertSucceeded();
        return File.ReadAllText(_folder.PathOf("artifacts", "generated", "Retell.Models.g.cs"));
    }

    [GeneratedRegex("^\\[OpenApiSchema\\(\"([^\"]*)\"\\)\\]", RegexOptions.Multiline)]
    private static partial Regex Schema();
}
