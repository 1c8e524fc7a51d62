using Newtonsoft.Json;

namespace Retell.Json;

/// <summary>Returns the characters of a document around the place where reading failed.</summary>
internal static class JsonExcerpt
{
    private const int Before = 60;
    private const int After = 20;

    /// <summary>Returns the excerpt, or null if the document cannot be read again or the place is not known.</summary>
    public static string? Around(Func<TextReader>? open, JsonException failure)
    {
        (int line, int position) = failure switch
        {
            JsonReaderException e => (Math.Max(e.LineNumber, 1), e.LinePosition),
            JsonSerializationException e => (e.LineNumber, e.LinePosition),
            _ => (0, 0),
        };
        if (open is null || line == 0)
        {
            return null;
        }

        using TextReader text = open();
        return Around(text, line, position);
    }

    public static string Around(TextReader text, int line, int position)
    {
        var shown = new Queue<char>(Before + After);
        int rest = After;
        for (int next; rest > 0 && (next = text.Read()) >= 0;)
        {
            if (line > 1 && next == '\n')
            {
                line--;
            }
            else if (line <= 1 && --position < 0)
            {
                rest--;
            }

            shown.Enqueue(char.IsControl((char)next) ? ' ' : (char)next);
            if (shown.Count > Before + After)
            {
                shown.Dequeue();
            }
        }

        return new string([.. shown]).Trim();
    }
}
