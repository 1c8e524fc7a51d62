using Newtonsoft.Json.Linq;
using Retell.Workspaces.Model;
using Retell.Workspaces.Plans;
using Retell.Workspaces.Remote;

namespace Retell.Workspaces.Runner;

/// <summary>Runs the test cases of engines at the version of the draft, and records for which content they passed.</summary>
internal sealed class Tester(Session session)
{
    public async Task<WorkspaceTestReport> TestAsync(Func<ResourceAddress, bool> selector, double minPass, CancellationToken cancellationToken)
    {
        SortedDictionary<ResourceAddress, ResourceState> states = await new StateReader(session).ReadAsync(_ => true, cancellationToken).ConfigureAwait(false);
        var content = new Content(session, states);
        var results = new List<WorkspaceTestResult>();
        bool isFailed = false;
        foreach (var suite in states.Values
            .Where(state => state is { Address.Kind: ResourceKind.TestCase, Local: not null } && selector(state.Address))
            .GroupBy(state => ResourceShape.EngineReference(state.Local!)).Where(suite => suite.Key is not null).OrderBy(suite => suite.Key!.Value))
        {
            ResourceAddress engine = suite.Key!.Value;
            if (suite.Select(test => content.Unsettled(test.Address)).FirstOrDefault(part => part is not null) is ResourceAddress stale)
            {
                string reason = $"{stale} differs between the files and the server. Pull and push first.";
                results.AddRange(suite.Select(test => new WorkspaceTestResult(test.Address, engine, null, "stale", reason)));
                continue;
            }

            List<WorkspaceTestResult> ran = await RunAsync(engine, states[engine].Item!, [.. suite], cancellationToken).ConfigureAwait(false);
            results.AddRange(ran);
            int passed = ran.Count(result => result.IsPassed);
            bool isEnough = passed >= minPass * ran.Count;
            isFailed |= !isEnough;
            int all = states.Values.Count(state => state is { Address.Kind: ResourceKind.TestCase, Local: not null } && ResourceShape.EngineReference(state.Local) == engine);
            if (ran.Count == all)
            {
                session.Lock.SetFact(
                    engine, "tested", new JObject { ["content"] = content.Hash(engine), ["passed"] = isEnough, ["pass_count"] = passed, ["total_count"] = all });
            }
        }

        WorkspaceOutcome outcome = isFailed ? WorkspaceOutcome.TestsFailed : results.Exists(result => result.Status == "stale") ? WorkspaceOutcome.Conflict : WorkspaceOutcome.Done;
        return new([.. results.OrderBy(result => result.Address)], outcome);
    }

    private async Task<List<WorkspaceTestResult>> RunAsync(ResourceAddress engine, RemoteItem item, List<ResourceState> tests, CancellationToken cancellationToken)
    {
        JObject used = new EngineId(engine.Kind, item.Id).ToJson();
        if (item.Version is long version)
        {
            used["version"] = version;
        }

        session.Progress?.Report($"Testing {engine}");
        JObject batch = await session.Api.SendAsync(
            HttpMethod.Post,
            "/create-batch-test",
            new JObject { ["test_case_definition_ids"] = new JArray(tests.Select(test => test.Id)), ["response_engine"] = used },
            cancellationToken).ConfigureAwait(false);
        string id = Uri.EscapeDataString((string)batch["test_case_batch_job_id"]!);
        while ((string?)batch["status"] == "in_progress")
        {
            await Task.Delay(session.Options.PollInterval, session.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            batch = await session.Api.SendAsync(HttpMethod.Get, "/get-batch-test/" + id, null, cancellationToken).ConfigureAwait(false);
        }

        var runs = new Dictionary<string, JObject>(StringComparer.Ordinal);
        await foreach (JObject run in session.Api.PagesAsync(HttpMethod.Get, "/v2/list-test-runs/" + id, null, cancellationToken).ConfigureAwait(false))
        {
            runs[(string?)run["test_case_definition_id"] ?? ""] = run;
        }

        return [.. tests.Select(test => runs.TryGetValue(test.Id!, out JObject? run)
            ? new WorkspaceTestResult(test.Address, engine, item.Version, (string?)run["status"] ?? "error", (string?)run["result_explanation"])
            : new WorkspaceTestResult(test.Address, engine, item.Version, "error", "The API returned no result."))];
    }
}
