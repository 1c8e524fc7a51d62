using System.Text.RegularExpressions;

namespace Retell.SpecTool.Check;

/// <summary>Reads the hand-written declarations of the discriminators: interface → tag or member → class.</summary>
internal static partial class UnionSource
{
    public const string File = "src/Retell/Json/Unions.cs";

    public static Dictionary<string, Dictionary<string, string>> Read(string root)
    {
        var unions = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        string path = Path.Combine(root, File);
        if (!System.IO.File.Exists(path))
        {
            return unions;
        }

        Dictionary<string, string> current = [];
        foreach (Match match in Declaration().Matches(System.IO.File.ReadAllText(path)))
        {
            if (match.Groups["union"].Success)
            {
                unions[match.Groups["union"].Value] = current = new Dictionary<string, string>(StringComparer.Ordinal);
                continue;
            }

            foreach (Match key in Literal().Matches(match.Groups["keys"].Value))
            {
                current[key.Groups[1].Value] = match.Groups["variant"].Value;
            }
        }

        return unions;
    }

    [GeneratedRegex("Union\\.By(?:Member)?<(?<union>\\w+)>\\([^)]*\\)|\\.(?:Is|Has)<(?<variant>\\w+)>\\((?<keys>[^)]*)\\)")]
    private static partial Regex Declaration();

    [GeneratedRegex("\"([^\"]*)\"")]
    private static partial Regex Literal();
}
