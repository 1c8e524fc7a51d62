using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>Generation runs when something it depends on changed, once per build, and else not at all.</summary>
[Category("Build")]
[Parallelizable]
public class IncrementalBuildTests
{
    private const string Generation = "build/Retell.Generation";
    private static readonly string[] s_generated = ["retell.nswag.json", "Retell.Clients.g.cs", "Retell.Models.g.cs"];

    private RepositoryCopy _copy = null!;
    private string _nswag = "";

    [OneTimeSetUp]
    public void BuildOnce()
    {
        _copy = new RepositoryCopy();
        CommandResult first = Build(Generation).AssertSucceeded();
        _nswag = first.NSwagLines().Single().Split(": ", 2)[1];
    }

    [OneTimeTearDown]
    public void DeleteCopy() => _copy?.Dispose();

    [Test]
    public void ASecondBuildGeneratesNothing()
    {
        Build(Generation).AssertSucceeded();
        DateTime[] before = Times();

        CommandResult second = Build(Generation).AssertSucceeded();

        Assert.That(Times(), Is.EqualTo(before));
        Assert.That(second.NSwagLines(), Is.Empty, "nothing is looked for either");
    }

    [TestCase("openapi/overlay.yaml", true)]
    [TestCase("build/templates/Enum.liquid", false)]
    [TestCase("nswag.json", false)]
    public void AChangeIsGenerated(string file, bool changesTheDocument)
    {
        DateTime[] before = Times();
        File.SetLastWriteTimeUtc(_copy.PathOf(file), DateTime.UtcNow);

        Build(Generation).AssertSucceeded();
        DateTime[] after = Times();

        Assert.Multiple(() =>
        {
            Assert.That(after[0] > before[0], Is.EqualTo(changesTheDocument), "the document");
            Assert.That(after[1], Is.GreaterThan(before[1]), "the clients");
            Assert.That(after[2], Is.GreaterThan(before[2]), "the models");
        });
    }

    [Test]
    public void AChangeOfTheToolOrATemplateLessIsGenerated()
    {
        DateTime[] before = Times();
        string template = _copy.Write("build/templates/Unused.liquid", "nothing");
        Build(Generation).AssertSucceeded();
        DateTime[] between = Times();
        File.Delete(template);
        File.AppendAllText(_copy.PathOf("build/Retell.SpecTool/AtomicFile.cs"), "\n// Changed.\n");

        Build(Generation).AssertSucceeded();

        Assert.That(between[2], Is.GreaterThan(before[2]));
        Assert.That(Times()[0], Is.GreaterThan(between[0]));
        Assert.That(Times()[2], Is.GreaterThan(between[2]));
    }

    [Test]
    public void ACleanRemovesWhatWasGeneratedAndABuildBringsItBack()
    {
        CommandResult clean = CommandResult.Dotnet(_copy.Root, ["clean", Generation, "-nologo", "-nodeReuse:false", "-verbosity:minimal"]);

        Assert.That(clean.ExitCode, Is.Zero, clean.Everything);
        Assert.That(Directory.EnumerateFileSystemEntries(Folder), Is.Empty);

        Build(Generation).AssertSucceeded();
        Assert.That(Directory.EnumerateFileSystemEntries(Folder).Select(Path.GetFileName), Is.SupersetOf(s_generated));
    }

    [Test]
    public void ProjectsThatAreBuiltAtOnceShareOneGeneration()
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

        CommandResult build = Build("Some.slnx", "-maxCpuCount:4").AssertSucceeded();

        Assert.That(build.NSwagLines(), Has.Count.EqualTo(1), build.Output);
        Assert.That(build.Output.Split(" operations, "), Has.Length.EqualTo(2), "the tool ran once");
        foreach (string dll in new[] { "One", "Two", "Retell.Generated" }.SelectMany(name => new[] { "netstandard2.0", "net10.0" }.Select(framework => $"src/{name}/bin/Debug/{framework}/{name}.dll")))
        {
            Assert.That(_copy.PathOf(dll), Does.Exist);
        }

        // And once it is there, a second build compiles nothing.
        DateTime compiled = File.GetLastWriteTimeUtc(_copy.PathOf("src/Retell.Generated/obj/Debug/net10.0/Retell.Generated.dll"));
        CommandResult second = Build("Some.slnx", "-maxCpuCount:4").AssertSucceeded();

        Assert.That(second.NSwagLines(), Is.Empty);
        Assert.That(File.GetLastWriteTimeUtc(_copy.PathOf("src/Retell.Generated/obj/Debug/net10.0/Retell.Generated.dll")), Is.EqualTo(compiled));
    }

    [TestCase("openapi: [", "line 2, column 1: This is no valid YAML", "Mend the file or fetch it again.")]
    [TestCase("{ openapi: 3.0.3, paths: {}, components: { schemas: { A: { type: object, properties: { b: { $ref: '#/components/schemas/Gone' } } } } } }", "#/components/schemas/A/properties/b: The $ref \"#/components/schemas/Gone\" leads nowhere.", "Correct it in the overlay")]
    public void WhatTheToolRefusesIsAnErrorOfTheBuildAndChangesNothing(string spec, string problem, string advice)
    {
        string file = _copy.Write("broken; 100%.yaml", spec);
        DateTime[] before = Times();

        string escaped = file.Replace("%", "%25", StringComparison.Ordinal).Replace(";", "%3B", StringComparison.Ordinal);
        CommandResult build = Build(Generation, $"-p:RetellSpec={escaped}");

        Assert.That(OnlyError(build), Does.StartWith("RETELL0001: ").And.Contain($"{file}: ").And.Contain(problem).And.Contain(advice));
        Assert.That(Times(), Is.EqualTo(before));
    }

    [Test]
    public void WhatATemplateGetsWrongIsAnErrorOfTheBuild()
    {
        string template = File.ReadAllText(_copy.PathOf("build/templates/Enum.liquid"));
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
    public void NSwagIsTakenFromThePackageElseFromNpmElseTheBuildSaysWhatToInstall()
    {
        using var folder = new TempFolder();
        var nswag = new NSwagFolders(folder);

        // What an earlier version left behind is no help.
        nswag.AddNodeModule(_nswag, version: "14.7.0");
        CommandResult neither = Generate(nswag);
        Assert.That(OnlyError(neither), Does.Match(@"^RETELL0003: [^.]*NSwag 14\.7\.1 [^.]*NuGet[^.]*npm: [^.]*NSwag\.MSBuild 14\.7\.1[^.]* install Node\.js[^.]*\.$"), "one sentence that says what to install");
        Assert.That(neither.Messages("warning"), Is.Empty);

        nswag.AddNodeModule(_nswag);
        Assert.That(Generate(nswag).AssertSucceeded().NSwagLines(), Is.EqualTo([$"NSwag 14.7.1: {nswag.Npm}"]));

        nswag.AddPackage(_nswag);
        Assert.That(Generate(nswag).AssertSucceeded().NSwagLines(), Is.EqualTo([$"NSwag 14.7.1: {nswag.Package}"]));

        // While everything is up to date nothing is needed.
        Directory.Delete(folder.PathOf("packages"), recursive: true);
        Directory.Delete(folder.PathOf("node_modules"), recursive: true);
        Build(Generation, nswag.Arguments).AssertSucceeded();
    }

    private string Folder => _copy.PathOf("build/Retell.Generation/obj/generated");

    /// <summary>Builds a small document in the copy, with the NSwag that the repository itself was built with: nothing is installed for a test.</summary>
    private CommandResult Build(string project, params string[] arguments) => BuildRun.Build(
        _copy.Root,
        project,
        [
            "-p:RunAnalyzers=false",
            $"-p:NSwagNodeModules={Repository.PathOf("build", "nswag", "node_modules")}",
            $"-p:RetellSpec={_copy.PathOf("tests", "data", "specs", "create-batch-call.yaml")}",
            $"-p:RetellRetained={_copy.Beside("no-retained.yaml")}",
            .. arguments,
        ]);

    private CommandResult Generate(NSwagFolders nswag)
    {
        File.SetLastWriteTimeUtc(_copy.PathOf("nswag.json"), DateTime.UtcNow);
        return Build(Generation, nswag.Arguments);
    }

    private static string OnlyError(CommandResult build)
    {
        Assert.That(build.ExitCode, Is.Not.Zero);
        Assert.That(build.Output, Does.Contain("    1 Error(s)"));
        return string.Join('\n', build.Messages("error"));
    }

    private DateTime[] Times() => [.. s_generated.Select(name => File.GetLastWriteTimeUtc(Path.Combine(Folder, name)))];
}
