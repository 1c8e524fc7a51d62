using System.CommandLine;
using System.CommandLine.Parsing;
using Retell.Cli.Help;

namespace Retell.Cli.Commands;

/// <summary>Describes what is wrong with a command line.</summary>
internal static class ParseFault
{
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        string path = ParsedPath.Of(parsed.CommandResult);
        string? stray = parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null;
        string fault = stray switch
        {
            not null when stray.StartsWith('-') => $"{path} does not have the option {stray}.{DidYouMean(stray, OptionsOf(parsed.CommandResult))}",
            not null when command.Subcommands.Count > 0 => $"{path} does not have the command {stray}.{DidYouMean(stray, CommandsOf(command))}",
            null when command.Subcommands.Count > 0 && parsed.Errors.Count <= 1 => $"{path} requires a command, such as {string.Join(" or ", CommandsOf(command).Take(2))}.",
            null when MissingArgument(parsed) is string argument => $"{path} requires <{argument}>.",
            _ => parsed.Errors[0].Message.TrimEnd('.') + '.',
        };
        return $"{fault} See {path} --help.";
    }

    private static string? MissingArgument(ParseResult parsed) => parsed.CommandResult.Command.Arguments
        .FirstOrDefault(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })?.Name;

    private static string DidYouMean(string typed, IEnumerable<string> names) => Names.Nearest(typed, names) is string name ? $" Did you mean {name}?" : "";

    private static IEnumerable<string> CommandsOf(Command command) => command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);

    private static IEnumerable<string> OptionsOf(CommandResult command) => ParsedPath.Levels(command).SelectMany(level => level.Command.Options).Select(option => option.Name);
}
