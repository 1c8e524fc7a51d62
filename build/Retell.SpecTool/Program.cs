using System.CommandLine;
using Retell.SpecTool;

var spec = new Option<FileInfo>("--spec") { Description = "The OpenAPI document of the API.", DefaultValueFactory = _ => Repository.File("openapi/retell.yaml") };
var overlay = new Option<FileInfo>("--overlay") { Description = "The OpenAPI Overlay with our corrections and names.", DefaultValueFactory = _ => Repository.File("openapi/overlay.yaml") };
var noOverlay = new Option<bool>("--no-overlay") { Description = "Takes the document as it is." };
var names = new Option<FileInfo>("--names") { Description = "The names that are recorded.", DefaultValueFactory = _ => Repository.File("openapi/names.lock.yaml") };
var output = new Option<FileInfo>("--output", "-o") { Description = "Where the normalised document is written.", Required = true };
var writeNames = new Option<bool>("--write-names") { Description = "Adds new names to the recorded ones." };

var normalize = new Command("normalize", "Turns the spec and its overlay into the document that NSwag generates from.") { spec, overlay, noOverlay, names, output, writeNames };
normalize.SetAction(result => Run(() => NormalizeCommand.Run(
    new NormalizeInput(
        result.GetValue(spec)!.FullName,
        result.GetValue(noOverlay) ? null : result.GetValue(overlay)!.FullName,
        result.GetValue(names)!.FullName),
    result.GetValue(output)!.FullName,
    result.GetValue(writeNames),
    Console.Out)));

var root = new RootCommand("Prepares the OpenAPI document of the Retell API for code generation. Exit codes: 0 done, 2 the input has to be mended.") { normalize };
return root.Parse(args).Invoke();

static int Run(Action action)
{
    try
    {
        action();
        return 0;
    }
    catch (SpecError error)
    {
        Console.Error.WriteLine("error: " + error.Message);
        return 2;
    }
}
