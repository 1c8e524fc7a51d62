using System.CommandLine;
using Retell.Cli.Arguments;
using Retell.Cli.Http;
using Retell.Cli.Output;

namespace Retell.Cli.Commands;

/// <summary>Makes what a command needs from what was typed: the client, and the writer of the result.</summary>
internal sealed record RunContext(CliEnvironment Environment, GlobalOptions Globals)
{
    /// <exception cref="KeyException">There is no API key or one that cannot be right, and the request is to be sent.</exception>
    /// <exception cref="UsageException">An option is wrong.</exception>
    public RetellClient CreateClient(ParseResult parsed)
    {
        bool isDryRun = parsed.GetValue(Globals.DryRun);
        var options = new RetellClientOptions
        {
            BaseUrl = BaseUrlOf(parsed),
            AllowInsecureHttp = isDryRun || parsed.GetValue(Globals.AllowInsecureHttp),
            HttpMessageHandler = isDryRun ? new DryRunHandler(Environment.Output) : Environment.Handler,
            LoggerFactory = parsed.GetValue(Globals.Verbose) ? new ErrorStreamLogger(Environment.Error) : null,
            TimeProvider = Environment.Time,
        };
        if (parsed.GetValue(Globals.Timeout) is string timeout)
        {
            options.Timeout = Duration.Parse(timeout, Globals.Timeout.Name);
        }

        options.MaxRetries = isDryRun ? 0 : parsed.GetValue(Globals.MaxRetries) ?? options.MaxRetries;
        SetKey(options, isDryRun);
        try
        {
            return new RetellClient(options);
        }
        catch (RetellException e) when (options is { AllowInsecureHttp: false, BaseUrl.Scheme: "http" })
        {
            throw new UsageException(
                $"The base URL {options.BaseUrl} would send the API key unencrypted to another machine. "
                + $"Use https, or {Globals.AllowInsecureHttp.Name} if the network can be trusted.", e);
        }
    }

    /// <summary>Creates the writer of the result.</summary>
    /// <param name="parsed">What was typed.</param>
    /// <param name="list">The options of a list; null for any other command.</param>
    /// <exception cref="UsageException">The format cannot be combined with another option.</exception>
    public ResultWriter CreateWriter(ParseResult parsed, ListInput? list = null)
    {
        IReadOnlyList<TableColumn> chosen = list?.ColumnsOf(parsed) ?? [];
        bool isFollow = list?.IsFollow(parsed) == true;
        string? format = parsed.GetValue(Globals.Output);
        if (chosen.Count > 0 && format is GlobalOptions.Json or GlobalOptions.JsonLines)
        {
            throw new UsageException($"{ListInput.Columns} cannot be combined with {Globals.Output.Name} {format}. JSON has all members.");
        }

        if (isFollow && format == GlobalOptions.Json)
        {
            throw new UsageException(
                $"{ListInput.Follow} cannot be combined with {Globals.Output.Name} {GlobalOptions.Json}, which is one document. Use {GlobalOptions.JsonLines}.");
        }

        return (format ?? (chosen.Count > 0 || Environment.IsOutputTerminal ? GlobalOptions.Table : isFollow ? GlobalOptions.JsonLines : GlobalOptions.Json)) switch
        {
            GlobalOptions.Table => new TableWriter(
                Environment.Output,
                Environment.Error,
                new TableStyle(Environment.IsOutputTerminal ? Environment.Width : null, Environment.IsOutputTerminal && Environment.HasColors),
                chosen.Count > 0 ? chosen : list?.DefaultColumns ?? [],
                chosen.Count > 0),
            GlobalOptions.JsonLines => new JsonLinesWriter(Environment.Output),
            _ => new JsonWriter(Environment.Output),
        };
    }

    public ProgressLine CreateProgress() => new(Environment.Error, Environment.IsErrorTerminal && !Environment.IsDumb, Environment.HasColors);

    /// <summary>Returns the value of an environment variable; null if it is empty.</summary>
    public string? VariableOf(string name) => Environment.Variable(name) is string value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    private Uri? BaseUrlOf(ParseResult parsed)
    {
        string? text = parsed.GetValue(Globals.BaseUrl) ?? VariableOf("RETELL_BASE_URL");
        return text is null ? null
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? url) ? url
            : throw new UsageException("The base URL is not an absolute URL. Use one such as https://api.retellai.com.");
    }

    private void SetKey(RetellClientOptions options, bool isDryRun)
    {
        try
        {
            options.ApiKey = isDryRun ? DryRunHandler.Key : VariableOf("RETELL_API_KEY") ?? throw KeyException.Missing();
        }
        catch (ArgumentException e)
        {
            throw KeyException.Invalid(e);
        }
    }
}
