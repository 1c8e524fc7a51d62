using System.Collections.Frozen;
using System.Text;

namespace Retell.AI.Chat;

/// <summary>
/// Splits the text of a model into parts that can be spoken while it arrives: sentences, clauses if the text is the first one or long, and words if the model is slow.
/// The parts joined are the text. Numbers and abbreviations stay whole.
/// </summary>
internal sealed class SpeechChunker(TimeProvider clock, bool isFirst)
{
    /// <summary>The length of the first part from which a clause is enough.</summary>
    private const int FirstClause = 8;

    /// <summary>The length of later parts from which a clause is enough.</summary>
    private const int LongClause = 80;

    /// <summary>The length from which words are enough.</summary>
    private const int LongText = 240;

    private const string SentenceEnds = ".!?…";
    private const string WideSentenceEnds = "。！？";
    private const string ClauseEnds = ",;:—–";
    private const string WideClauseEnds = "，、；：";
    private const string Closing = "\"'”’)]»*_";

    private static readonly FrozenSet<string> s_abbreviations = FrozenSet.ToFrozenSet(
    [
        "mr", "mrs", "ms", "dr", "prof", "st", "sr", "jr", "vs", "e.g", "i.e", "a.m", "p.m", "no", "nr", "approx", "inc", "ltd", "co", "corp", "ave", "blvd", "rd", "mt", "ft",
        "dept", "apt", "ext", "tel", "min", "max", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "u.s", "ph.d", "z.b", "bzw", "ca", "etc",
    ], StringComparer.OrdinalIgnoreCase);

    /// <summary>The times for which text waits for a better place to be split.</summary>
    private static readonly TimeSpan s_firstWait = TimeSpan.FromMilliseconds(120);
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(300);

    private readonly StringBuilder _pending = new();
    private bool _isFirst = isFirst;
    private bool _hasText;
    private long _since;

    /// <summary>Adds text, and returns the parts that are complete.</summary>
    public IEnumerable<string> Add(string text)
    {
        if (text.Length == 0)
        {
            yield break;
        }

        if (_pending.Length == 0)
        {
            _since = clock.GetTimestamp();
        }

        _pending.Append(text);
        while (Split() is int length and > 0)
        {
            yield return Take(length);
        }
    }

    /// <summary>Returns the rest, or an empty text.</summary>
    public string Flush() => _hasText || !string.IsNullOrWhiteSpace(_pending.ToString()) ? Take(_pending.Length) : "";

    private string Take(int length)
    {
        string part = _pending.ToString(0, length);
        _pending.Remove(0, length);
        _since = clock.GetTimestamp();
        _isFirst = _isFirst && string.IsNullOrWhiteSpace(part);
        _hasText |= !string.IsNullOrWhiteSpace(part);
        return part;
    }

    /// <summary>Returns the length of the first part, or 0 if it is not complete.</summary>
    private int Split()
    {
        string text = _pending.ToString();
        int word = 0;
        int spoken = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i]))
            {
                spoken++;
                if (WideSentenceEnds.Contains(text[i]) || (WideClauseEnds.Contains(text[i]) && IsClauseEnough(i)))
                {
                    return i + 1;
                }

                continue;
            }

            if (spoken == 0)
            {
                continue;
            }

            word = i + 1;
            if (text[i] == '\n' || EndsSentence(text, i) || (EndsClause(text, i) && IsClauseEnough(i)))
            {
                return i + 1;
            }
        }

        return word > 0 && (text.Length >= LongText || clock.GetElapsedTime(_since) >= (_isFirst ? s_firstWait : s_wait)) ? word : 0;
    }

    private bool IsClauseEnough(int length) => length >= (_isFirst ? FirstClause : LongClause);

    private static bool EndsSentence(string text, int end)
    {
        int last = Last(text, end);
        if (last < 0 || !SentenceEnds.Contains(text[last]))
        {
            return false;
        }

        if (text[last] != '.')
        {
            return true;
        }

        int start = last;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        // A single letter is an initial, and a number at the start is that of a list.
        string word = text[start..last].TrimStart('(', '"', '“', '\'');
        bool isInitial = word.Length == 1 && char.IsLetter(word[0]) && word != "I";
        bool isListNumber = word.Length > 0 && word.All(char.IsAsciiDigit) && string.IsNullOrWhiteSpace(text[..start]);
        return !isInitial && !isListNumber && !s_abbreviations.Contains(word);
    }

    private static bool EndsClause(string text, int end) => Last(text, end) is int last and >= 0 && ClauseEnds.Contains(text[last]);

    /// <summary>Returns the index of the last character before closing quotes and brackets.</summary>
    private static int Last(string text, int end)
    {
        int last = end - 1;
        while (last > 0 && Closing.Contains(text[last]))
        {
            last--;
        }

        return last;
    }
}
