namespace Retell;

/// <summary>The difference between two names, for suggestions when a name is not known.</summary>
internal static class EditDistance
{
    /// <summary>Returns the number of characters to add, remove or replace to turn one name into the other (the Levenshtein distance).</summary>
    public static int Between(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= b.Length; j++)
            {
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
            }
        }

        return row[b.Length];
    }
}
