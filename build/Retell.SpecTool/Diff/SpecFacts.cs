using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Model;

namespace Retell.SpecTool.Diff;

/// <summary>What the document says and the model leaves out, because no C# follows from it: security, servers, other answers, defaults of parameters.</summary>
internal sealed class SpecFacts
{
    private readonly JObject _document;
    private readonly Dictionary<string, OperationDetails> _operations = new(StringComparer.Ordinal);

    private SpecFacts(JObject document) => _document = document;

    /// <summary>The document that a model was read from; null when the model holds no part of it.</summary>
    public static SpecFacts? Of(ApiModel model) => model.Info.Root is JObject root && root["paths"] is JObject ? new SpecFacts(root) : null;

    public JObject Info => _document["info"] as JObject ?? [];

    public IReadOnlyList<string> Servers => Urls(_document["servers"]);

    /// <summary>The ways to authenticate where an operation does not say it; an empty text is a call without credentials.</summary>
    public IReadOnlyList<string> Security => Alternatives(_document["security"]) ?? [string.Empty];

    public IEnumerable<JProperty> SecuritySchemes => (_document.SelectToken("components.securitySchemes") as JObject ?? []).Properties();

    /// <summary>What the overlay names as the replacement of an operation that is gone.</summary>
    public string? ReplacementOf(string operation) => (_document[OperationFacts.Table]?[operation] as JObject)?["replacedBy"]?.ToString();

    public OperationDetails Operation(ApiOperation operation) =>
        _operations.TryGetValue(operation.Key, out OperationDetails? known) ? known : _operations[operation.Key] = Read(operation);

    private OperationDetails Read(ApiOperation operation)
    {
        var item = (JObject)_document["paths"]![operation.Path]!;
        var source = (JObject)item[operation.HttpMethod.ToLowerInvariant()]!;
        var parameters = new Dictionary<(string, string), ParameterDetails>();
        foreach (JObject parameter in (item["parameters"] as JArray ?? []).Concat(source["parameters"] as JArray ?? []).OfType<JObject>())
        {
            JObject resolved = Follow(parameter);
            parameters[($"{resolved["in"]}", $"{resolved["name"]}")] = new ParameterDetails(resolved, parameter["$ref"]?.ToString());
        }

        return new OperationDetails(
            [.. (source["tags"] as JArray ?? []).Select(tag => tag.ToString())],
            Alternatives(source["security"]),
            Urls(source["servers"] ?? item["servers"]),
            MediaTypes(Follow(source["requestBody"])),
            (source["responses"] as JObject ?? []).Properties().OrderBy(r => r.Name, StringComparer.Ordinal).ToDictionary(r => r.Name, r => Answer(Follow(r.Value))),
            parameters);
    }

    /// <summary>The schema that stands at a place, as it is written; null where allOf makes it.</summary>
    public JObject? SchemaAt(string place) => SpecPlace.Find(_document, place);

    /// <summary>A schema without what only describes it, with the components it refers to by name.</summary>
    public static JToken Bare(JToken schema)
    {
        JToken bare = schema.DeepClone();
        if (bare is JContainer container)
        {
            // A property may be called description: only what is a text (or stands beside a type) describes.
            foreach (JProperty member in container.DescendantsAndSelf().OfType<JProperty>().ToList())
            {
                bool isWord = member.Name is "description" or "title" or "summary" && member.Value.Type == JTokenType.String;
                bool isExample = member.Name is "example" or "examples" && member.Parent is JObject parent && parent["type"] is JValue;
                if (isWord || isExample || member.Name.StartsWith("x-", StringComparison.Ordinal))
                {
                    member.Remove();
                }
            }
        }

        return bare;
    }

    private static AnswerDetails Answer(JObject response) => new(
        MediaTypes(response),
        [.. (response["headers"] as JObject ?? []).Properties().Select(h => h.Name).Order(StringComparer.Ordinal)],
        response["content"] is JObject content ? Bare(content) : null);

    private JObject Follow(JToken? token)
    {
        // A circle of references would have been refused when the model was read.
        for (int depth = 0; depth < 8 && token is JObject holder && (string?)holder["$ref"] is string reference; depth++)
        {
            token = reference.TrimStart('#', '/')
                .Split('/')
                .Aggregate((JToken?)_document, (at, step) => (at as JObject)?[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)]);
        }

        return token as JObject ?? [];
    }

    private static List<string> MediaTypes(JObject holder) => [.. (holder["content"] as JObject ?? []).Properties().Select(c => c.Name).Order(StringComparer.Ordinal)];

    private static List<string> Urls(JToken? servers) => [.. (servers as JArray ?? []).OfType<JObject>().Select(server => $"{server["url"]}")];

    private static List<string>? Alternatives(JToken? security) => security is not JArray all ? null
        : all.Count == 0 ? [string.Empty]
        : [.. all.OfType<JObject>().Select(Alternative).Order(StringComparer.Ordinal)];

    private static string Alternative(JObject schemes) =>
        string.Join(
            " + ",
            schemes.Properties()
                .OrderBy(s => s.Name, StringComparer.Ordinal)
                .Select(s => s.Value is JArray { Count: > 0 } scopes ? $"{s.Name} ({string.Join(", ", scopes)})" : s.Name));
}

/// <summary>What the document says of an operation beside the model.</summary>
/// <param name="Security">Null when the operation takes what holds for the whole document.</param>
internal sealed record OperationDetails(
    IReadOnlyList<string> Tags,
    IReadOnlyList<string>? Security,
    IReadOnlyList<string> Servers,
    IReadOnlyList<string> BodyMediaTypes,
    IReadOnlyDictionary<string, AnswerDetails> Answers,
    IReadOnlyDictionary<(string In, string Name), ParameterDetails> Parameters);

/// <summary>One answer of an operation, by status.</summary>
internal sealed record AnswerDetails(IReadOnlyList<string> MediaTypes, IReadOnlyList<string> Headers, JToken? Body);

/// <summary>A parameter as it is written, and the shared parameter that it is.</summary>
internal sealed record ParameterDetails(JObject Source, string? Reference)
{
    public JToken? Default => (Source["schema"] as JObject)?["default"];

    public bool AllowsEmpty => Source["allowEmptyValue"] is JValue { Value: true };

    /// <summary>How a value is written into the URL, with the defaults of OpenAPI filled in.</summary>
    public string Serialization
    {
        get
        {
            string style = Source["style"]?.ToString() ?? ($"{Source["in"]}" is "query" or "cookie" ? "form" : "simple");
            bool explode = Source["explode"] is JValue { Value: bool stated } ? stated : style == "form";
            bool reserved = Source["allowReserved"] is JValue { Value: true };
            return $"{style}{(explode ? ", explode" : string.Empty)}{(reserved ? ", allowReserved" : string.Empty)}";
        }
    }
}
