using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Json;

/// <summary>The JSON of files: members sorted by name, two spaces, a line feed at the end. The same value always gives the same text.</summary>
internal static partial class CanonicalJson
{
    /// <exception cref="WorkspaceException">The text is not a JSON object.</exception>
    public static JObject Parse(string text, string file)
    {
        try
        {
            return RetellJson.Deserialize<JToken>(text) as JObject ?? throw new WorkspaceException("The file must contain a JSON object.", file);
        }
        catch (RetellSerializationException e)
        {
            throw new WorkspaceException($"The file is not valid JSON. {e.Message}", file, innerException: e);
        }
    }

    public static string Write(JToken value)
    {
        using var text = new StringWriter { NewLine = "\n" };
        using (var json = new JsonTextWriter(text) { Formatting = Formatting.Indented, CloseOutput = false })
        {
            Sorted(value).WriteTo(json);
        }

        // A half of a surrogate pair has no UTF-8 form.
        return LoneSurrogate().Replace(text.ToString(), half => $"\\u{(int)half.Value[0]:x4}") + "\n";
    }

    /// <summary>Returns a text that is the same for equal values, whatever the order of their members.</summary>
    public static string Hash(JToken? value) => value is null ? "" : Hash(Encoding.UTF8.GetBytes(Write(value)));

    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    public static string WithoutLoneSurrogates(string text) => LoneSurrogate().Replace(text, "");

    public static bool HasLoneSurrogate(string text) => LoneSurrogate().IsMatch(text);

    /// <summary>Returns a copy whose members are sorted.</summary>
    private static JToken Sorted(JToken value) => value switch
    {
        JObject members => new JObject(members.Properties().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => new JProperty(m.Name, Sorted(m.Value)))),
        JArray items => new JArray(items.Select(Sorted)),
        _ => value.DeepClone(),
    };

    [GeneratedRegex(@"[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]")]
    private static partial Regex LoneSurrogate();
}
