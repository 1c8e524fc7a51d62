namespace Retell.Cli.Output;

/// <summary>Text that others wrote, safe for a terminal and on one line.</summary>
internal static class Plain
{
    public static string Text(string text) =>
        string.Join(' ', string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
