using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Spec;

/// <summary>One operation of the normalised document.</summary>
internal sealed class FakeOperation
{
    private const string Form = "multipart/form-data";
    private readonly string[] _template;

    public FakeOperation(string path, string method, JObject node)
    {
        Id = (string)(node["x-retell-operation-id"] ?? node["operationId"])!;
        Method = method.ToUpperInvariant();
        Path = path;
        JProperty success = ((JObject)node["responses"]!).Properties().First();
        Status = int.Parse(success.Name, CultureInfo.InvariantCulture);
        BodyType = TypeOf(node["requestBody"]);
        ResponseType = TypeOf(success.Value);
        Parameters = [.. (node["parameters"] ?? new JArray()).Children<JObject>().Select(p => new FakeParameter(p))];
        Body = Schema(node["requestBody"]);
        IsBodyRequired = (bool?)node["requestBody"]?["required"] == true;
        Response = Schema(success.Value);
        _template = Path[1..].Split('/');
        Noun = NounOf(_template);
    }

    public string Id { get; }

    public string Method { get; }

    /// <summary>The path template, such as <c>/get-agent/{agent_id}</c>.</summary>
    public string Path { get; }

    /// <summary>The status of success.</summary>
    public int Status { get; }

    /// <summary>The media type of the body; null where there is none.</summary>
    public string? BodyType { get; }

    /// <summary>The media type of the response; null where it has no body.</summary>
    public string? ResponseType { get; }

    public bool IsMultipart => BodyType == Form;

    public IReadOnlyList<FakeParameter> Parameters { get; }

    /// <summary>The schema of the body; null where it is neither JSON nor a form.</summary>
    public JObject? Body { get; }

    public bool IsBodyRequired { get; }

    /// <summary>The schema of the response; null where it has no body.</summary>
    public JObject? Response { get; }

    /// <summary>The kind of object that the path names, in the singular: <c>agent</c> of <c>/v2/list-agents</c>.</summary>
    public string Noun { get; }

    public int SegmentCount => _template.Length;

    /// <summary>Whether a path of the operation may start with a segment.</summary>
    public bool MayStart(string segment) => _template[0] == segment || _template[0][0] == '{';

    public bool HasPathValue(string name) => _template.Contains($"{{{name}}}");

    /// <summary>Returns the decoded parameters of a path; null if the path is another one.</summary>
    public Dictionary<string, string>? Match(string[] segments)
    {
        if (segments.Length != _template.Length)
        {
            return null;
        }

        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string template, string segment) in _template.Zip(segments))
        {
            if (template is ['{', .. var name, '}'] && segment.Length > 0)
            {
                values[name] = segment;
            }
            else if (template != segment)
            {
                return null;
            }
        }

        return values;
    }

    /// <summary>Whether a media type is JSON of any kind.</summary>
    public static bool IsJson(string type)
    {
        string name = type.Split(';')[0].TrimEnd();
        return name is "application/json" or "text/json" || name.EndsWith("+json", StringComparison.Ordinal);
    }

    private static string? TypeOf(JToken? holder) => (holder?["content"] as JObject)?.Properties().FirstOrDefault()?.Name;

    private static JObject? Schema(JToken? holder) => TypeOf(holder) is string type && (type == Form || IsJson(type))
        ? holder!["content"]![type]!["schema"] as JObject
        : null;

    private static string NounOf(string[] template)
    {
        string words = template.FirstOrDefault(s => s.Contains('-')) ?? template[^1];
        string noun = words[(words.IndexOf('-') + 1)..];
        return noun.EndsWith('s') ? noun[..^1] : noun;
    }
}

/// <summary>A parameter of an operation.</summary>
internal sealed class FakeParameter(JObject node)
{
    private readonly bool _isStyled = node["style"] is not null || node["explode"] is not null || node["content"] is not null;

    public string Name { get; } = (string)node["name"]!;

    public string In { get; } = (string)node["in"]!;

    public bool IsQuery => In == "query";

    public bool IsRequired { get; } = (bool?)node["required"] == true;

    public JObject Schema { get; } = (JObject)(node["schema"] ?? node.SelectToken("content.*.schema"))!;

    /// <summary>Whether the value is one text, or one for each item of a list. The styles that join several values are not parsed.</summary>
    public bool IsPlain(SchemaValidator validator) => !_isStyled && validator.JsonType(Schema) switch
    {
        "object" => false,
        "array" => IsQuery,
        _ => true,
    };

    /// <summary>Whether a name in a query belongs to the parameter: its own name, or that of a member, with or without brackets.</summary>
    public bool Owns(string name, SchemaValidator validator) =>
        IsQuery && (name == Name || (!IsPlain(validator) && (name.StartsWith(Name + "[", StringComparison.Ordinal) || validator.JsonType(Schema) == "object")));
}
