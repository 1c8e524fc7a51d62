using System.Text;
using System.Text.RegularExpressions;

namespace Retell.Spec.Emission;

/// <summary>
/// Markdown as the content of an XML documentation element. It renders paragraphs, lists, code and links; it drops
/// emphasis and headings. Names of JSON members become references to the C# members, or code.
/// </summary>
internal static partial class MarkdownDoc
{
    /// <summary>The site that relative links in the spec are relative to.</summary>
    private const string Site = "https://docs.retellai.com";

    /// <param name="markdown">The text.</param>
    /// <param name="members">The C# members that a JSON name refers to.</param>
    /// <returns>The lines of the element's content.</returns>
    public static string ToXml(string markdown, IReadOnlyDictionary<string, string> members)
    {
        List<Block> blocks = [.. Blocks(Unemphasized(markdown))];
        if (blocks is [{ IsItem: false } only])
        {
            return Inline(Sentence(only.Text), members);
        }

        var xml = new StringBuilder();
        for (int i = 0; i < blocks.Count; i++)
        {
            Block block = blocks[i];
            string text = Inline(Sentence(block.Text), members);
            if (block.IsItem)
            {
                xml.Append(i == 0 || !blocks[i - 1].IsItem ? "<list type=\"bullet\">\n" : string.Empty)
                    .Append("<item><description>").Append(text).Append("</description></item>\n")
                    .Append(i + 1 == blocks.Count || !blocks[i + 1].IsItem ? "</list>\n" : string.Empty);
            }
            else
            {
                xml.Append(i == 0 ? text : $"<para>{text}</para>").Append('\n');
            }
        }

        return xml.ToString().TrimEnd('\n');
    }

    /// <summary>Returns the first sentence of a text, or all of it.</summary>
    public static string FirstSentence(string text) => SentenceEnd().Match(text) is { Success: true } end ? text[..end.Index] : text;

    /// <summary>Escapes what XML reserves.</summary>
    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>Splits a text into paragraphs and items; a line that begins neither continues the one before.</summary>
    private static IEnumerable<Block> Blocks(string markdown)
    {
        Block? open = null;
        foreach (string line in markdown.Split('\n').Select(line => line.Trim()))
        {
            bool isHeading = Heading().IsMatch(line);
            string? item = Item().Match(line) is { Success: true } mark ? line[mark.Length..] : null;
            if (open is not null && (line.Length == 0 || isHeading || item is not null))
            {
                yield return open;
                open = null;
            }

            if (line.Length > 0)
            {
                open = isHeading ? new Block(Heading().Replace(line, string.Empty), IsItem: false)
                    : item is not null ? new Block(item, IsItem: true)
                    : open is null ? new Block(line, IsItem: false)
                    : open with { Text = $"{open.Text} {line}" };
            }

            if (isHeading && open is not null)
            {
                yield return open;
                open = null;
            }
        }

        if (open is not null)
        {
            yield return open;
        }
    }

    private static string Unemphasized(string text) => Emphasis().Replace(text, match => match.Groups["text"] is { Success: true } inner ? inner.Value : match.Value);

    private static string Sentence(string text) => text.Length == 0 || ".!?:;,".Contains(text[^1], StringComparison.Ordinal) || SentenceClosed().IsMatch(text) ? text : text + ".";

    private static string Inline(string text, IReadOnlyDictionary<string, string> members)
    {
        var xml = new StringBuilder();
        int done = 0;
        foreach (Match match in Token().Matches(text))
        {
            xml.Append(Plain(text[done..match.Index])).Append(Rendered(match, members));
            done = match.Index + match.Length;
        }

        return xml.Append(Plain(text[done..])).ToString();
    }

    /// <summary>Acronyms in capital letters and American spelling.</summary>
    private static string Plain(string text) =>
        Escape(
            Acronym()
                .Replace(text, match => match.Value.TrimEnd('s').ToUpperInvariant() + (match.Value.EndsWith('s') ? "s" : string.Empty))
                .Replace("cancelling", "canceling", StringComparison.Ordinal)
                .Replace("cancelled", "canceled", StringComparison.Ordinal));

    private static string Rendered(Match match, IReadOnlyDictionary<string, string> members)
    {
        if (match.Groups["code"] is { Success: true } code)
        {
            return code.Value is "null" or "true" or "false" ? $"<see langword=\"{code.Value}\"/>" : Code(code.Value, members);
        }

        if (match.Groups["target"] is { Success: true } target)
        {
            string text = Inline(match.Groups["text"].Value, members);
            string? url = target.Value.StartsWith('/') ? Site + target.Value : target.Value.StartsWith("http", StringComparison.Ordinal) ? target.Value : null;
            return url is null ? text : Link(url, text);
        }

        return match.Groups["url"] is { Success: true } bare ? Link(bare.Value, Escape(bare.Value)) : Code(match.Value, members);
    }

    private static string Link(string url, string text) => $"<see href=\"{Escape(url).Replace("\"", "%22", StringComparison.Ordinal)}\">{text}</see>";

    private static string Code(string text, IReadOnlyDictionary<string, string> members) =>
        members.TryGetValue(text, out string? member) ? $"<see cref=\"{member}\"/>" : $"<c>{Escape(text)}</c>";

    private sealed record Block(string Text, bool IsItem);

    [GeneratedRegex(@"^[-*] +|^\d+[.)] +")]
    private static partial Regex Item();

    [GeneratedRegex("^#{1,6} +")]
    private static partial Regex Heading();

    /// <summary>Bold and italic text. Code stays as it is.</summary>
    [GeneratedRegex(@"`[^`\n]*`|\*\*(?=\S)(?<text>[^*\n]+?)(?<=\S)\*\*|(?<![\w*'""])\*(?=\w)(?<text>[^*\n]+?)(?<=[\w.])\*(?![\w*'""])")]
    private static partial Regex Emphasis();

    /// <summary>What a text may end with in place of a full stop: one before a closing quote or bracket.</summary>
    [GeneratedRegex("[.!?][\"')”]$")]
    private static partial Regex SentenceClosed();

    [GeneratedRegex(@"(?<=(?<!e\.g|i\.e|etc)[.!?])(?=\s)|\n")]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"(?<![\w.'""-])(?:[Ii]ds?|[Uu]rls?|[Uu]ris?|sms|dtmf|llm|api|sip|http)(?![\w'""-])")]
    private static partial Regex Acronym();

    /// <summary>Code, links, addresses, placeholders and names with underscores.</summary>
    [GeneratedRegex(
        @"``(?<code>[^\n]+?)``|`(?<code>[^`\n]+)`|\[(?<text>[^\[\]\n]+)\]\((?<target>[^()\s]+)\)|(?<url>https?://[^\s<>""'`)\]]*[\w/])|\{\{[^{}\n]*\}\}|<[a-z]+:[^<>\n]*>|[a-z][a-z0-9_]*_\{[^{}\s]*\}|(?<![\w.@-])[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?![\w@-])")]
    private static partial Regex Token();
}
