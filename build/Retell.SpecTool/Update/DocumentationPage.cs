using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;

namespace Retell.SpecTool.Update;

/// <summary>A page of the vendor's documentation: Markdown that holds the OpenAPI document of one or more operations in a block of code.</summary>
internal sealed partial class DocumentationPage(string source, IReadOnlyList<JObject> documents)
{
    private const string Revision = "x-retell-spec-revision";

    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];

    /// <summary>A line that begins a block at its start can stand in no YAML and in no JSON.</summary>
    public static bool IsPage(string text, string source)
    {
        string path = Uri.TryCreate(source, UriKind.Absolute, out Uri? url) ? url.AbsolutePath : source;
        return path.EndsWith(".md", StringComparison.OrdinalIgnoreCase)
            || path.EndsWith(".mdx", StringComparison.OrdinalIgnoreCase)
            || Lines(text).Any(line => line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal));
    }

    public static DocumentationPage Read(string text, string source)
    {
        List<JObject> documents = [];
        string[] lines = Lines(text);
        for (int i = 0; i < lines.Length; i++)
        {
            Match start = Fence().Match(lines[i]);
            if (!start.Success)
            {
                continue;
            }

            int end = Array.FindIndex(lines, i + 1, line => IsEnd(line, start.Groups["fence"].Value));
            if (IsDocument(start.Groups["language"].Value, lines[(i + 1)..(end < 0 ? lines.Length : end)]))
            {
                documents.Add(end < 0
                    ? throw new SpecError(source, $"line {i + 1}", "The block that begins here has no end.", "Fetch the page again.")
                    : ReadBlock(lines, i + 1, end, start.Groups["indent"].Length, source));
            }

            if (end < 0)
            {
                break;
            }

            i = end;
        }

        return documents.Count > 0
            ? new DocumentationPage(source, documents)
            : throw new SpecError(
                source,
                $"line {lines.Length}",
                "The page ends without a block of YAML or JSON that holds an OpenAPI document.",
                "Check that it is the page of an operation.");
    }

    /// <summary>Puts what the page holds into the document of a file; all else stays as it is.</summary>
    public FetchedSpec TakeOver(string spec)
    {
        string text = File.Exists(spec)
            ? File.ReadAllText(spec)
            : throw new SpecError(spec, "$", "There is no document that the page could be a part of.", "Fetch the whole document first.");
        JObject current = YamlFile.ParseObject(text, spec);
        JObject plain = OpenApi31.Parse((JObject)current.DeepClone());
        var edit = new SpecEdit(text, current, spec);
        foreach (JObject document in documents)
        {
            // A page of 3.1 would bring keywords that a document of 3.0 does not have.
            JObject page = OpenApi31.Parse((JObject)document.DeepClone());
            JObject taken = $"{current["openapi"]}".StartsWith("3.0", StringComparison.Ordinal) ? page : document;
            foreach (string[] place in Places(page))
            {
                bool isOther = place is ["components", not "schemas", _] && At(current, place) is not null;
                if (!isOther && At(taken, place) is JToken value && !JToken.DeepEquals(At(plain, place), At(page, place)))
                {
                    edit.Set(place, value);
                }
            }
        }

        return new FetchedSpec(source, edit.Text, edit.Document, [.. Notes(current, spec)]);
    }

    /// <summary>The operations and schemas of a page, and what these may refer to.</summary>
    private static IEnumerable<string[]> Places(JObject page) =>
    [
        .. from kind in Members(page["components"])
           where kind.Name is "schemas" or "parameters" or "responses" or "requestBodies" or "headers"
           from component in Members(kind.Value)
           select (string[])["components", kind.Name, component.Name],
        .. from path in Members(page["paths"])
           from member in Members(path.Value)
           where member.Name == "parameters" || s_methods.Contains(member.Name)
           select (string[])["paths", path.Name, member.Name],
    ];

    private IEnumerable<string> Notes(JObject current, string spec)
    {
        string known = $"{(current["info"] as JObject)?[Revision]}";
        foreach (
            string revision in documents.Select(document => $"{(document["info"] as JObject)?[Revision]}").Where(revision => revision.Length > 0 && revision != known).Distinct())
        {
            yield return IsOlder(revision, known)
                ? $"The page is of revision {revision}, which is older than {known} of {Path.GetFileName(spec)}. What it holds was taken over all the same."
                : $"The page is of revision {revision}, {Path.GetFileName(spec)} of {(known.Length > 0 ? known : "none that it names")}. "
                    + "Fetch the whole document with `build/regenerate --published`.";
        }
    }

    /// <summary>A revision begins with its date.</summary>
    private static bool IsOlder(string revision, string known) => known.Length > 0 && string.CompareOrdinal(revision, 0, known, 0, "2026-01-01".Length) < 0;

    private static IEnumerable<JProperty> Members(JToken? token) => (token as JObject ?? []).Properties();

    private static JToken? At(JObject document, string[] place) => place.Aggregate((JToken?)document, (at, step) => (at as JObject)?[step]);

    /// <summary>Pages have examples of requests as well.</summary>
    private static bool IsDocument(string language, string[] lines) => language.ToLowerInvariant() is "yaml" or "yml" or "json" && lines.Any(line => Version().IsMatch(line));

    private static JObject ReadBlock(string[] lines, int start, int end, int indent, string source)
    {
        // Empty lines in front, so that a message names the line of the page.
        IEnumerable<string> block = lines[start..end].Select(line => line[Math.Min(indent, line.Length - line.TrimStart(' ').Length)..]);
        JObject document = YamlFile.ParseObject(new string('\n', start) + string.Join('\n', block), source);
        bool isLater = document["openapi"] is JValue version && $"{version.ToString(Formatting.None).Trim('"')}".StartsWith("3.", StringComparison.Ordinal);
        return isLater && (document["paths"] ?? document["components"]) is JObject
            ? document
            : throw new SpecError(source, $"line {start}", "The block that begins here holds no operation and no schema of OpenAPI 3.", "Fetch the page again.");
    }

    private static bool IsEnd(string line, string fence)
    {
        string text = line.Trim();
        return text.Length >= fence.Length && text.All(letter => letter == fence[0]);
    }

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").Split('\n');

    [GeneratedRegex(@"^(?<indent> *)(?<fence>`{3,}|~{3,})\s*(?<language>\w*)[^`]*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*(\{\s*)?[""']?openapi[""']?\s*:")]
    private static partial Regex Version();
}
