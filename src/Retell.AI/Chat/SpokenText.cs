using System.Text;

namespace Retell.AI.Chat;

/// <summary>Compares what a model generated with what the transcript says was spoken, word by word: letters and digits count, in any case.</summary>
internal static class SpokenText
{
    /// <summary>The number of words that can differ before the texts are said to part.</summary>
    private const int Window = 4;

    /// <summary>Returns the words of a text.</summary>
    public static IReadOnlyList<SpokenWord> Words(string text)
    {
        List<SpokenWord> words = [];
        for (int i = 0; i < text.Length; i++)
        {
            int start = i;
            while (i < text.Length && !char.IsWhiteSpace(text[i]))
            {
                i++;
            }

            if (Plain(text.AsSpan(start, i - start)) is { Length: > 0 } plain)
            {
                words.Add(new(start, i, plain));
            }
        }

        return words;
    }

    /// <summary>Returns how much of a generated text was spoken.</summary>
    /// <param name="generated">The generated text.</param>
    /// <param name="spoken">The words of the transcript.</param>
    /// <param name="from">The index of the first word that can belong to the text.</param>
    /// <returns>The length of the part that was spoken, and the number of words of the transcript that belong to it.</returns>
    public static (int Length, int Count) Match(string generated, IReadOnlyList<SpokenWord> spoken, int from)
    {
        IReadOnlyList<SpokenWord> words = Words(generated);
        int word = 0;
        int heard = from;
        int length = 0;
        while (word < words.Count && heard < spoken.Count)
        {
            if (words[word].Plain != spoken[heard].Plain)
            {
                if (heard == spoken.Count - 1 && words[word].Plain.StartsWith(spoken[heard].Plain, StringComparison.Ordinal))
                {
                    return (words[word].Start + LengthOf(generated.AsSpan(words[word].Start), spoken[heard].Plain.Length), heard + 1 - from);
                }

                // Before the first common word, the spoken text is probably another one.
                if (length == 0 || Meet(words, word, spoken, heard) is not (int generatedSkip, int spokenSkip))
                {
                    break;
                }

                (word, heard) = (word + generatedSkip, heard + spokenSkip);
            }

            length = words[word].End;
            (word, heard) = (word + 1, heard + 1);
        }

        return (word == words.Count ? generated.Length : length, heard - from);
    }

    /// <summary>Returns the shortest way to the next word that both texts have.</summary>
    private static (int Generated, int Spoken)? Meet(IReadOnlyList<SpokenWord> words, int word, IReadOnlyList<SpokenWord> spoken, int heard)
    {
        for (int sum = 1; sum <= 2 * Window; sum++)
        {
            for (int skip = Math.Max(0, sum - Window); skip <= Math.Min(sum, Window); skip++)
            {
                if (word + skip < words.Count && heard + sum - skip < spoken.Count && words[word + skip].Plain == spoken[heard + sum - skip].Plain)
                {
                    return (skip, sum - skip);
                }
            }
        }

        return null;
    }

    private static string Plain(ReadOnlySpan<char> word)
    {
        var plain = new StringBuilder(word.Length);
        foreach (char character in word)
        {
            if (char.IsLetterOrDigit(character))
            {
                plain.Append(char.ToLowerInvariant(character));
            }
        }

        return plain.ToString();
    }

    private static int LengthOf(ReadOnlySpan<char> text, int plain)
    {
        int length = 0;
        for (int count = 0; count < plain; length++)
        {
            count += char.IsLetterOrDigit(text[length]) ? 1 : 0;
        }

        return length;
    }
}

/// <summary>A word of a text.</summary>
/// <param name="Start">The index of its first character.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="Plain">Its letters and digits in lower case.</param>
internal readonly record struct SpokenWord(int Start, int End, string Plain);
