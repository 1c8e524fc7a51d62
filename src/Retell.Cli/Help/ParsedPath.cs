using System.CommandLine.Parsing;

namespace Retell.Cli.Help;

/// <summary>The command that was typed, from the root to the verb.</summary>
internal static class ParsedPath
{
    public const string Root = "retell";

    /// <summary>Returns such as <c>retell calls list</c>.</summary>
    public static string Of(CommandResult command) => string.Join(' ', Levels(command).Reverse().Select(level => level.Command.Name));

    /// <summary>Returns the command and those above it.</summary>
    public static IEnumerable<CommandResult> Levels(CommandResult command)
    {
        for (SymbolResult? level = command; level is not null; level = level.Parent)
        {
            if (level is CommandResult found)
            {
                yield return found;
            }
        }
    }
}
