using System.CommandLine;
using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;
using Retell.Cli.Output;
using Retell.Models;
using Duration = Retell.Cli.Arguments.Duration;

namespace Retell.Cli.Filters;

/// <summary>
/// The options that the filter of a list has by its class: <c>--status</c> for <c>call_status</c>, <c>--since</c> and <c>--until</c> for
/// <c>start_timestamp</c>. Filters with conditions of their own inside are left to <c>--json</c>.
/// </summary>
internal sealed class RequestFilters
{
    private const string Criteria = "filter_criteria";
    private const string Value = "value";
    private const string Timestamp = "_timestamp";
    private const string Milliseconds = "_ms";

    private readonly CliEnvironment _environment;
    private readonly ValueFilters _filters;
    private readonly Func<string, bool> _isTaken;
    private readonly string _noun;
    private readonly bool _isNested;
    private readonly List<MemberFilter> _criteria;
    private readonly List<MemberFilter> _others = [];

    /// <param name="type">The class of the request with its filter, or of the filter itself.</param>
    /// <param name="resource">The resource, such as Calls.</param>
    /// <param name="environment">The environment of the run.</param>
    /// <param name="isTaken">Whether an option of a name is there already.</param>
    public RequestFilters(Type type, string resource, CliEnvironment environment, Func<string, bool> isTaken)
    {
        (_environment, _isTaken) = (environment, isTaken);
        _filters = new ValueFilters(new ValueReader(new JsonSource(environment)));
        _noun = Singular(resource);
        PropertyInfo? criteria = JsonMembers.Find(type, Criteria);
        _isNested = criteria is not null;
        _criteria = [.. JsonMembers.Of(criteria?.PropertyType ?? type).Select(member => CreateCriterion(member.Name, member.Property.PropertyType)).OfType<MemberFilter>()];
        if (_isNested)
        {
            _others.AddRange(JsonMembers.Of(type).Where(member => member.Name is not (Criteria or Commands.ListInput.LimitMember))
                .Select(member => CreateScalar(member.Name, member.Property.PropertyType)).OfType<MemberFilter>());
        }
    }

    /// <summary>The noun that members begin with: <c>call</c> for Calls.</summary>
    public static string Singular(string resource) => Names.Kebab(resource).TrimEnd('s').Split('-')[^1];

    public void AddTo(Command command)
    {
        foreach (Option option in _criteria.Concat(_others).SelectMany(filter => filter.Options))
        {
            command.Add(option);
        }
    }

    /// <summary>Returns the options that were given which set one of these members.</summary>
    public IEnumerable<string> Given(ParseResult parsed, params string[] members) =>
        _criteria.Concat(_others).Where(filter => members.Contains(filter.Member) && filter.IsGiven(parsed)).Select(filter => filter.Options[0].Name);

    /// <summary>Returns the body, or the filter, with what was typed.</summary>
    /// <exception cref="UsageException">A value is wrong, or two options exclude each other.</exception>
    public JObject? Apply(ParseResult parsed, JObject? body)
    {
        List<MemberFilter> criteria = [.. _criteria.Where(filter => filter.IsGiven(parsed))];
        if (criteria.Count > 0)
        {
            body ??= [];
            JObject filter = !_isNested ? body
                : (body[Criteria] ??= new JObject()) as JObject
                    ?? throw new UsageException($"{criteria[0].Options[0].Name} cannot be combined with a {Criteria} that is not a JSON object.");
            criteria.ForEach(criterion => criterion.AddTo(parsed, filter, _isNested ? Criteria + "." : ""));
        }

        foreach (MemberFilter other in _others.Where(filter => filter.IsGiven(parsed)))
        {
            other.AddTo(parsed, body ??= [], "");
        }

        return body;
    }

    private MemberFilter? CreateCriterion(string member, Type type)
    {
        if (type.IsAssignableFrom(typeof(RangeFilter)) && type.IsAssignableFrom(typeof(NumberFilter)))
        {
            return CreateRange(member);
        }

        if (type.IsAssignableFrom(typeof(EnumFilter)))
        {
            return NameOf(member) is string any
                ? _filters.AnyOf(member, any, typeof(string), values => ResultWriter.JsonOf(new EnumFilter { Value = values.ToObject<List<string>>()! }))
                : null;
        }

        if (type.IsAssignableFrom(typeof(StringFilter)))
        {
            return NameOf(member) is string text ? ValueFilters.Text(member, text) : null;
        }

        if (type == typeof(BooleanFilter))
        {
            return NameOf(member) is string flag ? ValueFilters.Flag(member, flag) : null;
        }

        if (ListItem(type) is Type item && typeof(RetellObject).IsAssignableFrom(item))
        {
            return CreateReferences(member, item);
        }

        return type.IsInterface || JsonMembers.Find(type, Value)?.PropertyType is not Type value ? CreateScalar(member, type) : CreateKnownValues(member, type, value);
    }

    /// <summary>A class such as CallStatusFilter or AgentChannelFilter, whose only changing member is the value or the list of values.</summary>
    private MemberFilter? CreateKnownValues(string member, Type filter, Type value)
    {
        JToken Wrap(JToken typed) => new JObject((JObject)ResultWriter.JsonOf(Activator.CreateInstance(filter))) { [Value] = typed };
        return NameOf(member) is not string name ? null
            : ListItem(value) is Type item ? _filters.AnyOf(member, name, item, Wrap)
            : ValueReader.KnownValues(value).Any() ? _filters.OneOf(member, name, value, Wrap)
            : null;
    }

    /// <summary>A list such as that of AgentFilter, each with the ID of what the member is named after.</summary>
    private MemberFilter? CreateReferences(string member, Type item)
    {
        string id = member + "_id";
        return JsonMembers.Find(item, id)?.PropertyType == typeof(string) && NameOf(id) is string name
            ? _filters.AnyOf(member, name, typeof(string), values => new JArray(values.Select(value => new JObject { [id] = value })))
            : null;
    }

    private MemberFilter? CreateScalar(string member, Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return NameOf(member) is not string name ? null
            : plain == typeof(string) || plain.IsValueType ? _filters.Scalar(member, name, plain)
            : ListItem(plain) is Type item && (item == typeof(string) || item.IsValueType) ? _filters.AnyOf(member, name, item, values => values)
            : null;
    }

    private MemberFilter CreateRange(string member)
    {
        if (member.EndsWith(Timestamp, StringComparison.Ordinal))
        {
            string prefix = member == "start" + Timestamp ? "--" : $"--{Dashed(member[..^Timestamp.Length])}-";
            return ValueFilters.Range(
                member,
                new FilterOption<string>(prefix + "since", $"Only items whose {member} is this time or later, such as 2026-10-04T15:00Z, or 24h or 7d for that long ago.", "time"),
                new FilterOption<string>(prefix + "until", $"Only items whose {member} is this time or earlier.", "time"),
                (text, name) => Moment.Parse(text, name, _environment.Time).ToUnixTimeMilliseconds());
        }

        bool isDuration = member.EndsWith(Milliseconds, StringComparison.Ordinal);
        string noun = Dashed(isDuration ? member[..^Milliseconds.Length] : member);
        string unit = isDuration
            ? ", such as 90s or 5m"
            : member.EndsWith("cost", StringComparison.Ordinal)
            ? ", in cents"
            : member.Contains("latency", StringComparison.Ordinal)
            ? ", in milliseconds"
            : "";
        string value = isDuration ? "duration" : "number";
        return ValueFilters.Range(
            member,
            new FilterOption<string>($"--min-{noun}", $"Only items whose {member} is at least this{unit}.", value),
            new FilterOption<string>($"--max-{noun}", $"Only items whose {member} is at most this{unit}.", value),
            (text, name) => isDuration ? Duration.ParseFinite(text, name).TotalMilliseconds : ValueReader.Number(text, name));
    }

    /// <summary>The option of a member: without the noun of the list, except for its ID; null when the name is taken.</summary>
    private string? NameOf(string member)
    {
        string shorter = member.StartsWith(_noun + "_", StringComparison.Ordinal) && member != _noun + "_id" ? member[(_noun.Length + 1)..] : member;
        string name = "--" + Dashed(shorter);
        name = _isTaken(name) ? "--" + Dashed(member) : name;
        return _isTaken(name) ? null : name;
    }

    private static string Dashed(string member) => member.Replace('_', '-');

    private static Type? ListItem(Type? type) => type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(IList<>) ? type.GetGenericArguments()[0] : null;
}
