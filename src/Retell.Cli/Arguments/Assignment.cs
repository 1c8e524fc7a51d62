using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Arguments;

/// <summary><c>path.to.member=value</c>: the value is JSON where it can be read as such and the member is not text.</summary>
internal static class Assignment
{
    /// <param name="text">What was typed.</param>
    /// <param name="body">Gets the member.</param>
    /// <param name="type">The class of the body; null when it is unknown.</param>
    /// <exception cref="UsageException">The text is not an assignment, or its path leads into a value that is not an object.</exception>
    public static void Apply(string text, JObject body, Type? type)
    {
        int split = text.IndexOf('=', StringComparison.Ordinal);
        string[] path = split > 0 ? text[..split].Split('.') : [];
        if (path.Length == 0 || path.Any(name => name.Length == 0))
        {
            throw new UsageException($"--set: \"{text}\" is not valid. Use name=value or name.inner=value.");
        }

        JObject owner = body;
        foreach (string name in path[..^1])
        {
            owner = (owner[name] ??= new JObject()) as JObject ?? throw new UsageException($"--set: {name} in {text[..split]} has a value that is not a JSON object.");
        }

        owner[path[^1]] = Value(text[(split + 1)..], JsonMembers.TypeAt(type, path));
    }

    private static JToken Value(string text, Type? type)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return type == typeof(string) && json.RootElement.ValueKind is not (JsonValueKind.String or JsonValueKind.Null)
                ? text
                : RetellJson.Deserialize<JToken>(text) ?? JValue.CreateNull();
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
