using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;

namespace Retell.Cli.Commands;

/// <summary>The options for the body of a request: <c>--json</c> and <c>--set</c>.</summary>
internal sealed class BodyInput
{
    public const string Json = "--json";
    public const string Set = "--set";

    private readonly Type? _type;
    private readonly Option<string> _json;
    private readonly Option<string[]> _set;

    /// <param name="type">The class of the request; null when any object may be sent.</param>
    /// <param name="name">The name of the option with the JSON.</param>
    /// <param name="what">What the JSON is, at the beginning of a sentence.</param>
    public BodyInput(Type? type, string name = Json, string what = "The request body")
    {
        _type = type;
        string[] members = type is null ? [] : [.. JsonMembers.Of(type).Select(member => member.Name)];
        string names = members.Length == 0 ? "" : $" Members: {string.Join(", ", members)}.";
        _json = new(name) { Description = $"{what}: a file, - for the standard input, or the JSON itself.{names}", HelpName = "json" };
        _set = new(Set)
        {
            Description = "Sets a member of the request body, a nested one as outer.inner=value. The value is JSON or text. Can be repeated.",
            HelpName = "name=value",
        };
        _set.CompletionSources.Add(_ => members.Select(member => new System.CommandLine.Completions.CompletionItem(member + "=")));
    }

    public void AddTo(Command command)
    {
        command.Add(_json);
        command.Add(_set);
    }

    /// <summary>Reads the body, or returns null when none was given.</summary>
    /// <exception cref="UsageException">The JSON is not an object.</exception>
    public JObject? Read(ParseResult parsed, JsonSource source) =>
        parsed.GetValue(_json) is null && parsed.GetValue(_set) is null or [] ? null : Complete([], parsed, source);

    /// <summary>Returns a body with the members that were given.</summary>
    /// <exception cref="UsageException">The JSON is not an object.</exception>
    public JObject Complete(JObject body, ParseResult parsed, JsonSource source)
    {
        if (parsed.GetValue(_json) is string json)
        {
            JObject given = source.Read(json, _json.Name) as JObject ?? throw new UsageException($"{_json.Name}: the JSON is not an object.");
            body.Merge(given, new JsonMergeSettings { MergeArrayHandling = MergeArrayHandling.Replace, MergeNullValueHandling = MergeNullValueHandling.Merge });
        }

        foreach (string assignment in parsed.GetValue(_set) ?? [])
        {
            Assignment.Apply(assignment, body, _type);
        }

        return body;
    }
}
