using System.Text.RegularExpressions;
using Retell.Testing.State;

namespace Retell.Testing.Webhooks;

/// <summary>Replaces <c>{{name}}</c> by the dynamic variables of a call or a chat; unknown names stay as they are.</summary>
internal static partial class Placeholders
{
    public static string Fill(string text, Session session, Func<string, string>? escape = null) => Placeholder().Replace(text, match =>
    {
        string name = match.Groups[1].Value;
        string? value = (string?)(session.Item.Value["collected_dynamic_variables"]?[name] ?? session.Item.Value["retell_llm_dynamic_variables"]?[name]);
        return value is null ? match.Value : escape?.Invoke(value) ?? value;
    });

    [GeneratedRegex(@"\{\{\s*([^{}\s]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
