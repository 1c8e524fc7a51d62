using Newtonsoft.Json.Linq;
using Retell.Workspaces;

namespace Retell.Tests.Workspaces;

public class RoundTripTests
{
    [Test]
    public async Task Pull_with_adopt_writes_files_for_review()
    {
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        FullAccount.SeedNumber(run[WorkspaceRun.Staging], "agent_a1");

        WorkspaceReport report = await run.PullAsync(adopt: true);

        Assert.That(report.Outcome, Is.EqualTo(WorkspaceOutcome.Done), report.ToString());
        Assert.That(run.Files().Keys, Is.EqualTo(new[]
        {
            "agents/chat.json", "agents/reception.json", "components/collect-the-name/component.json", "components/collect-the-name/layout.json",
            "components/collect-the-name/nodes/ask.md", "flows/chat/flow.json", "flows/chat/global.md", "flows/chat/layout.json", "flows/chat/nodes/greeting.md",
            "knowledge/menu-hours/files/menu.pdf", "knowledge/menu-hours/kb.json", "knowledge/menu-hours/texts/hours.md", "llms/reception/general.md", "llms/reception/llm.json",
            "llms/reception/states/booking.md", "numbers/staging.json", "retell.json", "tests/reception/books-a-table.json",
        }));
        Assert.That((string?)run.ReadJson("agents/reception.json")["response_engine"]!["llm_id"], Is.EqualTo("@llms/reception"));
        Assert.That(run.ReadJson("agents/reception.json")["response_engine"]!["version"], Is.Null);
        Assert.That((string?)run.ReadJson("agents/chat.json")["$channel"], Is.EqualTo("chat"));
        Assert.That((string?)run.ReadJson("llms/reception/llm.json")["general_prompt"], Is.EqualTo("@file:general.md"));
        Assert.That(run.Read("llms/reception/general.md"), Is.EqualTo("You are {{name}}.\n$${var:not_ours} costs $5 and $$${secret:x}.\n\n"));
        Assert.That((string?)run.ReadJson("llms/reception/llm.json")["default_dynamic_variables"]!["agent_id"], Is.EqualTo("not a reference"));
        Assert.That((string?)run.ReadJson("flows/chat/flow.json")["nodes"]![1]!["component_id"], Is.EqualTo("@components/collect-the-name"));
        Assert.That((string?)run.ReadJson("numbers/staging.json")["+14157774444"]!["inbound_agents"]![0]!["agent_id"], Is.EqualTo("@agents/reception"));
        Assert.That(run.Read("flows/chat/flow.json"), Does.Not.Contain("display_position"));
    }

    [Test]
    public async Task Pull_then_diff_says_nothing_and_push_sends_nothing()
    {
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        FullAccount.SeedNumber(run[WorkspaceRun.Staging], "agent_a1");
        await run.PullAsync(adopt: true);
        SortedDictionary<string, string> files = run.Files(withState: true);

        WorkspacePlan plan = await run.DiffAsync();
        WorkspaceReport push = await run.PushAsync();
        WorkspaceReport pull = await run.PullAsync();

        Assert.That(plan.ToString(), Is.Empty);
        Assert.That(push.ToString(), Is.Empty);
        Assert.That(pull.ToString(), Is.Empty);
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.Empty);
        Assert.That(run.Files(withState: true), Is.EqualTo(files));
    }

    [Test]
    public async Task Push_to_an_empty_environment_and_pull_give_equal_files()
    {
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        IReadOnlyList<string> ids = FullAccount.Seed(run[WorkspaceRun.Staging]);
        await run.PullAsync(adopt: true);
        SortedDictionary<string, string> files = run.Files();

        WorkspaceReport push = await run.PushAsync(WorkspaceRun.Production);
        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Done), push.ToString());
        WorkspaceReport again = await run.PushAsync(WorkspaceRun.Production);
        Assert.That(again.ToString(), Is.Empty);
        WorkspacePlan diff = await run.DiffAsync(WorkspaceRun.Production);
        Assert.That(diff.ToString(), Is.Empty);
        WorkspaceReport pull = await run.PullAsync(WorkspaceRun.Production);
        Assert.That(pull.Outcome, Is.EqualTo(WorkspaceOutcome.Done), pull.ToString());

        Assert.That(run.Files(), Is.EqualTo(files));
        foreach ((string path, string text) in run.Files())
        {
            Assert.That(ids.Where(text.Contains), Is.Empty, path);
        }

        // What the second environment has is what the first one has, apart from IDs and what the API sets.
        using RetellClient client = run.Client(WorkspaceRun.Production);
        string llm = (string)run.ReadJson(".retell/production/lock.json")["resources"]!["llms/reception"]!["id"]!;
        JObject created = await client.SendAsync<JObject>(HttpMethod.Get, "/get-retell-llm/" + llm);
        Assert.That((string?)created["general_prompt"], Is.EqualTo("You are {{name}}.\n${var:not_ours} costs $5 and $${secret:x}.\n"));
        Assert.That((string?)created["general_tools"]![0]!["headers"]!["Authorization"], Is.EqualTo(FullAccount.ToolSecret));
        Assert.That(created["general_tools"]!.Count(), Is.EqualTo(2), "the tool that closes a cycle is completed");
    }

    [Test]
    public async Task No_file_contains_a_secret()
    {
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        FullAccount.SeedNumber(run[WorkspaceRun.Staging], "agent_a1");
        await run.PullAsync(adopt: true);
        await run.PushAsync(WorkspaceRun.Production);
        run.Secrets["LLMS_RECEPTION_MCPS_CRM_HEADERS_X_KEY"] = "mcp-rotated-0d107d09";
        WorkspacePlan plan = await run.DiffAsync();
        WorkspaceReport push = await run.PushAsync();

        Assert.That(plan.Changes.Single().Members.Single().Path, Is.EqualTo("mcps[crm].headers.X-Key"));
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { "PATCH updateRetellLLM" }));
        IEnumerable<string> texts = [.. run.Files(withState: true).Values, plan.ToString(), plan.ToJson().ToString(), push.ToString(), push.ToJson().ToString()];
        Assert.That(texts.Where(text => FullAccount.SecretValues.Append("mcp-rotated-0d107d09").Any(text.Contains)), Is.Empty);
    }
}
