using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Retell.Cli.Documentation;
using Retell.Cli.Fake;
using Retell.Cli.Help;
using Retell.Cli.Quickstart;
using Retell.Cli.Webhooks;

namespace Retell.Cli.Commands;

/// <summary>The tree of all commands.</summary>
internal static class RootTree
{
    /// <summary>Creates the tree. It is not a RootCommand, whose name is that of the assembly and not that of the tool.</summary>
    /// <param name="environment">The environment of the run.</param>
    /// <param name="args">What was typed, to create only the commands that it can mean; null for all of them.</param>
    public static Command Create(CliEnvironment environment, IReadOnlyList<string>? args = null)
    {
        var globals = new GlobalOptions();
        var root = new Command(ParsedPath.Root, RootHelp.Description)
        {
            new HelpOption { Description = GlobalHelp.Help.Description, Action = new CommandHelp(environment) },
            new VersionOption { Description = GlobalHelp.Version.Description, Action = new VersionAction(environment.Output) },
        };
        globals.AddTo(root);
        var run = new RunContext(environment, globals);
        foreach (Command resource in ResourceCommands.Create(run, args is null || args.Any(IsHelp) ? XmlDocumentation.OfSdk : XmlDocumentation.None, args))
        {
            root.Add(resource);
        }

        root.Add(SendCommand.Create(run));
        root.Add(CompletionCommand.Create(environment));
        root.Add(QuickstartCommand.Create(environment));
        root.Add(FakeCommand.Create(run));
        root.Add(WebhooksCommand.Create(run));
        return root;
    }

    private static bool IsHelp(string arg) => arg is "--help" or "-h" or "-?" or "/?" or "/h";

    private sealed class VersionAction(TextWriter output) : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            output.WriteLine(RootHelp.Version);
            return ExitCode.Success;
        }
    }
}
