using Retell.Spec.Model;

namespace Retell.Spec.Naming;

/// <summary>One argument of an operation as callers know it: its place among the others, its C# name, and whether it may be left out.</summary>
/// <param name="In">Where it goes: path, query, header, cookie, or body.</param>
/// <param name="Json">The parameter's name in the spec; empty for the body.</param>
/// <param name="Name">The C# name in the raw client, without @.</param>
/// <param name="IsOptional">Whether it may be left out in C#. What came later may, even where the API requires it: callers did not have it.</param>
internal sealed record Argument(string In, string Json, string Name, bool IsOptional)
{
    public const string Body = "body";

    private const string As = " as ";

    /// <summary>Gets the parameter; null for the body.</summary>
    public Parameter? Parameter { get; init; }

    public bool IsBody => In == Body;

    /// <summary>Gets what tells it from the other arguments of its operation.</summary>
    public string Id => IsBody ? Body : $"{In} {Json}";

    /// <summary>Reads the line of the lock: <c>path call_id</c>, <c>query limit?</c>, <c>header limit? as limitHeader</c>, <c>body</c>.</summary>
    public static Argument? Parse(string text)
    {
        int named = text.LastIndexOf(As, StringComparison.Ordinal);
        string id = named < 0 ? text : text[..named];
        bool isOptional = id.EndsWith('?');
        id = isOptional ? id[..^1] : id;
        string[] parts = id.Split(' ', 2);
        string json = parts.Length == 2 ? parts[1] : string.Empty;
        string name = named < 0 ? DefaultName(json) : text[(named + As.Length)..];
        bool isValid = parts[0] == Body ? parts.Length == 1 : parts[0] is "path" or "query" or "header" or "cookie" && json.Length > 0;
        return isValid && CSharpName.IsIdentifier(name) ? new Argument(parts[0], json, name, isOptional) : null;
    }

    /// <summary>The name of an argument that nothing else decides.</summary>
    public static string DefaultName(string json) => json.Length == 0 ? Body : CSharpName.Camel(json).TrimStart('@');

    public override string ToString() => $"{Id}{(IsOptional ? "?" : string.Empty)}{(Name == DefaultName(Json) ? string.Empty : As + Name)}";
}
