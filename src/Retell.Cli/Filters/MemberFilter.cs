using System.CommandLine;
using Newtonsoft.Json.Linq;

namespace Retell.Cli.Filters;

/// <summary>The options for one member of a filter or of the request of a list.</summary>
/// <param name="member">The member in JSON.</param>
/// <param name="options">The options: two for a range, else one.</param>
/// <param name="read">Makes the JSON of the member of what was typed.</param>
internal sealed class MemberFilter(string member, IReadOnlyList<Option> options, Func<ParseResult, JToken> read)
{
    public string Member => member;

    public IReadOnlyList<Option> Options => options;

    public bool IsGiven(ParseResult parsed) => options.Any(option => parsed.GetResult(option) is { Implicit: false });

    /// <summary>Adds the member to a body, where it must not stand already.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="owner">Gets the member.</param>
    /// <param name="path">The path of the owner in the body, with its dot.</param>
    /// <exception cref="UsageException">A value is wrong, or the body has the member.</exception>
    public void AddTo(ParseResult parsed, JObject owner, string path)
    {
        if (owner.ContainsKey(member))
        {
            string name = options.First(option => parsed.GetResult(option) is { Implicit: false }).Name;
            throw new UsageException($"{name} cannot be combined with a request body that contains {path}{member}. Use one of them.");
        }

        owner[member] = read(parsed);
    }
}
