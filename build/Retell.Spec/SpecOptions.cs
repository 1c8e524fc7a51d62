using System.CommandLine;

namespace Retell.Spec;

/// <summary>The options that several commands share.</summary>
internal sealed class SpecOptions
{
    public Option<FileInfo> Spec { get; } = File("--spec", "The OpenAPI document of the API.", "openapi/retell.yaml");

    public Option<FileInfo> Retained { get; } = File(
        "--retained",
        "The file with the members that the API has removed and the SDK keeps. It may be missing.",
        "openapi/retained.yaml");

    public Option<FileInfo> Overlay { get; } = File("--overlay", "The OpenAPI Overlay with corrections and names.", "openapi/overlay.yaml");

    public Option<bool> NoOverlay { get; } = new("--no-overlay") { Description = "Use the document without the overlay." };

    public Option<FileInfo> Names { get; } = File("--names", "The file with the recorded C# names.", "openapi/names.lock.yaml");

    /// <summary>Creates an option whose default is a file of the repository.</summary>
    public static Option<FileInfo> File(string name, string description, string path) =>
        new(name) { Description = $"{description} Default: {path}", DefaultValueFactory = _ => Repository.File(path) };

    /// <summary>Returns the files that the command line names.</summary>
    public NormalizeInput Input(ParseResult result) => new(
        result.GetValue(Spec)!.FullName,
        result.GetValue(NoOverlay) ? null : result.GetValue(Overlay)!.FullName,
        result.GetValue(Names)!.FullName,
        result.GetValue(Retained)!.FullName);

    /// <summary>Runs a command. Input that a person has to mend ends it with a message and exit code 2.</summary>
    public static async Task<int> RunAsync(Func<Task<int>> command)
    {
        try
        {
            return await command().ConfigureAwait(false);
        }
        catch (SpecError error)
        {
            await Console.Error.WriteLineAsync("error: " + error.Message).ConfigureAwait(false);
            return 2;
        }
    }
}
