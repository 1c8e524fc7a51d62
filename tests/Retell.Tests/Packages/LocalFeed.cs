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

    /// <summary>The section of CHANGELOG.md for <see cref="Version"/>.</summary>
    public const string Notes = "### Added\n\n- A version for the tests.\n\n### Fixed\n\n- Nothing.\n";

    private readonly TempFolder _folder = new();

    /// <summary>Packs the solution as a build server would.</summary>
    public LocalFeed()
    {
        // The artifacts are the feed's own: nothing of the repository is built anew, or for another version.
        Release = OperatingSystem.IsWindows() ? Pack() : PackByScript();
        Assert.That(Directory.Exists(PathOf("feed")) ? Directory.GetFiles(PathOf("feed"), "*.nupkg") : [], Is.Not.Empty, Release.Everything);
        Assert.That(Release.Messages("warning"), Is.Empty);

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

    /// <summary>Gets the run of build/release that made the packages; on Windows, where the script does not run, that of dotnet pack.</summary>
    public CommandResult Release { get; }

    /// <summary>Gets the folder whose sources were built.</summary>
    public string Source { get; private set; } = Repository.Root;

    /// <summary>The names of the packages with their endings.</summary>
    public IEnumerable<string> Files =>
        Directory.EnumerateFiles(PathOf("feed"), "*pkg").Select(file => Path.GetFileName(file).Replace($".{Version}.", ".", StringComparison.Ordinal));

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    public void Write(string name, string text) => _folder.Write(name, text);

    public static CommandResult Dotnet(string folder, params string[] arguments) =>
        CommandResult.Dotnet(folder, arguments, [("NUGET_PACKAGES", null), .. CompilerServer.Variables]);

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
        Repository.PathOf("src", package, "README.md");

    public void Dispose() => _folder.Dispose();

    private CommandResult Pack() => Dotnet(
        Repository.Root,
        "pack", "Retell.Generated.sln", "--configuration", "Release", "--artifacts-path", PathOf("artifacts"), "--output", PathOf("feed"), "--nologo",
        "-nodeReuse:false", "-maxCpuCount:1", "--tl:off", $"-p:Version={Version}", "-p:ContinuousIntegrationBuild=true", "-p:RunAnalyzers=false");

    /// <summary>Packs as a release does: a clone with a tag, and the script.</summary>
    private CommandResult PackByScript()
    {
        using var copy = new RepositoryCopy();
        Source = copy.Root;
        string changelog = File.ReadAllText(copy.PathOf("CHANGELOG.md"));
        int unreleased = changelog.IndexOf("## [Unreleased]", StringComparison.Ordinal);
        copy.Write("CHANGELOG.md", changelog.Insert(unreleased, $"## [{Version}] - 2026-01-02\n\n{Notes}\n"));
        TaggedCommit(copy.Root, $"v{Version}");
        return CommandResult.Run(
            "bash", copy.Root, ["build/release", "--skip-tests", "--output", PathOf("feed")], [("NUGET_PACKAGES", null), BuildRun.WithoutAnalyzers, .. CompilerServer.Variables]);
    }

    /// <summary>Commits all files of a folder as a repository of its own, with a tag.</summary>
    public static void TaggedCommit(string folder, params string[] tags)
    {
        string[][] commands = [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--allow-empty", "--message", "Release"], .. tags.Select(tag => new[] { "tag", tag })];
        foreach (string[] command in commands)
        {
            CommandResult git = CommandResult.Run(
                "git", folder, ["-c", "user.name=Tests", "-c", "user.email=tests@example.com", "-c", "commit.gpgSign=false", "-c", "tag.gpgSign=false", .. command]);
            Assert.That(git.ExitCode, Is.Zero, git.Everything);
        }
    }

    [GeneratedRegex(@"```csharp\r?\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Snippet();
}

/// <summary>The feed that all fixtures of this namespace share; the first of them packs.</summary>
[SetUpFixture]
internal sealed class SharedFeed
{
    private static readonly Lazy<LocalFeed> s_feed = new(() => new LocalFeed());

    public static LocalFeed Value => s_feed.Value;

    [OneTimeTearDown]
    public static void Delete()
    {
        if (s_feed.IsValueCreated)
        {
            s_feed.Value.Dispose();
        }
    }
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
        .Select(
            group =>
                $"{group.Attribute("targetFramework")!.Value}: {string.Join(", ", group.Elements().Select(element => element.Attribute("id")!.Value).Order(StringComparer.Ordinal))}");

    public static byte[] Bytes(this ZipArchiveEntry entry)
    {
        using Stream content = entry.Open();
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    }
}
