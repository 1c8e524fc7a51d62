using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Emission;

/// <summary>Writes XML documentation, one <c>///</c> line each.</summary>
internal sealed partial class XmlDoc
{
    private readonly StringBuilder _text = new();

    public XmlDoc Summary(string? text, string fallback) => Block("summary", string.IsNullOrWhiteSpace(text) ? fallback : text);

    /// <summary>Default, example and limits: what helps to give a right value, and is never sent by itself.</summary>
    public XmlDoc Facts(JToken? example, JToken? defaultValue = null, JObject? constraints = null)
    {
        var facts = new List<string>();
        if (defaultValue is { Type: not JTokenType.Null })
        {
            facts.Add($"Default of the API: `{Inline(defaultValue)}`.");
        }

        string limits = Limits(constraints ?? []);
        if (limits.Length > 0)
        {
            facts.Add(limits);
        }

        if (example is { Type: not JTokenType.Null } && Inline(example) is { Length: <= 200 } shown)
        {
            facts.Add($"Example: `{shown}`.");
        }

        return facts.Count == 0 ? this : Block("remarks", string.Join(" ", facts));
    }

    public XmlDoc Parameter(string name, string text) => Line($"<param name=\"{name.TrimStart('@')}\">{Escape(OneLine(text))}</param>");

    public XmlDoc Line(string xml)
    {
        _text.Append(_text.Length > 0 ? "\n" : string.Empty).Append("/// ").Append(xml);
        return this;
    }

    public XmlDoc Block(string tag, string text)
    {
        string[] lines = Illegal().Replace(LineEnd().Replace(text, "\n"), string.Empty).Trim().Split('\n');
        if (lines.Length == 1)
        {
            return Line($"<{tag}>{Escape(lines[0])}</{tag}>");
        }

        Line($"<{tag}>");
        bool blank = false;
        foreach (string line in lines)
        {
            if (line.Trim().Length == 0)
            {
                blank = true;
                continue;
            }

            string escaped = Escape(line.TrimEnd());
            Line(blank || line.TrimStart().StartsWith('-') ? $"<para>{escaped.TrimStart()}</para>" : escaped);
            blank = false;
        }

        return Line($"</{tag}>");
    }

    public override string ToString() => _text.ToString();

    private static string OneLine(string text) => Illegal().Replace(WhiteSpace().Replace(text, " "), string.Empty).Trim();

    private static string Escape(string text) => Code().Replace(
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal),
        match => $"<c>{match.Groups[1].Value}</c>");

    private static string Inline(JToken value) => OneLine(value.Type == JTokenType.String ? (string)value! : value.ToString(Formatting.None)).Replace('`', '\'');

    private static string Limits(JObject constraints)
    {
        var limits = new List<string>();
        Add("minLength", "at least {0} characters");
        Add("maxLength", "at most {0} characters");
        Add("minimum", (bool?)constraints["exclusiveMinimum"] == true ? "more than {0}" : "at least {0}");
        Add("maximum", (bool?)constraints["exclusiveMaximum"] == true ? "less than {0}" : "at most {0}");
        Add("minItems", "at least {0} items");
        Add("maxItems", "at most {0} items");
        Add("pattern", "matching `{0}`");
        return limits.Count == 0 ? string.Empty : char.ToUpperInvariant(limits[0][0]) + string.Join(", ", limits)[1..] + ".";

        void Add(string name, string format)
        {
            if (constraints[name] is JToken limit && !(name == "minLength" && (long)limit <= 1))
            {
                limits.Add(string.Format(System.Globalization.CultureInfo.InvariantCulture, format, Inline(limit)));
            }
        }
    }

    /// <summary>What ends a line of C#, and so a comment.</summary>
    [GeneratedRegex("\r\n?|[\u0085\u2028\u2029]")]
    private static partial Regex LineEnd();

    /// <summary>What no XML may hold.</summary>
    [GeneratedRegex(@"[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]")]
    private static partial Regex Illegal();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("`([^`\n]+)`")]
    private static partial Regex Code();
}
