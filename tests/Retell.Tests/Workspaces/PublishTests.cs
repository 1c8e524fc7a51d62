using Newtonsoft.Json.Linq;
using Retell.Workspaces;

namespace Retell.Tests.Workspaces;

public class PublishTests
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

    private static PublishOptions Reception(long? to = null) => new() { To = to, Title = "Spring menu", Selectors = { "agents/reception" } };

    private static async Task<JToken?> VersionOfNumberAsync(WorkspaceRun run)
    {
        using RetellClient client = run.Client();
        return (await client.SendAsync<JObject>(HttpMethod.Get, "/get-phone-number/%2B14157774444"))["inbound_agents"]![0]!["agent_version"];
    }

    [Test]
    public async Task Publish_moves_only_the_numbers_that_follow()
    {
        await using WorkspaceRun run = await PulledAsync();
        run[WorkspaceRun.Staging].Seed("PhoneNumber", new JObject
        {
            ["phone_number"] = "+14157774445",
            ["phone_number_type"] = "retell-twilio",
            ["inbound_agents"] = new JArray(new JObject { ["agent_id"] = "agent_a1", ["agent_version"] = 0, ["weight"] = 1 }),
        });
        await run.PullAsync(adopt: true);
        run.Edit("numbers/staging.json", json => json["+14157774444"]!["inbound_agents"]![0]!["agent_version"] = "@published");
        WorkspaceReport waiting = await run.PushAsync();
        Assert.That(waiting.Entries.Single().Message, Does.Contain("waits until"));
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.Empty);

        WorkspaceReport first = await run.PublishAsync(options: Reception());

        Assert.That(first.Outcome, Is.EqualTo(WorkspaceOutcome.Done), first.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.EqualTo(new[] { "POST publishAgentVersion", "PATCH updatePhoneNumber" }));
        JObject published = (JObject)run[WorkspaceRun.Staging].Requests.Only("publishAgentVersion").JsonBody!;
        Assert.That(JToken.DeepEquals(published, new JObject { ["version"] = 0, ["version_title"] = "Spring menu" }), Is.True, published.ToString());
        Assert.That((long?)await VersionOfNumberAsync(run), Is.Zero);
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
        await run.PullAsync();
        Assert.That((string?)run.ReadJson("numbers/staging.json")["+14157774444"]!["inbound_agents"]![0]!["agent_version"], Is.EqualTo("@published"));
    }

    [Test]
    public async Task Change_of_a_published_agent_goes_into_a_new_draft_and_rollback_restores_the_version()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Edit("numbers/staging.json", json => json["+14157774444"]!["inbound_agents"]![0]!["agent_version"] = "@published");
        await run.PublishAsync(options: Reception());
        int before = run[WorkspaceRun.Staging].Requests.Count;
        run.Edit("agents/reception.json", json => json["volume"] = 1.5);

        WorkspaceReport push = await run.PushAsync();
        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Done), push.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging, before), Is.EqualTo(new[] { "POST createAgentVersion", "PATCH updateAgent" }));
        Assert.That(run[WorkspaceRun.Staging].Requests.Only("updateAgent").QueryValues("version"), Is.EqualTo(new[] { "1" }));
        Assert.That((long?)await VersionOfNumberAsync(run), Is.Zero, "a push publishes nothing");

        await run.PublishAsync(options: Reception());
        Assert.That((long?)await VersionOfNumberAsync(run), Is.EqualTo(1));
        WorkspaceReport back = await run.PublishAsync(options: Reception(to: 0));
        Assert.That(back.Outcome, Is.EqualTo(WorkspaceOutcome.Done), back.ToString());
        Assert.That((long?)await VersionOfNumberAsync(run), Is.Zero);
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
        WorkspaceReport unknown = await run.PublishAsync(options: Reception(to: 7));
        Assert.That(unknown.Outcome, Is.EqualTo(WorkspaceOutcome.PartlyApplied));
    }

    [Test]
    public async Task Publish_of_content_that_was_not_pushed_is_refused()
    {
        await using WorkspaceRun run = await PulledAsync();
        run.Write("knowledge/menu-hours/texts/hours.md", "Closed.\n");

        WorkspaceReport report = await run.PublishAsync(options: Reception());

        Assert.That(report.Entries.Single().ToString(), Does.StartWith("conflict: publish agents/reception: knowledge/menu-hours differs"));
        Assert.That(run.Writes(WorkspaceRun.Staging), Is.Empty);
    }

    [Test]
    public async Task Gate_opens_only_for_the_content_that_passed()
    {
        await using WorkspaceRun run = await PulledAsync(json => json["environments"]!["staging"]!["gate"] = true);

        Assert.That((await run.PublishAsync(options: Reception())).Outcome, Is.EqualTo(WorkspaceOutcome.TestsFailed));
        WorkspaceTestReport tests = await run.TestAsync();
        Assert.That(tests.Results.Select(r => $"{r.Address} {r.Engine} {r.Status}"), Is.EqualTo(new[] { "tests/reception/books-a-table llms/reception pass" }));
        run.Write("llms/reception/general.md", "Changed after the tests.\n");
        await run.PushAsync();
        Assert.That((await run.PublishAsync(options: Reception())).Outcome, Is.EqualTo(WorkspaceOutcome.TestsFailed));
        Assert.That(run.Writes(WorkspaceRun.Staging), Does.Not.Contain("POST publishAgentVersion"));
        await run.TestAsync();
        WorkspaceReport published = await run.PublishAsync(options: Reception());
        Assert.That(published.Outcome, Is.EqualTo(WorkspaceOutcome.Done), published.ToString());
    }

    [Test]
    public async Task Failed_test_is_in_the_report_and_in_JUnit()
    {
        await using WorkspaceRun run = await PulledAsync();
        run[WorkspaceRun.Staging].When("listTestRuns").Respond(200, new JObject
        {
            ["has_more"] = false,
            ["items"] = new JArray(new JObject { ["test_case_definition_id"] = "test_case_a1", ["status"] = "fail", ["result_explanation"] = "No table <b>" }),
        });

        WorkspaceTestReport report = await run.TestAsync();

        Assert.That(report.Outcome, Is.EqualTo(WorkspaceOutcome.TestsFailed));
        Assert.That(report.ToJUnit().ToString(), Is.EqualTo("""
            <testsuites>
              <testsuite name="llms/reception" tests="1" failures="1" errors="0">
                <testcase classname="llms/reception" name="reception/books-a-table">
                  <failure message="No table &lt;b&gt;" />
                </testcase>
              </testsuite>
            </testsuites>
            """.ReplaceLineEndings()));
        Assert.That((await run.TestAsync(options: new TestOptions { MinPass = 0 })).Outcome, Is.EqualTo(WorkspaceOutcome.Done));
    }

    [Test]
    public async Task Change_of_the_engine_of_a_published_agent_goes_into_the_draft_of_the_engine()
    {
        await using WorkspaceRun run = await PulledAsync();
        await run.PublishAsync(options: Reception());
        int before = run[WorkspaceRun.Staging].Requests.Count;
        run.Write("llms/reception/general.md", "For the draft.\n");

        WorkspaceReport push = await run.PushAsync();

        Assert.That(push.Outcome, Is.EqualTo(WorkspaceOutcome.Done), push.ToString());
        Assert.That(run.Writes(WorkspaceRun.Staging, before), Is.EqualTo(new[] { "POST createAgentVersion", "PATCH updateRetellLLM" }));
        using RetellClient client = run.Client();
        JObject draft = await client.SendAsync<JObject>(HttpMethod.Get, "/get-agent/agent_a1");
        long engine = (long)draft["response_engine"]!["version"]!;
        Assert.That(run[WorkspaceRun.Staging].Requests.Only("updateRetellLLM").QueryValues("version"), Is.EqualTo(new[] { $"{engine}" }));
        JObject published = await client.SendAsync<JObject>(HttpMethod.Get, "/get-agent/agent_a1?version=latest_published");
        JObject live = await client.SendAsync<JObject>(HttpMethod.Get, $"/get-retell-llm/llm_a1?version={published["response_engine"]!["version"]}");
        Assert.That((string?)live["general_prompt"], Does.StartWith("You are {{name}}."), "callers still hear the published prompt");
        Assert.That((await run.DiffAsync()).ToString(), Is.Empty);
        Assert.That((await run.PushAsync()).ToString(), Is.Empty);
    }
}
