using System.Text.RegularExpressions;
using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Testing.Spec;

namespace Retell.Tests.Cli;

/// <summary>Every command, both without sending and against the fake.</summary>
[Parallelizable]
internal sealed class EveryCommandTests
{
    private string _file = "";

    private static IEnumerable<TestCaseData> Calling =>
        FacadeCommand.All.Where(command => command.Operation is not null).Select(command => new TestCaseData(command).SetArgDisplayNames(command.ToString()));

    [SetUp]
    public void CreateFile()
    {
        _file = Path.Combine(Path.GetTempPath(), $"retell-{Guid.NewGuid():N}.txt");
        File.WriteAllText(_file, "We are open from 9 to 17.");
    }

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void Cli_commands_without_operation_are_only_wait_commands() =>
        Assert.That(FacadeCommand.All.Where(command => command.Operation is null).Select(command => command.Path[1]), Has.All.StartWith("wait-until-"));

    [TestCaseSource(nameof(Calling))]
    public async Task Cli_dry_run_of_each_command_prints_request(FacadeCommand command)
    {
        CliRun run = await CliRun.RunAsync([.. command.Arguments(_file), "--dry-run"]);

        FakeOperation operation = command.Operation!;
        string path = Regex.Replace(Regex.Escape(operation.Path).Replace("\\{", "{"), "{[^}]+}", "[^/?]+");
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(run.Error, Is.Empty);
        Assert.That(run.Output.Split('\n')[0].TrimEnd(), Does.Match($"^{operation.Method} https://api\\.retellai\\.com{path}(\\?.*)?$"));
        Assert.That(run.Output, Does.Contain("Authorization: Bearer $RETELL_API_KEY"));
    }

    [TestCaseSource(nameof(Calling))]
    public async Task Cli_each_command_sends_valid_request_and_prints_response(FacadeCommand command)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        if (command.Resource.Name == nameof(RetellClient.ChatAgents) && command.Operation!.Id is ("createAgentVersion" or "repairAgent"))
        {
            // The fake's sample for the operations that both kinds of agents share is a voice agent.
            server.When(command.Operation!.Id).Respond(command.Operation.Status, new JObject { ["agent_id"] = FacadeCommand.Id });
        }

        CliRun run = await CliRun.AgainstAsync(server, command.Arguments(_file));

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(server.Requests.For(command.Operation!.Id), Has.Count.EqualTo(1));
        Assert.That(run.Output.Length, command.Operation!.Response is null ? Is.Zero : Is.Positive);
    }
}
