using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;

namespace Retell.Cli.Commands;

/// <summary><c>retell [suggest:POSITION] "LINE"</c>: what may come next, for the scripts of <c>retell completion</c>.</summary>
internal static class Suggestions
{
    private const string Start = "[suggest";

    public static bool IsDirective(string arg) => arg.StartsWith(Start, StringComparison.Ordinal) && arg.EndsWith(']');

    public static async Task<int> WriteAsync(CliEnvironment environment, IReadOnlyList<string> args)
    {
        string line = args.Count > 1 ? args[1] : "";
        int position = int.TryParse(args[0].AsSpan(Start.Length).Trim(":]"), CultureInfo.InvariantCulture, out int given) ? Math.Min(given, line.Length) : line.Length;
        Command root = RootTree.Create(environment, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        foreach (CompletionItem item in root.Parse(line[..position]).GetCompletions(position))
        {
            await environment.Output.WriteLineAsync(item.InsertText ?? item.Label).ConfigureAwait(false);
        }

        return ExitCode.Success;
    }
}
