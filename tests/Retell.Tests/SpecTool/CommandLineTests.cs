using Newtonsoft.Json.Linq;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.SpecTool;

/// <summary>The tool as the build calls it: a program with arguments, an exit code and messages.</summary>
public class CommandLineTests
{
    private const string Thing = "Thing: { type: object, properties: { kind: { type: string, enum: [a, b] } } }";

    [Test]
    public void Normalize_writes_document_and_prints_summary()
    {
        using var folder = new TempFolder();

        CommandResult result = Normalize(folder, Yaml.Document(Thing), "--no-overlay");

        Assert.That((result.ExitCode, result.Error, result.Output.TrimEnd()), Is.EqualTo((0, "", "0 operations, 2 types, 2 new names")));
        Assert.That(
            ((JObject)JObject.Parse(File.ReadAllText(folder.PathOf("deep", "out.json")))["components"]!["schemas"]!).Properties().Select(schema => schema.Name),
            Is.EqualTo(["Thing", "ThingKind"]));
        Assert.That(Directory.EnumerateFiles(folder.PathOf("deep")).Select(Path.GetFileName), Is.EqualTo(["out.json"]), "nothing else stays behind");
        Assert.That(File.Exists(folder.PathOf("names.yaml")), Is.False, "names are recorded on demand only");
    }

    [Test]
    public void Normalize_write_names_records_new_names()
    {
        using var folder = new TempFolder();

        CommandResult first = Normalize(folder, Yaml.Document(Thing), "--no-overlay", "--write-names");
        string recorded = File.ReadAllText(folder.PathOf("names.yaml"));
        CommandResult second = Normalize(folder, Yaml.Document(Thing + "\nAnother: { type: object }"), "--no-overlay", "--write-names");

        Assert.That((first.Output.TrimEnd(), second.Output.TrimEnd()), Is.EqualTo(("0 operations, 2 types, 2 new names recorded", "0 operations, 3 types, 1 new names recorded")));
        Assert.That(recorded, Does.EndWith("names:\n  \"#/components/schemas/Thing\": Thing\n  \"#/components/schemas/Thing/properties/kind\": ThingKind\n"));
        Assert.That(
            File.ReadAllText(folder.PathOf("names.yaml")),
            Is.EqualTo(recorded.Replace("names:\n", "names:\n  \"#/components/schemas/Another\": Another\n", StringComparison.Ordinal)));
    }

    [Test]
    public void Normalize_overlay_target_without_match_prints_note()
    {
        using var folder = new TempFolder();
        folder.Write("overlay.yaml", Yaml.Overlay("- { target: $.components.schemas.Gone, description: It was wrong., update: { type: object } }"));

        CommandResult result = Normalize(folder, Yaml.Document(Thing));

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.StartWith($"note: {folder.PathOf("overlay.yaml")}: $.actions[0]: the target $.components.schemas.Gone matches nothing. "));
    }

    [TestCase("api.yaml", "a: [1", "line 2, column 1", "Correct the file")]
    [TestCase("api.yaml", "swagger: '2.0'", "$.openapi", "Check that the file is the published spec")]
    [TestCase("api.yaml", "{ openapi: 3.0.3, paths: {}, components: { schemas: { A: { type: object, properties: { b: { $ref: '#/components/schemas/Gone' } } } } } }", "#/components/schemas/A/properties/b", "Correct it in the overlay")]
    [TestCase("api.yaml", "{ openapi: 3.0.3, paths: {}, components: { schemas: { A: { $ref: '#/components/schemas/A' } } } }", "$.components.schemas.A", "Break the cycle")]
    [TestCase("overlay.yaml", "overlay: 1.0.0", "$.info", "Add them")]
    [TestCase("overlay.yaml", "{ overlay: 1.0.0, info: { title: a, version: b }, actions: [{ target: $.info, update: {} }] }", "$.actions[0].description", "State in the description")]
    [TestCase("names.yaml", "names: 5", "$.names", "Restore the file from version control")]
    public void Normalize_invalid_input_exits_2_and_changes_nothing(string file, string text, string place, string advice)
    {
        using var folder = new TempFolder();
        folder.Write("overlay.yaml", Yaml.Overlay("- { target: $.info, description: A test., update: {} }"));
        folder.Write("deep/out.json", "as it was");
        folder.Write("names.yaml", "names: {}");
        folder.Write(file, text);

        CommandResult result = Normalize(folder, file == "api.yaml" ? text : Yaml.Document(Thing), "--write-names");

        Assert.Multiple(() =>
        {
            Assert.That((result.ExitCode, result.Output), Is.EqualTo((2, "")));
            Assert.That(result.Error, Does.StartWith($"error: {folder.PathOf(file)}: {place}: ").And.Contain(advice));
            Assert.That(result.Error, Does.Not.Contain("   at "), "a message, no stack trace");
            Assert.That(File.ReadAllText(folder.PathOf("deep", "out.json")), Is.EqualTo("as it was"));
            Assert.That(File.ReadAllText(folder.PathOf("names.yaml")), Is.EqualTo(file == "names.yaml" ? text : "names: {}"));
        });
    }

    [Test]
    public void Normalize_missing_file_exits_2()
    {
        using var folder = new TempFolder();

        CommandResult result = Tool(folder, "normalize", "--spec", "gone.yaml", "--no-overlay", "--output", "out.json");

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain($"{folder.PathOf("gone.yaml")}: $: The file cannot be read").And.Contain("Check the path."));
    }

    [TestCase]
    [TestCase("normalize")]
    [TestCase("normalize", "--unknown", "--output", "x")]
    public void SpecTool_invalid_arguments_print_usage(params string[] arguments)
    {
        using var folder = new TempFolder();

        CommandResult result = Tool(folder, arguments);

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.Everything, Does.Contain("Usage:"));
    }

    [Test]
    public void Normalize_in_subfolder_finds_files_of_repository()
    {
        using var folder = new TempFolder();

        CommandResult result = CommandResult.Dotnet(Repository.PathOf("build"), [Dll, "normalize", "--output", folder.PathOf("out.json")]);

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        Assert.That(result.Output, Does.Match(@"^(note: .*\r?\n)*\d{2,} operations, \d{3,} types"));
    }

    [Test]
    public void Normalize_of_build_and_tool_write_same_document()
    {
        using var folder = new TempFolder();
        CommandResult tool = Normalize(folder, Yaml.Document(Thing), "--no-overlay");
        string written = File.ReadAllText(folder.PathOf("deep", "out.json"));

        CommandResult normalizer = CommandResult.Dotnet(
            folder.Root,
            [Path.Combine(AppContext.BaseDirectory, "Retell.Spec.dll"), "normalize", "--spec", "api.yaml", "--no-overlay", "--names", "names.yaml", "--output", "normalizer.json"]);

        Assert.That((normalizer.ExitCode, normalizer.Output, normalizer.Error), Is.EqualTo((tool.ExitCode, tool.Output, tool.Error)));
        Assert.That(File.ReadAllText(folder.PathOf("normalizer.json")), Is.EqualTo(written));
    }

    private static string Dll => Path.Combine(AppContext.BaseDirectory, "Retell.SpecTool.dll");

    private static CommandResult Normalize(TempFolder folder, string spec, params string[] more)
    {
        folder.Write("api.yaml", spec);
        return Tool(
            folder,

            [
                "normalize",
                "--spec",
                "api.yaml",
                .. more.Contains("--no-overlay") ? Array.Empty<string>() : ["--overlay", "overlay.yaml"],
                "--names",
                "names.yaml",
                "--output",
                "deep/out.json",
                .. more,
            ]);
    }

    private static CommandResult Tool(TempFolder folder, params string[] arguments) => CommandResult.Dotnet(folder.Root, [Dll, .. arguments]);
}
