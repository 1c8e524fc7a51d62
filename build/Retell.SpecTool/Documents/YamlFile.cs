using System.Globalization;
using Newtonsoft.Json.Linq;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Retell.SpecTool.Documents;

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

        if (stream.Documents.Count == 0 || Convert(stream.Documents[0].RootNode, file, "$") is not JObject root)
        {
            throw new SpecError(file, "$", "A YAML mapping is expected at the top of the file.", "Check that it is the right file.");
        }

        return root;
    }

    private static JToken Convert(YamlNode node, string file, string path)
    {
        switch (node)
        {
            case YamlMappingNode mapping:
                var result = new JObject();
                foreach ((YamlNode key, YamlNode value) in mapping.Children)
                {
                    string name = (key as YamlScalarNode)?.Value
                        ?? throw new SpecError(file, path, $"A key at line {key.Start.Line} is no plain text.", "Use text keys only.");
                    result[name] = Convert(value, file, $"{path}.{name}");
                }

                return result;
            case YamlSequenceNode sequence:
                return new JArray(sequence.Children.Select((child, index) => Convert(child, file, $"{path}[{index}]")));
            case YamlScalarNode scalar:
                return scalar.Style == ScalarStyle.Plain ? Plain(scalar.Value ?? string.Empty) : new JValue(scalar.Value);
            default:
                throw new SpecError(file, path, "An alias without an anchor stands here.", "Write the value out.");
        }
    }

    private static JValue Plain(string text)
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
