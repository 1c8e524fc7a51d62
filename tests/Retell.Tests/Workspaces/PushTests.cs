using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Workspaces;

namespace Retell.Tests.Workspaces;

public class PushTests
{
    private static async Task<WorkspaceRun> PulledAsync(Action<JObject>? settings = null)
    {
        WorkspaceRun run = await WorkspaceRun.StartAsync(settings);
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        FullAccount.SeedNumber(run[WorkspaceRun.Staging], "agent_a1");
        await run.PullAsync(adopt: true);
        return run;
    }

    [TestCase("llms/reception/general.md", "New prompt.\n", "PATCH updateRetellLLM", "general_prompt")]
    [TestCase("llms/reception/states/booking.md", "New state.\n", "PATCH updateRetellLLM", "states")]
    [TestCase("flows/chat/nodes/greeting.md", "Hi.\n", "PATCH updateConversationFlow", "nodes")]
    [TestCase("components/collect-the-name/nodes/ask.md", "Ask.\n", "PATCH updateConversationFlowComponent", "nodes")]
    public async Task Changed_text_sends_exactly_that_member(string file, string text, string request, string member)
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write(file, text);

        WorkspacePlan plan = await run.DiffAsync();
        WorkspaceReport push = await run.PushAsync();

        Assert.That(plan.Outcome, Is.EqualTo(WorkspaceOutcome.Changes));
        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Done), push.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { request }));
        Assert.That(Sent(run).Properties().Select(p => p.Name), Is.EqualTo(new[] { member }));
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
    }

    [TestCase("agents/reception.json", "volume", 1.5, "PATCH updateAgent")]
    [TestCase("agents/chat.json", "timezone", "America/New_York", "PATCH updateChatAgent")]
    [TestCase("tests/reception/books-a-table.json", "user_prompt", "You want two tables.", "PUT updateTestCaseDefinition")]
    public async Task Changed_member_sends_exactly_that_request(string file, string member, object value, string request)
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Edit(file, json => json[member] = JToken.FromObject(value));

        WorkspaceReport push = await run.PushAsync();

        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Done), push.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { request }));
        Assert.That(Sent(run)[member], Is.EqualTo(JToken.FromObject(value)));
        Assert.That(run[WorkspaceRun.Staging].Requests.Invalid(), Is.Empty);
        Assert.That((await run.PushAsync()).ToString(), Is.Empty);
    }

    [Test]
    public async Task Removed_member_is_cleared_with_null()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Edit("llms/reception/llm.json", json => json.Remove("mcps"));

        await run.PushAsync();

        Assert.That(Sent(run).ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"mcps":null}"""));
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
    }

    [Test]
    public async Task Changed_variable_updates_the_objects_that_use_it()
    {
        await using WorkspaceRun run = await PulledAsync(json => json["environments"]!["staging"]!["vars"] = new JObject { ["crm_url"] = "https://crm.example.com" });
        run.Edit("llms/reception/llm.json", json => json["general_tools"]![0]!["url"] = "${var:crm_url}/lookup");
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty, "the variable stands for what the server has");
        run.Edit("retell.json", json => json["environments"]!["staging"]!["vars"]!["crm_url"] = "https://new.example.com");

        await run.PushAsync();

        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { "PATCH updateRetellLLM" }));
        Assert.That((string?)Sent(run)["general_tools"]![0]!["url"], Is.EqualTo("https://new.example.com/lookup"));
        await run.PullAsync();
        Assert.That((string?)run.ReadJson("llms/reception/llm.json")["general_tools"]![0]!["url"], Is.EqualTo("${var:crm_url}/lookup"));
    }

    [Test]
    public async Task Push_without_the_value_of_a_secret_keeps_that_of_the_server()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Secrets.Clear();
        run.Edit("llms/reception/llm.json", json => json["general_tools"]![0]!["description"] = "Looks up a guest.");

        WorkspaceReport push = await run.PushAsync();

        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Done), push.ToString());
        Assert.That((string?)Sent(run)["general_tools"]![0]!["headers"]!["Authorization"], Is.EqualTo(FullAccount.ToolSecret));
    }

    [Test]
    public async Task Create_without_the_value_of_a_secret_fails_and_names_it()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Secrets.Remove("LLMS_RECEPTION_MCPS_CRM_HEADERS_X_KEY");

        WorkspaceReport push = await run.PushAsync(WorkspaceRun.Production);

        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.PartlyApplied));
        string? message = push.Entries.Single(e => e.Status == WorkspaceStatus.Failed).Message;
        Assert.That(message, Does.StartWith("llms/reception at mcps[crm].headers.X-Key: The secret LLMS_RECEPTION_MCPS_CRM"));
        Assert.That(push.Entries.Single(e => e.Address.ToString() == "agents/reception").Status, Is.EqualTo(WorkspaceStatus.Blocked));
        Assert.That(push.Entries.Single(e => e.Address.ToString() == "knowledge/menu-hours").Status, Is.EqualTo(WorkspaceStatus.Done));
    }

    [Test]
    public async Task Object_that_both_sides_changed_is_a_conflict_and_not_overwritten()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("llms/reception/general.md", "Mine.\n");
        run.Edit("agents/chat.json", json => json["timezone"] = "America/New_York");
        run[WorkspaceRun.Staging].Change("RetellLlm", "llm_a1", new { general_prompt = "Theirs." });

        WorkspacePlan plan = await run.DiffAsync();
        WorkspaceReport push = await run.PushAsync();

        Assert.That(plan.Outcome, Is.EqualTo(WorkspaceOutcome.Conflict));
        Assert.That(plan.ToString(), Does.Contain("! llms/reception: changed in the files and on the server; pull first\n    general_prompt (both)"));
        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.PartlyApplied));
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { "PATCH updateChatAgent" }));
    }

    [Test]
    public async Task Update_that_the_server_refuses_with_412_is_a_conflict_and_not_retried()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("llms/reception/general.md", "Mine.\n");
        FakeRetellServer server = run[WorkspaceRun.Staging];
        server.When("updateRetellLLM", _ =>
        {
            server.Change("RetellLlm", "llm_a1", new { begin_message = "Somebody was faster." });
            return false;
        });

        WorkspaceReport push = await run.PushAsync();

        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Conflict), push.ToString());
        Assert.That(server.Requests.For("updateRetellLLM").Select(r => r.ResponseStatus), Is.EqualTo(new[] { 412 }));
    }

    [Test]
    public async Task Saved_plan_is_refused_after_a_change()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("llms/reception/general.md", "Mine.\n");
        run.Write("plan.json", (await run.DiffAsync()).ToJson());
        string plan = run.PathOf("plan.json");
        run.Write("llms/reception/general.md", "Mine, later.\n");

        WorkspaceReport stale = await run.PushAsync(options: new PushOptions { PlanFile = plan });
        Assert.That((stale.Outcome, run.Writes(WorkspaceRun.Staging).Count), Is.EqualTo((WorkspaceOutcome.Conflict, 0)));

        run.Write("llms/reception/general.md", "Mine.\n");
        WorkspaceReport fresh = await run.PushAsync(options: new PushOptions { PlanFile = plan });
        Assert.That((fresh.Outcome, run.Writes(WorkspaceRun.Staging).Count), Is.EqualTo((WorkspaceOutcome.Done, 1)));
    }

    [Test]
    public async Task Removed_object_is_deleted_only_with_prune_and_only_when_nothing_refers_to_it()
    {
        await using WorkspaceRun run = await PulledAsync();
        File.Delete(run.PathOf("tests/reception/books-a-table.json"));

        WorkspaceReport kept = await run.PushAsync();
        Assert.That((kept.Outcome, run.Writes(WorkspaceRun.Staging).Count), Is.EqualTo((WorkspaceOutcome.Done, 0)));
        WorkspaceReport pruned = await run.PushAsync(options: new PushOptions { Prune = true });
        Assert.That(pruned.Outcome, Is.EqualTo(WorkspaceOutcome.Done), pruned.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { "DELETE deleteTestCaseDefinition" }));

        Directory.Delete(run.PathOf("components/collect-the-name"), recursive: true);
        WorkspaceReport used = await run.PushAsync(options: new PushOptions { Prune = true });
        Assert.That(used.Entries.Single().Message, Is.EqualTo("flows/chat still refers to it"));
        Assert.That(run.Writes(WorkspaceRun.Staging), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Number_taken_out_of_the_file_is_never_released()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("numbers/staging.json", "{}");

        WorkspaceReport push = await run.PushAsync(options: new PushOptions { Prune = true });

        Assert.That(push.Entries.Single().Action, Is.EqualTo("forget"));
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.Empty);
    }

    [Test]
    public async Task Key_of_another_organization_is_refused()
    {
        await using WorkspaceRun run = await PulledAsync(json => json["environments"]!["production"]!["org_id"] = "org_other");

        WorkspaceException? error = await Assert.ThrowsAsync<WorkspaceException>(() => run.PushAsync(WorkspaceRun.Production));

        Assert.That(error!.Message, Does.Contain("belongs to the organization org_production"));
        Assert.That(run.Writes(WorkspaceRun.Production), Is.Empty);
    }

    [Test]
    public async Task Protected_environment_has_to_be_confirmed()
    {
        await using WorkspaceRun run = await PulledAsync(json => json["environments"]!["staging"]!["protected"] = true);
        run.Write("llms/reception/general.md", "Mine.\n");

        await Assert.ThrowsAsync<WorkspaceException>(() => run.PushAsync());
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.Empty);
        await run.PushAsync(options: new PushOptions { Confirm = "staging" });
        Assert.That(run.Writes(WorkspaceRun.Staging), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Reference_to_nothing_names_file_and_member()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Edit("agents/reception.json", json => json["response_engine"]!["llm_id"] = "@llms/nowhere");

        WorkspaceException? error = await Assert.ThrowsAsync<WorkspaceException>(() => run.DiffAsync());

        Assert.That((error!.File, error.Member), Is.EqualTo(("agents/reception.json", "response_engine.llm_id")));
    }

    [Test]
    public async Task Changed_source_of_a_knowledge_base_is_added_before_the_old_one_is_deleted()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("knowledge/menu-hours/texts/hours.md", "Open from 10 to 6.\n");
        run.Edit("knowledge/menu-hours/kb.json", json => json["knowledge_base_urls"] = new JArray("https://www.example.com/other"));

        WorkspaceReport push = await run.PushAsync();

        Assert.That(push.Entries.Single().Message, Is.EqualTo("https://www.example.com/menu is not in the files any more; prune deletes it"), push.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { "POST addKnowledgeBaseSources", "DELETE deleteKnowledgeBaseSource" }));
        FakeRequest deleted = run[WorkspaceRun.Staging].Requests.Only("deleteKnowledgeBaseSource");
        Assert.That(deleted.RawPath, Does.EndWith("/source/source_1"));
        JObject added = (JObject)run[WorkspaceRun.Staging].Requests.Only("addKnowledgeBaseSources").JsonBody!;
        Assert.That((string?)added["knowledge_base_texts"]![0]!["text"], Is.EqualTo("Open from 10 to 6."));
        Assert.That(added["knowledge_base_urls"]!.Values<string>(), Is.EqualTo(new[] { "https://www.example.com/other" }));
    }

    [Test]
    public async Task Source_that_cannot_be_downloaded_is_a_stub_and_never_deleted()
    {
        await using WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        await run.PullAsync(adopt: true);
        Assert.That((bool?)run.ReadJson("knowledge/menu-hours/kb.json")["knowledge_base_texts"]![0]!["$stub"], Is.True);
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
        run.Edit("knowledge/menu-hours/kb.json", json => json.Remove("knowledge_base_texts"));

        await run.PushAsync(options: new PushOptions { Prune = true });

        Assert.That(run.Writes(WorkspaceRun.Staging), Is.Empty);
    }

    [Test]
    public async Task Failure_stops_what_depends_on_it_and_the_rest_goes_on()
    {
        await using WorkspaceRun run = await PulledAsync();
        run[WorkspaceRun.Production].When("createConversationFlow").Respond(402, new { status = "error", message = "A card is needed." });

        WorkspaceReport push = await run.PushAsync(WorkspaceRun.Production);

        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.PartlyApplied));
        Assert.That(push.Entries.Where(e => e.Status == WorkspaceStatus.Failed).Select(e => e.Address.ToString()), Is.EqualTo(new[] { "flows/chat" }));
        Assert.That(push.Entries.Where(e => e.Status == WorkspaceStatus.Blocked).Select(e => e.Address.ToString()), Does.Contain("agents/chat"));
        run[WorkspaceRun.Production].ClearRules();
        run[WorkspaceRun.Production].When("getApiKeyInfo").Respond(200, new { org_id = "org_production", org_name = "p", api_key_name = "ci" });
        WorkspaceReport again = await run.PushAsync(WorkspaceRun.Production);
        Assert.That(again.Outcome, Is.EqualTo(WorkspaceOutcome.Done), again.ToString());
        Assert.That((await run.DiffAsync(WorkspaceRun.Production)).ToString(), Is.Empty);
    }

    private static JObject Sent(WorkspaceRun run) =>
        (JObject)run[WorkspaceRun.Staging].Requests.Last(r => r.Method is "PATCH" or "PUT").JsonBody!;
}
