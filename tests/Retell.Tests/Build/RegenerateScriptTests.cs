using System.Net;
using System.Net.Sockets;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Tests.SpecTool.Diff;
using Retell.Tests.Support;

namespace Retell.Tests.Build;

/// <summary>build/regenerate as CI runs it, in a copy of the repository: what it does to the tree, what it reports, how it ends.</summary>
[Category("Build")]
[Parallelizable]
public class RegenerateScriptTests
{
    private const string Revision = "2099-01-01-0000000";

    private RepositoryCopy _copy = null!;

    [OneTimeSetUp]
    public void Copy()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("The script is for bash.");
        }

        _copy = new RepositoryCopy();
        _copy.Trim();
    }

    [OneTimeTearDown]
    public void Remove() => _copy?.Dispose();

    [TestCase("openapi: [3.0.3", "page.yaml: line ")]
    [TestCase("<html><body>Not found</body></html>", "page.yaml")]
    [TestCase(null, "page.yaml")]
    public void Regenerate_invalid_spec_file_exits_2_and_changes_nothing(string? text, string message)
    {
        string file = _copy.Beside("page.yaml");
        File.Delete(file);
        if (text is not null)
        {
            File.WriteAllText(file, text);
        }

        AssertRefused(file, message);
    }

    [Test]
    public void Regenerate_url_that_returns_404_exits_2_and_changes_nothing()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        Task answering = AnswerNotFoundAsync(server);

        AssertRefused($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/openapi.yaml", "404");

        server.Stop();
        Assert.That(async () => await answering, Throws.Nothing);
    }

    [Test]
    public void Regenerate_published_when_all_sources_fail_exits_2_and_changes_nothing()
    {
        Dictionary<string, string> before = Files();

        CommandResult run = Regenerate(["--published"], ("RETELL_SPEC_URL", $"{_copy.Beside("one.yaml")} {_copy.Beside("two.yaml")}"));

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")), run.Error);
        Assert.That(
            run.Error,
            Does.Contain("not taken: ")
                .And.Contain("one.yaml: $: The file cannot be read")
                .And.Contain("two.yaml: $: The file cannot be read")
                .And.Contain("None of the 2 sources has an OpenAPI document."));
        Assert.That(Files(), Is.EqualTo(before));
    }

    [TestCase]
    [TestCase("--unknown", "x.yaml")]
    public void Regenerate_invalid_arguments_exits_2_with_usage(params string[] arguments)
    {
        CommandResult run = Regenerate(arguments);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")), run.Error);
        Assert.That(run.Error, Does.Contain("usage: "));
    }

    [Test]
    public void Regenerate_new_revision_updates_files_and_reports_changes()
    {
        JObject spec = (JObject)YamlJson.Load(_copy.PathOf("openapi", "retell.yaml"));
        Mutate(spec);
        string file = _copy.Beside("next.yaml");
        File.WriteAllText(file, spec.ToString(Formatting.Indented));
        Dictionary<string, string> before = Files();
        string summary = _copy.Beside("summary.md");
        string output = _copy.Beside("output");

        CommandResult run = Regenerate(["--tests", "FullyQualifiedName~PublicApi", file], ("GITHUB_STEP_SUMMARY", summary), ("GITHUB_OUTPUT", output));

        Assert.That(run.ExitCode, Is.Zero, run.Everything);
        string report = File.ReadAllText(summary);
        string surface = File.ReadAllText(_copy.PathOf("tests", "api", "Retell.Generated.txt"));
        Dictionary<string, string> after = Files();
        Assert.Multiple(() =>
        {
            Assert.That(run.Output, Is.Empty, "the report goes to the summary");
            Assert.That(report, Does.StartWith($"# Revision {Revision} of the API\n"));
            Assert.That(report, Does.Contain("line_melted").And.Contain("| build | passed |").And.Contain("| public API | nothing removed; "));
            Assert.That(report, Does.Match(@"\| tests \| \d+ passed, 0 failed \|").And.Match(@"\| check \| operations \d+/\d+, "));
            Assert.That(report[report.IndexOf("## What is left for a person", StringComparison.Ordinal)..], Does.EndWith("\nNothing.\n"));
            Assert.That(
                report,
                Does.Contain("\n## New names\n\n- get /v2/get-greeting/{greeting_id} is retell.Greetings.GetAsync. The name is for ever: to choose another one before it is released, add to x-retell-operations in openapi/overlay.yaml: \"get /v2/get-greeting/{greeting_id}\": { resource: Greetings, method: Get, repeatable: true }"));
            Assert.That(run.Error, Does.Contain("Nothing is left for a person."));
            Assert.That(report, Does.Not.Contain(_copy.Root), "paths are those of the repository");
            Assert.That(File.ReadAllText(output), Is.EqualTo($"revision={Revision}\nchanged=true\n"));

            Assert.That(after.Where(pair => before.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key).Order(StringComparer.Ordinal),
                Is.EqualTo(["openapi/names.lock.yaml", "openapi/retained.yaml", "openapi/retell.yaml", "tests/api/Retell.Generated.txt", "tests/api/Retell.txt"]));
            Assert.That(before.Keys.Except(after.Keys), Is.Empty);
            Assert.That(
                File.ReadAllText(_copy.PathOf("tests", "api", "Retell.txt")),
                Does.Contain("Retell.GreetingsResource.GetAsync(string greetingId, "),
                "the facade has it by itself");
            Assert.That(surface, Does.Contain(".GetGreetingAsync(string greetingId, ").And.Contain("Retell.Models.DisconnectionReason.LineMelted { get; } "));
            Assert.That(surface, Does.Match(@"\nRetell\.Models\.CallQa\.Interruptions \{ get; set; \} -> [^\n]*  \[Obsolete\("), "what the API dropped is kept");
        });

        CommandResult again = Regenerate(["--if-changed", file]);

        Assert.That((again.ExitCode, again.Output), Is.EqualTo((0, $"# Revision {Revision} of the API\n\nNothing changed, nothing to do.\n")), again.Error);
        Assert.That(Files(), Is.EqualTo(after));
    }

    /// <summary>Adds an operation, an enumeration value and a variant, and removes a property.</summary>
    private static void Mutate(JObject spec)
    {
        spec["info"]!["x-retell-spec-revision"] = Revision;
        ((JArray)spec["components"]!["schemas"]!["DisconnectionReason"]!["enum"]!).Add("line_melted");
        Mutations.AddVariant(spec);
        Assert.That(((JObject)spec["components"]!["schemas"]!["CallQA"]!["properties"]!).Remove("interruptions"), Is.True);
        spec["paths"]!["/v2/get-greeting/{greeting_id}"] = JObject.Parse("""
            {
              "get": {
                "operationId": "getGreeting",
                "description": "Reads a greeting.",
                "parameters": [{ "in": "path", "name": "greeting_id", "required": true, "schema": { "type": "string" } }],
                "responses": {
                  "200": {
                    "description": "The greeting.",
                    "content": { "application/json": { "schema": { "type": "object", "required": ["text"], "properties": { "text": { "type": "string" } } } } }
                  }
                }
              }
            }
            """);
    }

    private static async Task AnswerNotFoundAsync(TcpListener server)
    {
        using TcpClient client = await server.AcceptTcpClientAsync();
        await using NetworkStream stream = client.GetStream();
        _ = await stream.ReadAsync(new byte[4096]);
        await stream.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    private void AssertRefused(string source, string message)
    {
        Dictionary<string, string> before = Files();

        CommandResult run = Regenerate([source]);

        Assert.That((run.ExitCode, run.Output), Is.EqualTo((2, "")), run.Error);
        Assert.That(run.Error, Does.Contain("error: ").And.Contain(message).And.Contain("nothing was touched"));
        Assert.That(Files(), Is.EqualTo(before));
    }

    private CommandResult Regenerate(string[] arguments, params (string Name, string? Value)[] environment)
    {
        (string, string?)[] outside = [("GITHUB_STEP_SUMMARY", null), ("GITHUB_OUTPUT", null)];
        return CommandResult.Run("bash", _copy.Root, ["build/regenerate", .. arguments], [.. outside, BuildRun.WithoutAnalyzers, .. CompilerServer.Variables, .. environment]);
    }

    /// <summary>Every file of the copy but what a build writes, with its content.</summary>
    private Dictionary<string, string> Files() => Directory.EnumerateFiles(_copy.Root, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(_copy.Root, path).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(part => part is "bin" or "obj"))
        .ToDictionary(path => path, path => File.ReadAllText(_copy.PathOf(path)));
}
