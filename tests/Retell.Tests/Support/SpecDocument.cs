using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;

namespace Retell.Tests.Support;

/// <summary>
/// An OpenAPI document as published, read without the pipeline under test: what the tests expect is derived from here.
/// </summary>
internal sealed class SpecDocument
{
    private const string ComponentSchemas = "#/components/schemas/";
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch", "head", "options"];
    private static readonly Lazy<SpecDocument> s_current = new(LoadCurrent);
    private static readonly Lazy<SpecDocument> s_april = new(() => Load(Repository.PathOf("tests", "data", "specs", "retell-2026-04.yaml")));
    private static readonly Lazy<SpecDocument> s_october = new(() => Load(Repository.PathOf("tests", "data", "specs", "retell-2026-10.yaml")));

    private SpecDocument(JObject root, string name)
    {
        Root = root;
        Name = name;
        Schemas = ((JObject?)root["components"]?["schemas"] ?? []).Properties().ToDictionary(p => p.Name, p => (JObject)p.Value, StringComparer.Ordinal);
        Operations = [.. ReadOperations()];
    }

    /// <summary>The document that the SDK is generated from, with what was retired put back.</summary>
    public static SpecDocument Current => s_current.Value;

    /// <summary>The revision of April 2026, the first one.</summary>
    public static SpecDocument April2026 => s_april.Value;

    /// <summary>The revision that follows it.</summary>
    public static SpecDocument October2026 => s_october.Value;

    /// <summary>The published pages of single operations, each a document of its own.</summary>
    public static IEnumerable<string> Pages =>
        Directory.EnumerateFiles(Repository.PathOf("tests", "data", "specs"), "*.yaml")
            .Where(path => !Path.GetFileName(path).StartsWith("retell-", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    /// <summary>The name of the file.</summary>
    public string Name { get; }

    public JObject Root { get; }

    /// <summary>The schemas under components, by name.</summary>
    public IReadOnlyDictionary<string, JObject> Schemas { get; }

    public IReadOnlyList<SpecOperation> Operations { get; }

    /// <summary>The schemas under components and those that the bodies and answers of operations hold inline.</summary>
    public IEnumerable<SpecSchema> AllSchemas => Schemas.Select(pair => new SpecSchema(pair.Key, pair.Value))
        .Concat(Operations.SelectMany(operation => new[]
        {
            new SpecSchema(operation.OperationId + " request", operation.Request!),
            new SpecSchema(operation.OperationId + " response", operation.Response!),
        }).Where(schema => schema.Schema is not null));

    public static SpecDocument Load(string path) => new((JObject)YamlJson.Load(path), Path.GetFileName(path));

    public static SpecDocument Parse(string yaml, string name = "inline")
    {
        using var text = new StringReader(yaml);
        return new SpecDocument((JObject)YamlJson.Parse(text), name);
    }

    /// <summary>The node that a reference or JSON pointer leads to; media types, the schema of a parameter and the parts of an allOf may be left out of it.</summary>
    public JToken? FindNode(string pointer) =>
        Find(Root, pointer.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Unescape).ToArray());

    /// <summary>The schema of that name under components, or at that place.</summary>
    public JObject? FindSchema(string nameOrPointer) =>
        Schemas.TryGetValue(nameOrPointer, out JObject? schema) ? schema
        : nameOrPointer.Contains('/', StringComparison.Ordinal) && FindNode(nameOrPointer) is JObject node
            ? (SpecOperation.Content(this, node)?.Value["schema"] ?? node["schema"]) as JObject ?? node
        : SpecPlace.Find(Root, nameOrPointer);

    private static SpecDocument LoadCurrent()
    {
        var root = (JObject)YamlJson.Load(Repository.PathOf("openapi", "retell.yaml"));
        RetainedFile.Read(Repository.PathOf("openapi", "retained.yaml")).Apply(root);
        return new SpecDocument(root, "retell.yaml");
    }

    /// <summary>Follows the reference of a node as long as it has one; its siblings are the caller's business.</summary>
    public JObject Resolve(JObject node)
    {
        while ((string?)node["$ref"] is { } reference)
        {
            node = FindNode(reference) as JObject ?? throw new InvalidDataException($"{Name}: {PointerOf(node)} refers to {reference}, which does not exist.");
        }

        return node;
    }

    /// <summary>The name of a schema under components, else the place where it stands.</summary>
    public static string NameOf(JObject schema)
    {
        string pointer = (string?)schema["$ref"] ?? PointerOf(schema);
        return pointer.StartsWith(ComponentSchemas, StringComparison.Ordinal) && !pointer[ComponentSchemas.Length..].Contains('/', StringComparison.Ordinal)
            ? pointer[ComponentSchemas.Length..]
            : pointer;
    }

    /// <summary>The place of a node as a JSON pointer.</summary>
    public static string PointerOf(JToken node)
    {
        var parts = new Stack<string>();
        for (JToken? at = node; at?.Parent is not null; at = at.Parent)
        {
            if (at is JProperty property)
            {
                parts.Push(property.Name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
            }
            else if (at.Parent is JArray list)
            {
                parts.Push(list.IndexOf(at).ToString(System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return "#/" + string.Join('/', parts);
    }

    private static JToken? Find(JToken? node, string[] path)
    {
        if (path.Length == 0 || node is null)
        {
            return node;
        }

        if (node is JArray list)
        {
            JToken? item = int.TryParse(path[0], out int index) ? list.ElementAtOrDefault(index) : list.OfType<JObject>().FirstOrDefault(item => IsCalled(item, path[0]));
            return Find(item, path[1..]);
        }

        JToken? found = Find(node is JObject map ? map[path[0]] : null, path[1..]);
        IEnumerable<JToken> skipped = node is not JObject owner ? []
            : owner["content"] is JObject content ? content.Values().OfType<JObject>().Select(media => media["schema"]).OfType<JObject>().Take(1)
            : owner["schema"] is JObject schema ? [schema]
            : owner["allOf"] as JArray ?? [];
        return skipped.Aggregate(found, (known, next) => known ?? Find(next, path));
    }

    /// <summary>Elements go by a name instead of their index: a parameter by its own, a variant by its schema, tags or own member.</summary>
    private static bool IsCalled(JObject item, string name)
    {
        var properties = item["properties"] as JObject ?? [];
        return (string?)item["name"] == name
            || item.DescendantsAndSelf().OfType<JObject>().Any(part => ((string?)part["$ref"])?.EndsWith("/" + name, StringComparison.Ordinal) == true)
            || properties.PropertyValues().Any(property => property["enum"] is JArray values && string.Join("-or-", values) == name)
            || (name.StartsWith("with-", StringComparison.Ordinal) && properties.ContainsKey(name["with-".Length..]));
    }

    private static string Unescape(string part) =>
        Uri.UnescapeDataString(part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal));

    private IEnumerable<SpecOperation> ReadOperations() =>
        from path in ((JObject?)Root["paths"] ?? []).Properties()
        from member in ((JObject)path.Value).Properties()
        where s_methods.Contains(member.Name)
        select new SpecOperation(this, member.Name.ToUpperInvariant(), path.Name, (JObject)member.Value);
}

/// <summary>A schema and the name that failures call it by.</summary>
internal sealed record SpecSchema(string Name, JObject Schema);

/// <summary>One operation of a document.</summary>
internal sealed class SpecOperation(SpecDocument document, string method, string path, JObject node)
{
    public string OperationId { get; } = (string?)node["operationId"] ?? $"{method} {path}";

    public string Method => method;

    public string Path => path;

    public JObject Node => node;

    /// <summary>The media type of the body; null without a body.</summary>
    public string? RequestMediaType { get; } = Content(document, node["requestBody"])?.Name;

    /// <summary>The schema of the body; null without a body.</summary>
    public JObject? Request { get; } = Content(document, node["requestBody"])?.Value["schema"] as JObject;

    /// <summary>The schema of the first successful answer that has a body; null where none has.</summary>
    public JObject? Response { get; } = ((JObject?)node["responses"] ?? []).Properties()
        .Where(answer => answer.Name.StartsWith('2'))
        .Select(answer => Content(document, answer.Value)?.Value["schema"] as JObject)
        .FirstOrDefault(schema => schema is not null);

    /// <summary>The first media type of a body or answer.</summary>
    public static JProperty? Content(SpecDocument document, JToken? holder) =>
        holder is JObject body ? (document.Resolve(body)["content"] as JObject)?.Properties().FirstOrDefault() : null;
}
