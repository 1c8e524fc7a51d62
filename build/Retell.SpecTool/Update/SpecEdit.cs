using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;

namespace Retell.SpecTool.Update;

/// <summary>Changes a document in memory and its text alike. What is not changed stays as it is written.</summary>
internal sealed class SpecEdit(string text, JObject document, string file)
{
    private readonly bool _isJson = text.AsSpan().TrimStart().StartsWith("{");

    private List<string>? _lines = [.. text.Split('\n')];
    private bool _isChanged;

    public JObject Document => document;

    public string Text
    {
        get
        {
            if (!_isChanged)
            {
                return text;
            }

            // The lines are found by their indentation alone: they hold if they read as the document.
            if (!_isJson && _lines is not null && Read(string.Join('\n', _lines)) is JObject read && JToken.DeepEquals(read, document))
            {
                return string.Join('\n', _lines);
            }

            return _isJson ? document.ToString(Formatting.Indented) + "\n" : YamlText.Of(document);
        }
    }

    /// <summary>Sets the value at a place, which is added where it is missing.</summary>
    public void Set(string[] place, JToken value)
    {
        _isChanged = true;
        JObject at = document;
        int known = 0;
        while (known < place.Length - 1 && at[place[known]] is JObject next)
        {
            at = next;
            known++;
        }

        JToken whole = value.DeepClone();
        for (int i = place.Length - 1; i > known; i--)
        {
            whole = new JObject { [place[i]] = whole };
        }

        at[place[known]] = whole;
        if (!_isJson && _lines is not null && !TrySet(place[..(known + 1)], whole))
        {
            _lines = null;
        }
    }

    private bool TrySet(string[] place, JToken value)
    {
        (int start, int end, int indent) = (0, _lines!.Count, -1);
        for (int i = 0; i < place.Length; i++)
        {
            int first = Enumerable.Range(start, end - start).FirstOrDefault(line => Indent(_lines[line]) > indent, -1);
            if (first < 0)
            {
                return false;
            }

            int inner = Indent(_lines[first]);
            int key = Enumerable.Range(first, end - first).FirstOrDefault(line => Indent(_lines[line]) == inner && Key(_lines[line]) == place[i], -1);
            if (key < 0)
            {
                if (i < place.Length - 1)
                {
                    return false;
                }

                // A new one stands last.
                int last = Enumerable.Range(first, end - first).Last(line => Indent(_lines[line]) >= 0) + 1;
                _lines.InsertRange(last, Block(place[i], value, inner));
                return true;
            }

            int next = Enumerable.Range(key + 1, end - key - 1).FirstOrDefault(
                line => Indent(_lines[line]) >= 0 && (Indent(_lines[line]) < inner || (Indent(_lines[line]) == inner && _lines[line][inner] != '-')),
                end);
            (start, end, indent) = (key, next, inner);
            if (i < place.Length - 1)
            {
                start = key + 1;
            }
        }

        // Empty lines and comments behind it belong to what follows.
        while (end > start + 1 && Indent(_lines[end - 1]) < 0)
        {
            end--;
        }

        _lines.RemoveRange(start, end - start);
        _lines.InsertRange(start, Block(place[^1], value, indent));
        return true;
    }

    /// <summary>Where the content of a line begins; below 0 for a line without any.</summary>
    private static int Indent(string line)
    {
        int indent = line.Length - line.TrimStart(' ').Length;
        return indent == line.TrimEnd().Length || line[indent] == '#' ? -1 : indent;
    }

    private static string? Key(string line)
    {
        string content = line.Trim();
        int colon = content.StartsWith('"') || content.StartsWith('\'')
            ? content.IndexOf(content[0] + ":", 1, StringComparison.Ordinal) + 1
            : content.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? content[..colon].Trim('"', '\'') : null;
    }

    private static IEnumerable<string> Block(string key, JToken value, int indent) =>
        YamlText.Of(new JObject { [key] = value.DeepClone() }).TrimEnd('\n').Split('\n').Select(line => line.Length == 0 ? line : new string(' ', indent) + line);

    private JObject? Read(string changed)
    {
        try
        {
            return YamlFile.ParseObject(changed, file);
        }
        catch (Retell.Spec.SpecError)
        {
            return null;
        }
    }
}
