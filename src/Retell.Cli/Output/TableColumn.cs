using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">The heading, which also names the column in <c>--columns</c>.</param>
/// <param name="Path">The member that it shows, with dots between nested ones.</param>
internal sealed record TableColumn(string Title, string Path)
{
    private static readonly TableColumn[] s_conversation =
    [
        new("start", "start_timestamp"), new("duration", "duration_ms"), new("cost", "call_cost.combined_cost"), new("reason", "disconnection_reason"),
        new("from", "from_number"), new("to", "to_number"),
    ];

    /// <summary>What matters most in the lists that people read, by the class of their items.</summary>
    private static readonly Dictionary<string, TableColumn[]> s_defaults = new(StringComparer.Ordinal)
    {
        ["ICallSummary"] = [new("call_id", "call_id"), new("status", "call_status"), .. s_conversation],
        ["ICall"] = [new("call_id", "call_id"), new("status", "call_status"), .. s_conversation],
        ["ChatSummary"] =
        [
            new("chat_id", "chat_id"),
            new("status", "chat_status"),
            new("start", "start_timestamp"),
            new("end", "end_timestamp"),
            new("cost", "chat_cost.combined_cost"),
            new("type", "chat_type"),
        ],
        ["AgentSummary"] = [new("agent_id", "agent_id"), new("name", "agent_name"), new("channel", "channel"), new("modified", "user_modified_timestamp")],
    };

    /// <summary>The columns for a class of items; empty where they follow from what the items have.</summary>
    public static IReadOnlyList<TableColumn> DefaultsOf(Type item) => s_defaults.GetValueOrDefault(item.Name) ?? [];

    /// <summary>Returns the column for a name that was typed: a heading, or a member with dots between nested ones.</summary>
    /// <param name="name">What was typed.</param>
    /// <param name="item">The class of the items.</param>
    /// <exception cref="UsageException">There is no such member.</exception>
    public static TableColumn Of(string name, Type item)
    {
        IReadOnlyList<TableColumn> defaults = DefaultsOf(item);
        if (defaults.FirstOrDefault(column => column.Title == name) is TableColumn known)
        {
            return known;
        }

        List<string> members = [.. ItemMembers.Of(item)];
        string root = name.Split('.')[0];
        if (members.Contains(root))
        {
            return new TableColumn(name, name);
        }

        string hint = Names.Nearest(root, [.. defaults.Select(column => column.Title), .. members]) is string near ? $" Did you mean {near}?" : "";
        throw new UsageException($"--columns: items of this list have no member \"{root}\".{hint} Members: {string.Join(", ", members.Order(StringComparer.Ordinal))}.");
    }

    public JToken? ValueIn(JObject item)
    {
        JToken? value = item;
        foreach (string name in Path.Split('.'))
        {
            value = (value as JObject)?[name];
        }

        return value;
    }
}
