using Newtonsoft.Json.Linq;
using Retell.Spec.Model;

namespace Retell.Spec.Naming;

/// <summary>
/// Finds where a user would look for an operation that the overlay does not name: in the resource of its tag, of the ID that
/// it takes, or of its noun; of what its path begins with; else in a resource of its own.
/// </summary>
internal sealed class ResourceHome
{
    /// <summary>Words that operations begin with where the document gives them no ID.</summary>
    private static readonly HashSet<string> s_verbs = new(StringComparer.Ordinal)
    {
        "get", "list", "create", "update", "delete", "add", "remove", "search", "import", "export", "publish", "end", "start", "stop", "run", "rerun", "register",
        "clone", "test", "upload", "cancel", "check", "set", "send", "sync", "repair", "retry", "backfill", "listen", "take", "archive", "restore", "validate", "batch",
    };

    /// <summary>Names that classes of the SDK have already: RetellClient, RetellResource.</summary>
    private static readonly HashSet<string> s_taken = new(StringComparer.Ordinal) { "Retell", "Raw", "Api", "Http" };

    private readonly JObject _document;
    private readonly NameLock _names;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _byTag = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<string>> _byParameter = new(StringComparer.Ordinal);

    public ResourceHome(JObject document, IReadOnlyList<OperationSource> operations, NameLock names)
    {
        (_document, _names) = (document, names);
        foreach (OperationSource operation in operations.OrderBy(o => o.Key, StringComparer.Ordinal))
        {
            if (Chosen(operation) is not (string resource, _))
            {
                continue;
            }

            _known.Add(resource);
            Tags(operation).ToList().ForEach(tag => Learn(_byTag, tag, resource));
            operation.PathParameters.Take(1).ToList().ForEach(parameter => Learn(_byParameter, parameter, resource));
        }

        static void Learn(Dictionary<string, List<string>> map, string key, string resource)
        {
            if (!map.TryGetValue(key, out List<string>? resources))
            {
                map[key] = resources = [];
            }

            resources.Add(resource);
        }
    }

    public static bool IsVerb(string word) => s_verbs.Contains(word);

    /// <summary>The resource and the method of an operation, and whether the overlay chose them.</summary>
    public (string Resource, string Method, bool IsChosen) Of(OperationSource operation, string id)
    {
        if (Chosen(operation) is (string resource, string method))
        {
            return (resource, method, OperationFacts.Row(_document, operation.Key, _names) is not null);
        }

        (string verb, string noun) = Split(id);
        resource = (Vendor(operation, "x-retell-sdk-resource") is string vendor ? CSharpName.Plural(vendor) : null)
            ?? Find(operation, noun)
            ?? Segment(operation)
            ?? CSharpName.Plural(CSharpName.Pascal(noun.Length > 0 ? noun : id));
        resource = s_taken.Contains(resource) ? resource + "Operations" : resource;
        return (resource, Vendor(operation, "x-retell-sdk-method") ?? CSharpName.Pascal(verb + Rest(noun, resource)), false);
    }

    /// <summary>What the overlay or the lock says.</summary>
    private (string Resource, string Method)? Chosen(OperationSource operation)
    {
        JObject? row = OperationFacts.Row(_document, operation.Key, _names);
        string[]? recorded = _names.Lineage(operation.Key).Select(_names.FindFacade).FirstOrDefault(name => name is not null)?.Split('.');
        string? resource = (string?)row?["resource"] ?? recorded?[0];
        string? method = (string?)row?["method"] ?? recorded?[1];
        return resource is null || method is null ? null : (resource, method);
    }

    private static string? Vendor(OperationSource operation, string name) =>
        operation.Source[name] is JValue { Type: JTokenType.String } value && (string)value! is { Length: > 0 } text ? CSharpName.Pascal(text) : null;

    private static IEnumerable<string> Tags(OperationSource operation) =>
        (operation.Source["tags"] as JArray ?? []).Where(tag => tag.Type == JTokenType.String).Select(tag => (string)tag!);

    private string? Find(OperationSource operation, string noun)
    {
        string? byNoun = FindByNoun(noun);
        foreach (string tag in Tags(operation))
        {
            string name = CSharpName.Pascal(tag);
            if (Among(_byTag.GetValueOrDefault(tag), byNoun) is string learned)
            {
                return learned;
            }

            if (new[] { name, CSharpName.Plural(name) }.FirstOrDefault(_known.Contains) is string named)
            {
                return named;
            }
        }

        foreach (string parameter in operation.PathParameters)
        {
            string name = CSharpName.Plural(CSharpName.Pascal(parameter.EndsWith("_id", StringComparison.Ordinal) ? parameter[..^3] : parameter));
            List<string>? learned = _byParameter.GetValueOrDefault(parameter);
            if (byNoun is not null && learned?.Contains(byNoun) == true)
            {
                return byNoun;
            }

            if (_known.Contains(name))
            {
                return name;
            }

            if (Among(learned, null) is string most)
            {
                return most;
            }
        }

        return byNoun;
    }

    /// <summary>What a path begins with that is built of nouns: <c>/notes/{note_id}</c> → Notes. Most paths of this API begin with a verb.</summary>
    private static string? Segment(OperationSource operation)
    {
        string? first = operation.Path.Split('/').FirstOrDefault(part => part.Length > 0 && !part.Contains('{', StringComparison.Ordinal) && !OperationName.IsVersion(part));
        return first is null || IsVerb(CSharpName.Snake(first).Split('_')[0]) ? null : CSharpName.Plural(CSharpName.Pascal(first));
    }

    /// <summary>The resource that most operations of a tag or a parameter are in; the one of the noun where it is among them.</summary>
    private static string? Among(List<string>? resources, string? byNoun) =>
        resources is null ? null
        : byNoun is not null && resources.Contains(byNoun) ? byNoun
        : resources.GroupBy(resource => resource, StringComparer.Ordinal).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key;

    /// <summary>The known resource that a noun begins with: CallSummary → Calls, ChatAgentNote → ChatAgents.</summary>
    private string? FindByNoun(string noun)
    {
        string[] words = [.. CSharpName.Snake(noun).Split('_', StringSplitOptions.RemoveEmptyEntries)];
        return Enumerable.Range(1, words.Length)
            .Reverse()
            .Select(count => string.Concat(words.Take(count).Select(CSharpName.Pascal)))
            .SelectMany(name => new[] { name, CSharpName.Plural(name) })
            .FirstOrDefault(_known.Contains);
    }

    /// <summary>What a noun says more than its resource: CallSummary in Calls → Summary, Calls in Calls → nothing.</summary>
    private static string Rest(string noun, string resource)
    {
        string[] words = CSharpName.Snake(noun).Split('_', StringSplitOptions.RemoveEmptyEntries);
        for (int count = words.Length; count > 0; count--)
        {
            string name = string.Concat(words.Take(count).Select(CSharpName.Pascal));
            if (name == resource || CSharpName.Plural(name) == resource)
            {
                return string.Concat(words.Skip(count).Select(CSharpName.Pascal));
            }
        }

        return noun.Length > 0 ? CSharpName.Pascal(noun) : string.Empty;
    }

    /// <summary>createChatAgent → create, ChatAgent.</summary>
    private static (string Verb, string Noun) Split(string id)
    {
        int end = 0;
        while (end < id.Length && char.IsAsciiLetterLower(id[end]))
        {
            end++;
        }

        return end == 0 ? (id, string.Empty) : (id[..end], id[end..]);
    }
}
