namespace Retell.Cli.Help;

/// <summary>The text of an option.</summary>
/// <param name="Name">The name, with its dashes.</param>
/// <param name="Description">What it does.</param>
/// <param name="Value">The placeholder of its value; null for an option without one.</param>
/// <param name="Alias">The short name.</param>
internal sealed record OptionHelp(string Name, string Description, string? Value = null, string? Alias = null)
{
    /// <summary>Gets the column that names the option.</summary>
    public string Label => $"{(Alias is null ? "" : Alias + ", ")}{Name}{(Value is null ? "" : $" <{Value}>")}";
}
