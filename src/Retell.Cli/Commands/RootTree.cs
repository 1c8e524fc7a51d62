using System.CommandLine;
using System.CommandLine.Help;
using Retell.Cli.Documentation;
using Retell.Cli.Quickstart;

namespace Retell.Cli.Commands;

/// <summary>The tree of all commands.</summary>
internal static class RootTree
{
    private const string Description =
        """
        The command of the community .NET SDK for the Retell AI API: retell RESOURCE VERB, for every method of the SDK.

        The API key comes from the environment variable RETELL_API_KEY, and from nowhere else. RETELL_BASE_URL leads to
        another server. --dry-run shows what would be sent.
        """;

    /// <summary>Not a RootCommand, whose name is that of the assembly and not that of the tool.</summary>
    public static Command Create(CliEnvironment environment)
    {
        var globals = new GlobalOptions();
        var root = new Command("retell", $"{Description}\n\n{ExitCode.Help}")
        {
            new HelpOption(),
            new VersionOption(),
        };
        globals.AddTo(root);
        var run = new RunContext(environment, globals);
        foreach (Command resource in ResourceCommands.Create(run, XmlDocumentation.OfSdk))
        {
            root.Add(resource);
        }

        root.Add(SendCommand.Create(run));
        root.Add(CompletionCommand.Create(environment));
        root.Add(QuickstartCommand.Create(environment));
        return root;
    }
}
