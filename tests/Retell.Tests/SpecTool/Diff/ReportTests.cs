using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.SpecTool.Diff;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.SpecTool.Diff;

/// <summary>What a terminal, the summary of a CI job and a tool get to read, and how the command ends.</summary>
[Parallelizable]
public class ReportTests
{
    private const string Before = "Thing: { type: object, description: Old., properties: { id: { type: string, enum: ['a|b', c, d] }, gone: { type: string } } }";
    private const string After = "Thing: { type: object, description: New., properties: { id: { type: string, enum: [c, d] }, come: { type: integer } } }";

    private static IReadOnlyList<Change> Changes => Revisions.OfSchemas(Sides.Response, Before, After);

    [Test]
    public void Report_text_lists_changes_and_reasons() => Assert.That(Written(ChangeReport.WriteText), Is.EqualTo("""
        3 changes: 1 breaking, 0 risky, 2 additive; operations -0 +0 ~0; schemas -0 +0 ~1; 1 descriptions differ.

        Thing (in 1 operation)
          !! breaking  response: `gone` is gone  [Retell.Models.Thing.Gone]
           + additive  response: `come` is new, optional  [Retell.Models.Thing.Come]
           + additive  response: `id`: value `a|b` removed  [Retell.Models.Id.AB]

        Why:
          property-removed: It still compiles while it is retained: in requests the API ignores or refuses it, in responses it never arrives.

        """));

    [Test]
    public void Report_markdown_lists_changes_in_tables()
    {
        string text = Written(ChangeReport.WriteMarkdown);

        Assert.That(text, Does.Contain("| 1 | 0 | 2 | 1 |").And.Contain("### Breaking (1)").And.Contain("### Additive (2)").And.Not.Contain("### Risky"));
        Assert.That(text, Does.Contain("| Thing | response | `gone` is gone | `Retell.Models.Thing.Gone` | property-removed |"));
        Assert.That(text, Does.Contain(@"value `a\|b` removed"), "a bar would end the cell");
        string[] rows = [.. text.Split('\n').Where(line => line.StartsWith('|'))];
        Assert.That(rows.Skip(3).Select(row => Regex.Count(row, @"(?<!\\)\|")), Is.All.EqualTo(6));
        Assert.That(Regex.Count(text, "<details>"), Is.EqualTo(Regex.Count(text, "</details>")));
    }

    [Test]
    public void Report_json_lists_changes_and_summary()
    {
        JObject document = JObject.Parse(Written(ChangeReport.WriteJson));

        Assert.That(document["summary"], Is.EqualTo(JObject.Parse("""
            { "breaking": 1, "risky": 0, "additive": 2, "documentation": 1, "operations": { "removed": 0, "added": 0, "changed": 0 }, "schemas": { "removed": 0, "added": 0, "changed": 1 } }
            """)));
        Assert.That(document["changes"]![0], Is.EqualTo(JObject.Parse("""
            {
              "id": "property-removed", "class": "breaking", "side": "response", "operation": null, "schema": "Thing", "place": "#/components/schemas/Thing/properties/gone",
              "message": "`gone` is gone", "csharp": ["Retell.Models.Thing.Gone"], "usedBy": ["post /thing"],
              "reason": "It still compiles while it is retained: in requests the API ignores or refuses it, in responses it never arrives."
            }
            """)));
        Assert.That(document["changes"]!.Count(), Is.EqualTo(3), "words are counted, not listed");
    }

    [Test]
    public void Report_text_without_changes_says_so()
    {
        using var text = new StringWriter { NewLine = "\n" };
        ChangeReport.WriteText([], text);
        ChangeReport.WriteText([.. Changes.Where(c => c.Class == ChangeClass.Documentation)], text);

        Assert.That(text.ToString(), Is.EqualTo("The API has not changed.\nThe API has not changed; 1 descriptions have.\n"));
    }

    [Test]
    public void Report_all_formats_list_each_change_of_revision()
    {
        string[] files = [.. new[] { "04", "10" }.Select(month => Repository.PathOf("tests", "data", "specs", $"retell-2026-{month}.yaml"))];
        IReadOnlyList<Change> changes = DiffCommand.Compare(files[0], files[1], Repository.PathOf("openapi", "overlay.yaml"), Repository.PathOf("openapi", "names.lock.yaml"));
        int listed = changes.Count(c => c.Class != ChangeClass.Documentation);

        string markdown = Written(ChangeReport.WriteMarkdown, changes);
        Assert.That(JObject.Parse(Written(ChangeReport.WriteJson, changes))["changes"]!.Count(), Is.EqualTo(listed));
        Assert.That(Written(ChangeReport.WriteText, changes).Split('\n').Count(line => Regex.IsMatch(line, "^  (!!| \\?| \\+) ")), Is.EqualTo(listed));
        Assert.That(markdown.Split('\n').Where(line => line.StartsWith('|')).Skip(3).Select(row => Regex.Count(row, @"(?<!\\)\|")), Is.All.EqualTo(6));
        Assert.That(markdown, Has.Length.LessThan(1024 * 1024), "the most that the summary of a job holds");
    }

    [TestCase(null, 0)]
    [TestCase("breaking", 1)]
    [TestCase("risky", 1)]
    [TestCase("any", 1)]
    public void Diff_fail_on_sets_exit_code_for_breaking_changes(string? failOn, int expected) =>
        Assert.That(Run(Before, After, failOn is null ? [] : ["--fail-on", failOn]).ExitCode, Is.EqualTo(expected));

    [TestCase("breaking", 0)]
    [TestCase("risky", 0)]
    [TestCase("any", 1)]
    public void Diff_additions_fail_only_with_fail_on_any(string failOn, int expected) =>
        Assert.That(Run("Thing: { type: object }", "Thing: { type: object }\nOther: { type: object }", "--fail-on", failOn).ExitCode, Is.EqualTo(expected));

    [Test]
    public void Diff_description_changes_never_fail() =>
        Assert.That(Run("Thing: { type: object, description: Old. }", "Thing: { type: object, description: New. }", "--fail-on", "any").ExitCode, Is.Zero);

    [Test]
    public void Diff_output_option_writes_file()
    {
        CommandResult result = Run(Before, After, "--format", "json", "--output", "deep/changes.json");

        Assert.That((result.ExitCode, result.Output, result.Error), Is.EqualTo((0, "", "")));
    }

    [Test]
    public void Diff_invalid_document_exits_2()
    {
        CommandResult result = Run("Thing: { type: object }", "Thing: { $ref: '#/components/schemas/Gone' }");

        Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
        Assert.That(result.Error, Does.StartWith("error: ").And.Contain("after.yaml").And.Not.Contain("   at "));
    }

    [Test]
    public void Diff_missing_file_exits_2()
    {
        using var folder = new TempFolder();
        CommandResult result = CommandResult.Dotnet(folder.Root, [Dll, "diff", "before.yaml", "after.yaml", "--no-overlay", "--names", "names.yaml"]);

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("before.yaml: $: The file cannot be read"));
    }

    [Test]
    public void Diff_document_without_info_is_compared()
    {
        string text = Yaml.Paths(
            "/a: { get: { operationId: getA, responses: { '204': { description: Done. } } } }").Replace("info: { title: Test, version: 1.0.0 }\n", string.Empty, StringComparison.Ordinal);

        Assert.That(Revisions.Of(text, text + "\nsecurity: [{ key: [] }]\n").Select(c => c.Id), Is.EqualTo(["security-required"]));
    }

    [Test]
    public void Diff_names_of_older_revision_take_precedence()
    {
        // Alone, the later document would call its first enumeration by the plain name.
        const string Old = "B: { type: object, properties: { tone: { type: string, enum: [x, y] } } }";

        IReadOnlyList<Change> changes = Revisions.Of(Yaml.Document(Old), Yaml.Document("A: { type: object, properties: { tone: { type: string, enum: [p, q] } } }\n" + Old));

        Assert.That(changes.Select(c => $"{c.Id} {c.Schema}"), Is.EqualTo(["schema-added A"]));
    }

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "Retell.SpecTool.dll");

    private static CommandResult Run(string before, string after, params string[] more)
    {
        using var folder = new TempFolder();
        folder.Write("before.yaml", Yaml.Document(before));
        folder.Write("after.yaml", Yaml.Document(after));
        CommandResult result = CommandResult.Dotnet(folder.Root, [Dll, "diff", "before.yaml", "after.yaml", "--no-overlay", "--names", "names.yaml", .. more]);
        if (more.Contains("--output"))
        {
            Assert.That(JObject.Parse(File.ReadAllText(folder.PathOf(more[^1])))["changes"]!.Count(), Is.EqualTo(3));
        }

        Assert.That(File.Exists(folder.PathOf("names.yaml")), Is.False, "nothing is recorded");
        return result;
    }

    private static string Written(Action<IReadOnlyList<Change>, TextWriter> write, IReadOnlyList<Change>? changes = null)
    {
        using var text = new StringWriter { NewLine = "\n" };
        write(changes ?? Changes, text);
        return text.ToString();
    }
}
