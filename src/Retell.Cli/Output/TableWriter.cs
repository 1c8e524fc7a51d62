using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>
/// A table for people: of a list the columns that matter, as many as fit, the one that tells the rows apart first; of one thing its
/// members as rows.
/// </summary>
/// <param name="output">Where it is printed.</param>
/// <param name="error">Where it is said that columns were left out.</param>
/// <param name="style">How it is drawn.</param>
/// <param name="columns">The columns; empty where they follow from the items.</param>
/// <param name="isChosen">Whether the columns were named by the user, who then gets all of them.</param>
internal sealed class TableWriter(TextWriter output, TextWriter error, TableStyle style, IReadOnlyList<TableColumn> columns, bool isChosen) : ResultWriter
{
    private const int WidestCell = 40;
    private const int NarrowestValue = 10;

    private readonly List<JObject> _rows = [];
    private List<Column>? _shown;

    public override void WriteOne(JToken value)
    {
        if (value is JArray list)
        {
            BeginList();
            foreach (JToken item in list)
            {
                WriteItem(item);
            }

            EndList();
            return;
        }

        List<(string Name, JToken Value)> members = [.. AsObject(value).Properties().Select(member => (Plain.Text(member.Name), member.Value))];
        if (members.Count == 0)
        {
            return;
        }

        int names = members.Max(member => TextTable.WidthOf(member.Name));
        int? width = style.Width is int line ? Math.Max(NarrowestValue, line - names - TextTable.Gap) : null;
        IReadOnlyList<IReadOnlyList<string>> rows = [.. members.Select(member => (string[])[member.Name, Shortened(Cell.Text(member.Name, member.Value), width)])];
        TextTable.Write(output, [names, Math.Max(1, rows.Max(row => TextTable.WidthOf(row[1])))], null, rows, style.HasColors);
    }

    public override void BeginList() => _rows.Clear();

    public override void WriteItem(JToken item) => _rows.Add(AsObject(item));

    public override void EndList() => Flush();

    public override void Flush()
    {
        if (_rows.Count == 0)
        {
            return;
        }

        // What comes later stands below the columns that the first rows have made.
        bool isFirst = _shown is null;
        _shown ??= Shown();
        IReadOnlyList<IReadOnlyList<string>> cells = [.. _rows.Select(row => (string[])[.. _shown.Select(column => column.Cell(row))])];
        _rows.Clear();
        List<int> widths = [.. _shown.Select((column, i) => isFirst ? column.Width : Math.Max(column.Width, cells.Max(row => TextTable.WidthOf(row[i]))))];
        if (_shown.Count > 0)
        {
            TextTable.Write(output, widths, isFirst ? [.. _shown.Select(column => column.Title)] : null, cells, style.HasColors);
            output.Flush();
        }
    }

    public override void Dispose()
    {
    }

    private static string Shortened(string text, int? width) => width is int limit ? TextTable.Cut(text, limit) : text;

    private static JObject AsObject(JToken value) => value as JObject ?? new JObject { ["value"] = value };

    private List<Column> Shown()
    {
        // A column without a value is left out, but not for a single row, below which others may follow.
        int? cell = style.Width is null || isChosen ? null : WidestCell;
        List<Column> all = columns.Count > 0
            ? [.. columns.Select(column => new Column(column, _rows, cell)).Where(column => isChosen || !column.IsEmpty || _rows.Count < 2)]
            : [.. Found().Select(name => new Column(new TableColumn(name, name), _rows, cell)).OrderBy(column => column.IsKey ? 0 : 1)];
        if (style.Width is not int width || isChosen)
        {
            return all;
        }

        List<Column> fitting = [.. Fitting(all, width)];
        if (columns.Count > 0 && fitting.Count < all.Count)
        {
            error.WriteLine($"Columns that do not fit: {string.Join(", ", all.Except(fitting).Select(column => column.Title))}. Use --columns to choose, or --output json.");
        }

        return fitting;
    }

    /// <summary>The scalar members that at least one of the items has.</summary>
    private IEnumerable<string> Found() => _rows
        .SelectMany(row => row.Properties())
        .GroupBy(member => member.Name)
        .Where(members => members.All(member => member.Value is JValue) && members.Any(member => member.Value.Type != JTokenType.Null))
        .Select(members => members.Key);

    private static IEnumerable<Column> Fitting(IEnumerable<Column> columns, int width)
    {
        int left = width;
        foreach (Column column in columns)
        {
            // The first one tells what it is about, however narrow the terminal.
            if (column.Width <= left || left == width)
            {
                left -= column.Width + TextTable.Gap;
                yield return column;
            }
        }
    }

    private sealed class Column
    {
        private readonly TableColumn _column;
        private readonly int? _widest;

        public Column(TableColumn column, IReadOnlyList<JObject> rows, int? widest)
        {
            (_column, _widest) = (column, widest);
            List<string> cells = [.. rows.Select(Cell)];
            Width = Math.Max(TextTable.WidthOf(Title), cells.Max(TextTable.WidthOf));
            IsEmpty = cells.All(cell => cell.Length == 0);
            IsKey = (column.Path.EndsWith("_id", StringComparison.Ordinal) || column.Path == "phone_number")
                && cells.All(cell => cell.Length > 0) && cells.Distinct(StringComparer.Ordinal).Count() == cells.Count;
        }

        public string Title => Plain.Text(_column.Title);

        public int Width { get; }

        public bool IsEmpty { get; }

        /// <summary>Whether it tells the rows apart.</summary>
        public bool IsKey { get; }

        public string Cell(JObject row) => Shortened(Output.Cell.Text(_column.Path, _column.ValueIn(row)), _widest);
    }
}
