using System.CommandLine;
using Retell.SpecTool.Check;
using Retell.SpecTool.Model;
using Retell.SpecTool.Naming;
using Retell.SpecTool.Update;

namespace Retell.SpecTool;

/// <summary>The commands of the tool and the options they share.</summary>
internal sealed class CommandLine
{
    private readonly Option<FileInfo> _spec = File("--spec", "The OpenAPI document of the API.", "openapi/retell.yaml");
    private readonly Option<FileInfo> _retained = File("--retained", "What the API no longer has and we keep callable; the file may be missing.", "openapi/retained.yaml");
    private readonly Option<FileInfo> _overlay = File("--overlay", "The OpenAPI Overlay with our corrections and names.", "openapi/overlay.yaml");
    private readonly Option<bool> _noOverlay = new("--no-overlay") { Description = "Takes the document as it is." };
    private readonly Option<FileInfo> _names = File("--names", "The C# names that are recorded.", "openapi/names.lock.yaml");

    public static RootCommand Create()
    {
        var line = new CommandLine();
        return new RootCommand(
            """
            Takes the OpenAPI document of the Retell API to what the SDK is generated from.
            Exit codes: 0 done; 1 something is left for a person to write (check); 2 the input has to be mended.
            """)
        {
            line.Normalize(),
            line.Check(),
            line.Update(),
            Diff.DiffCommand.Create(),
        };
    }

    private static Option<FileInfo> File(string name, string description, string path) =>
        new(name) { Description = $"{description} Default: {path}", DefaultValueFactory = _ => Repository.File(path) };

    private Command Normalize()
    {
        var output = new Option<FileInfo>("--output", "-o") { Description = "Where the normalised document is written.", Required = true };
        var writeNames = new Option<bool>("--write-names") { Description = "Adds new names to the recorded ones." };
        var command = new Command("normalize", "Turns the spec, with the overlay applied, into the document that NSwag generates from.") { _spec, _retained, _overlay, _noOverlay, _names, output, writeNames };
        command.SetAction((result, _) => RunAsync(() =>
        {
            NormalizeCommand.Run(Input(result), result.GetValue(output)!.FullName, result.GetValue(writeNames), Console.Out);
            return Task.FromResult(0);
        }));
        return command;
    }

    private Command Check()
    {
        var verbose = new Option<bool>("--verbose", "-v") { Description = "Lists every operation with its methods, and what has no description." };
        var command = new Command("check", "Says what is left to write by hand: facade methods, discriminators, overlay actions that match nothing.") { _spec, _retained, _overlay, _names, verbose };
        command.SetAction((result, _) => RunAsync(() =>
        {
            var notes = new List<string>();
            NormalizeInput input = Input(result);
            (ApiModel model, NameLock _) = NormalizeCommand.Load(input, notes);
            CheckReport report = CheckReport.Of(model, notes, input, Repository.Root);
            report.Write(Console.Out, result.GetValue(verbose));
            return Task.FromResult(report.IsComplete ? 0 : 1);
        }));
        return command;
    }

    private Command Update()
    {
        var source = new Argument<string>("source") { Description = "The new revision: a file or a URL." };
        var drop = new Option<bool>("--drop-retained") { Description = "For a major version: what the API no longer has is not kept." };
        var command = new Command("update", "Takes a new revision of the API: replaces openapi/retell.yaml, keeps what upstream removed, records new names, and says what changed and what is left to write.") { source, drop, _spec, _retained, _overlay, _names };
        command.SetAction((result, cancellationToken) => RunAsync(() =>
            UpdateCommand.RunAsync(Input(result), result.GetValue(source)!, result.GetValue(drop), Console.Out, cancellationToken)));
        return command;
    }

    private NormalizeInput Input(ParseResult result) => new(
        result.GetValue(_spec)!.FullName,
        result.GetValue(_noOverlay) ? null : result.GetValue(_overlay)!.FullName,
        result.GetValue(_names)!.FullName,
        result.GetValue(_retained)!.FullName);

    private static async Task<int> RunAsync(Func<Task<int>> action)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (SpecError error)
        {
            await Console.Error.WriteLineAsync("error: " + error.Message).ConfigureAwait(false);
            return 2;
        }
    }
}
