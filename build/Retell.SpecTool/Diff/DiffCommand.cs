using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.Spec.Naming;
using Retell.SpecTool.Update;

namespace Retell.SpecTool.Diff;

/// <summary><c>diff OLD NEW</c>.</summary>
internal static class DiffCommand
{
    public static Command Create()
    {
        var old = new Argument<FileInfo>("OLD") { Description = "The previous OpenAPI document." };
        var now = new Argument<FileInfo>("NEW") { Description = "The new OpenAPI document." };
        Option<FileInfo> overlay = SpecOptions.File("--overlay", "The OpenAPI Overlay, applied to both.", "openapi/overlay.yaml");
        var noOverlay = new Option<bool>("--no-overlay") { Description = "Use the documents without the overlay." };
        Option<FileInfo> names = SpecOptions.File("--names", "The file with the recorded C# names.", "openapi/names.lock.yaml");
        Option<string> format = Choice("--format", "The output format: text, markdown or json.", "text", "text", "markdown", "json");
        var output = new Option<FileInfo?>("--output", "-o") { Description = "The output file. The default is the terminal." };
        Option<string> failOn = Choice(
            "--fail-on",
            "Exit with code 1 if there are changes of this class or a more severe one (any: every class except documentation).",
            null,
            "breaking",
            "risky",
            "any");
        var command = new Command(
            "diff",
            """
            Compare two OpenAPI documents and report what changes for applications that use the SDK.
            Each change is breaking (code no longer compiles, calls fail, or data no longer arrives), risky (a review is needed) or additive.
            Exit codes: 0 done, with changes or without; 1 changes that --fail-on names; 2 the input is invalid.
            """)
        {
            old, now, overlay, noOverlay, names, format, output, failOn,
        };
        command.SetAction((result, _) => SpecOptions.RunAsync(() =>
        {
            string? corrections = result.GetValue(noOverlay) ? null : result.GetValue(overlay)!.FullName;
            IReadOnlyList<Change> changes = Compare(result.GetValue(old)!.FullName, result.GetValue(now)!.FullName, corrections, result.GetValue(names)!.FullName);
            Write(changes, result.GetValue(format)!, result.GetValue(output)?.FullName, Console.Out);
            return Task.FromResult(Fails(changes, result.GetValue(failOn)) ? 1 : 0);
        }));
        return command;
    }

    /// <summary>Reads two documents with the same corrections; the second one keeps the names of the first.</summary>
    public static IReadOnlyList<Change> Compare(string old, string now, string? overlay, string names)
    {
        NameLock recorded = NameLock.Read(names);
        ApiModel before = Load(old, overlay, recorded);

        // As update does it: what the older revision is called is recorded before the newer one is named.
        NormalizeCommand.Record(recorded, before);
        MovedOperations.Record(OpenApi31.Read(old), OpenApi31.Read(now), recorded);
        MovedSchemas.Find(before, Load(now, overlay, recorded), recorded);
        return ApiDiff.Compare(before, Load(now, overlay, recorded));
    }

    /// <summary>Writes changes in one of the formats, to a file in one step or to the terminal.</summary>
    public static void Write(IReadOnlyList<Change> changes, string format, string? file, TextWriter terminal)
    {
        Action<IReadOnlyList<Change>, TextWriter> write = format switch
        {
            "markdown" => ChangeReport.WriteMarkdown,
            "json" => ChangeReport.WriteJson,
            _ => ChangeReport.WriteText,
        };
        if (file is null)
        {
            write(changes, terminal);
            return;
        }

        using var text = new StringWriter { NewLine = "\n" };
        write(changes, text);
        AtomicFile.Write(file, text.ToString());
    }

    private static bool Fails(IReadOnlyList<Change> changes, string? failOn)
    {
        ChangeClass? worst = failOn switch
        {
            "breaking" => ChangeClass.Breaking,
            "risky" => ChangeClass.Risky,
            "any" => ChangeClass.Additive,
            _ => null,
        };
        return worst is not null && changes.Any(c => c.Class >= worst);
    }

    private static ApiModel Load(string file, string? overlay, NameLock names)
    {
        JObject document = YamlFile.ReadObject(file);

        // Without it the model would not lead to the rest of the document.
        document["info"] ??= new JObject();
        return NormalizeCommand.Load(document, RetainedFile.Empty, new NormalizeInput(file, overlay, names.File), [], names).Model;
    }

    private static Option<string> Choice(string name, string description, string? otherwise, params string[] values)
    {
        var option = new Option<string>(name) { Description = description };
        if (otherwise is not null)
        {
            option.DefaultValueFactory = _ => otherwise;
        }

        option.AcceptOnlyFromAmong(values);
        return option;
    }
}
