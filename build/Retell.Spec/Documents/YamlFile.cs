using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>Reads a YAML (or JSON) file into a JSON tree by the core schema of YAML 1.2.</summary>
internal static class YamlFile
{
    /// <summary>How deep a document may be nested. What works on the tree calls itself for each level.</summary>
    public const int MaxDepth = 256;

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
        // The mark that says how a file is encoded is no part of its text.
        text = text.TrimStart('\uFEFF');

        // A flow mapping of YAML begins like JSON: what is not JSON is read as YAML, whose reader says what is wrong.
        JToken? root = (IsJson(text) ? JsonReader.Read(text, file) : null) ?? YamlReader.Read(text, file);
        return root as JObject ?? throw new SpecError(file, "$", "A YAML mapping is expected at the top of the file.", "Check that it is the right file.");
    }

    internal static SpecError TooDeep(string file, long line, long column) =>
        new(file, $"line {line}, column {column}", $"The document is nested more than {MaxDepth} levels deep.", "Check that it is the right file.");

    internal static SpecError Duplicate(string file, long line, long column, string name) =>
        new(file, $"line {line}, column {column}", $"This is not valid YAML: the key \"{name}\" occurs twice in one mapping.", "Correct the file or download it again.");

    private static bool IsJson(string text) => text.AsSpan().TrimStart().StartsWith("{");

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
