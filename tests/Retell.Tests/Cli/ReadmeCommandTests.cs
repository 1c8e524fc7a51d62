using Retell.Cli;
using Retell.Testing;
using Retell.Tests.Build;
using Retell.Tests.Support;

namespace Retell.Tests.Cli;

/// <summary>Every command that a README shows runs.</summary>
internal sealed class ReadmeCommandTests
{
    /// <summary>The lines of the READMEs that begin with the command, without what the shell does with them.</summary>
    private static IEnumerable<string> Commands => new[] { "README.md", "src/Retell.Cli/README.md" }
        .SelectMany(file => File.ReadAllLines(Repository.PathOf(file)))
        .Where(line => line.StartsWith("retell ", StringComparison.Ordinal))
        .Select(line => line.Split('#', '|')[0].Trim())
        .Distinct();

    [TestCaseSource(nameof(Commands))]
    public async Task Cli_command_in_readme_runs(string command)
    {
        using var folder = new TempFolder();
        folder.Write("agent.json", """{"agent_name": "Ann"}""");
        folder.Write("seed.json", """{"Agent": [{"agent_id": "agent_1"}]}""");
        folder.Write("a.pdf", "a");
        folder.Write("b.pdf", "b");
        await using var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        server.Seed("PhoneCall", new { call_id = "call_1", call_status = "ended" });
        server.WhenAny(request => request.Path == "/retell/webhooks").Respond(204);
        string[] args = [.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(arg => arg.EndsWith(".json", StringComparison.Ordinal) || arg.EndsWith(".pdf", StringComparison.Ordinal) ? folder.PathOf(arg) : arg)];

        if (args[0] == "fake")
        {
            using var fake = new Running([.. args.Select(arg => arg == "4010" ? "0" : arg)]);
            Assert.That(await fake.ReadyAsync(), Is.Not.Empty);
            Assert.That((await fake.StopAsync()).ExitCode, Is.EqualTo(ExitCode.Success));
            return;
        }

        // What follows a list ends when it is stopped.
        using var stop = new CancellationTokenSource();
        bool isEndless = args.Contains("--follow");
        CliRun run = await CliRun.AgainstAsync(server, args, environment => isEndless ? environment with { Time = new PollClock(_ => stop.Cancel()) } : environment, stop.Token);

        Assert.That(run.ExitCode, Is.EqualTo(isEndless ? ExitCode.Cancelled : ExitCode.Success), run.Error);
        Assert.That(run.Output, Is.Not.Empty);
        Assert.That(server.Requests.Invalid().Where(request => request.Path != "/retell/webhooks"), Is.Empty);
    }
}
