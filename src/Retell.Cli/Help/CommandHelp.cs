using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Retell.Cli.Filters;

namespace Retell.Cli.Help;

/// <summary>The help of a command.</summary>
internal sealed class CommandHelp(CliEnvironment environment) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        string path = ParsedPath.Of(parseResult.CommandResult);
        if (path == ParsedPath.Root)
        {
            RootHelp.TryWrite([], environment.Output, environment.Width);
        }
        else
        {
            Page(parseResult.CommandResult.Command, path).WriteTo(environment.Output, environment.Width);
        }

        return ExitCode.Success;
    }

    private static HelpPage Page(Command command, string path)
    {
        string arguments = string.Concat(command.Arguments.Select(argument => $" <{argument.Name}>"));
        string usage = path + (command.Subcommands.Count > 0 ? " <command>" : arguments) + " [options]";
        ILookup<bool, Option> options = command.Options.Where(option => !option.Hidden).ToLookup(option => option is IFilterOption);
        return new HelpPage(
            command.Description ?? "",
            usage,
            [
                new(HelpSection.Commands, [.. command.Subcommands.Where(sub => !sub.Hidden).Select(sub => (sub.Name, FirstSentence(sub.Description)))]),
                new("Arguments", [.. command.Arguments.Select(argument => ($"<{argument.Name}>", argument.Description ?? ""))]),
                new("Filters", [.. options[true].Select(Row)]),
                new("Options", [.. options[false].Select(Row)]),
                new(HelpSection.Globals, [.. GlobalHelp.All.Append(GlobalHelp.Help).Select(option => (option.Label, option.Description))]),
            ]);
    }

    private static (string Label, string Text) Row(Option option) => (
        new OptionHelp(option.Name, "", option.ValueType == typeof(bool) ? null : option.HelpName ?? "value", option.Aliases.FirstOrDefault()).Label,
        option.Description ?? "");

    /// <summary>In a list of commands one sentence tells them apart.</summary>
    private static string FirstSentence(string? text) => text?.Split(". ")[0].TrimEnd('.') + "." is string first && first.Length > 1 ? first : "";
}
