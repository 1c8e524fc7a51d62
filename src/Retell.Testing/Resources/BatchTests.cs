using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Batch tests: they run all their test cases, and each run passes unless a test changes it before.</summary>
internal sealed class BatchTests(ResourceContext context) : Resource(context, "batch-test")
{
    private static readonly string[] s_results = ["pass", "fail", "error"];

    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createBatchTest", CreateBatch),
        new("getBatchTest", Get),
        new("listBatchTests", List),
        new("listBatchTestsV1", List),
    ];

    private ResourceKind Runs => Store.Kind("test-run");

    private FakeResponse CreateBatch(FakeRequest request)
    {
        JObject body = Body(request);
        string[] ids = [.. body["test_case_definition_ids"]!.Select(id => (string)id!)];
        ResourceKind definitions = Store.Kind("test-case-definition");
        if (Array.Find(ids, id => Store.Find(definitions, id) is null) is string unknown)
        {
            return NotFound(definitions, unknown);
        }

        StoredItem batch = Add(Kind, ApiDocument.Name(request.Operation!.Response)!, ObjectMembers.With(
            body, new("status", "in_progress"), new("total_count", ids.Length), new("pass_count", 0), new("fail_count", 0), new("error_count", 0)));
        StoredItem[] runs = [.. ids.Select(Run)];
        Context.Schedule.After(Store.Options.Timings.BatchTestTakes, Kind, batch, () => Complete(batch, runs));
        return Success(request, batch.Value);

        StoredItem Run(string id)
        {
            StoredItem run = Add(Runs, ApiDocument.Name(Runs.Schema)!, new()
            {
                ["status"] = "in_progress",
                ["test_case_definition_id"] = id,
                ["test_case_definition_snapshot"] = Store.Find(definitions, id)!.Value.DeepClone(),
            });
            run.Facts[TestRuns.Batch] = batch.Value[TestRuns.Batch];
            return run;
        }
    }

    private void Complete(StoredItem batch, StoredItem[] runs)
    {
        foreach (StoredItem run in runs.Where(r => (string?)r.Value["status"] is "in_progress" or "pending"))
        {
            Store.Change(Runs, run, [new("status", "pass"), new("user_modified_timestamp", Store.Now)]);
        }

        Store.Change(Kind, batch, [
            new("status", "complete"), new("user_modified_timestamp", Store.Now),
            .. s_results.Select(status => new JProperty(status + "_count", runs.Count(r => (string?)r.Value["status"] == status))),
        ]);
    }
}
