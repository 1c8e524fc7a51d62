using System.Text.RegularExpressions;

namespace Retell.SpecTool.Check;

/// <summary>Reads from the hand-written resources which facade method calls which raw method.</summary>
internal static partial class FacadeSource
{
    public const string Folder = "src/Retell/Resources";

    /// <summary>Raw method (client and name) → facade methods.</summary>
    public static ILookup<string, string> Read(string root)
    {
        var calls = new List<(string Raw, string Facade)>();
        string folder = Path.Combine(root, Folder);
        string[] files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*Resource.cs") : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            string resource = Path.GetFileNameWithoutExtension(file)[..^"Resource".Length];
            string method = string.Empty;
            foreach (Match match in Part().Matches(File.ReadAllText(file)))
            {
                if (match.Groups["method"].Success)
                {
                    method = match.Groups["method"].Value;
                }
                else
                {
                    calls.Add((match.Groups["raw"].Value, $"{resource}.{method}"));
                }
            }
        }

        return calls.Distinct().ToLookup(c => c.Raw, c => c.Facade, StringComparer.Ordinal);
    }

    [GeneratedRegex(@"public virtual [^\r\n(]*?\b(?<method>\w+)\(|\b_?[Rr]aw\w*\.(?:\w+\.)?(?<raw>\w+Async)\(")]
    private static partial Regex Part();
}
