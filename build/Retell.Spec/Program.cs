using System.CommandLine;
using Retell.Spec;

return await new RootCommand("Writes the document that the raw layer is generated from, and cuts what NSwag writes into files. The build calls it; people call Retell.SpecTool.")
{
    NormalizeCommand.Create(new SpecOptions()),
    SplitCommand.Create(),
}.Parse(args).InvokeAsync().ConfigureAwait(false);
