using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>Generation runs when something it depends on changed, once per build, and else not at all.</summary>
[Category("Build")]
[Parallelizable]
public class IncrementalBuildTests
{
    private const string Generation = "build/Retell.Generation";
    private static readonly string[] s_generated = ["retell.nswag.json", "sources.txt"];

    private RepositoryCopy _copy = null!;
    private bool _isBuilt;

    [OneTimeSetUp]
    public void BuildOnce()
    {
        _copy = new RepositoryCopy();
        Restore(Generation);
        Build(Generation).AssertSucceeded();
    }

    [OneTimeTearDown]
    public void DeleteCopy() => _copy?.Dispose();

    [Test]
    public void Build_without_changes_generates_nothing()
    {
        EnsureBuilt();
        DateTime[] before = Times();

        CommandResult second = Build(Generation).AssertSucceeded();

        Assert.That(Times(), Is.EqualTo(before));
        Assert.That(second.NSwagLines(), Is.Empty, "nothing is looked for either");
    }

    [TestCase("openapi/overlay.yaml", true)]
    [TestCase("build/templates/Enum.liquid", false)]
    [TestCase("nswag.json", false)]
    public void Build_after_input_changed_regenerates(string file, bool changesTheDocument)
    {
        DateTime[] before = Times();
        File.SetLastWriteTimeUtc(_copy.PathOf(file), DateTime.UtcNow);

        Build(Generation).AssertSucceeded();
        DateTime[] after = Times();

        Assert.Multiple(() =>
        {
            Assert.That(after[0] > before[0], Is.EqualTo(changesTheDocument), "the document");
            Assert.That(after[1], Is.GreaterThan(before[1]), "the code");
        });
    }

    [Test]
    public void Build_after_template_removed_or_spec_library_changed_regenerates()
    {
        DateTime[] before = Times();
        string template = _copy.Write("build/templates/Unused.liquid", "nothing");
        Build(Generation).AssertSucceeded();
        DateTime[] between = Times();
        File.Delete(template);
        File.AppendAllText(_copy.PathOf("build/Retell.Spec/AtomicFile.cs"), "\n// Changed.\n");

        Build(Generation).AssertSucceeded();

        Assert.That(between[1], Is.GreaterThan(before[1]));
        Assert.That(Times()[0], Is.GreaterThan(between[0]));
        Assert.That(Times()[1], Is.GreaterThan(between[1]));
    }

    [Test]
    public void Build_after_check_or_diff_changed_generates_nothing()
    {
        const string Tool = "build/Retell.SpecTool/obj/Debug/net10.0/Retell.SpecTool.dll";
        _copy.Write("Tools.slnx", """
            <Solution>
              <Project Path="build/Retell.Generation/Retell.Generation.csproj" />
              <Project Path="build/Retell.SpecTool/Retell.SpecTool.csproj" />
            </Solution>
            """);
        Restore("Tools.slnx");
        Build("Tools.slnx").AssertSucceeded();
        DateTime[] before = Times();
        DateTime compiled = File.GetLastWriteTimeUtc(_copy.PathOf(Tool));
        ChangeTool();

        CommandResult build = Build("Tools.slnx").AssertSucceeded();

        Assert.That(File.GetLastWriteTimeUtc(_copy.PathOf(Tool)), Is.GreaterThan(compiled), "the change was compiled");
        Assert.That(Times(), Is.EqualTo(before));
        Assert.That(build.NSwagLines(), Is.Empty);
    }

    [Test]
    public void Clean_removes_generated_files_and_build_restores_them()
    {
        CommandResult clean = CommandResult.Dotnet(_copy.Root, ["clean", Generation, "-nologo", "-nodeReuse:false", "-verbosity:minimal"]);

        Assert.That(clean.ExitCode, Is.Zero, clean.Everything);
        Assert.That(Folder, Does.Not.Exist);

        Build(Generation).AssertSucceeded();
        Assert.That(Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName), Is.SupersetOf(s_generated).And.SupersetOf(new[] { "Models", "Clients", "Resources" }));
    }

    [Test]
    public void Build_of_parallel_projects_generates_once()
    {
        // Two that use what is generated, for both frameworks, beside the raw layer: five that wait for it.
        foreach (string name in new[] { "One", "Two" })
        {
            _copy.Write($"src/{name}/{name}.csproj", """
                <Project Sdk="Microsoft.NET.Sdk">
                  <Import Project="..\..\build\Generation.props" />
                  <PropertyGroup>
                    <TargetFrameworks>netstandard2.0;net10.0</TargetFrameworks>
                    <GenerateDocumentationFile>false</GenerateDocumentationFile>
                  </PropertyGroup>
                  <ItemGroup>
                    <EmbeddedResource Include="$(RetellNormalizedSpec)" LogicalName="retell.nswag.json" />
                  </ItemGroup>
                </Project>
                """);
        }

        _copy.Write("Some.slnx", """
            <Solution>
              <Project Path="src/One/One.csproj" />
              <Project Path="src/Retell.Generated/Retell.Generated.csproj" />
              <Project Path="src/Two/Two.csproj" />
              <Project Path="build/Retell.Generation/Retell.Generation.csproj" />
              <Project Path="build/Retell.SpecTool/Retell.SpecTool.csproj" />
            </Solution>
            """);
        File.SetLastWriteTimeUtc(_copy.PathOf("nswag.json"), DateTime.UtcNow);
        File.SetLastWriteTimeUtc(_copy.PathOf("openapi/overlay.yaml"), DateTime.UtcNow);

        Restore("Some.slnx");
        CommandResult build = Build("Some.slnx", "-maxCpuCount:4").AssertSucceeded();

        Assert.That(build.NSwagLines(), Has.Count.EqualTo(1), build.Output);
        Assert.That(build.Output.Split(" operations, "), Has.Length.EqualTo(2), "the tool ran once");
        foreach (string dll in new[] { "One", "Two", "Retell.Generated" }.SelectMany(
                name => new[] { "netstandard2.0", "net10.0" }.Select(framework => $"src/{name}/bin/Debug/{framework}/{name}.dll")))
        {
            Assert.That(_copy.PathOf(dll), Does.Exist);
        }

        // And once it is there, a second build compiles nothing, not even after a change to check and diff.
        DateTime compiled = File.GetLastWriteTimeUtc(_copy.PathOf("src/Retell.Generated/obj/Debug/net10.0/Retell.Generated.dll"));
        ChangeTool();
        CommandResult second = Build("Some.slnx", "-maxCpuCount:4").AssertSucceeded();

        Assert.That(second.NSwagLines(), Is.Empty);
        Assert.That(File.GetLastWriteTimeUtc(_copy.PathOf("src/Retell.Generated/obj/Debug/net10.0/Retell.Generated.dll")), Is.EqualTo(compiled));
    }

    [TestCase("openapi: [", "line 2, column 1: This is not valid YAML", "Correct the file or download it again.")]
    [TestCase("{ openapi: 3.0.3, paths: {}, components: { schemas: { A: { type: object, properties: { b: { $ref: '#/components/schemas/Gone' } } } } } }", "#/components/schemas/A/properties/b: The $ref \"#/components/schemas/Gone\" does not resolve.", "Correct it in the overlay")]
    public void Build_with_invalid_spec_fails_with_RETELL0001_and_changes_nothing(string spec, string problem, string advice)
    {
        string file = _copy.Write("broken; 100%.yaml", spec);
        DateTime[] before = Times();

        string escaped = file.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
        CommandResult build = Build(Generation, $"-p:RetellSpec={escaped}");

        Assert.That(OnlyError(build), Does.StartWith("RETELL0001: ").And.Contain($"{file}: ").And.Contain(problem).And.Contain(advice));
        Assert.That(Times(), Is.EqualTo(before));
    }

    [Test]
    public void Build_with_invalid_template_fails_with_RETELL0002_and_changes_nothing()
    {
        string template = File.ReadAllText(_copy.PathOf("build/templates/Enum.liquid"));
        Build(Generation).AssertSucceeded();
        DateTime[] before = Times();
        try
        {
            _copy.Write("build/templates/Enum.liquid", "{% if %}");
            CommandResult build = Build(Generation);

            Assert.That(OnlyError(build), Does.StartWith("RETELL0002: NSwag failed"));
            Assert.That(Times(), Is.EqualTo(before));
        }
        finally
        {
            _copy.Write("build/templates/Enum.liquid", template);
        }
    }

    [Test]
    public void Build_deletes_stale_generated_files_and_restores_missing_ones()
    {
        EnsureBuilt();
        string stale = Path.Combine(Folder, "Models", "Stale.g.cs");
        File.WriteAllText(stale, "// A type of an earlier revision.");
        string lost = Path.Combine(Folder, "Models", "BatchCall.g.cs");
        string text = File.ReadAllText(lost);
        File.Delete(lost);

        Build(Generation).AssertSucceeded();

        Assert.That(stale, Does.Not.Exist);
        Assert.That(File.ReadAllText(lost), Is.EqualTo(text));
    }

    [Test]
    public void Build_after_description_changed_rewrites_one_file()
    {
        EnsureBuilt();
        Dictionary<string, DateTime> before = Sources();
        string spec = File.ReadAllText(Spec);
        try
        {
            File.WriteAllText(Spec, spec.Replace("description: Unique id of the batch call", "description: The id of the batch call, told otherwise", StringComparison.Ordinal));
            CommandResult build = Build(Generation).AssertSucceeded();

            Assert.That(File.ReadAllText(Spec), Is.Not.EqualTo(spec));
            Assert.That(build.NSwagLines().Single(), Does.Contain(" 1 changed, 0 removed"));
            Assert.That(Sources().Where(source => before[source.Key] != source.Value).Select(source => source.Key), Is.EqualTo(new[] { "Models/BatchCall.g.cs" }));
        }
        finally
        {
            File.WriteAllText(Spec, spec);
            _isBuilt = false;
        }
    }

    private void ChangeTool()
    {
        File.AppendAllText(_copy.PathOf("build/Retell.SpecTool/Check/CheckReport.cs"), "\n// Changed.\n");
        File.AppendAllText(_copy.PathOf("build/Retell.SpecTool/Diff/ApiDiff.cs"), "\n// Changed.\n");
    }

    private string Folder => _copy.PathOf("build/Retell.Generation/obj/generated");

    private string Spec => _copy.PathOf("tests", "data", "specs", "create-batch-call.yaml");

    private void Restore(string project)
    {
        CommandResult restore = CommandResult.Dotnet(_copy.Root, ["restore", project, "-nologo", "-nodeReuse:false", "--tl:off"]);
        Assert.That(restore.ExitCode, Is.Zero, restore.Everything);
    }

    /// <summary>Builds a small document in the copy, which is restored by now.</summary>
    private CommandResult Build(string project, params string[] arguments)
    {
        CommandResult result = BuildRun.Build(
            _copy.Root,
            project,
            [
                "--no-restore",
                "-p:RunAnalyzers=false",
                $"-p:RetellSpec={Spec}",
                $"-p:RetellRetained={_copy.Beside("no-retained.yaml")}",
                .. arguments,
            ]);
        _isBuilt = project == Generation && arguments.Length == 0 && result.ExitCode == 0;
        return result;
    }

    /// <summary>Builds unless the test before has left everything built.</summary>
    private void EnsureBuilt()
    {
        if (!_isBuilt)
        {
            Build(Generation).AssertSucceeded();
        }
    }

    private static string OnlyError(CommandResult build)
    {
        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(build.Output, Does.Contain("    1 Error(s)"));
        return string.Join('\n', build.Messages("error"));
    }

    private DateTime[] Times() => [.. s_generated.Select(name => File.GetLastWriteTimeUtc(Path.Combine(Folder, name)))];

    /// <summary>When each generated source was written, by its path below the folder.</summary>
    private Dictionary<string, DateTime> Sources() => Directory.EnumerateFiles(Folder, "*.g.cs", SearchOption.AllDirectories)
        .ToDictionary(file => Path.GetRelativePath(Folder, file).Replace('\\', '/'), File.GetLastWriteTimeUtc);
}
