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
        IsMultipart = node["requestBody"]?["content"]?[Form] is not null;
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

    public bool IsMultipart { get; }

    public IReadOnlyList<FakeParameter> Parameters { get; }

    /// <summary>The schema of the body; null where there is none.</summary>
    public JObject? Body { get; }

    public bool IsBodyRequired { get; }

    /// <summary>The schema of the answer; null where it has no body.</summary>
    public JObject? Response { get; }

    /// <summary>What the path speaks of, in the singular: <c>agent</c> of <c>/v2/list-agents</c>.</summary>
    public string Noun { get; }

    public int SegmentCount => _template.Length;

    /// <summary>Whether a path may begin so.</summary>
    public bool MayStart(string segment) => _template[0] == segment || _template[0][0] == '{';

    public bool HasPathValue(string name) => _template.Contains($"{{{name}}}");

    /// <summary>The values in a path, decoded; null where the path is another one.</summary>
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

    private static JObject? Schema(JToken? holder) => (holder?["content"]?["application/json"] ?? holder?["content"]?[Form])?["schema"] as JObject;

    private static string NounOf(string[] template)
    {
        string words = template.FirstOrDefault(s => s.Contains('-')) ?? template[^1];
        string noun = words[(words.IndexOf('-') + 1)..];
        return noun.EndsWith('s') ? noun[..^1] : noun;
    }
}

/// <summary>A value in the path or the query.</summary>
internal sealed class FakeParameter(JObject node)
{
    public string Name { get; } = (string)node["name"]!;

    public bool IsQuery { get; } = (string?)node["in"] == "query";

    public bool IsRequired { get; } = (bool?)node["required"] == true;

    public JObject Schema { get; } = (JObject)node["schema"]!;
}
