using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.Packages;

/// <summary>The packages of this repository in a folder that is a package source, and projects beside it that use them.</summary>
internal sealed partial class LocalFeed : IDisposable
{
    public const string Version = "0.1.0-test.1";

    private readonly TempFolder _folder = new();

    /// <summary>Packs the solution as a build server would.</summary>
    public LocalFeed()
    {
        // The artifacts are the feed's own: nothing of the repository is built anew, or for another version.
        Dotnet(
            Repository.Root,
            "pack", "Retell.Generated.sln", "--configuration", "Release", "--artifacts-path", PathOf("artifacts"), "--output", PathOf("feed"), "--nologo",
            "-nodeReuse:false", "-maxCpuCount:1", "--tl:off", $"-p:Version={Version}", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false").AssertSucceeded();

        // Of the packages only those made here are put into a folder of their own; the rest is where it always is.
        string known = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        _folder.Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <fallbackPackageFolders><add key="known" value="{known}" /></fallbackPackageFolders>
              <packageSources><add key="feed" value="feed" /></packageSources>
            </configuration>
            """);
        _folder.Write("Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <!-- A newly published advisory is no matter of this test. -->
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
    }

    /// <summary>The names of the packages with their endings.</summary>
    public IEnumerable<string> Files => Directory.EnumerateFiles(PathOf("feed")).Select(file => Path.GetFileName(file).Replace($".{Version}.", ".", StringComparison.Ordinal));

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    public void Write(string name, string text) => _folder.Write(name, text);

    public static CommandResult Dotnet(string folder, params string[] arguments) => CommandResult.Dotnet(folder, arguments, [("NUGET_PACKAGES", null), .. CompilerServer.Variables]);

    /// <summary>Builds without a warning, and runs.</summary>
    public CommandResult Run(string project, params (string Name, string? Value)[] environment)
    {
        Dotnet(PathOf(project), "build", "-nologo", "-nodeReuse:false", "--tl:off", "-v:minimal").AssertSucceeded();
        CommandResult run = CommandResult.Dotnet(PathOf(project), [PathOf(project, "bin", "Debug", "net10.0", $"{project}.dll")], environment);
        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        return run;
    }

    public ZipArchive Open(string package) => ZipFile.OpenRead(PathOf("feed", $"{Path.GetFileNameWithoutExtension(package)}.{Version}{Path.GetExtension(package)}"));

    /// <summary>The first C# of the README.</summary>
    public static string FirstSnippet() => Snippet().Match(File.ReadAllText(Repository.PathOf("README.md"))).Groups[1].Value;

    /// <summary>The README beside the project of a package; where it has none, that of the repository.</summary>
    public static string ReadmeOf(string package) =>
        Repository.PathOf("src", package, "README.md") is string own && File.Exists(own) ? own : Repository.PathOf("README.md");

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@"```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}

/// <summary>Reads a package.</summary>
internal static class PackageReading
{
    public static XElement Metadata(this ZipArchive package)
    {
        using Stream nuspec = package.Entries.Single(entry => entry.FullName.EndsWith(".nuspec", StringComparison.Ordinal)).Open();
        return XDocument.Load(nuspec).Root!.Elements().Single();
    }

    public static string? Value(this XElement metadata, string name) => metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name)?.Value;

    /// <summary>What a package needs, a line for each framework.</summary>
    public static IEnumerable<string> Dependencies(this XElement metadata) => metadata.Descendants()
        .Where(element => element.Name.LocalName == "group" && element.Parent!.Name.LocalName == "dependencies")
        .Select(group => $"{group.Attribute("targetFramework")!.Value}: {string.Join(", ", group.Elements().Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal))}");

    public static byte[] Bytes(this ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
