using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Files;

/// <summary>Chooses the files of texts: a prompt is always in a file, the instruction of a node if it is long.</summary>
internal sealed partial class TextFileNames
{
    private const int LongText = 80;

    private readonly IReadOnlyDictionary<string, string> _known;
    private readonly Dictionary<string, string> _titles = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used;

    /// <param name="resource">The object.</param>
    /// <param name="known">The files that the texts have had, by the path of the member.</param>
    public TextFileNames(JObject resource, IReadOnlyDictionary<string, string> known)
    {
        _known = known;
        _used = [.. known.Values];
        foreach (JObject node in Nodes(resource).Concat((resource["components"] as JArray ?? []).OfType<JObject>().SelectMany(Nodes)))
        {
            if (node["id"] is JValue { Value: string id } && node["name"] is JValue { Value: string name })
            {
                _titles.TryAdd(id, name);
            }
        }
    }

    /// <summary>Returns the file for a text; null if it stays in the JSON.</summary>
    public string? For(string path, string text)
    {
        if (text.Length == 0 || text[0] == '\uFEFF' || CanonicalJson.HasLoneSurrogate(text))
        {
            return null;
        }

        if (_known.TryGetValue(path, out string? known))
        {
            return known;
        }

        return path switch
        {
            "general_prompt" => Unique("general"),
            "global_prompt" => Unique("global"),
            _ when State().Match(path) is { Success: true } state => Unique("states/" + Slug(state.Groups[1].Value, "state")),
            _ when Text().Match(path) is { Success: true } title => Unique("texts/" + Slug(title.Groups[1].Value, "text")),
            _ when Node().Match(path) is { Success: true } node && (text.Length > LongText || text.Contains('\n', StringComparison.Ordinal)) =>
                Unique("nodes/" + Slug($"{node.Groups[1].Value} {_titles.GetValueOrDefault(node.Groups[2].Value, node.Groups[2].Value)}", "node")),
            _ => null,
        };
    }

    private static IEnumerable<JObject> Nodes(JObject resource) => (resource["nodes"] as JArray ?? []).OfType<JObject>();

    private static string Slug(string title, string fallback) => ResourceAddress.Slug(title, fallback);

    private string Unique(string name)
    {
        string file = name + ".md";
        for (int number = 2; !_used.Add(file); number++)
        {
            file = $"{name}-{number}.md";
        }

        return file;
    }

    [GeneratedRegex(@"^states\[(.*)\]\.state_prompt$")]
    private static partial Regex State();

    [GeneratedRegex(@"^knowledge_base_texts\[(.*)\]\.text$", RegexOptions.Singleline)]
    private static partial Regex Text();

    [GeneratedRegex(@"^(?:components\[([^\]]*)\]\.)?nodes\[([^\]]*)\]\.instruction\.text$")]
    private static partial Regex Node();
}
