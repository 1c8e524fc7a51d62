using System.CommandLine;
using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;
using Retell.Cli.Documentation;
using Retell.Cli.Filters;
using Retell.Cli.Help;
using Retell.Cli.Output;
using Retell.Models;

namespace Retell.Cli.Commands;

/// <summary>One command for all overloads of a method.</summary>
internal sealed class MethodCommand
{
    private const string FilterName = "filter";
    private const string SortOrderName = "sortOrder";

    private readonly PropertyInfo _resource;
    private readonly IReadOnlyList<Overload> _overloads;
    private readonly RunContext _run;
    private readonly IReadOnlyList<ParameterInput> _inputs;
    private readonly BodyInput? _body;
    private readonly ListInput? _list;
    private readonly RequestFilters? _filters;
    private readonly string? _filterParameter;

    public MethodCommand(PropertyInfo resource, IReadOnlyList<Overload> overloads, RunContext run, XmlDocumentation docs)
    {
        (_resource, _overloads, _run) = (resource, overloads, run);
        MethodInfo method = overloads[0].Method;
        string verb = Names.Verb(method.Name);
        ObsoleteAttribute? obsolete = method.GetCustomAttribute<ObsoleteAttribute>();
        Command = new Command(verb, $"{docs.Summary(method)} {(obsolete is null ? "" : $"Obsolete: {obsolete.Message}")}".Trim()) { Hidden = obsolete is not null };

        _inputs =
        [
            .. overloads.SelectMany(overload => overload.Values)
                .DistinctBy(parameter => parameter.Name)
                .Select(
                    parameter =>
                        new ParameterInput(parameter, IsAlwaysNeeded(parameter.Name!), verb, run.Globals, HelpTexts.OfParameter(parameter.Name!) ?? docs.Parameter(parameter))),
        ];
        foreach (ParameterInput input in _inputs)
        {
            input.AddTo(Command);
        }

        if (overloads.Select(overload => overload.Request).FirstOrDefault(request => request is not null) is ParameterInfo request)
        {
            _body = new BodyInput(request.ParameterType);
            _body.AddTo(Command);
        }

        if (ResultPrinter.IsList(method.ReturnType))
        {
            _list = new ListInput(method.ReturnType.GetGenericArguments()[0], hasLimit: _inputs.Any(input => input.Label == ParameterInput.Limit));
            _list.AddTo(Command);
            ParameterInfo? filter = overloads.SelectMany(overload => overload.Values).FirstOrDefault(
                value => value.Name == FilterName && typeof(RetellObject).IsAssignableFrom(value.ParameterType));
            _filterParameter = filter?.Name;
            Type? filtered = filter?.ParameterType ?? overloads.Select(overload => overload.Request?.ParameterType).FirstOrDefault(type => type is not null);
            _filters = filtered is null
                ? null
                : new RequestFilters(filtered, resource.Name, run.Environment, name => run.Globals.Has(name) || Command.Options.Any(option => option.Name == name));
            _filters?.AddTo(Command);
        }

        Command.SetAction(InvokeAsync);
    }

    public Command Command { get; }

    private bool IsAlwaysNeeded(string name) => _overloads.All(overload => overload.Values.Any(value => value.Name == name && !value.IsOptional));

    private async Task<int> InvokeAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var source = new JsonSource(_run.Environment);
        var values = new ValueReader(source);
        JObject? body = ReadBody(parsed, source);
        List<ParameterInput> given = [.. _inputs.Where(input => input.IsGiven(parsed))];
        var arguments = given.ToDictionary(input => input.Name, input => input.Read(parsed, values), StringComparer.Ordinal);
        if (_filterParameter is string filter && ReadFilter(parsed, arguments.GetValueOrDefault(filter)) is object read)
        {
            arguments[filter] = read;
        }

        Overload overload = Choose([.. arguments.Keys], body is not null);
        var options = new RequestOptions();
        if (overload.Request is ParameterInfo request)
        {
            arguments[request.Name!] = body is null ? null! : new RequestReader(values, _run.Environment.Error).Read(request.ParameterType, body);
        }
        else
        {
            // The method makes the request; what it does not know of goes into its body.
            foreach ((string name, JToken? value) in body ?? [])
            {
                options.Body[name] = value;
            }
        }

        ProgressLine progress = _run.CreateProgress();
        await using (progress.ConfigureAwait(false))
        {
            using ResultWriter writer = _run.CreateWriter(parsed, _list);
            using RetellClient client = _run.CreateClient(parsed);
            object?[] all = [.. overload.Method.GetParameters().Select(parameter => Argument(parameter, arguments, options, progress, cancellationToken))];
            object result = Call(overload, _resource.GetValue(client)!, all);
            var printer = new ResultPrinter(writer, progress, _run.Environment.Output, _run.Environment.Error);
            if (_list?.IsFollow(parsed) == true)
            {
                var follower = new ListFollower(writer, _run.Environment.Error, _run.Environment.Time, _list.IntervalOf(parsed), KeyMember);
                return await printer.FollowAsync(result, follower, _list.LimitOf(parsed), cancellationToken).ConfigureAwait(false);
            }

            await printer.PrintAsync(result, _list?.IsAll(parsed) == true, _list?.LimitOf(parsed), cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
    }

    /// <summary>Of the list of a resource itself, the member with the ID of an item.</summary>
    private string? KeyMember => Command.Name != "list" ? null
        : Names.Kebab(_resource.Name).Replace('-', '_') is "phone_numbers" ? "phone_number" : Names.Kebab(_resource.Name).TrimEnd('s').Replace('-', '_') + "_id";

    private JObject? ReadBody(ParseResult parsed, JsonSource source)
    {
        JObject? body = _body?.Read(parsed, source);
        if (_list is null)
        {
            return body;
        }

        IEnumerable<string> ordering = _inputs.Where(input => input.Name == SortOrderName && input.IsGiven(parsed)).Select(input => input.Label);
        _list.Check(parsed, ordering.Concat(_filters?.Given(parsed, "sort_order", "skip", "pagination_key") ?? []));
        body = _list.WithLimit(parsed, body, Takes(ListInput.LimitMember));
        return _filterParameter is null && _filters is not null ? _filters.Apply(parsed, body) : body;
    }

    /// <summary>The filter that a method takes as a parameter of its own, with what was typed for its members.</summary>
    private object? ReadFilter(ParseResult parsed, object? given) =>
        _filters!.Apply(parsed, given is null ? null : (JObject)ResultWriter.JsonOf(given)) is JObject filter
            ? RetellJson.Deserialize(RetellJson.Serialize(filter), _overloads.SelectMany(overload => overload.Values).First(value => value.Name == _filterParameter).ParameterType)
            : null;

    /// <summary>Calls the method. An error about a parameter is reported for the option that was typed.</summary>
    private object Call(Overload overload, object resource, object?[] arguments)
    {
        try
        {
            return overload.Method.Invoke(resource, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
        }
        catch (ArgumentException e) when (LabelOf(overload, e.ParamName) is string label)
        {
            throw new UsageException($"{label}: {ErrorLine.WithoutParameter(e)}", e);
        }
    }

    /// <summary>Of the request of a list only the size of its pages is checked.</summary>
    private string? LabelOf(Overload overload, string? parameter) =>
        parameter is not null && parameter == overload.Request?.Name ? (_list is null ? BodyInput.Json : ParameterInput.Limit)
        : _inputs.FirstOrDefault(input => input.Name == parameter)?.Label;

    private bool Takes(string member) =>
        _overloads.Any(overload => overload.Request is ParameterInfo request && JsonMembers.Find(request.ParameterType, member) is not null);

    private static object? Argument(
        ParameterInfo parameter,
        Dictionary<string, object> given,
        RequestOptions options,
        ProgressLine progress,
        CancellationToken cancellationToken) =>
        parameter.ParameterType == typeof(RequestOptions) ? options
        : parameter.ParameterType == typeof(CancellationToken) ? cancellationToken
        : Overload.IsProgress(parameter.ParameterType) ? StateProgress.Create(parameter.ParameterType, progress)
        : given.GetValueOrDefault(parameter.Name!);

    /// <summary>With a body the overload that takes it, if it takes the rest too; else the one whose parameters are there.</summary>
    private Overload Choose(HashSet<string> given, bool hasBody)
    {
        var fitting = _overloads.Select(overload => (Overload: overload, Missing: overload.Missing(given))).Where(candidate => candidate.Missing is not null).ToList();
        return fitting
            .Where(candidate => candidate.Missing!.Count == 0 && (candidate.Overload.Request is null or { IsOptional: true } || hasBody))
            .OrderBy(candidate => hasBody == (candidate.Overload.Request is not null) ? 0 : 1)
            .Select(candidate => candidate.Overload)
            .FirstOrDefault() ?? throw Fault(given, fitting.Where(candidate => candidate.Missing!.Count > 0).MinBy(candidate => candidate.Missing!.Count).Missing);
    }

    private UsageException Fault(HashSet<string> given, IReadOnlyList<string>? missing)
    {
        string Labels(IEnumerable<string> names) => string.Join(", ", _inputs.Where(input => names.Contains(input.Name)).Select(input => input.Label));
        string path = $"retell {Names.Kebab(_resource.Name)} {Command.Name}";
        return new UsageException(
            missing is null ? given.Count == 0 ? $"{path} requires --json." : $"{path} does not accept {Labels(given)} together."
            : $"{path} requires {Labels(missing)}{(_body is null ? "" : ", or the request body in --json")}. See {path} --help.");
    }
}
