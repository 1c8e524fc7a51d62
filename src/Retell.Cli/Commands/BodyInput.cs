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
    public BodyInput(Type? type)
    {
        _type = type;
        string[] members = type is null ? [] : [.. JsonMembers.Of(type).Select(member => member.Name)];
        string names = members.Length == 0 ? "" : $" Members: {string.Join(", ", members)}.";
        _json = new(Json) { Description = $"The request body: a file, - for the standard input, or the JSON itself.{names}", HelpName = "json" };
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
    public JObject? Read(ParseResult parsed, JsonSource source)
    {
        string? json = parsed.GetValue(_json);
        string[] assignments = parsed.GetValue(_set) ?? [];
        if (json is null && assignments.Length == 0)
        {
            return null;
        }

        JObject body = json is null ? [] : source.Read(json, _json.Name) as JObject ?? throw new UsageException($"{_json.Name}: the JSON is not an object.");
        foreach (string assignment in assignments)
        {
            Assignment.Apply(assignment, body, _type);
        }

        return body;
    }
}
