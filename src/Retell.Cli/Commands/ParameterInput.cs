using System.CommandLine;
using System.CommandLine.Completions;
using System.Reflection;
using Retell.Cli.Arguments;

namespace Retell.Cli.Commands;

/// <summary>A parameter of a method as an argument or option of a command.</summary>
internal sealed class ParameterInput
{
    private const string PageSize = "pageSize";
    public const string Limit = "--limit";

    private readonly Symbol _symbol;
    private readonly Type _type;

    /// <param name="parameter">The parameter.</param>
    /// <param name="isPositional">Whether it is an argument, without a name.</param>
    /// <param name="command">The name of the command, which tells its option from a global one of the same name.</param>
    /// <param name="globals">The names that are taken.</param>
    /// <param name="help">What it means.</param>
    public ParameterInput(ParameterInfo parameter, bool isPositional, string command, GlobalOptions globals, string help)
    {
        Name = parameter.Name!;
        _type = parameter.ParameterType;
        string name = Names.Kebab(Name);
        Label = Name == PageSize ? Limit : isPositional ? name : $"--{name}";
        Label = globals.Has(Label) ? $"--{command.Split('-')[0]}-{name}" : Label;
        _symbol = isPositional ? new Argument<string>(name) : CreateOption();
        _symbol.Description = Describe(help);
        List<Func<CompletionContext, IEnumerable<CompletionItem>>> completions = _symbol is Argument argument ? argument.CompletionSources : ((Option)_symbol).CompletionSources;
        completions.Add(_ => ValueReader.KnownValues(_type).Select(value => new CompletionItem(value)));
    }

    /// <summary>The name of the parameter in C#.</summary>
    public string Name { get; }

    /// <summary>How it is typed.</summary>
    public string Label { get; }

    public void AddTo(Command command)
    {
        if (_symbol is Argument argument)
        {
            command.Add(argument);
        }
        else
        {
            command.Add((Option)_symbol);
        }
    }

    public bool IsGiven(ParseResult parsed) => _symbol is Argument argument
        ? parsed.GetResult(argument) is { Tokens.Count: > 0 }
        : parsed.GetResult((Option)_symbol) is { Implicit: false };

    /// <exception cref="UsageException">What was typed is no value of its type.</exception>
    public object Read(ParseResult parsed, ValueReader values) => _symbol switch
    {
        Option<bool> flag => parsed.GetValue(flag),
        Option<string[]> several => values.Read(_type, parsed.GetRequiredValue(several), Label),
        Option<string> one => values.Read(_type, [parsed.GetRequiredValue(one)], Label),
        _ => values.Read(_type, [parsed.GetRequiredValue((Argument<string>)_symbol)], Label),
    };

    private Option CreateOption() => (Nullable.GetUnderlyingType(_type) ?? _type) == typeof(bool) ? new Option<bool>(Label)
        : ValueReader.IsList(_type) || ValueReader.IsMap(_type)
            ? new Option<string[]>(Label) { HelpName = HelpName(), AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore }
        : new Option<string>(Label) { HelpName = HelpName() };

    private string Describe(string help) => ValueReader.KnownValues(_type).ToList() switch
    {
        { Count: > 0 and <= 8 } values => $"{help} ({string.Join(", ", values)})",
        _ when ValueReader.IsJson(_type) => $"{help} JSON: a file, - for the standard input, or the JSON itself.",
        _ => help,
    };

    private string HelpName() => (Nullable.GetUnderlyingType(_type) ?? _type) switch
    {
        var type when ValueReader.IsMap(type) => "name=value",
        var type when ValueReader.IsJson(type) => "json",
        var type when type == typeof(TimeSpan) => "duration",
        var type when type == typeof(DateTimeOffset) => "time",
        var type when type == typeof(RetellFile) || type == typeof(IEnumerable<RetellFile>) => "path",
        var type when type == typeof(long) => "number",
        _ => "value",
    };
}
