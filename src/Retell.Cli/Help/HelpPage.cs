namespace Retell.Cli.Help;

/// <summary>A page of help.</summary>
/// <param name="Description">What the command does.</param>
/// <param name="Usage">How it is typed.</param>
/// <param name="Sections">The commands, arguments and options.</param>
/// <param name="Notes">The text at the end.</param>
internal sealed record HelpPage(string Description, string Usage, IReadOnlyList<HelpSection> Sections, string? Notes = null)
{
    private const string Indent = "  ";
    private const int WidestLabel = 36;
    private const int NarrowestText = 24;

    public void WriteTo(TextWriter output, int width)
    {
        output.WriteLine(string.Join(Environment.NewLine, Description.Split('\n').SelectMany(line => Wrap(line, width))));
        output.WriteLine();
        output.WriteLine("Usage:");
        output.WriteLine(Indent + Usage);
        foreach (HelpSection section in Sections.Where(section => section.Rows.Count > 0))
        {
            output.WriteLine();
            output.WriteLine(section.Title + ":");
            int labels = Math.Min(WidestLabel, section.Rows.Max(row => row.Label.Length));
            foreach ((string label, string text) in section.Rows)
            {
                WriteRow(output, label, [.. Wrap(text, Math.Max(NarrowestText, width - labels - (2 * Indent.Length)))], labels);
            }
        }

        if (Notes is not null)
        {
            output.WriteLine();
            output.WriteLine(Notes);
        }
    }

    private static void WriteRow(TextWriter output, string label, IReadOnlyList<string> lines, int labels)
    {
        if (label.Length > labels)
        {
            output.WriteLine(Indent + label);
            label = "";
        }

        foreach (string line in lines.DefaultIfEmpty(""))
        {
            output.WriteLine($"{Indent}{label.PadRight(labels)}{Indent}{line}".TrimEnd());
            label = "";
        }
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = "";
            }

            line += line.Length == 0 ? word : " " + word;
        }

        yield return line;
    }
}

/// <summary>A titled list of what can be typed.</summary>
internal sealed record HelpSection(string Title, IReadOnlyList<(string Label, string Text)> Rows)
{
    public const string Commands = "Commands";
    public const string Globals = "Options of every command";
}
