using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Emission;

/// <summary>Text of the document as documentation can hold it: Markdown, with line feeds only and no control characters.</summary>
internal static partial class Prose
{
    /// <summary>A text without what ends a line of code or what XML cannot hold; null where nothing is left.</summary>
    public static string? Clean(string? text)
    {
        string clean = Illegal().Replace(LineEnd().Replace(text ?? string.Empty, "\n"), string.Empty).Trim();
        return clean.Length == 0 ? null : clean;
    }

    /// <summary>The same on one line.</summary>
    public static string? OneLine(string? text) => Clean(text) is string clean ? WhiteSpace().Replace(clean, " ") : null;

    /// <summary>Default, limits and example: what helps to give a valid value, and is never sent by itself.</summary>
    public static string? Remarks(JToken? example, JToken? defaultValue = null, JObject? constraints = null)
    {
        var facts = new List<string>();
        if (defaultValue is { Type: not JTokenType.Null })
        {
            facts.Add($"The API's default is `{Inline(defaultValue)}`.");
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

        return facts.Count == 0 ? null : string.Join(" ", facts);
    }

    /// <summary>A value as code of one line.</summary>
    public static string Inline(JToken value) =>
        (OneLine(value.Type == JTokenType.String ? (string)value! : value.ToString(Formatting.None)) ?? string.Empty).Replace('`', '\'');

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

    /// <summary>What no XML may hold, and surrogates that have no partner.</summary>
    [GeneratedRegex(@"[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex Illegal();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
