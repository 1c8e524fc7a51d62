using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using Retell.Testing;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.Packages;

/// <summary>What is published, packed here, and used by projects that know nothing of this repository.</summary>
[Category("Packages")]
[Parallelizable]
public class PackageTests
{
    private LocalFeed _feed = null!;

    private static readonly string[] s_standard =
    [
        "JsonSubTypes", "Microsoft.Bcl.AsyncInterfaces", "Microsoft.Bcl.TimeProvider", "Microsoft.Extensions.Http.Resilience", "Newtonsoft.Json", "Retell.Generated",
    ];

    private static IEnumerable<TestCaseData> Packages =>
    [
        new("Retell", new[] { "lib/net10.0", "lib/netstandard2.0" }, new[]
        {
            $"net10.0: {string.Join(", ", s_standard.Where(id => !id.Contains(".Bcl.", StringComparison.Ordinal)))}", $".NETStandard2.0: {string.Join(", ", s_standard)}",
        }),
        new("Retell.Generated", new[] { "lib/net10.0", "lib/netstandard2.0" }, new[] { "net10.0: Newtonsoft.Json", ".NETStandard2.0: Newtonsoft.Json, System.Net.ServerSentEvents" }),
        new("Retell.Testing", new[] { "lib/net10.0" }, new[] { "net10.0: Newtonsoft.Json, Retell" }),
        new("Retell.Cli", new[] { "tools/net10.0/any" }, Array.Empty<string>()),
    ];

    [OneTimeSetUp]
    public void Pack() => _feed = new LocalFeed();

    [OneTimeTearDown]
    public void Delete() => _feed?.Dispose();

    [Test]
    public void FourPackagesArePublishedWithTheirSymbols() =>
        Assert.That(_feed.Files, Is.EquivalentTo(Packages.SelectMany(package => new[] { $"{package.Arguments[0]}.nupkg", $"{package.Arguments[0]}.snupkg" })));

    [TestCaseSource(nameof(Packages))]
    public void APackageSaysWhatItIsAndHasNoMoreThanItNeeds(string id, string[] folders, string[] dependencies)
    {
        using ZipArchive package = _feed.Open($"{id}.nupkg");
        using ZipArchive symbols = _feed.Open($"{id}.snupkg");
        XElement metadata = package.Metadata();
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];

        Assert.That(metadata.Value("id"), Is.EqualTo(id));
        Assert.That(metadata.Value("license"), Is.EqualTo("Apache-2.0"));
        Assert.That(metadata.Value("description"), Does.Contain("Not an official Retell product"));
        Assert.That(metadata.Value("tags"), Does.Contain("retell"));
        Assert.That(files, Does.Contain(metadata.Value("readme")).And.Contain(metadata.Value("icon")).And.Contain("LICENSE"));
        Assert.That(metadata.Dependencies(), Is.EquivalentTo(dependencies));
        Assert.That(folders.SelectMany(folder => new[] { $"{folder}/{id}.dll", $"{folder}/{id}.xml" }), Is.SubsetOf(files));
        Assert.That(folders.Select(folder => $"{folder}/{id}.pdb"), Is.SubsetOf(symbols.Entries.Select(entry => entry.FullName)));
        if (id != "Retell.Cli")
        {
            Assert.That(files.Count(file => file.StartsWith("lib/", StringComparison.Ordinal)), Is.EqualTo(2 * folders.Length));
        }
    }

    [Test]
    public void NothingInAPackageTellsWhereItWasBuilt([Values("Retell", "Retell.Generated", "Retell.Testing", "Retell.Cli")] string id)
    {
        byte[] trace = Encoding.UTF8.GetBytes(Repository.Root);
        foreach (string kind in new[] { "nupkg", "snupkg" })
        {
            using ZipArchive package = _feed.Open($"{id}.{kind}");
            Assert.That(
                package.Entries.Where(entry => Path.GetExtension(entry.Name) is ".dll" or ".pdb" && entry.Bytes().AsSpan().IndexOf(trace) >= 0).Select(entry => entry.FullName),
                Is.Empty);
        }
    }

    /// <summary>An empty folder, two commands, and what the README says first.</summary>
    [Test]
    public async Task TheFirstSnippetOfTheReadmeRunsInANewConsoleProject()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync();
        Assert.That(LocalFeed.Dotnet(_feed.PathOf(), "new", "console", "--output", "First", "--no-restore").ExitCode, Is.Zero);
        CommandResult add = LocalFeed.Dotnet(_feed.PathOf("First"), "add", "package", "Retell", "--version", LocalFeed.Version);
        Assert.That(add.ExitCode, Is.Zero, add.Everything);
        _feed.Write("First/Program.cs", LocalFeed.FirstSnippet());

        CommandResult run = _feed.Run("First", ("RETELL_BASE_URL", server.BaseUrl.ToString()), ("RETELL_API_KEY", server.ApiKey));

        Assert.That(run.Output, Is.Not.Empty);
        Assert.That(server.Requests.For("createPhoneCall"), Has.Count.EqualTo(1));
        Assert.That(server.Requests.Invalid(), Is.Empty);
    }

    /// <summary>With the language version that such a library has by default.</summary>
    [Test]
    public void ALibraryForNetStandardWorksAgainstThePackagedFake()
    {
        _feed.Write("Library/Library.csproj", Project("netstandard2.0", "Library", "Retell"));
        _feed.Write("Library/Names.cs", """
            using System.Threading;
            using System.Threading.Tasks;
            using Retell;
            using Retell.Models;

            namespace Library
            {
                public static class Names
                {
                    public static async Task<string> RenameAsync(RetellClient retell, string agentId, string name, CancellationToken cancellationToken)
                    {
                        Agent agent = await retell.Agents.UpdateAsync(agentId, new AgentSettings { AgentName = name, WebhookUrl = null }, cancellationToken: cancellationToken).ConfigureAwait(false);
                        return agent.AgentName;
                    }
                }
            }
            """);
        _feed.Write("Host/Host.csproj", Project("net10.0", "Exe", "Retell.Testing", "../Library/Library.csproj"));
        _feed.Write("Host/Program.cs", """
            using Library;
            using Retell.Models;
            using Retell.Testing;

            await using FakeRetellServer server = await FakeRetellServer.StartAsync();
            using var retell = server.CreateClient();
            string id = server.Seed(new Agent { AgentName = "Before" });
            Console.WriteLine(await Names.RenameAsync(retell, id, "After", CancellationToken.None));
            Console.WriteLine(server.Requests.For("updateAgent").Single().BodyText);
            """);

        CommandResult run = _feed.Run("Host");

        Assert.That(run.Output.Split('\n', StringSplitOptions.TrimEntries), Has.Member("After").And.Some.Contain("\"webhook_url\":null"));
    }

    [Test]
    public void TheToolIsInstalledAndRuns()
    {
        CommandResult install = LocalFeed.Dotnet(
            _feed.PathOf(), "tool", "install", "Retell.Cli", "--tool-path", _feed.PathOf("tools"), "--version", LocalFeed.Version, "--configfile", _feed.PathOf("nuget.config"));
        Assert.That(install.ExitCode, Is.Zero, install.Everything);

        CommandResult run = CommandResult.Run(_feed.PathOf("tools", OperatingSystem.IsWindows() ? "retell.exe" : "retell"), _feed.PathOf(), ["quickstart"]);

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        Assert.That(run.Output, Does.Contain("Done."));
    }

    /// <summary>The trimmer speaks up once, of what it left alone, and what it made runs.</summary>
    [Test]
    public async Task ATrimmedApplicationReadsAndWritesAll()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync();
        _feed.Write("Trimmed/Trimmed.csproj", Project("net10.0", "Exe", "Retell").Replace(
            "<Nullable>", "<PublishTrimmed>true</PublishTrimmed><UseCurrentRuntimeIdentifier>true</UseCurrentRuntimeIdentifier><WarningsNotAsErrors>RETELL0101</WarningsNotAsErrors><Nullable>", StringComparison.Ordinal));
        _feed.Write("Trimmed/Program.cs", """
            using Retell;
            using Retell.Models;

            using var retell = new RetellClient();
            PhoneCall created = await retell.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445");
            ICall call = await retell.Calls.GetAsync(created.CallId!);
            Console.WriteLine($"{call.GetType().Name} {call.CallId == created.CallId} {RetellJson.Serialize(call).Length > 100}");
            """);

        CommandResult publish = LocalFeed.Dotnet(_feed.PathOf("Trimmed"), "publish", "--output", _feed.PathOf("trimmed-output"), "-nologo", "-nodeReuse:false", "--tl:off", "-v:minimal");
        if (publish.ExitCode != 0 && publish.Messages("error") is var errors && errors.All(error => error.StartsWith("NU", StringComparison.Ordinal)))
        {
            Assert.Ignore($"No package source has what trimming takes: {errors[0]}");
        }

        Assert.That(publish.ExitCode, Is.Zero, publish.Everything);
        Assert.That(publish.Messages("warning"), Has.Count.EqualTo(1).And.All.StartsWith("RETELL0101"));
        CommandResult run = CommandResult.Run(
            _feed.PathOf("trimmed-output", OperatingSystem.IsWindows() ? "Trimmed.exe" : "Trimmed"), _feed.PathOf(), [],
            ("RETELL_BASE_URL", server.BaseUrl.ToString()), ("RETELL_API_KEY", server.ApiKey));
        Assert.That(run.Output.Trim(), Is.EqualTo("PhoneCall True True"), run.Everything);
    }

    private static string Project(string framework, string output, string package, string? reference = null) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>{framework}</TargetFramework>
            <OutputType>{output}</OutputType>
            {(framework == "net10.0" ? "<ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable>" : "")}
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="{package}" Version="{LocalFeed.Version}" />
            {(reference is null ? "" : $"""<ProjectReference Include="{reference}" />""")}
          </ItemGroup>
        </Project>
        """;
}
