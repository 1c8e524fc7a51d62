using System.CommandLine;
using Retell.Cli.Help;

namespace Retell.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public const string Json = "json";
    public const string JsonLines = "jsonl";
    public const string Table = "table";

    public Option<string> BaseUrl { get; } = Create<string>(GlobalHelp.BaseUrl);

    public Option<bool> AllowInsecureHttp { get; } = Create<bool>(GlobalHelp.AllowInsecureHttp);

    public Option<string> Timeout { get; } = Create<string>(GlobalHelp.Timeout);

    public Option<int?> MaxRetries { get; } = Create<int?>(GlobalHelp.MaxRetries);

    public Option<string> Output { get; } = Create<string>(GlobalHelp.Output);

    public Option<bool> DryRun { get; } = Create<bool>(GlobalHelp.DryRun);

    public Option<bool> Verbose { get; } = Create<bool>(GlobalHelp.Verbose);

    private IEnumerable<Option> All => [Output, DryRun, Verbose, BaseUrl, AllowInsecureHttp, Timeout, MaxRetries];

    public void AddTo(Command root)
    {
        Output.AcceptOnlyFromAmong(Json, JsonLines, Table);
        foreach (Option option in All)
        {
            root.Add(option);
        }
    }

    /// <summary>Whether a name is taken: by a global option, or by one that some commands have beside their parameters.</summary>
    public bool Has(string name) => name is BodyInput.Json or BodyInput.Set or "--help"
        || ListInput.IsName(name)
        || All.Any(option => option.Name == name);

    private static Option<T> Create<T>(OptionHelp help)
    {
        var option = new Option<T>(help.Name) { Description = help.Description, HelpName = help.Value, Recursive = true };
        if (help.Alias is not null)
        {
            option.Aliases.Add(help.Alias);
        }

        return option;
    }
}
