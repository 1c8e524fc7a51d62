using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>The runs of the test cases of a batch test.</summary>
internal sealed class TestRuns(ResourceContext context) : Resource(context, "test-run")
{
    /// <summary>The fact about a run that says which batch test it belongs to.</summary>
    public const string Batch = "test_case_batch_job_id";

    public override IEnumerable<OperationEntry> Entries =>
    [
        new("getTestRun", Get),
        new("listTestRuns", ListOfBatch),
        new("listTestRunsV1", ListOfBatch),
    ];

    private FakeResponse ListOfBatch(FakeRequest request) => OnItem(request, Store.Kind("batch-test"), batch =>
    {
        // Runs that were seeded belong to every batch test that was not created here.
        string id = request.PathValues[Batch];
        IEnumerable<JObject> runs = Kind.Newest.Where(run => ((string?)run.Facts[Batch] ?? id) == id).Select(run => run.Value);
        return batch.IsSample && !runs.Any()
            ? List(request)
            : Listing.Page(request.Operation!, Store.Map[request.Operation!], runs, run => (string?)run["test_case_job_id"], request);
    });
}
