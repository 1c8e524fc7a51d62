using System.CommandLine;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;
using Retell.Cli.Output;

namespace Retell.Cli.Commands;

/// <summary>The options of a list: <c>--all</c>, <c>--follow</c>, <c>--columns</c>, and <c>--limit</c> where the method has no parameter for it.</summary>
internal sealed class ListInput
{
    public const string LimitMember = "limit";

    public const string All = "--all";
    public const string Follow = "--follow";
    public const string Interval = "--interval";
    public const string Columns = "--columns";

    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(5);

    private readonly Type _item;
    private readonly Option<bool> _all = new(All) { Description = "Fetches all pages. The default is one page." };
    private readonly Option<bool> _follow = new(Follow) { Description = "Prints the page, oldest item first, and then new items as they appear, until Ctrl+C." };
    private readonly Option<string> _interval = new(Interval) { Description = "The time between two requests of --follow. The default is 5s.", HelpName = "duration" };
    private readonly Option<string[]> _columns;
    private readonly Option<int?>? _limit;

    /// <param name="item">The class of the items.</param>
    /// <param name="hasLimit">Whether the method has a parameter for the size of a page.</param>
    public ListInput(Type item, bool hasLimit)
    {
        _item = item;
        _limit = hasLimit ? null : new Option<int?>(ParameterInput.Limit) { Description = "The number of items on a page.", HelpName = "number" };
        IReadOnlyList<TableColumn> defaults = TableColumn.DefaultsOf(item);
        string names = defaults.Count == 0 ? "" : $" The default is {string.Join(",", defaults.Select(column => column.Title))}, as many as fit.";
        _columns = new(Columns)
        {
            Description = $"The columns of the table: members of the items, nested ones as outer.inner.{names}",
            HelpName = "names",
            AllowMultipleArgumentsPerToken = true,
            Arity = ArgumentArity.OneOrMore,
        };
        _columns.CompletionSources.Add(_ => ItemMembers.Of(item).Select(name => new System.CommandLine.Completions.CompletionItem(name)));
    }

    public static bool IsName(string name) => name is All or Follow or Interval or Columns;

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_all, _follow, _interval, _columns])
        {
            command.Add(option);
        }

        if (_limit is not null)
        {
            command.Add(_limit);
        }
    }

    public bool IsAll(ParseResult parsed) => parsed.GetValue(_all);

    public bool IsFollow(ParseResult parsed) => parsed.GetValue(_follow);

    /// <exception cref="UsageException">The interval is not a duration, or zero.</exception>
    public TimeSpan IntervalOf(ParseResult parsed) => parsed.GetValue(_interval) is not string text ? s_interval
        : Duration.ParseFinite(text, Interval) is { Ticks: > 0 } interval ? interval
        : throw new UsageException($"{Interval}: \"{text}\" is not valid. Use a duration of more than zero, such as 5s.");

    /// <summary>Checks what excludes each other.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="ordering">The options that were given which change what comes first.</param>
    /// <exception cref="UsageException">Options exclude each other.</exception>
    public void Check(ParseResult parsed, IEnumerable<string> ordering)
    {
        if (!IsFollow(parsed))
        {
            if (parsed.GetResult(_interval) is { Implicit: false })
            {
                throw new UsageException($"{Interval} requires {Follow}.");
            }

            return;
        }

        if ((IsAll(parsed) ? [All] : ordering).FirstOrDefault() is string other)
        {
            throw new UsageException($"{Follow} cannot be combined with {other}. It prints the newest page, and then new items.");
        }
    }

    /// <summary>The columns that were chosen; empty for the default ones.</summary>
    /// <exception cref="UsageException">There is no such member.</exception>
    public IReadOnlyList<TableColumn> ColumnsOf(ParseResult parsed) =>
        [.. ValueReader.Split(parsed.GetValue(_columns) ?? []).Select(name => TableColumn.Of(name, _item))];

    /// <summary>The columns of a table where none were chosen.</summary>
    public IReadOnlyList<TableColumn> DefaultColumns => TableColumn.DefaultsOf(_item);

    /// <summary>The number of items on a page, where only the command knows.</summary>
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
