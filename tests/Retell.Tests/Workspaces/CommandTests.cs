using Retell.Testing;
using Retell.Tests.Cli;

namespace Retell.Tests.Workspaces;

public class CommandTests
{
    private static Task<CliRun> RetellAsync(WorkspaceRun run, string environment, params string[] args)
    {
        FakeRetellServer server = run[environment];
        return CliRun.RunAsync([.. args, "-e", environment, "--folder", run.Root, "-o", "table"], cli => cli with
        {
            Handler = new SocketsHttpHandler(),
            Variable = name => name switch
            {
                "STAGING_KEY" => server.ApiKey,
                "RETELL_BASE_URL" => server.BaseUrl.ToString(),
                _ => run.Secrets.GetValueOrDefault(name),
            },
        });
    }

    private static async Task<WorkspaceRun> StartAsync()
    {
        WorkspaceRun run = await WorkspaceRun.StartAsync(json => json["environments"]!["staging"]!["key_env"] = "STAGING_KEY");
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        return run;
    }

    [Test]
    public async Task Cli_commands_of_a_workspace_have_exit_codes_of_their_own()
    {
        await using WorkspaceRun run = await StartAsync();
        string plan = run.PathOf("plan.json");

        Assert.That((await RetellAsync(run, "staging", "pull", "--adopt")).ExitCode, Is.Zero);
        Assert.That((await RetellAsync(run, "staging", "diff")).ExitCode, Is.Zero);
        run.Write("llms/reception/general.md", "New\n");
        CliRun changes = await RetellAsync(run, "staging", "diff", "--out", plan);
        Assert.That((changes.ExitCode, changes.Output), Is.EqualTo((10, """
            ~ llms/reception
                general_prompt
                  @@ -1,3 +1,1 @@
                  -You are {{name}}.
                  -$${var:not_ours} costs $5 and $$${secret:x}.
                  -
                  +New
                affects agents/chat, agents/reception

            """)));
        run[WorkspaceRun.Staging].Change("RetellLlm", "llm_a1", new { model = "gpt-5" });
        Assert.That((await RetellAsync(run, "staging", "diff", "--drift")).ExitCode, Is.EqualTo(11));
        CliRun stale = await RetellAsync(run, "staging", "push", "--plan", plan);
        Assert.That((stale.ExitCode, stale.Error), Is.EqualTo((12, $"error: The plan is stale: files or server have changed since. Run diff again.{Environment.NewLine}")));
        Assert.That((await RetellAsync(run, "staging", "push", "llms/*")).ExitCode, Is.EqualTo(12));
        Assert.That((await RetellAsync(run, "staging", "pull")).ExitCode, Is.Zero);
        Assert.That((await RetellAsync(run, "staging", "push")).Output, Is.EqualTo("update llms/reception: general_prompt\n"));
        CliRun tested = await RetellAsync(run, "staging", "test", "--junit", run.PathOf("junit.xml"));
        Assert.That((tested.ExitCode, tested.Output), Is.EqualTo((0, "pass tests/reception/books-a-table\n")));
        Assert.That(run.Read("junit.xml"), Does.Contain("<testsuite name=\"llms/reception\" tests=\"1\""));
        Assert.That((await RetellAsync(run, "staging", "publish", "agents/reception", "--title", "May")).Output, Is.EqualTo("publish agents/reception: version 0\n"));
        run.Write("llms/reception/general.md", "Newer\n");
        run[WorkspaceRun.Staging].When("updateRetellLLM").Respond(402);
        Assert.That((await RetellAsync(run, "staging", "push")).ExitCode, Is.EqualTo(14));
    }

    [TestCase("There is no environment \"nowhere\". Use one of production, staging.", "diff", "-e", "nowhere")]
    [TestCase("--min-pass 2 is not valid. Use a number from 0 to 1.", "test", "-e", "staging", "--min-pass", "2")]
    [TestCase("--ours and --theirs cannot be combined. Choose one.", "pull", "-e", "staging", "--ours", "--theirs")]
    public async Task Cli_command_that_is_not_valid_says_why(string message, params string[] args)
    {
        await using WorkspaceRun run = await StartAsync();

        CliRun result = await CliRun.AgainstAsync(run[WorkspaceRun.Staging], [.. args, "--folder", run.Root], cli => cli with
        {
            Variable = name => name switch { "RETELL_BASE_URL" => run[WorkspaceRun.Staging].BaseUrl.ToString(), _ => run[WorkspaceRun.Staging].ApiKey },
        });

        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain(message));
    }

    [Test]
    public async Task Cli_output_in_JSON_is_for_machines()
    {
        await using WorkspaceRun run = await StartAsync();
        await run.PullAsync(adopt: true);
        run.Write("llms/reception/general.md", "New\n");

        CliRun result = await CliRun.RunAsync(["diff", "-e", "staging", "--folder", run.Root, "-o", "json"], cli => cli with
        {
            Handler = run[WorkspaceRun.Staging].CreateHandler(),
            Variable = name => name switch { "STAGING_KEY" => run[WorkspaceRun.Staging].ApiKey, _ => run.Secrets.GetValueOrDefault(name) },
        });

        Assert.That((string?)result.Json["changes"]![0]!["address"], Is.EqualTo("llms/reception"));
        Assert.That((string?)result.Json["changes"]![0]!["members"]![0]!["source"], Is.EqualTo("You"));
    }
}
