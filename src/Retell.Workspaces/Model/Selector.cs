using System.IO.Enumeration;

namespace Retell.Workspaces.Model;

/// <summary>Selects addresses by patterns with <c>*</c>, such as <c>agents/*</c>.</summary>
internal static class Selector
{
    public static Func<ResourceAddress, bool> Of(IEnumerable<string> patterns)
    {
        string[] all = [.. patterns.Select(pattern => pattern.TrimStart('@'))];
        return address => all.Length == 0 || Array.Exists(all, pattern => FileSystemName.MatchesSimpleExpression(pattern, address.ToString(), ignoreCase: false));
    }
}
