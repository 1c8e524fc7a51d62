using System.CommandLine;
using Retell.Cli.Commands;
using Retell.Cli.Output;
using Retell.Workspaces;

namespace Retell.Cli.Workspaces;

/// <summary>The options that the commands for workspaces share.</summary>
internal sealed class WorkspaceInput(RunContext run)
{
    private readonly Option<string> _environment = new("--environment", "-e")
    {
        Description = "The environment in retell.json, such as staging.",
        HelpName = "name",
        Required = true,
    };

    private readonly Option<string> _folder = new("--folder") { Description = "The folder with retell.json. The default is the current one.", HelpName = "path" };

    private readonly Argument<string[]> _selectors = new("address")
    {
        Description = "Addresses such as llms/reception or agents/*. Without any, everything is meant.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    /// <summary>Creates a command with these options.</summary>
    public Command Create(string name, string description, Func<ParseResult, WorkspaceCall, CancellationToken, Task<int>> invoke, params Option[] options)
    {
        var command = new Command(name, description) { _selectors, _environment, _folder };
        foreach (Option option in options)
        {
            command.Add(option);
        }

        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(run.Globals.DryRun))
            {
                throw new UsageException($"{run.Globals.DryRun.Name} cannot be combined with {name}, which reads the server. Use diff to see what a push would do.");
            }

            using HttpClient http = new();
            var workspace = new RetellWorkspace(parsed.GetValue(_folder) ?? Directory.GetCurrentDirectory(), new WorkspaceOptions
            {
                Secrets = run.Environment.Variable,
                Download = run.Environment.Handler is null ? (uri, token) => DownloadAsync(http, uri, token) : null,
                TimeProvider = run.Environment.Time,
            });
            string environment = parsed.GetRequiredValue(_environment);
            string key = workspace.Environments.GetValueOrDefault(environment)?.KeyVariable ?? RunContext.KeyVariable;
            using RetellClient client = run.CreateClient(parsed, key);
            await using ProgressLine progress = run.CreateProgress();
            IProgress<string>? reports = run.Environment.IsErrorTerminal ? new LineProgress(progress) : null;
            return await invoke(parsed, new(workspace, environment, client, parsed.GetValue(_selectors) ?? [], reports), cancellationToken).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Prints a result as JSON or as text.</summary>
    public void Write(ParseResult parsed, Func<Newtonsoft.Json.Linq.JToken> json, string text)
    {
        string? format = parsed.GetValue(run.Globals.Output);
        if ((format ?? (run.Environment.IsOutputTerminal ? GlobalOptions.Table : GlobalOptions.Json)) == GlobalOptions.Table)
        {
            run.Environment.Output.Write(Plain(text));
            return;
        }

        using ResultWriter writer = run.CreateWriter(parsed);
        writer.WriteOne(json());
    }

    public void WriteError(string line) => run.Environment.Error.WriteLine(line);

    /// <summary>Removes the control characters that a terminal would obey.</summary>
    private static string Plain(string text) => new([.. text.Where(c => c == '\n' || c == '\t' || !char.IsControl(c))]);

    /// <summary>Links of sources are signed: they need no key, and must not get one.</summary>
    private static async Task<byte[]?> DownloadAsync(HttpClient http, Uri uri, CancellationToken cancellationToken)
    {
        if (uri.Scheme != Uri.UriSchemeHttps)
        {
            return null;
        }

        using HttpResponseMessage response = await http.GetAsync(uri, cancellationToken).ConfigureAwait(false);
        return response.IsSuccessStatusCode ? await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false) : null;
    }

    private sealed class LineProgress(ProgressLine line) : IProgress<string>
    {
        public void Report(string value) => line.Report(value);
    }
}

/// <summary>A run of a command in a workspace.</summary>
internal sealed record WorkspaceCall(RetellWorkspace Workspace, string Environment, RetellClient Client, IReadOnlyList<string> Selectors, IProgress<string>? Progress)
{
    public void Select(ICollection<string> selectors)
    {
        foreach (string selector in Selectors)
        {
            selectors.Add(selector);
        }
    }
}
