using System.Text;

namespace Retell.Spec.Naming;

/// <summary>Turns names and values of the spec into C# identifiers.</summary>
internal static class CSharpName
{
    private static readonly HashSet<string> s_keywords =
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue",
        "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally",
        "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long",
        "namespace", "new", "null", "object", "operator", "out", "override", "params", "private", "protected", "public",
        "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc", "static", "string", "struct", "switch",
        "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void",
        "volatile", "while",
    ];

    /// <summary>Words that are keywords in some places: a type of that name does not compile, or not everywhere.</summary>
    private static readonly HashSet<string> s_contextualKeywords =
    [
        "_", "add", "alias", "allows", "and", "args", "ascending", "async", "await", "by", "descending", "dynamic", "equals", "extension",
        "field", "file", "from", "get", "global", "group", "init", "into", "join", "let", "managed", "nameof", "nint", "not", "notnull",
        "nuint", "on", "or", "orderby", "partial", "record", "remove", "required", "scoped", "select", "set", "unmanaged", "value", "var",
        "when", "where", "with", "yield",
    ];

    private static readonly Dictionary<char, string> s_symbols = new()
    {
        ['='] = "Equal",
        ['!'] = "Not",
        ['<'] = "LessThan",
        ['>'] = "GreaterThan",
        ['&'] = "And",
        ['|'] = "Or",
        ['*'] = "Star",
        ['#'] = "Hash",
        ['+'] = "Plus",
        ['-'] = "Minus",
        ['%'] = "Percent",
        ['$'] = "Dollar",
        ['@'] = "At",
        ['/'] = "Slash",
        ['?'] = "Question",
        ['~'] = "Tilde",
        ['^'] = "Caret",
        ['.'] = "Dot",
        [','] = "Comma",
        [':'] = "Colon",
    };

    private static readonly Dictionary<string, string> s_operators = new()
    {
        ["=="] = "Equal",
        ["!="] = "NotEqual",
        ["<="] = "LessThanOrEqual",
        [">="] = "GreaterThanOrEqual",
        ["&&"] = "And",
        ["||"] = "Or",
        [""] = "Empty",
    };

    /// <summary><c>voice_model</c>, <c>createRetellLLM</c>, <c>speech-2.8-turbo</c> → VoiceModel, CreateRetellLlm, Speech2_8Turbo.</summary>
    public static string Pascal(string text)
    {
        if (s_operators.TryGetValue(text, out string? known))
        {
            return known;
        }

        if (text.Length > 0 && !text.Any(char.IsLetterOrDigit))
        {
            return string.Concat(text.Select(c => s_symbols.GetValueOrDefault(c, "Sign")));
        }

        var name = new StringBuilder();
        foreach (string word in Words(text))
        {
            // Between digits a separator carries meaning: 2.8 is not 28.
            if (name.Length > 0 && char.IsDigit(name[^1]) && char.IsDigit(word[0]))
            {
                name.Append('_');
            }

            name.Append(char.ToUpperInvariant(word[0])).Append(word[1..].ToLowerInvariant());
        }

        if (name.Length == 0 || char.IsDigit(name[0]))
        {
            name.Insert(0, "Value");
        }

        return name.ToString();
    }

    public static string Camel(string text)
    {
        string pascal = Pascal(text);
        string camel = char.ToLowerInvariant(pascal[0]) + pascal[1..];
        return s_keywords.Contains(camel) ? "@" + camel : camel;
    }

    /// <summary>The name of one element of a list: <c>webhook_events</c> → webhook_event.</summary>
    public static string Singular(string plural)
    {
        if (plural.EndsWith("ies", StringComparison.Ordinal) && plural.Length > 4)
        {
            return plural[..^3] + "y";
        }

        if (plural.EndsWith("sses", StringComparison.Ordinal) || plural.EndsWith("xes", StringComparison.Ordinal) || plural.EndsWith("ches", StringComparison.Ordinal))
        {
            return plural[..^2];
        }

        bool keeps = plural.EndsWith("ss", StringComparison.Ordinal) || plural.EndsWith("us", StringComparison.Ordinal) || plural.EndsWith("is", StringComparison.Ordinal);
        return plural.EndsWith('s') && !keeps ? plural[..^1] : plural;
    }

    /// <summary>The name of a list of things: Agent → Agents.</summary>
    public static string Plural(string noun) => noun.EndsWith('s') ? noun : noun.EndsWith('y') ? noun[..^1] + "ies" : noun + "s";

    /// <summary>PhoneCall → phone_call.</summary>
    public static string Snake(string name) => string.Join('_', Words(name)).ToLowerInvariant();

    /// <summary>NumberFilter, RangeFilter → NumberOrRangeFilter; WarmTransferPrompt, WarmTransferStaticMessage → WarmTransferPromptOrStaticMessage.</summary>
    public static string Join(IReadOnlyList<string> names)
    {
        List<List<string>> words = [.. names.Select(name => Words(name).ToList())];
        int shortest = words.Min(w => w.Count) - 1;
        int prefix = Enumerable.Range(0, shortest).TakeWhile(i => words.All(w => w[i] == words[0][i])).Count();
        int suffix = Enumerable.Range(1, shortest - prefix).TakeWhile(i => words.All(w => w[^i] == words[0][^i])).Count();
        return string.Concat(words[0].Take(prefix))
            + string.Join("Or", words.Select(w => string.Concat(w.Skip(prefix).Take(w.Count - prefix - suffix))))
            + string.Concat(words[0].TakeLast(suffix));
    }

    /// <summary>The version that a path begins with: <c>/v2/list-calls</c> → V2.</summary>
    public static string Version(string path) =>
        path.Split('/') is ["", ['v' or 'V', .. var number], _, ..] && number.Length > 0 && number.All(char.IsAsciiDigit) ? "V" + number : string.Empty;

    public static bool IsIdentifier(string text) => text.Length > 0 && !char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    /// <summary>Returns whether a text can name a type or a method: an identifier that is a keyword nowhere.</summary>
    public static bool IsTypeName(string text) => IsIdentifier(text) && !s_keywords.Contains(text) && !s_contextualKeywords.Contains(text);

    /// <summary>Returns whether a text can name an argument: an identifier that is no keyword.</summary>
    public static bool IsArgument(string text) => IsIdentifier(text) && !s_keywords.Contains(text);

    public static string LastWord(string text) => Pascal(Words(text).LastOrDefault(text));

    private static IEnumerable<string> Words(string text)
    {
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            bool inside = i < text.Length && char.IsAsciiLetterOrDigit(text[i]);
            if (start < 0)
            {
                start = inside ? i : -1;
                continue;
            }

            if (!inside)
            {
                yield return text[start..i];
                start = -1;
            }
            else if (IsBoundary(text, i))
            {
                yield return text[start..i];
                start = i;
            }
        }
    }

    /// <summary>A word starts at a capital after a small letter or digit, and at the last capital of a run: LLMResponse → LLM, Response.</summary>
    private static bool IsBoundary(string text, int i) =>
        char.IsAsciiLetterUpper(text[i])
        && (!char.IsAsciiLetterUpper(text[i - 1])
            || (i + 1 < text.Length && char.IsAsciiLetterLower(text[i + 1])));
}
