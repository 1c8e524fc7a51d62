using System.CommandLine;
using Retell.Cli.Help;

namespace Retell.Cli.Quickstart;

/// <summary><c>retell quickstart</c>: the generated client makes its first calls, against the fake or the real API.</summary>
internal static class QuickstartCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var live = new Option<bool>("--live") { Description = "Only reads, from the real API with the key in RETELL_API_KEY." };
        var command = new Command("quickstart", HelpTexts.Quickstart) { live };
        command.SetAction(async (result, cancellationToken) =>
        {
            bool isLive = result.GetValue(live);
            if (isLive && string.IsNullOrWhiteSpace(environment.Variable("RETELL_API_KEY")))
            {
                throw KeyException.Missing();
            }

            await (isLive ? LiveQuickstart.RunAsync(environment.Output, cancellationToken) : FakeQuickstart.RunAsync(environment.Output, cancellationToken)).ConfigureAwait(false);
            return ExitCode.Success;
        });
        return command;
    }
}
