using System.Text;

namespace Retell.SpecTool.Diff;

/// <summary>A place in the document in words, and the operation or component it stands in.</summary>
internal sealed record PlaceName(string? Operation, string? Schema, string Text)
{
    /// <summary>With what it stands in.</summary>
    public string Full => $"{Text} of {Operation ?? Schema ?? "the document"}";

    /// <summary><c>#/paths/~1create-agent/post/requestBody/properties/voice/properties/id</c> → post /create-agent, body `voice.id`.</summary>
    public static PlaceName Of(string place)
    {
        string[] steps = [.. place.TrimStart('#', '/').Split('/').Select(Unescape)];
        return steps switch
        {
            ["components", "schemas", string name, .. string[] rest] => new PlaceName(null, name, Value("the schema", rest)),
            ["components", "parameters", string name, "schema", .. string[] rest] => new PlaceName(null, "parameters/" + name, Value("the parameter", rest)),
            ["components", "parameters", string name] => new PlaceName(null, "parameters/" + name, "the parameter"),
            ["paths", string path, string method, "requestBody", .. string[] rest] => new PlaceName($"{method} {path}", null, Value("the body", rest)),
            ["paths", string path, string method, "responses", _, .. string[] rest] => new PlaceName($"{method} {path}", null, Value("the answer", rest)),
            ["paths", string path, string method, "parameters", string name, .. string[] rest] => new PlaceName($"{method} {path}", null, Value($"the parameter `{name}`", rest)),
            ["paths", string path, string method, ..] => new PlaceName($"{method} {path}", null, "the operation"),
            _ => new PlaceName(null, null, "the document"),
        };
    }

    private static string Value(string holder, ReadOnlySpan<string> steps)
    {
        var text = new StringBuilder();
        for (int i = 0; i < steps.Length; i++)
        {
            switch (steps[i])
            {
                case "properties" when i + 1 < steps.Length:
                    text.Append(text.Length > 0 ? "." : string.Empty).Append(steps[++i]);
                    break;
                case "oneOf" when i + 1 < steps.Length:
                    text.Append('<').Append(steps[++i]).Append('>');
                    break;
                case "items":
                    text.Append("[]");
                    break;
                case "additionalProperties":
                    text.Append("{}");
                    break;
            }
        }

        return text.Length == 0 ? holder : holder == "the schema" ? $"`{text}`" : $"{holder["the ".Length..]} `{text}`";
    }

    private static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
