using System.Globalization;
using Retell.Testing;
using Retell.Tests.Build;

namespace Retell.Tests.Readme;

/// <summary>Every block of C# in a guide that does not come from a sample compiles without a warning and runs.</summary>
[Category("Build")]
[Parallelizable]
public class ReadmeTests
{
    private readonly Dictionary<int, string> _results = [];

    private static IEnumerable<TestCaseData> Sections =>
        ReadmeProgram.Sections.Select((section, index) => new TestCaseData(index).SetArgDisplayNames(section.Guide, section.Title));

    [OneTimeSetUp]
    public void BuildAndRun()
    {
        using var folder = new TempFolder();
        foreach ((string name, string text) in ReadmeProgram.Files())
        {
            folder.Write(name, text);
        }

        // Against the assemblies that this run tests: nothing is restored but the SDK's own.
        string references = Path.GetDirectoryName(typeof(FakeRetellServer).Assembly.Location)!;
        IEnumerable<string> files = Directory.EnumerateFiles(references, "*.dll").Where(file => IsReferenced(Path.GetFileNameWithoutExtension(file)));
        folder.Write("Readme.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                {string.Concat(files.Select(file => $"<Reference Include=\"{file}\" />"))}
              </ItemGroup>
            </Project>
            """);
        folder.Write("Directory.Build.props", "<Project />");
        BuildRun.Build(folder.Root, "Readme.csproj").AssertSucceeded();

        CommandResult run = CommandResult.Dotnet(folder.Root, [folder.PathOf("bin", "Debug", "net10.0", "Readme.dll")]);
        foreach (string line in run.Output.Split('\n').Where(line => line.StartsWith("##", StringComparison.Ordinal)))
        {
            string[] parts = line[2..].Split(' ', 2);
            _results[int.Parse(parts[0], CultureInfo.InvariantCulture)] = parts[1].Trim();
        }

        Assert.That(_results, Has.Count.EqualTo(ReadmeProgram.Sections.Count), run.Everything);
    }

    [TestCaseSource(nameof(Sections))]
    public void Readme_section_compiles_and_runs(int section) => Assert.That(_results[section], Is.EqualTo("ok"));

    private static bool IsReferenced(string assembly) =>
        assembly is "Retell" or "Retell.Generated" or "Retell.Testing" or "Newtonsoft.Json" or "JsonSubTypes" or "nunit.framework"
        || assembly.Split('.') is ["Polly" or "OpenTelemetry", ..] or ["Microsoft", "Extensions" or "AspNetCore", ..];
}
