using System.Diagnostics;
using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.SpecTool.Update;
using Retell.Tests.Build;
using Retell.Tests.Facade.Doubles;
using Repository = Retell.Tests.Support.Repository;

namespace Retell.Tests.SpecTool;

/// <summary>Where update takes a revision from: the first of several sources that has one, or a page of the documentation.</summary>
public class SpecSourceTests
{
    private const string Document = "openapi: 3.0.3\ninfo: { title: Test }\npaths: {}\n";

    private const string Spec = """
        # As published.
        openapi: 3.0.3
        info:
          title: Test
          x-retell-spec-revision: 2026-10-04-aaaaaaa
        paths:
          "/things":

            get:   # Lists them.
              operationId: listThings
              responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } }
            post:
              operationId: createThing
              responses: { '200': { description: Done. } }
          # The others.
          /others:
            get: { operationId: listOthers, responses: { '200': { description: Done. } } }
        components:
          schemas:
            Thing:
              type: object
              description: >-
                A thing:
                get it.
              required:
              - name
              properties:
                name: { type: string }

            Other: { type: object }   # Nobody uses it.

        """;

    private static readonly FetchLimits s_limits = new(20_000, TimeSpan.FromSeconds(1));

    [Test]
    public async Task SpecSource_first_valid_source_is_used()
    {
        using var folder = new TempFolder();
        using RawServer missing = RawServer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using RawServer page = Answering("<!DOCTYPE html><html><body>Moved</body></html>");
        using RawServer large = Answering(Document + new string('#', 30_000));
        using RawServer silent = RawServer.Silent(out _);
        using RawServer trickling = RawServer.Silent(out _, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\nopenapi: 3.0.3\n");
        using RawServer found = Answering(Document);
        (string Source, string Reason)[] failing =
        [
            (folder.PathOf("gone.yaml"), "The file cannot be read"),
            (missing.Url.ToString(), "The server answers 404 Not Found."),
            (page.Url.ToString(), "This is an HTML or XML page"),
            (large.Url.ToString(), "The document is larger than"),
            (silent.Url.ToString(), "was not there within 1 seconds"),
            (trickling.Url.ToString(), "was not there within 1 seconds"),
            (RawServer.Refusing().ToString(), "The document cannot be fetched"),
            (folder.Write("other.yaml", "overlay: 1.0.0"), "$.openapi: This is not an OpenAPI 3 document."),
            (folder.Write("broken.yaml", "a: [1"), "line 2, column 1: This is not valid YAML"),
            (folder.Write("page.md", "# Nothing"), "without a block"),
        ];
        using var errors = new StringWriter { NewLine = "\n" };

        FetchedSpec fetched = await SpecSource.ReadAsync(
            [.. failing.Select(source => source.Source), found.Url.ToString(), folder.PathOf("never-read.yaml")],
            "api.yaml",
            errors,
            CancellationToken.None,
            s_limits);

        string[] lines = errors.ToString().TrimEnd('\n').Split('\n');
        Assert.That((fetched.Source, fetched.Text), Is.EqualTo((found.Url.ToString(), Document)));
        Assert.That(lines, Has.Length.EqualTo(failing.Length));
        Assert.Multiple(() =>
        {
            for (int i = 0; i < failing.Length; i++)
            {
                Assert.That(lines[i], Does.StartWith($"not taken: {failing[i].Source}: ").And.Contain(failing[i].Reason));
            }
        });
    }

    [Test]
    public async Task SpecSource_when_all_sources_fail_throws_with_each_reason()
    {
        using RawServer missing = RawServer.Answering("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        SpecError error = (
            await Assert.ThrowsAsync<SpecError>(() => SpecSource.ReadAsync(["gone.yaml", missing.Url.ToString()], "api.yaml", TextWriter.Null, CancellationToken.None, s_limits)))!;

        Assert.That(
            error.Message,
            Does.Contain("None of the 2 sources has an OpenAPI document.").And.Contain("gone.yaml: $: The file cannot be read").And.Contain("The server answers 404 Not Found."));
    }

    [Test]
    public async Task SpecSource_when_single_source_fails_throws_with_its_name()
    {
        SpecError error = (await Assert.ThrowsAsync<SpecError>(() => SpecSource.ReadAsync(["gone.yaml"], "api.yaml", TextWriter.Null, CancellationToken.None)))!;

        Assert.That(error.Message, Does.StartWith("gone.yaml: $: The file cannot be read"));
    }

    [Test]
    public void SpecSource_cancelled_stops_fetching()
    {
        using RawServer silent = RawServer.Silent(out _);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        long start = Stopwatch.GetTimestamp();

        Assert.That(
            async () => await SpecSource.ReadAsync([silent.Url.ToString(), "gone.yaml"], "api.yaml", TextWriter.Null, cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [TestCase("```yaml openapi-final get /things", "```")]
    [TestCase("````yaml", "````")]
    [TestCase("~~~ yml api.yaml get /things", "~~~")]
    [TestCase("  ```YAML", "  ```")]
    public async Task SpecSource_page_replaces_its_operations_and_schemas(string start, string end)
    {
        const string Block = """
            openapi: 3.1.0
            info: { title: Another title, x-retell-spec-revision: 2026-10-04-aaaaaaa }
            paths: { /things: { get: { operationId: listThings, summary: Lists things., responses: { '200': { description: Done., content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } } } } } }
            components: { schemas: { Thing: { type: object, properties: { name: { type: [string, 'null'] }, size: { type: integer } } }, Size: { type: integer } } }
            """;
        string page = $"# List things\n\n```json\n{{ \"name\": \"openapi\" }}\n```\n\n{start}\n{Block}\n{end}\n\n```bash\ncurl\n```\n";

        FetchedSpec fetched = await FetchAsync(page);

        JObject expected = YamlFile.ParseObject(Spec, "expected");
        expected["paths"]!["/things"]!["get"]!["summary"] = "Lists things.";
        expected["components"]!["schemas"]!["Thing"] = JObject.Parse(
            """{ "type": "object", "properties": { "name": { "type": "string", "nullable": true }, "size": { "type": "integer" } } }""");
        expected["components"]!["schemas"]!["Size"] = JObject.Parse("""{ "type": "integer" }""");
        Assert.That(JToken.DeepEquals(YamlFile.ParseObject(fetched.Text, "fetched"), expected), Is.True, fetched.Text);
        Assert.That(JToken.DeepEquals(fetched.Document, expected), Is.True);
        Assert.That(fetched.Notes, Is.Empty);

        // All that the page does not hold is as it is written.
        string[] kept =
        [
            "# As published.",
            "  \"/things\":",
            "    post:\n      operationId: createThing\n",
            "  # The others.\n  /others:\n    get: { operationId: listOthers, ",
            "    Other: { type: object }   # Nobody uses it.\n",
        ];
        Assert.That(kept.Where(text => !fetched.Text.Contains(text, StringComparison.Ordinal)), Is.Empty, fetched.Text);
    }

    [Test]
    public async Task SpecSource_page_updates_JSON_document()
    {
        using var folder = new TempFolder();
        string spec = folder.Write("api.yaml", YamlFile.ParseObject(Spec, "api").ToString());

        FetchedSpec fetched = await SpecSource.ReadAsync([folder.Write("page.md", Page("2026-10-04-aaaaaaa"))], spec, TextWriter.Null, CancellationToken.None);

        Assert.That((string?)JObject.Parse(fetched.Text)["paths"]!["/others"]!["get"]!["summary"], Is.EqualTo("New."));
    }

    [TestCase("2026-10-04-aaaaaaa", null)]
    [TestCase("2026-11-01-bbbbbbb", "The page is of revision 2026-11-01-bbbbbbb, api.yaml of 2026-10-04-aaaaaaa. Fetch the whole document with `build/regenerate --published`.")]
    [TestCase("2026-10-04-ccccccc", "The page is of revision 2026-10-04-ccccccc, api.yaml of 2026-10-04-aaaaaaa. Fetch the whole document")]
    [TestCase("2026-09-30-bbbbbbb", "The page is of revision 2026-09-30-bbbbbbb, which is older than 2026-10-04-aaaaaaa of api.yaml.")]
    [TestCase("", null)]
    public async Task SpecSource_page_of_another_revision_adds_note(string revision, string? note)
    {
        FetchedSpec fetched = await FetchAsync(Page(revision));

        Assert.That(fetched.Notes, note is null ? Is.Empty : Has.One.StartsWith(note));
        Assert.That((string?)fetched.Document["info"]!["x-retell-spec-revision"], Is.EqualTo("2026-10-04-aaaaaaa"), "the recorded revision stays");
    }

    [TestCase("# Things\n\ntext", "line 3", "ends without a block")]
    [TestCase("# Things\n```json\n{ \"a\": 1 }\n```", "line 4", "ends without a block")]
    [TestCase("# Things\n\n```yaml\nopenapi: 3.0.3\npaths: [\n```\n", "line 6, column 1", "not valid YAML")]
    [TestCase("# Things\n\n```json\n{ \"openapi\": \"3.0.3\",\n  \"paths\": {,} }\n```\n", "line 5, column 13", "not valid YAML")]
    [TestCase("# Things\n\n```yaml\nopenapi: 3.0.3\npaths: {}\n", "line 3", "The block that begins here has no end.")]
    [TestCase("```yaml\nopenapi: 2.0\npaths: {}\n```", "line 1", "holds no operation and no schema of OpenAPI 3")]
    [TestCase("```yaml\nopenapi: 3.0.3\npaths: 5\n```", "line 1", "holds no operation and no schema of OpenAPI 3")]
    public async Task SpecSource_page_without_document_throws_with_line(string page, string place, string problem)
    {
        SpecError error = (await Assert.ThrowsAsync<SpecError>(() => FetchAsync(page)))!;

        Assert.That(error.Path, Is.EqualTo(place));
        Assert.That(error.Message, Does.Contain(problem));
    }

    [Test]
    public async Task Update_from_page_without_changes_keeps_files()
    {
        using var folder = new TempFolder();
        string[] files = ["retell.yaml", "retained.yaml", "overlay.yaml", "names.lock.yaml"];
        Array.ForEach(files, file => File.Copy(Repository.PathOf("openapi", file), folder.PathOf(file)));
        JObject spec = YamlFile.ReadObject(folder.PathOf("retell.yaml"));
        var page = new JObject
        {
            ["openapi"] = "3.0.3",
            ["info"] = new JObject { ["x-retell-spec-revision"] = "2099-01-01-0000000" },
            ["paths"] = new JObject { ["/v2/create-phone-call"] = spec["paths"]!["/v2/create-phone-call"] },
            ["components"] = spec["components"],
        };
        string source = folder.Write("create-phone-call.md", $"# Create a call\n\n```json openapi-final.json post /v2/create-phone-call\n{page}\n```\n");
        using var log = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };

        int code = await UpdateCommand.RunAsync(
            new NormalizeInput(folder.PathOf("retell.yaml"), folder.PathOf("overlay.yaml"), folder.PathOf("names.lock.yaml"), folder.PathOf("retained.yaml")),
            source,
            dropRetained: false,
            log,
            CancellationToken.None);

        Assert.That(code, Is.Zero);
        Assert.That(
            log.ToString(),
            Does.Contain("Nothing changed.\n").And.Contain("note: The page is of revision 2099-01-01-0000000, retell.yaml of 2026-10-04-3cbc602. Fetch the whole document"));
        Assert.That(files.Where(file => !File.ReadAllBytes(folder.PathOf(file)).SequenceEqual(File.ReadAllBytes(Repository.PathOf("openapi", file)))), Is.Empty);
        Assert.That(Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName), Is.EquivalentTo([.. files, "create-phone-call.md"]));
    }

    private static string Page(string revision) => $$"""
        ```yaml
        openapi: 3.0.3
        info: { title: Test{{(revision.Length > 0 ? ", x-retell-spec-revision: " + revision : "")}} }
        paths: { /others: { get: { operationId: listOthers, summary: New., responses: { '200': { description: Done. } } } } }
        ```
        """;

    private static async Task<FetchedSpec> FetchAsync(string page)
    {
        using var folder = new TempFolder();
        string spec = folder.Write("api.yaml", Spec);
        return await SpecSource.ReadAsync([folder.Write("page.md", page)], spec, TextWriter.Null, CancellationToken.None);
    }

    private static RawServer Answering(string body) => RawServer.Answering($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}");
}
