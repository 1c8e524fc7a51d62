using Spectre.Console;

namespace Retell.Cli.Output;

/// <summary>Creates consoles that write nowhere but to what they are given, and take nothing from the process.</summary>
internal static class Consoles
{
    /// <param name="output">Where it writes.</param>
    /// <param name="hasAnsi">Whether escape sequences may be written.</param>
    /// <param name="hasColors">Whether colors may be among them.</param>
    public static IAnsiConsole Create(TextWriter output, bool hasAnsi, bool hasColors = true)
    {
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = hasAnsi ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = hasAnsi && hasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = hasAnsi ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        return console;
    }
}
