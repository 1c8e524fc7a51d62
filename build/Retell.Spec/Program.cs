using System.CommandLine;
using Retell.Spec;

return await new RootCommand("Writes the document that the raw layer is generated from. The build calls it; people call Retell.SpecTool.")
{
    NormalizeCommand.Create(new SpecOptions()),
}.Parse(args).InvokeAsync().ConfigureAwait(false);
