using System.CommandLine;
using Retell.Cli.Arguments;
using Retell.Cli.Commands;
using Retell.Cli.Help;

namespace Retell.Cli.Fake;

/// <summary><c>retell fake</c>: a fake of the API for tests in any language.</summary>
internal static class FakeCommand
{
    public const string DefaultKey = "key_test";

    public static Command Create(RunContext run)
    {
        var port = new Option<int>(FakeHost.Port) { Description = "The port to listen on, on the loopback address. The default, 0, selects a free one.", HelpName = "number" };
        var key = new Option<string>(FakeHost.Key)
        {
            Description = $"The only API key that is accepted; other keys get status 401. It also signs webhooks. The default is {DefaultKey}.",
            HelpName = "key",
        };
        var seed = new Option<string>(FakeHost.Seed)
        {
            Description = "The objects that exist from the start, an object or an array for each type, such as {\"Agent\": [{\"agent_id\": \"agent_1\"}]}: a file, - for the "
                + "standard input, or the JSON itself. Missing members are added.",
            HelpName = "json",
        };
        var webhooks = new Option<string>(FakeHost.Webhooks) { Description = "The URL for webhooks of agents that have no webhook_url. The default sends none.", HelpName = "url" };
        var command = new Command("fake", HelpTexts.Fake) { port, key, seed, webhooks };
        command.SetAction((parsed, cancellationToken) =>
        {
            var settings = new FakeSettings(
                parsed.GetValue(port),
                parsed.GetValue(key) ?? DefaultKey,
                parsed.GetValue(seed),
                parsed.GetValue(webhooks) is string url ? WebAddress.Parse(url, FakeHost.Webhooks) : null,
                parsed.GetValue(run.Globals.Output) is GlobalOptions.Json or GlobalOptions.JsonLines);
            return FakeHost.RunAsync(settings, run.Environment, cancellationToken);
        });
        return command;
    }
}

/// <summary>What was typed.</summary>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="Key">The API key.</param>
/// <param name="Seed">The objects, or where they are; null for none.</param>
/// <param name="Webhooks">Where webhooks go; null for nowhere.</param>
/// <param name="IsJson">Whether a program reads the output.</param>
internal sealed record FakeSettings(int Port, string Key, string? Seed, Uri? Webhooks, bool IsJson);
