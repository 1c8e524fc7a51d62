using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Workspaces;

namespace Retell.Tests.Workspaces;

/// <summary>A push that ends anywhere is completed by the next one: nothing is done twice, and nothing is lost.</summary>
public class InterruptionTests
{
    private const string State = ".retell/production";

    private static readonly string[] s_lists =
        ["/list-knowledge-bases", "/v2/list-conversation-flow-components", "/v2/list-retell-llms", "/v2/list-conversation-flows", "/v2/list-agents"];

    [Test]
    public async Task Push_that_is_killed_after_any_request_is_completed_by_the_next_one([Values] bool changes)
    {
        await using WorkspaceRun run = await PreparedAsync();
        int last = int.MaxValue;
        for (int n = 1; n <= last; n++)
        {
            await ResetAsync(run, changes);
            using var source = new CancellationTokenSource();
            using var killer = new Killer(n, source);
            using RetellClient client = run[WorkspaceRun.Production].CreateClient(options =>
            {
                options.HttpMessageHandler = killer;
                options.MaxRetries = 0;
            });
            try
            {
                await run.Workspace.PushAsync(WorkspaceRun.Production, client, cancellationToken: source.Token);
                last = n;
            }
            catch (OperationCanceledException)
            {
                // The process is gone.
            }

            await AssertCompletedAsync(run, $"after request {n}");
        }

        Assert.That(last, Is.GreaterThan(20));
    }

    [TestCase(500)]
    [TestCase(429)]
    [TestCase(402)]
    [TestCase(412)]
    [TestCase(0)]
    public async Task Push_with_a_fault_in_any_request_is_completed_by_the_next_one(int status)
    {
        await using WorkspaceRun run = await PreparedAsync();
        int last = int.MaxValue;
        for (int n = 1; n <= last; n++)
        {
            await ResetAsync(run, changes: n % 2 == 0);
            FakeRetellServer server = run[WorkspaceRun.Production];
            server.ClearRules();
            int count = 0;
            FakeRule rule = server.WhenAny(request => Interlocked.Increment(ref count) == n);
            _ = status == 0 ? rule.LoseResponse() : rule.Respond(status, new { status = "error", message = "Injected." });
            SetOrganization(server);
            try
            {
                await run.PushAsync(WorkspaceRun.Production);
            }
            catch (RetellException)
            {
                // The state could not be read, and nothing was done.
            }

            last = count < n ? n : last;
            server.ClearRules();
            SetOrganization(server);
            await AssertCompletedAsync(run, $"{status} at request {n}");
        }

        Assert.That(last, Is.GreaterThan(20));
    }

    private static async Task<WorkspaceRun> PreparedAsync()
    {
        WorkspaceRun run = await WorkspaceRun.StartAsync();
        FullAccount.Complete(run);
        FullAccount.Seed(run[WorkspaceRun.Staging]);
        await run.PullAsync(adopt: true);
        return run;
    }

    /// <summary>Starts again with an empty second environment, or with one that has all but the last changes.</summary>
    private static async Task ResetAsync(WorkspaceRun run, bool changes)
    {
        FakeRetellServer server = run[WorkspaceRun.Production];
        server.Reset();
        SetOrganization(server);
        if (Directory.Exists(run.PathOf(State)))
        {
            Directory.Delete(run.PathOf(State), recursive: true);
        }

        Change(run, "before");
        if (changes)
        {
            await run.PushAsync(WorkspaceRun.Production);
            await run.PublishAsync(WorkspaceRun.Production);
            Change(run, "after");
        }
    }

    private static void Change(WorkspaceRun run, string text)
    {
        run.Write("llms/reception/general.md", text + "\n");
        run.Write("flows/chat/global.md", text + "\n");
        run.Write("components/collect-the-name/nodes/ask.md", text + "\n");
        run.Write("knowledge/menu-hours/texts/hours.md", text + "\n");
        run.Edit("agents/reception.json", json => json["agent_name"] = text);
        run.Edit("agents/chat.json", json => json["auto_close_message"] = text);
        run.Edit("tests/reception/books-a-table.json", json => json["user_prompt"] = text);
    }

    private static async Task AssertCompletedAsync(WorkspaceRun run, string when)
    {
        SortedDictionary<string, string> files = run.Files();
        WorkspaceReport completed = await run.PushAsync(WorkspaceRun.Production);
        Assert.That(completed.Outcome, Is.EqualTo(WorkspaceOutcome.Done), $"{when}: {completed}");
        Assert.That((await run.DiffAsync(WorkspaceRun.Production)).ToString(), Is.Empty, when);
        Assert.That((await run.PushAsync(WorkspaceRun.Production)).ToString(), Is.Empty, when);
        Assert.That(File.Exists(run.PathOf(State + "/intents.json")), Is.False, when);
        WorkspaceReport pulled = await run.PullAsync(WorkspaceRun.Production);
        Assert.That(pulled.ToString(), Is.Empty, $"{when}: nothing is on the server that the workspace does not own");
        Assert.That(run.Files(), Is.EqualTo(files), when);
        using RetellClient client = run.Client(WorkspaceRun.Production);
        foreach (string list in s_lists)
        {
            JToken found = await client.SendAsync<JToken>(list == "/v2/list-agents" ? HttpMethod.Post : HttpMethod.Get, list, list == "/v2/list-agents" ? new JObject() : null);
            Assert.That((found as JArray ?? (JArray)found["items"]!).Count, Is.EqualTo(list == "/v2/list-agents" ? 2 : 1), $"{when}: {list}");
            if (found is JArray knowledge)
            {
                Assert.That(knowledge[0]["knowledge_base_sources"]!.Count(), Is.EqualTo(3), $"{when}: sources");
            }
        }
    }

    private static void SetOrganization(FakeRetellServer server) =>
        server.When("getApiKeyInfo").Respond(200, new { org_id = "org_production", org_name = "production", api_key_name = "ci" });

    /// <summary>Ends the process, so to say, after a request was carried out and before its response is seen.</summary>
    private sealed class Killer(int after, CancellationTokenSource process) : DelegatingHandler(new SocketsHttpHandler())
    {
        private int _count;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            if (++_count < after)
            {
                return response;
            }

            response.Dispose();
            await process.CancelAsync();
            throw new OperationCanceledException(process.Token);
        }
    }
}
