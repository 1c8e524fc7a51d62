using System.CommandLine;
using System.CommandLine.Invocation;
using Retell.Cli.Commands;
using Retell.Cli.Help;
using Retell.Cli.Http;

namespace Retell.Cli;

/// <summary>Runs the command, from the arguments to the exit code. Errors are one line.</summary>
internal static class CommandLineApp
{
    private const int BrokenPipe = 32;

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliEnvironment environment, CancellationToken cancellationToken = default)
    {
        try
        {
            int exitCode = RootHelp.TryWrite(args, environment.Output, environment.Width) ? ExitCode.Success
                : await InvokeAsync(args, environment, cancellationToken).ConfigureAwait(false);
            await environment.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
            return exitCode;
        }
        catch (IOException error) when (error.HResult == BrokenPipe)
        {
            // The reader has closed the pipe, as head does.
            return ExitCode.Success;
        }
        catch (Exception error)
        {
            await environment.Error.WriteLineAsync(ErrorLine.Of(error)).ConfigureAwait(false);
            return ExitCode.Of(error);
        }
    }

    private static async Task<int> InvokeAsync(IReadOnlyList<string> args, CliEnvironment environment, CancellationToken cancellationToken)
    {
        if (Suggestions.IsDirective(args[0]))
        {
            return await Suggestions.WriteAsync(environment, args).ConfigureAwait(false);
        }

        Command root = RootTree.Create(environment, args);
        // An argument that begins with @ names a file for --json, not a response file.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is ParseErrorAction)
        {
            throw new UsageException(ParseFault.Describe(parsed));
        }

        try
        {
            return await parsed.InvokeAsync(
                new InvocationConfiguration { Output = environment.Output, Error = environment.Error, EnableDefaultExceptionHandler = false },
                cancellationToken).ConfigureAwait(false);
        }
        catch (DryRunException)
        {
            return ExitCode.Success;
        }
    }
}
