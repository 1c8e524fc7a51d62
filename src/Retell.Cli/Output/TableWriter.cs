using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>
/// A table for people: of a list the scalar members as columns, as many as fit, the one that tells the rows apart first;
/// of one thing its members as rows.
/// </summary>
internal sealed class TableWriter(TextWriter output, int width) : ResultWriter
{
    private const int WidestCell = 40;
    private const string Gap = "  ";

    private readonly List<JObject> _rows = [];

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

        JObject members = AsObject(value);
        int names = members.Properties().Select(member => member.Name.Length).DefaultIfEmpty().Max();
        foreach (JProperty member in members.Properties())
        {
            output.WriteLine($"{Plain.Text(member.Name).PadRight(names)}{Gap}{Cell.Text(member.Name, member.Value, Math.Max(10, width - names - Gap.Length))}".TrimEnd());
        }
    }

    public override void BeginList() => _rows.Clear();

    public override void WriteItem(JToken item) => _rows.Add(AsObject(item));

    public override void EndList()
    {
        List<Column> columns = [.. Fitting(Columns())];
        if (columns.Count == 0)
        {
            return;
        }

        WriteLine(columns, column => column.Name);
        for (int row = 0; row < _rows.Count; row++)
        {
            WriteLine(columns, column => column.Cells[row]);
        }
    }

    public override void Dispose()
    {
    }

    private static JObject AsObject(JToken value) => value as JObject ?? new JObject { ["value"] = value };

    private IEnumerable<Column> Columns() => _rows
        .SelectMany(row => row.Properties())
        .GroupBy(member => member.Name)
        .Where(members => members.All(member => member.Value is JValue) && members.Any(member => member.Value.Type != JTokenType.Null))
        .Select(members => new Column(members.Key, [.. _rows.Select(row => Cell.Text(members.Key, row[members.Key], WidestCell))]))
        .OrderBy(column => column.IsKey ? 0 : 1);

    private IEnumerable<Column> Fitting(IEnumerable<Column> columns)
    {
        int left = width;
        foreach (Column column in columns)
        {
            // The first one tells what it is about, however narrow the terminal.
            if (column.Width <= left || left == width)
            {
                left -= column.Width + Gap.Length;
                yield return column;
            }
        }
    }

    private void WriteLine(List<Column> columns, Func<Column, string> cell) =>
        output.WriteLine(string.Join(Gap, columns.Select(column => cell(column).PadRight(column.Width))).TrimEnd());

    private sealed record Column(string Name, IReadOnlyList<string> Cells)
    {
        public int Width { get; } = Math.Max(Name.Length, Cells.Max(cell => cell.Length));

        /// <summary>Whether it tells the rows apart.</summary>
        public bool IsKey { get; } = (Name.EndsWith("_id", StringComparison.Ordinal) || Name == "phone_number")
            && Cells.All(cell => cell.Length > 0) && Cells.Distinct(StringComparer.Ordinal).Count() == Cells.Count;
    }
}
