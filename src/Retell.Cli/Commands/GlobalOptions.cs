using System.CommandLine;

namespace Retell.Cli.Commands;

/// <summary>The options that every command has.</summary>
internal sealed class GlobalOptions
{
    public Option<string> BaseUrl { get; } = new("--base-url") { Description = "Where the API is; else RETELL_BASE_URL, else https://api.retellai.com.", HelpName = "url", Recursive = true };

    public Option<bool> AllowInsecureHttp { get; } = new("--allow-insecure-http") { Description = "Allows an http:// URL of another machine, which sends the API key unencrypted.", Recursive = true };

    public Option<string> Timeout { get; } = new("--timeout") { Description = "The time limit of each attempt, such as 30s, 2m or 00:01:30; 60s unless given.", HelpName = "duration", Recursive = true };

    public Option<int?> MaxRetries { get; } = new("--max-retries") { Description = "How often a failed attempt may be repeated; 2 unless given.", HelpName = "count", Recursive = true };

    public Option<string> Output { get; } = CreateOutput();

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Prints the request and sends nothing. Needs no API key.", Recursive = true };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Logs requests and retries to the error stream.", Recursive = true };

    private IEnumerable<Option> All => [Output, DryRun, Verbose, BaseUrl, AllowInsecureHttp, Timeout, MaxRetries];

    public void AddTo(Command root)
    {
        foreach (Option option in All)
        {
            root.Add(option);
        }
    }

    /// <summary>Whether a name is taken: by a global option, or by one that some commands have beside their parameters.</summary>
    public bool Has(string name) => name is BodyInput.Json or BodyInput.Set or ListInput.All or "--help" || All.Any(option => option.Name == name);

    private static Option<string> CreateOutput()
    {
        var output = new Option<string>("--output", "-o") { Description = "How to print the result; a table on a terminal, else json.", HelpName = "json|jsonl|table", Recursive = true };
        output.AcceptOnlyFromAmong("json", "jsonl", "table");
        return output;
    }
}
