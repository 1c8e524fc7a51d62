using System.CommandLine;

namespace Retell.Cli.Filters;

/// <summary>Marks an option that narrows a list, which the help shows under a heading of its own.</summary>
internal interface IFilterOption;

/// <summary>An option with a value that narrows a list.</summary>
internal sealed class FilterOption<T> : Option<T>, IFilterOption
{
    /// <param name="name">The name, with its dashes.</param>
    /// <param name="description">What it matches.</param>
    /// <param name="value">The placeholder of its value.</param>
    public FilterOption(string name, string description, string value)
        : base(name)
    {
        Description = description;
        HelpName = value;
    }
}
