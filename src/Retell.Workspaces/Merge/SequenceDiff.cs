namespace Retell.Workspaces.Merge;

/// <summary>A part of two sequences: what was replaced by what. Equal parts are between the changes.</summary>
internal readonly record struct SequenceChange(int Start, int Count, int OtherStart, int OtherCount)
{
    public int End => Start + Count;

    public int OtherEnd => OtherStart + OtherCount;
}

/// <summary>Compares two sequences, such as the lines of a text, by their longest common subsequence.</summary>
internal static class SequenceDiff
{
    /// <summary>Returns the changes from one sequence to another, in order.</summary>
    public static IReadOnlyList<SequenceChange> Of<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, IEqualityComparer<T> equality)
    {
        int start = 0;
        while (start < before.Count && start < after.Count && equality.Equals(before[start], after[start]))
        {
            start++;
        }

        int end = 0;
        while (end < before.Count - start && end < after.Count - start && equality.Equals(before[before.Count - 1 - end], after[after.Count - 1 - end]))
        {
            end++;
        }

        (int rows, int columns) = (before.Count - start - end, after.Count - start - end);
        int[,] lengths = Lengths(before, after, start, rows, columns, equality);
        var changes = new List<SequenceChange>();
        (int i, int j) = (0, 0);
        while (i < rows || j < columns)
        {
            if (i < rows && j < columns && equality.Equals(before[start + i], after[start + j]))
            {
                (i, j) = (i + 1, j + 1);
                continue;
            }

            (int fromI, int fromJ) = (i, j);
            while ((i < rows || j < columns) && !(i < rows && j < columns && equality.Equals(before[start + i], after[start + j])))
            {
                if (j >= columns || (i < rows && lengths[i + 1, j] >= lengths[i, j + 1]))
                {
                    i++;
                }
                else
                {
                    j++;
                }
            }

            changes.Add(new(start + fromI, i - fromI, start + fromJ, j - fromJ));
        }

        return changes;
    }

    private static int[,] Lengths<T>(IReadOnlyList<T> before, IReadOnlyList<T> after, int start, int rows, int columns, IEqualityComparer<T> equality)
    {
        int[,] lengths = new int[rows + 1, columns + 1];
        for (int i = rows - 1; i >= 0; i--)
        {
            for (int j = columns - 1; j >= 0; j--)
            {
                lengths[i, j] = equality.Equals(before[start + i], after[start + j]) ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
            }
        }

        return lengths;
    }
}
