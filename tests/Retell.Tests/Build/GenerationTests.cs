using System.Text.RegularExpressions;
using Retell.Spec;
using Retell.Spec.Naming;
using Retell.Tests.Support;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.Build;

/// <summary>Any document of the API, and what else may come, becomes a raw layer that compiles without a warning.</summary>
[Category("Build")]
[Parallelizable]
public partial class GenerationTests
{
    private TempFolder _folder = null!;

    private static readonly string s_overlay = Repository.PathOf("openapi", "overlay.yaml");
    private static readonly string s_names = Repository.PathOf("openapi", "names.lock.yaml");

    /// <summary>The pages of single operations, and the revisions that are checked in.</summary>
    public static IEnumerable<string> Documents => [.. SpecDocument.Pages.Select(page => Path.GetFileName(page)!), "retell-2026-04.yaml", "retell-2026-10.yaml"];

    [OneTimeSetUp]
    public void CreateFolder() => _folder = new TempFolder();

    [OneTimeTearDown]
    public void DeleteFolder() => _folder.Dispose();

    [TestCaseSource(nameof(Documents))]
    public void RawLayer_generated_from_each_spec_document_compiles(string document)
    {
        string file = Repository.PathOf("tests", "data", "specs", document);
        NameLock names = NameLock.Read(s_names);

        var compiled = RawLayer.Compile(new NormalizeInput(file, s_overlay, s_names));

        // A few schemas share a type.
        Assert.That(
            SchemasOf(compiled.Models).Where(name => !name.StartsWith('#')).Select(TypeOf),
            Is.EquivalentTo(SpecDocument.Load(file).Schemas.Keys.Select(TypeOf).Distinct()));

        string TypeOf(string schema) => names.Find("#/components/schemas/" + schema) ?? schema;
    }

    [Test]
    public void Build_with_another_spec_and_artifacts_path_builds_each_framework()
    {
        string page = SpecDocument.Pages.First();

        // The recorded names are a copy: whatever happens, those of the repository stay as they are.
        string names = _folder.Write("names.yaml", File.ReadAllText(s_names));
        BuildRun.Build(
            Repository.Root,
            "src/Retell.Generated",
            "--artifacts-path",
            _folder.PathOf("artifacts"),
            "-p:RunAnalyzers=false",
            $"-p:RetellSpec={page}",
            $"-p:RetellNames={names}",
            $"-p:RetellRetained={_folder.PathOf("no-retained.yaml")}").AssertSucceeded();

        Assert.That(_folder.PathOf("artifacts", "generated", "Models"), Does.Exist);
        foreach (string framework in new[] { "netstandard2.0", "net10.0" })
        {
            Assert.That(_folder.PathOf("artifacts", "bin", "Retell.Generated", $"debug_{framework}", "Retell.Generated.dll"), Does.Exist);
        }
    }

    [Test]
    public void RawLayer_generated_from_traps_yaml_compiles()
    {
        string spec = _folder.Write("traps.yaml", File.ReadAllText(Repository.PathOf("tests", "data", "traps.yaml")));
        string overlay = _folder.Write("overlay.yaml", """
            overlay: 1.0.0
            info: { title: Test, version: 1.0.0 }
            actions:
              - { target: $.components.schemas.Wanted, description: A test., update: { x-csharp-name: Renamed } }
            """);

        var compiled = RawLayer.Compile(new NormalizeInput(spec, overlay, _folder.PathOf("no-names.yaml")));

        Assert.That(compiled.Models, Does.Contain("class Renamed ").And.Contain("class ApiTask "));
    }

    private static IEnumerable<string> SchemasOf(string models) => Schema().Matches(models).Select(match => match.Groups[1].Value);

    [GeneratedRegex("^\\[OpenApiSchema\\(\"([^\"]*)\"\\)\\]", RegexOptions.Multiline)]
    private static partial Regex Schema();
}
