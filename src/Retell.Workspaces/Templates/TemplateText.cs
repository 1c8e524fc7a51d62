using System.Text;
using System.Text.RegularExpressions;

namespace Retell.Workspaces.Templates;

/// <summary>
/// The syntax of values in files: <c>${var:NAME}</c> and <c>${secret:NAME}</c>, <c>@llms/reception</c> and <c>@file:general.md</c>. One more <c>$</c> or
/// <c>@</c> makes it a literal. Retell's own <c>{{name}}</c> means nothing here.
/// </summary>
internal static partial class TemplateText
{
    public const string FilePrefix = "@file:";

    /// <summary>Stands for a secret of the server that differs from the one that the file names.</summary>
    public const string UnknownSecret = "${secret:?}";

    public static bool HasMarker(string text) => Marker().Matches(text).Any(marker => marker.Groups["dollars"].Length == 1);

    /// <summary>Returns the names of the secrets in a text.</summary>
    public static IEnumerable<string> Secrets(string text) => Marker().Matches(text)
        .Where(marker => marker.Groups["dollars"].Length == 1 && marker.Groups["kind"].Value == "secret")
        .Select(marker => NameAt(text, marker) ?? "");

    /// <summary>Writes a literal text so that it is read as it is.</summary>
    public static string Escape(string literal) => Marker().Replace(literal, marker => "$" + marker.Value);

    /// <summary>Replaces the markers of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="value">Returns the value of a variable (<c>var</c>) or secret (<c>secret</c>) by its name.</param>
    /// <exception cref="FormatException">A marker has no valid name.</exception>
    public static string Resolve(string text, Func<string, string, string> value)
    {
        var result = new StringBuilder();
        int done = 0;
        for (Match marker = Marker().Match(text); marker.Success; marker = Marker().Match(text, done))
        {
            result.Append(text, done, marker.Index - done);
            done = marker.Index + marker.Length;
            if (marker.Groups["dollars"].Length > 1)
            {
                result.Append(marker.ValueSpan[1..]);
                continue;
            }

            string name = NameAt(text, marker)
                ?? throw new FormatException($"\"{marker.Value}\" is not followed by a name and \"}}\". Write ${marker.Value} if it is meant literally.");
            result.Append(value(marker.Groups["kind"].Value, name));
            done += name.Length + 1;
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    /// <summary>Replaces the variables of a text, and leaves secrets and escapes as they are. A variable without a value stays.</summary>
    public static string ReplaceVariables(string text, Func<string, string?> variable)
    {
        var result = new StringBuilder();
        int done = 0;
        foreach (Match marker in Marker().Matches(text))
        {
            if (marker.Groups["dollars"].Length == 1 && marker.Groups["kind"].Value == "var" && NameAt(text, marker) is string name && variable(name) is string value)
            {
                result.Append(text, done, marker.Index - done).Append(Escape(value));
                done = marker.Index + marker.Length + name.Length + 1;
            }
        }

        return result.Append(text, done, text.Length - done).ToString();
    }

    public static string EscapeReference(string literal) => literal.StartsWith('@') ? "@" + literal : literal;

    /// <summary>Writes a text that stands in the JSON so that it is not taken for the name of a file.</summary>
    public static string EscapeFile(string text) => text.StartsWith('@') && text.TrimStart('@').StartsWith("file:", StringComparison.Ordinal) ? "@" + text : text;

    public static string UnescapeFile(string text) => text.StartsWith("@@", StringComparison.Ordinal) && EscapeFile(text) != text ? text[1..] : text;

    private static string? NameAt(string text, Match marker)
    {
        Match name = Name().Match(text, marker.Index + marker.Length);
        return name.Success ? name.Groups[1].Value : null;
    }

    [GeneratedRegex(@"(?<dollars>\$+)\{(?<kind>var|secret):")]
    private static partial Regex Marker();

    [GeneratedRegex(@"\G([A-Za-z_][A-Za-z0-9_]*|\?)\}")]
    private static partial Regex Name();
}
