using System.CommandLine;
using Retell.Cli.Quickstart;

var root = new RootCommand("The command of the community .NET SDK for the Retell AI API.")
{
    QuickstartCommand.Create(),
};
return await root.Parse(args).InvokeAsync().ConfigureAwait(false);
