using Newtonsoft.Json.Linq;
using Retell.Workspaces;

namespace Retell.Tests.Workspaces;

public class PullTests
{
    private static async Task<WorkspaceRun> PulledAsync()
    {
        WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        await run.PullAsync(adopt: true);
        return run;
    }

    [Test]
    public async Task Pull_without_adopt_lists_what_is_unknown()
    {
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Seed(run[WorkspaceRun.Staging]);

        WorkspaceReport report = await run.PullAsync();

        Assert.That(report.ToString(), Does.Contain("note: list agents/agent_a1: \"Réception\" is not in the workspace; adopt takes it"));
        Assert.That(run.Files().Keys, Is.EqualTo(new[] { "retell.json" }));
    }

    [Test]
    public async Task Pull_merges_different_members_and_lines_of_a_prompt()
    {
        await using WorkspaceRun run = await PulledAsync();
        run[WorkspaceRun.Staging].Change("RetellLlm", "llm_a1", new { general_prompt = "1\n2\n3\n4\n5", model = "gpt-4.1-mini" });
        await run.PullAsync();
        run.Write("llms/reception/general.md", "one\n2\n3\n4\n5\n");
        run.Edit("llms/reception/llm.json", json => json["start_speaker"] = "user");
        run[WorkspaceRun.Staging].Change("RetellLlm", "llm_a1", new { general_prompt = "1\n2\n3\n4\nfive", model = "gpt-5" });

        WorkspaceReport report = await run.PullAsync();

        Assert.That(report.Entries.Single().Message, Is.EqualTo("merged"));
        Assert.That(run.Read("llms/reception/general.md"), Is.EqualTo("one\n2\n3\n4\nfive\n"));
        Assert.That((string?)run.ReadJson("llms/reception/llm.json")["model"], Is.EqualTo("gpt-5"));
        WorkspacePlan plan = await run.DiffAsync();
        Assert.That(plan.Changes.Single().Members.Select(m => (m.Path, m.Source)), Is.EqualTo(new[]
        {
            ("general_prompt", WorkspaceChangeSource.You), ("start_speaker", WorkspaceChangeSource.You),
        }));
        Assert.That((await run.PushAsync()).Outcome, Is.EqualTo(WorkspaceOutcome.Done));
    }

    [TestCase(ConflictResolution.Ours, "mine\n", true)]
    [TestCase(ConflictResolution.Theirs, "theirs\n", false)]
    public async Task Conflict_keeps_the_file_until_it_is_settled(ConflictResolution settlement, string text, bool hasChange)
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("llms/reception/general.md", "mine\n");
        run[WorkspaceRun.Staging].Change("RetellLlm", "llm_a1", new { general_prompt = "theirs" });

        WorkspaceReport report = await run.PullAsync();

        Assert.That(report.Outcome, Is.EqualTo(WorkspaceOutcome.Conflict));
        Assert.That(report.Entries.Single().Message, Does.Contain("both sides changed general_prompt").And.Contain("llms/reception/general.md.remote"));
        Assert.That(run.Read("llms/reception/general.md"), Is.EqualTo("mine\n"));
        Assert.That(run.Read("llms/reception/general.md.remote"), Is.EqualTo("theirs\n"));

        await run.PullAsync(conflicts: settlement);
        Assert.That(run.Read("llms/reception/general.md"), Is.EqualTo(text));
        Assert.That(File.Exists(run.PathOf("llms/reception/general.md.remote")), Is.False);
        Assert.That((await run.DiffAsync()).Outcome, Is.EqualTo(hasChange ? WorkspaceOutcome.Changes : WorkspaceOutcome.Done));
    }

    [Test]
    public async Task Drift_is_told_apart_from_changes()
    {
        await using WorkspaceRun run = await PulledAsync();
        run[WorkspaceRun.Staging].Change("RetellLlm", "llm_a1", new { model = "gpt-5" });

        WorkspacePlan plan = await run.DiffAsync();

        Assert.That((plan.Outcome, plan.HasDrift), Is.EqualTo((WorkspaceOutcome.Done, true)));
        Assert.That(plan.ToString(), Is.EqualTo("""
            ~ llms/reception (changed on the server)
                model (remote): "gpt-4.1" -> "gpt-5"
                affects agents/chat, agents/reception

            """));
    }

    [Test]
    public async Task Object_that_was_deleted_on_the_server_leaves_the_files()
    {
        await using WorkspaceRun run = await PulledAsync();
        using RetellClient client = run.Client();
        await client.TestCases.DeleteAsync("test_case_a1");

        WorkspaceReport report = await run.PullAsync();

        Assert.That(report.Entries.Single().ToString(), Is.EqualTo("remove tests/reception/books-a-table: deleted on the server"));
        Assert.That(File.Exists(run.PathOf("tests/reception/books-a-table.json")), Is.False);
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
    }

    [Test]
    public async Task Adopting_an_environment_binds_files_with_the_same_names()
    {
        await using WorkspaceRun run = await PulledAsync();
        FullAccount.Seed(run[WorkspaceRun.Production]);
        run[WorkspaceRun.Production].Change("RetellLlm", "llm_a1", new { model = "gpt-5" });
        SortedDictionary<string, string> files = run.Files();

        WorkspaceReport report = await run.PullAsync(WorkspaceRun.Production, adopt: true);

        Assert.That(report.Entries.Select(e => e.Action).Distinct(), Is.EqualTo(new[] { "bind" }), report.ToString());
        Assert.That(run.Files(), Is.EqualTo(files));
        WorkspacePlan plan = await run.DiffAsync(WorkspaceRun.Production);
        Assert.That(plan.Changes.Select(c => $"{c.Sign} {c.Address} {string.Join(",", c.Members.Select(m => m.Path))}"), Is.EqualTo(new[] { "~ llms/reception model" }));
    }
}
