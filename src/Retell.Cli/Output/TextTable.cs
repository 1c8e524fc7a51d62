using Spectre.Console;
using Spectre.Console.Rendering;

namespace Retell.Cli.Output;

/// <summary>Draws rows with aligned columns, also of wide characters.</summary>
internal static class TextTable
{
    public const int Gap = 2;

    /// <summary>The number of character cells that a text takes on a terminal.</summary>
    public static int WidthOf(string text) => text.GetCellWidth();

    /// <summary>The text, cut with an ellipsis where it is wider than a number of cells.</summary>
    public static string Cut(string text, int width)
    {
        if (WidthOf(text) <= width)
        {
            return text;
        }

        int length = 0;
        int used = 1;
        foreach (string element in Elements(text))
        {
            used += WidthOf(element);
            if (used > width)
            {
                break;
            }

            length += element.Length;
        }

        return text[..length] + "…";
    }

    /// <param name="output">Where the rows go.</param>
    /// <param name="widths">The widths of the columns.</param>
    /// <param name="header">The headings; null for none.</param>
    /// <param name="rows">The cells of each row.</param>
    /// <param name="hasColors">Whether escape sequences may be written.</param>
    public static void Write(TextWriter output, IReadOnlyList<int> widths, IReadOnlyList<string>? header, IReadOnlyList<IReadOnlyList<string>> rows, bool hasColors)
    {
        using var text = new StringWriter();
        IAnsiConsole console = Consoles.Create(text, hasColors);
        console.Profile.Width = widths.Sum() + (Gap * widths.Count);
        var table = new Table { Border = TableBorder.None, ShowHeaders = header is not null };
        for (int i = 0; i < widths.Count; i++)
        {
            table.AddColumn(
                new Spectre.Console.TableColumn(new Text(header?[i] ?? "", new Style(decoration: Decoration.Bold)))
                {
                    Width = widths[i],
                    NoWrap = true,
                    Padding = new Padding(0, 0, Gap, 0),
                });
        }

        foreach (IReadOnlyList<string> row in rows)
        {
            table.AddRow(row.Select(IRenderable (cell) => new Text(cell)));
        }

        console.Write(table);
        foreach (string line in text.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = System.Globalization.StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            yield return elements.GetTextElement();
        }
    }
}
