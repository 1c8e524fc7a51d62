using System.Text.RegularExpressions;
using Retell.Spec.Naming;

namespace Retell.Spec.Emission;

/// <summary>
/// The first words of a summary as .NET documentation has them. A description that is a noun phrase or a question clause
/// follows "Gets or sets"; one that begins with "Whether" becomes "Gets or sets a value indicating whether". What is a
/// sentence already stays as it is.
/// </summary>
internal static partial class Lead
{
    private static readonly HashSet<string> s_nouns = new(
        [
            "access", "address", "begin", "combined", "configuration", "conversation", "corresponding", "data", "first", "global", "iana", "inbound", "javascript",
            "knowledge", "last", "llm", "local", "mock", "organization", "outbound",
            "pagination", "preset", "sip", "sort", "states", "telephony", "texts", "title", "transcription", "urls", "visual", "weight",
            "alternative", "amount", "api", "arguments", "array", "audio", "average", "body", "call", "comparison", "condition", "conditions", "content", "cost", "count", "custom",
            "delay", "description", "destination", "digit", "display", "duration", "dynamic", "edge", "end", "error", "explanation", "extension", "filter", "former",
            "general", "headers", "id", "ids", "index",
            "instruction", "instructions", "key", "language", "large", "latency", "left", "list", "max", "maximum", "mean", "message", "metadata", "method", "min",
            "minimum", "model", "name", "names", "new",
            "nickname", "node", "nodes", "number", "numbers", "object", "operator", "optional", "original", "parameters", "percentage", "performance", "phone",
            "position", "post", "pretty", "prompt", "public",
            "query", "raw", "reason", "recording", "reference", "referrer", "response", "result", "right", "rule", "score", "settings", "similarity", "snapshot",
            "source", "start", "state", "static", "status",
            "system", "text", "threshold", "time", "timeout", "timestamp", "timezone", "token", "tool", "tools", "total", "transcript", "type", "unique", "unit", "unix",
            "url", "user", "utm", "value", "values",
            "variables", "version", "voice", "warm", "webhook",
        ],
        StringComparer.Ordinal);

    private static readonly HashSet<string> s_questions = new(["how", "what", "when", "where", "which", "who", "whose", "why"], StringComparer.Ordinal);

    private static readonly HashSet<string> s_articles = new(["the", "a", "an", "your", "any", "all"], StringComparer.Ordinal);

    /// <summary>The imperatives that the spec begins its operations with, in the third person.</summary>
    private static readonly Dictionary<string, string> s_verbs = new(StringComparer.Ordinal)
    {
        ["Get"] = "Returns",
        ["Retrieve"] = "Returns",
        ["Read"] = "Returns",
        ["Buy"] = "Buys",
        ["Search"] = "Searches",
        ["Publish"] = "Publishes",
        ["Add"] = "Adds",
        ["Clone"] = "Clones",
        ["Complete"] = "Completes",
        ["Create"] = "Creates",
        ["Delete"] = "Deletes",
        ["Disable"] = "Disables",
        ["Enable"] = "Enables",
        ["End"] = "Ends",
        ["Generate"] = "Generates",
        ["Import"] = "Imports",
        ["List"] = "Lists",
        ["Move"] = "Moves",
        ["Query"] = "Queries",
        ["Register"] = "Registers",
        ["Remove"] = "Removes",
        ["Rerun"] = "Reruns",
        ["Run"] = "Runs",
        ["Send"] = "Sends",
        ["Start"] = "Starts",
        ["Stop"] = "Stops",
        ["Submit"] = "Submits",
        ["Test"] = "Tests",
        ["Update"] = "Updates",
        ["Upload"] = "Uploads",
        ["Validate"] = "Validates",
    };

    /// <summary>The summary of a property.</summary>
    public static string Property(string description, bool isReadOnly)
    {
        string gets = isReadOnly ? "Gets " : "Gets or sets ";
        string first = FirstWord().Match(description).Value;
        string word = first.ToLowerInvariant();
        string rest = description[first.Length..];
        string start = Acronym().IsMatch(first) ? first : word;
        if (Listed().IsMatch(description))
        {
            return $"{gets}the value: {Explained(description)}";
        }

        if (word == "whether")
        {
            return gets + "a value indicating whether" + (rest.StartsWith(" or not ", StringComparison.Ordinal) ? rest["or not ".Length..] : rest);
        }

        return s_questions.Contains(word) && Question().IsMatch(description) ? gets + word + rest
            : IsClause(description) ? Capitalized(description)
            : s_articles.Contains(word) ? gets + word + rest
            : s_nouns.Contains(word) && !Command().IsMatch(description) ? $"{gets}the {start}{rest}"
            : Capitalized(description);
    }

    /// <summary>The summary of a method.</summary>
    public static string Method(string description)
    {
        string first = FirstWord().Match(description).Value;
        return s_verbs.TryGetValue(first, out string? verb) ? verb + description[first.Length..] : Capitalized(description);
    }

    /// <summary>What is said of a parameter: a noun phrase.</summary>
    public static string Argument(string description)
    {
        string first = FirstWord().Match(description).Value;
        return s_nouns.Contains(first.ToLowerInvariant()) && !IsClause(description) && !Command().IsMatch(description)
            ? $"The {(Acronym().IsMatch(first) ? first : first.ToLowerInvariant())}{description[first.Length..]}"
            : Capitalized(description);
    }

    /// <summary>The summary of a type.</summary>
    public static string Type(string description) => Listed().IsMatch(description) ? $"The values: {Explained(description)}" : Capitalized(description);

    /// <summary>Whether a text says no more than a name does.</summary>
    public static bool IsOnlyName(string text, params IEnumerable<string> names)
    {
        string[] words = [.. Words(Filler().Replace(text, " "))];
        return words.Length == 0 || names.Any(name => words.SequenceEqual(Words(name)));
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split(
            (char[])[' ', '\n', '.', ',', ':', '`', '(', ')', '"'],
            StringSplitOptions.RemoveEmptyEntries).SelectMany(part => CSharpName.Snake(part).Split('_', StringSplitOptions.RemoveEmptyEntries));

    private static string Explained(string values) =>
        Listed().Replace(values, match => $"`{match.Groups["value"].Value}` ({match.Groups["text"].Value}){match.Groups["end"].Value}");

    private static string Capitalized(string text) => text.Length > 0 && char.IsLower(text[0]) && !Code().IsMatch(text) ? char.ToUpperInvariant(text[0]) + text[1..] : text;

    /// <summary>Whether the first sentence has a verb of its own before any clause that depends on it.</summary>
    private static bool IsClause(string text) => Verb().IsMatch(Dependent().Split(MarkdownDoc.FirstSentence(text), 2)[0]);

    [GeneratedRegex(@"^[\w-]+")]
    private static partial Regex FirstWord();

    [GeneratedRegex(@"^[\w-]*[a-z\d]?[A-Z]{2,}|^[A-Z]$|^I[Dd]s?$|^[A-Z][a-z]+[A-Z]")]
    private static partial Regex Acronym();

    /// <summary>Values with what each means: <c>eq: equal, ne: not equal</c>.</summary>
    [GeneratedRegex(@"(?<=^|, )(?<value>[a-z]{2}): (?<text>[^,.]+)(?<end>, |\.?$)")]
    private static partial Regex Listed();

    /// <summary>A name from JSON in front of a text stays as it is.</summary>
    [GeneratedRegex(@"^[a-z]+(?:_\w+)|^[a-z]+: ")]
    private static partial Regex Code();

    [GeneratedRegex(@"\b(?:that|which|when|where|if|whether|who|whose|while|until|unless|because|so)\b|[:;]")]
    private static partial Regex Dependent();

    [GeneratedRegex(@"\b(?:is|are|was|were|will|would|has|have|had|can|cannot|could|must|may|might|should|does|do|don't|contains|allows|describes|determines|identifies|initiates|applies|makes|means)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Verb();

    /// <summary>Commands that begin with what is a noun as well.</summary>
    [GeneratedRegex(@"^(?:Filter by|Match|State the|Start to|Call the|Optional\b(?! \w))")]
    private static partial Regex Command();

    /// <summary>A question clause; "When set, …" is a condition.</summary>
    [GeneratedRegex(@"^(?:[Ww]hen (?!(?:set|true|false|enabled|not|null|provided|omitted|specified|unset)\b)[^,]*$|(?![Ww]hen))")]
    private static partial Regex Question();

    [GeneratedRegex(@"\b(?:gets or sets|gets|a value indicating whether|the|an?|this)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Filler();
}
