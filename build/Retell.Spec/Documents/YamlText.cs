using System.Globalization;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Retell.Spec.Documents;

/// <summary>Writes a JSON tree as YAML that <see cref="YamlFile"/> reads back the same.</summary>
internal static class YamlText
{
    public static string Of(JObject document, params string[] comment)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        foreach (string line in comment)
        {
            text.WriteLine("# " + line);
        }

        new YamlStream(new YamlDocument(Node(document))).Save(text, assignAnchors: false);

        // The end-of-document mark says nothing in a file of one document.
        string yaml = text.ToString();
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    private static YamlNode Node(JToken token) => token switch
    {
        JObject value => new YamlMappingNode(value.Properties().SelectMany(member => new[] { Scalar(member.Name), Node(member.Value) })),
        JArray list => new YamlSequenceNode(list.Select(Node)),
        JValue { Type: JTokenType.String } text => Scalar((string)text!),
        JValue { Type: JTokenType.Null } => new YamlScalarNode("null"),
        JValue value => new YamlScalarNode(value.ToString(Newtonsoft.Json.Formatting.None)),
        _ => throw new InvalidOperationException(token.Type.ToString()),
    };

    /// <summary>Quoted where it would be read as something else than text.</summary>
    private static YamlScalarNode Scalar(string text) => new(text)
    {
        Style = YamlFile.Plain(text).Type != JTokenType.String ? ScalarStyle.DoubleQuoted
            : text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
            : ScalarStyle.Any,
    };
}
