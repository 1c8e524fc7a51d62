using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Cli.Arguments;
using Retell.Cli.Output;
using Retell.Models;

namespace Retell.Cli.Filters;

/// <summary>Creates the options for the kinds of filters that the API has.</summary>
/// <param name="values">Reads what was typed.</param>
internal sealed class ValueFilters(ValueReader values)
{
    /// <summary>Any of several values: <c>--status ended error</c>.</summary>
    /// <param name="member">The member in JSON.</param>
    /// <param name="name">The name of the option.</param>
    /// <param name="item">The type of a value.</param>
    /// <param name="wrap">Makes the JSON of the member of the JSON of the values.</param>
    public MemberFilter AnyOf(string member, string name, Type item, Func<JArray, JToken> wrap)
    {
        IReadOnlyList<string> known = [.. ValueReader.KnownValues(item)];
        string list = known.Count is > 0 and <= 16 ? $" Values: {string.Join(", ", known)}." : "";
        var option = new FilterOption<string[]>(
            name,
            $"Only items whose {member} is one of these values.{list}",
            "value")
        { AllowMultipleArgumentsPerToken = true, Arity = ArgumentArity.OneOrMore };
        option.CompletionSources.Add(_ => known.Select(value => new CompletionItem(value)));
        return new MemberFilter(member, [option], parsed => wrap([.. ValueReader.Split(parsed.GetRequiredValue(option)).Select(text => Value(item, text, name, known))]));
    }

    /// <summary>One of the known values: <c>--channel voice</c>.</summary>
    /// <param name="member">The member in JSON.</param>
    /// <param name="name">The name of the option.</param>
    /// <param name="type">The type of the value.</param>
    /// <param name="wrap">Makes the JSON of the member of the JSON of the value.</param>
    public MemberFilter OneOf(string member, string name, Type type, Func<JToken, JToken> wrap)
    {
        IReadOnlyList<string> known = [.. ValueReader.KnownValues(type)];
        var option = new FilterOption<string>(name, $"Only items whose {member} is this value. Values: {string.Join(", ", known)}.", "value");
        option.CompletionSources.Add(_ => known.Select(value => new CompletionItem(value)));
        return new MemberFilter(member, [option], parsed => wrap(Value(type, parsed.GetRequiredValue(option), name, known)));
    }

    /// <summary>A text, whole or in part: <c>--to-number +1415*</c>.</summary>
    public static MemberFilter Text(string member, string name)
    {
        var option = new FilterOption<string>(name, $"Only items whose {member} is this text. A * at the start or at the end stands for any text.", "text");
        return new MemberFilter(member, [option], parsed => ResultWriter.JsonOf(TextFilter(parsed.GetRequiredValue(option), name)));
    }

    /// <summary>Yes or no: <c>--in-voicemail</c>, <c>--in-voicemail false</c>.</summary>
    public static MemberFilter Flag(string member, string name)
    {
        var option = new FilterOption<string>(name, $"Only items whose {member} is true, or false.", "true|false") { Arity = ArgumentArity.ZeroOrOne };
        option.CompletionSources.Add("true", "false");
        return new MemberFilter(member, [option], parsed => ResultWriter.JsonOf(BooleanFilter.EqualTo(ReadFlag(parsed.GetValue(option), name))));
    }

    /// <summary>A member of the request that is no filter: <c>--sort-order ascending</c>.</summary>
    public MemberFilter Scalar(string member, string name, Type type)
    {
        IReadOnlyList<string> known = [.. ValueReader.KnownValues(type)];
        bool isFlag = type == typeof(bool);
        string description = known.Count > 0 ? $"Sets {member}: {string.Join(" or ", known)}." : $"Sets {member} of the request.";
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = isFlag ? "true|false" : type == typeof(string) || known.Count > 0 ? "value" : "number",
            Arity = isFlag ? ArgumentArity.ZeroOrOne : ArgumentArity.ExactlyOne,
        };
        option.CompletionSources.Add(_ => known.Select(value => new CompletionItem(value)));
        return new MemberFilter(member, [option], parsed => isFlag ? ReadFlag(parsed.GetValue(option), name) : Value(type, parsed.GetRequiredValue(option), name, known));
    }

    /// <summary>From and to, both inclusive; one of them is enough.</summary>
    /// <param name="member">The member in JSON.</param>
    /// <param name="from">The option for the lower end.</param>
    /// <param name="to">The option for the upper end.</param>
    /// <param name="read">Makes the number of what was typed for an option.</param>
    public static MemberFilter Range(string member, Option<string> from, Option<string> to, Func<string, string, double> read) => new(member, [from, to], parsed =>
    {
        double? lower = parsed.GetValue(from) is string least ? read(least, from.Name) : null;
        double? upper = parsed.GetValue(to) is string most ? read(most, to.Name) : null;
        return ResultWriter.JsonOf((lower, upper) switch
        {
            (double low, double high) when low > high => throw new UsageException(
                $"{from.Name} {parsed.GetValue(from)} is greater than {to.Name} {parsed.GetValue(to)}. No item can match."),
            (double low, double high) => RangeFilter.Between(low, high),
            (double low, null) => NumberFilter.AtLeast(low),
            _ => NumberFilter.AtMost(upper!.Value),
        });
    });

    private static StringFilter TextFilter(string text, string name) => (text.StartsWith('*'), text.Length > 1 && text.EndsWith('*')) switch
    {
        _ when text.Trim('*').Length == 0 => throw new UsageException($"{name}: \"{text}\" matches everything. Leave the option out, or give a text such as abc*."),
        (true, true) => StringFilter.Contains(text[1..^1]),
        (true, false) => StringFilter.EndsWith(text[1..]),
        (false, true) => StringFilter.StartsWith(text[..^1]),
        _ => StringFilter.EqualTo(text),
    };

    private static bool ReadFlag(string? text, string name) => text is null || (bool.TryParse(text, out bool flag) ? flag
        : throw new UsageException($"{name}: \"{text}\" is not valid. Use true or false."));

    private JToken Value(Type type, string text, string name, IReadOnlyList<string> known)
    {
        if (known.Count > 0 && !known.Contains(text, StringComparer.Ordinal))
        {
            string hint = Names.Nearest(text, known) is string near ? $" Did you mean {near}?" : "";
            throw new UsageException(
                $"{name}: \"{text}\" is not a known value.{hint} Known values: {string.Join(", ", known)}. A value that is newer than this version can be set with --set.");
        }

        return known.Count > 0 ? text : ResultWriter.JsonOf(Number(values.Read(type, [text], name)));
    }

    /// <summary>A whole number is written as one, whatever the type of the member.</summary>
    private static object Number(object value) =>
        value is double real && real == Math.Floor(real) && Math.Abs(real) < long.MaxValue ? Convert.ToInt64(real, CultureInfo.InvariantCulture) : value;
}
