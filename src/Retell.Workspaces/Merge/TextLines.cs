using System.Text;

namespace Retell.Workspaces.Merge;

/// <summary>Compares and merges texts by line.</summary>
internal static class TextLines
{
    private const int Context = 3;

    public static bool HasSeveral(string text) => text.Contains('\n', StringComparison.Ordinal);

    /// <summary>Merges two changed texts; null if both changed the same or adjacent lines.</summary>
    public static string? Merge(string origin, string ours, string theirs) =>
        SequenceMerge.Of(origin.Split('\n'), ours.Split('\n'), theirs.Split('\n'), StringComparer.Ordinal) is { } lines ? string.Join('\n', lines) : null;

    /// <summary>Returns the lines of a unified diff without a header.</summary>
    public static string UnifiedDiff(string before, string after)
    {
        string[] old = before.Split('\n');
        string[] changed = after.Split('\n');
        IReadOnlyList<SequenceChange> changes = SequenceDiff.Of(old, changed, StringComparer.Ordinal);
        var text = new StringBuilder();
        for (int i = 0; i < changes.Count;)
        {
            int last = i;
            while (last + 1 < changes.Count && changes[last + 1].Start - changes[last].End <= 2 * Context)
            {
                last++;
            }

            int from = Math.Max(0, changes[i].Start - Context);
            int to = Math.Min(old.Length, changes[last].End + Context);
            int shift = changes[i].OtherStart - changes[i].Start;
            int otherCount = to - from + changes.Skip(i).Take(last - i + 1).Sum(c => c.OtherCount - c.Count);
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"@@ -{from + 1},{to - from} +{from + shift + 1},{otherCount} @@\n");
            int at = from;
            for (; i <= last; i++)
            {
                Append(text, ' ', old[at..changes[i].Start]);
                Append(text, '-', old[changes[i].Start..changes[i].End]);
                Append(text, '+', changed[changes[i].OtherStart..changes[i].OtherEnd]);
                at = changes[i].End;
            }

            Append(text, ' ', old[at..to]);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, char sign, IEnumerable<string> lines)
    {
        foreach (string line in lines)
        {
            text.Append(sign).Append(line).Append('\n');
        }
    }
}
