using System.Globalization;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Retell.Spec.Documents;

/// <summary>Reads a YAML (or JSON) file into a JSON tree by the core schema of YAML 1.2.</summary>
internal static class YamlFile
{
    public static JObject ReadObject(string file)
    {
        string text;
        try
        {
            text = File.ReadAllText(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SpecError(file, "$", $"The file cannot be read: {exception.Message}", "Check the path.");
        }

        return ParseObject(text, file);
    }

    public static JObject ParseObject(string text, string file)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException exception)
        {
            throw new SpecError(
                file,
                $"line {exception.Start.Line}, column {exception.Start.Column}",
                $"This is no valid YAML: {exception.Message}",
                "Mend the file or fetch it again.");
        }

        if (stream.Documents.Count == 0 || Convert(stream.Documents[0].RootNode, file, "$", []) is not JObject root)
        {
            throw new SpecError(file, "$", "A YAML mapping is expected at the top of the file.", "Check that it is the right file.");
        }

        return root;
    }

    /// <param name="around">The nodes that this one stands in: an anchor may not be used inside of itself.</param>
    private static JToken Convert(YamlNode node, string file, string path, Stack<YamlNode> around)
    {
        if (node is YamlScalarNode scalar)
        {
            return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value ?? string.Empty) : new JValue(scalar.Value);
        }

        if (around.Any(outer => ReferenceEquals(outer, node)))
        {
            throw new SpecError(file, path, "What has an anchor stands here inside of itself.", "Write the value out.");
        }

        around.Push(node);
        JToken result;
        switch (node)
        {
            case YamlMappingNode mapping:
                var members = new JObject();
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    string name = (key as YamlScalarNode)?.Value
                        ?? throw new SpecError(file, path, $"A key at line {key.Start.Line} is no plain text.", "Use text keys only.");
                    members[name] = Convert(value, file, $"{path}.{name}", around);
                }

                result = members;
                break;
            case YamlSequenceNode sequence:
                result = new JArray(sequence.Children.Select((child, index) => Convert(child, file, $"{path}[{index}]", around)));
                break;
            default:
                throw new SpecError(file, path, "An alias without an anchor stands here.", "Write the value out.");
        }

        around.Pop();
        return result;
    }

    internal static JValue Plain(string text)
    {
        switch (text)
        {
            case "" or "~" or "null" or "Null" or "NULL":
                return JValue.CreateNull();
            case "true" or "True" or "TRUE":
                return new JValue(true);
            case "false" or "False" or "FALSE":
                return new JValue(false);
        }

        char first = text[0];
        if (char.IsAsciiDigit(first) || first is '-' or '+' or '.')
        {
            if (text.StartsWith("0x", StringComparison.Ordinal) && long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long hex))
            {
                return new JValue(hex);
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole))
            {
                return new JValue(whole);
            }

            if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real))
            {
                return new JValue(real);
            }
        }

        return new JValue(text);
    }
}
