using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>Batch tests and their runs.</summary>
internal sealed class TestAnswers(AnswerKit kit, Listing listing)
{
    private const string Batch = "test_case_batch_job_id";
    private const string Definition = "test_case_definition_id";

    public IEnumerable<KeyValuePair<string, Func<FakeRequest, FakeResponse?>>> All =>
        [new("createBatchTest", Create), new("listTestRuns", ListRuns), new("listTestRunsV1", ListRuns)];

    private Store Store => kit.Store;

    private FakeResponse? Create(FakeRequest request)
    {
        (ResourceKind batches, ResourceKind runs) = (Store.Kind("batch-test"), Store.Kind("test-run"));
        JObject body = AnswerKit.Body(request);
        string[] ids = [.. body["test_case_definition_ids"]!.Select(id => (string)id!)];
        ResourceKind definitions = Store.Kind("test-case-definition");
        if (Array.Find(ids, id => Store.Find(definitions, id) is null) is string unknown)
        {
            return AnswerKit.NotFound(definitions, unknown);
        }

        StoredItem batch = kit.Create(batches, ApiDocument.Name(request.Operation!.Response)!, new(body)
        {
            ["status"] = "in_progress",
            ["total_count"] = ids.Length,
            ["pass_count"] = 0,
            ["fail_count"] = 0,
            ["error_count"] = 0,
        });
        StoredItem[] own = [.. ids.Select(Run)];
        kit.Lifecycle.Run(batch, own);
        return AnswerKit.Success(request.Operation, batch.Value);

        StoredItem Run(string id)
        {
            StoredItem run = kit.Create(runs, ApiDocument.Name(runs.Schema)!, new()
            {
                ["status"] = "in_progress",
                [Definition] = id,
                ["test_case_definition_snapshot"] = Store.Find(definitions, id)!.Value.DeepClone(),
            });
            run.Facts[Batch] = batch.Value[Batch];
            return run;
        }
    }

    private FakeResponse? ListRuns(FakeRequest request)
    {
        ResourceKind batches = Store.Kind("batch-test");
        string id = request.PathValues[Batch];
        if (Store.Find(batches, id) is not { } batch)
        {
            return AnswerKit.NotFound(batches, id);
        }

        // Runs that were seeded belong to every batch that was not created here.
        IEnumerable<JObject> runs = Store.Kind("test-run").Newest.Where(r => ((string?)r.Facts[Batch] ?? id) == id).Select(r => r.Value);
        return batch.IsSample && !runs.Any()
            ? null
            : listing.Page(request.Operation!, Store.Map[request.Operation!], runs, run => (string?)run["test_case_job_id"], request);
    }
}
