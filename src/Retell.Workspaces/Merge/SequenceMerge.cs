namespace Retell.Workspaces.Merge;

/// <summary>Merges two changed sequences with the one that both come from.</summary>
internal static class SequenceMerge
{
    /// <summary>Returns the merged sequence; null if both sides changed the same place in different ways.</summary>
    public static IReadOnlyList<T>? Of<T>(IReadOnlyList<T> origin, IReadOnlyList<T> ours, IReadOnlyList<T> theirs, IEqualityComparer<T> equality)
    {
        IReadOnlyList<SequenceChange> mine = SequenceDiff.Of(origin, ours, equality);
        IReadOnlyList<SequenceChange> other = SequenceDiff.Of(origin, theirs, equality);
        var merged = new List<T>();
        (int at, int i, int j) = (0, 0, 0);
        while (i < mine.Count || j < other.Count)
        {
            bool isMine = j >= other.Count || (i < mine.Count && mine[i].Start <= other[j].Start);
            SequenceChange next = isMine ? mine[i] : other[j];
            bool isShared = i < mine.Count && j < other.Count && Touches(mine[i], other[j]);
            if (isShared)
            {
                if (!IsSame(mine[i], other[j], ours, theirs, equality))
                {
                    return null;
                }

                (i, j) = (i + 1, j + 1);
            }
            else
            {
                (i, j) = isMine ? (i + 1, j) : (i, j + 1);
            }

            merged.AddRange(origin.Skip(at).Take(next.Start - at));
            merged.AddRange((isMine ? ours : theirs).Skip(next.OtherStart).Take(next.OtherCount));
            at = next.End;
        }

        merged.AddRange(origin.Skip(at));
        return merged;
    }

    /// <summary>Changes touch when no unchanged element is between them.</summary>
    private static bool Touches(SequenceChange one, SequenceChange other) => one.Start <= other.End && other.Start <= one.End;

    private static bool IsSame<T>(SequenceChange mine, SequenceChange other, IReadOnlyList<T> ours, IReadOnlyList<T> theirs, IEqualityComparer<T> equality) =>
        mine.Start == other.Start && mine.Count == other.Count
        && ours.Skip(mine.OtherStart).Take(mine.OtherCount).SequenceEqual(theirs.Skip(other.OtherStart).Take(other.OtherCount), equality);
}
