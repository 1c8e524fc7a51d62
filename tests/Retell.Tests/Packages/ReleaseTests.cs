using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;
using Newtonsoft.Json.Linq;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.Packages;

/// <summary>build/release: what it makes of a commit with a tag, and what it refuses.</summary>
[Category("Packages")]
[Parallelizable]
public class ReleaseTests
{
    private const string Changelog = """
        # Changelog

        ## [Unreleased]

        - Not yet.

        ## [1.2.3] - 2026-01-02

        ### Added

        - A call.

        ## [1.2.2] - 2026-01-01

        - Older.

        [1.2.3]: https://example.com
        """;

    /// <summary>Packs one package of the given version, and writes an SBOM.</summary>
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "dotnet $*" >>"$(dirname "$0")/dotnet.log"
        while [ $# -gt 0 ]; do
          case $1 in
            restore) exit 0 ;;
            pack) touch_package=1 ;;
            --output) out=$2 ;;
            --filename) file=$2 ;;
          esac
          shift
        done
        if [ -n "$touch_package" ]; then touch "$out/Retell.$PACKED.nupkg" "$out/Retell.$PACKED.snupkg"; else echo '{}' >"$out/$file"; fi
        """;

    private TempFolder _folder = null!;

    private string Root => _folder.PathOf("repository");

    [SetUp]
    public void CreateRepository()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The script is for bash.");
        }

        _folder = new TempFolder();
        _folder.Write("repository/CHANGELOG.md", Changelog);
        _folder.Write("repository/.gitignore", "artifacts/\n");
        Script("repository/build/release", File.ReadAllText(Repository.PathOf("build", "release")));
        Script("repository/.ci/run", "#!/usr/bin/env bash\necho 'the tests ran'\nexit \"${CI_RUN:-0}\"\n");
        Script("tools/dotnet", Dotnet);
    }

    [TearDown]
    public void DeleteRepository() => _folder?.Dispose();

    [Test]
    public void Release_of_this_repository_has_packages_symbols_SBOMs_notes_and_checksums()
    {
        LocalFeed feed = SharedFeed.Value;
        if (feed.Release.Everything.Contains("NU1301", StringComparison.Ordinal))
        {
            Assert.Ignore("No package source has the tool that makes the SBOM.");
        }

        Assert.That(feed.Release.ExitCode, Is.Zero, feed.Release.Everything);
        string[] ids = ["Retell", "Retell.AI", "Retell.AspNetCore", "Retell.Cli", "Retell.Generated", "Retell.Testing", "Retell.Workspaces"];
        string[] files = [.. ids.SelectMany(id => new[] { $"{id}.{LocalFeed.Version}.cdx.json", $"{id}.{LocalFeed.Version}.nupkg", $"{id}.{LocalFeed.Version}.snupkg" })];
        Assert.That(Directory.EnumerateFiles(feed.PathOf("feed")).Select(Path.GetFileName), Is.EquivalentTo([.. files, "RELEASE_NOTES.md", "SHA256SUMS"]));
        Assert.That(File.ReadAllText(feed.PathOf("feed", "RELEASE_NOTES.md")), Is.EqualTo(LocalFeed.Notes));
        Assert.That(
            File.ReadAllLines(feed.PathOf("feed", "SHA256SUMS")),
            Is.EquivalentTo(files.Select(file => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(feed.PathOf("feed", file))))}  {file}")));
        foreach (string id in ids)
        {
            using ZipArchive package = feed.Open($"{id}.nupkg");
            XElement metadata = package.Metadata();
            var sbom = JObject.Parse(File.ReadAllText(feed.PathOf("feed", $"{id}.{LocalFeed.Version}.cdx.json")));
            Assert.That(metadata.Value("version"), Is.EqualTo(LocalFeed.Version));
            Assert.That(metadata.Elements().Single(element => element.Name.LocalName == "repository").Attribute("commit")?.Value, Does.Match("^[0-9a-f]{40}$"));
            Assert.That(((string?)sbom["metadata"]!["component"]!["name"], (string?)sbom["metadata"]!["component"]!["version"]), Is.EqualTo((id, LocalFeed.Version)));
            Assert.That(
                sbom["components"]!.Select(component => (string?)component["name"]),
                Does.Contain("Newtonsoft.Json").And.Not.Contain("NUnit").And.Not.Contain("MinVer"),
                id);
            Assert.That(
                sbom["components"]!.Where(
                    component =>
                        ids.Contains((string?)component["name"])).Select(component =>
                            (string?)component["version"]), Is.All.EqualTo(LocalFeed.Version), "what is released together");
        }
    }

    [Test]
    public void Release_runs_the_tests_and_packs_the_version_of_the_tag()
    {
        Commit("v1.2.3");

        CommandResult run = Release("1.2.3");

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Error, Does.Contain("the tests ran"));
        Assert.That(run.Output, Is.EqualTo("RELEASE_NOTES.md\nRetell.1.2.3.cdx.json\nRetell.1.2.3.nupkg\nRetell.1.2.3.snupkg\nSHA256SUMS\n"));
        Assert.That(File.ReadAllText(_folder.PathOf("repository", "artifacts", "release", "RELEASE_NOTES.md")), Is.EqualTo("### Added\n\n- A call.\n"));
        Assert.That(File.ReadAllText(_folder.PathOf("tools", "dotnet.log")), Does.Contain("-p:RetellVersionFromTag=true").And.Not.Contain("PackageValidationBaselineVersion"));
    }

    [TestCase("v1.2.2", "1.2.3", "1.2.2")]
    [TestCase("v1.0.0", "1.2.3", "1.0.0")]
    [TestCase("v0.9.0", "1.2.3", null)]
    [TestCase("v1.2.2-preview.1", "1.2.3", null)]
    public void Release_is_compared_with_the_last_release_of_the_same_major_version(string last, string version, string? baseline)
    {
        Commit(last);
        Commit($"v{version}");

        CommandResult run = Release(version, "--skip-tests");

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(
            File.ReadAllText(_folder.PathOf("tools", "dotnet.log")),
            baseline is null ? Does.Not.Contain("PackageValidationBaselineVersion") : Does.Contain($"-p:PackageValidationBaselineVersion={baseline}"));
    }

    [Test]
    public void Failing_tests_stop_the_release()
    {
        Commit("v1.2.3");

        CommandResult run = Release("1.2.3", [], ("CI_RUN", "1"));

        AssertStopped(run, 1, ".ci/run failed");
    }

    [Test]
    public void Package_of_another_version_stops_the_release()
    {
        Commit("v1.2.3");

        CommandResult run = Release("1.2.4", "--skip-tests");

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((1, "")), run.Error);
        Assert.That(run.Error, Does.Contain("Retell.1.2.4.nupkg does not have the version 1.2.3 of the tag."));
    }

    [TestCase(new string[0], new string[0], "HEAD has no version tag. Create one with: git tag v1.2.3")]
    [TestCase(new string[0], new[] { "v1.2.3" }, "There is no tag \"v1.2.3\".")]
    [TestCase(new[] { "v1.2" }, new string[0], "The tag \"v1.2\" is not a version.")]
    [TestCase(new[] { "v1.2.3", "v1.3.0" }, new[] { "v1.2.3" }, "HEAD also has the tag \"v1.3.0\"")]
    [TestCase(new[] { "v1.2.4" }, new string[0], "CHANGELOG.md has no section for this version. Add \"## [1.2.4] - ")]
    [TestCase(new[] { "v1.2.3" }, new[] { "--unknown" }, "Unknown option --unknown.")]
    public void Commit_that_cannot_be_released_is_refused(string[] tags, string[] arguments, string message)
    {
        Commit(tags);

        AssertStopped(Release("1.2.3", arguments), 2, message);
    }

    [Test]
    public void Uncommitted_changes_are_refused()
    {
        Commit("v1.2.3");
        _folder.Write("repository/new.txt", "new");

        AssertStopped(Release("1.2.3"), 2, "The working tree has uncommitted changes. Commit or remove them:\n?? new.txt");
    }

    [Test]
    public void Tag_of_another_commit_is_refused()
    {
        Commit("v1.2.3");
        Commit();

        AssertStopped(Release("1.2.3", "v1.2.3"), 2, "The tag \"v1.2.3\" is not on HEAD.");
    }

    [Test]
    public void Folder_without_Git_is_refused()
    {
        AssertStopped(Release("1.2.3", [], ("GIT_CEILING_DIRECTORIES", _folder.Root)), 2, "This folder is not a Git repository.");
    }

    private void Commit(params string[] tags) => LocalFeed.TaggedCommit(Root, tags);

    private CommandResult Release(string packed, params string[] arguments) => Release(packed, arguments, []);

    private CommandResult Release(string packed, string[] arguments, params (string Name, string? Value)[] environment) => CommandResult.Run(
        "bash", Root, ["build/release", .. arguments],
        [("PACKED", packed), ("PATH", $"{_folder.PathOf("tools")}:{Environment.GetEnvironmentVariable("PATH")}"), .. environment]);

    private void AssertStopped(CommandResult run, int exitCode, string message)
    {
        Assert.That((run.ExitCode, run.Output), Is.EqualTo((exitCode, "")), run.Error);
        Assert.That(run.Error, Does.Contain("error: " + message));
        Assert.That(_folder.PathOf("tools", "dotnet.log"), Does.Not.Exist, "nothing is built");
    }

    private void Script(string name, string text)
    {
        string path = _folder.Write(name, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
