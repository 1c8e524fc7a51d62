using System.CommandLine;

namespace Retell.Cli.Quickstart;

/// <summary><c>retell quickstart</c>: the generated client makes its first calls, against the fake or the real API.</summary>
internal static class QuickstartCommand
{
    public static Command Create()
    {
        var live = new Option<bool>("--live") { Description = "Runs only the reading steps, against the real API with the key in RETELL_API_KEY." };
        var command = new Command("quickstart", "Shows the client at work: starts a fake of the API in this process and makes calls over a real socket.") { live };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(live), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(bool isLive, TextWriter output, TextWriter error, CancellationToken cancellationToken)
    {
        try
        {
            await (isLive ? LiveQuickstart.RunAsync(output, cancellationToken) : FakeQuickstart.RunAsync(output, cancellationToken)).ConfigureAwait(false);
            return 0;
        }
        catch (RetellException exception)
        {
            await error.WriteLineAsync($"{exception.GetType().Name}: {exception.Message}").ConfigureAwait(false);
            return 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped.").ConfigureAwait(false);
            return 130;
        }
    }
}
