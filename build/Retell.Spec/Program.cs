using System.CommandLine;
using Retell.Spec;

return await new RootCommand("Writes the normalized document and splits the output of NSwag into files. It is called by the build; use Retell.SpecTool on the command line.")
{
    NormalizeCommand.Create(new SpecOptions()),
    SplitCommand.Create(),
}.Parse(args).InvokeAsync().ConfigureAwait(false);
