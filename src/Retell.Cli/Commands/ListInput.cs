using System.CommandLine;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Commands;

/// <summary>The options of a list: <c>--all</c>, and <c>--limit</c> where the method has no parameter for it.</summary>
internal sealed class ListInput
{
    public const string LimitMember = "limit";

    public const string All = "--all";

    private readonly Option<bool> _all = new(All) { Description = "Fetches all pages; without it there is one." };
    private readonly Option<int?>? _limit;

    /// <param name="hasLimit">Whether the method says the size of a page itself.</param>
    public ListInput(bool hasLimit) =>
        _limit = hasLimit ? null : new Option<int?>(ParameterInput.Limit) { Description = "How many items a page has.", HelpName = "number" };

    public void AddTo(Command command)
    {
        command.Add(_all);
        if (_limit is not null)
        {
            command.Add(_limit);
        }
    }

    public bool IsAll(ParseResult parsed) => parsed.GetValue(_all);

    /// <summary>How many items a page has at most, where only the command knows.</summary>
    public int? LimitOf(ParseResult parsed) => _limit is null ? null : parsed.GetValue(_limit);

    /// <summary>The body with the size of a page, where the request has a member for it.</summary>
    public JObject? WithLimit(ParseResult parsed, JObject? body, bool takesLimit)
    {
        if (takesLimit && LimitOf(parsed) is int limit)
        {
            body ??= [];
            body[LimitMember] = limit;
        }

        return body;
    }
}
