using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>What became of each test case of a batch test.</summary>
public class TestRunsResource
{
    private readonly TestRunsClient? _raw;

    /// <summary>For test doubles.</summary>
    protected TestRunsResource()
    {
    }

    internal TestRunsResource(TestRunsClient raw) => _raw = raw;

    private TestRunsClient Raw => Resource.Required(_raw);

    /// <summary>Reads a test run. Calls <c>getTestRun</c>.</summary>
    /// <param name="testRunId">The id of the test run.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The test run.</returns>
    /// <exception cref="ArgumentException"><paramref name="testRunId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TestRun> GetAsync(string testRunId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetTestRunAsync(Resource.NotEmpty(testRunId), options, cancellationToken);

    /// <summary>Lists the test runs of a batch test, page by page while the list is enumerated. Calls <c>listTestRuns</c>.</summary>
    /// <param name="batchTestId">The id of the batch test.</param>
    /// <param name="pageSize">How many test runs one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The test runs.</returns>
    /// <exception cref="ArgumentException"><paramref name="batchTestId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<TestRun> ListAsync(string batchTestId, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(batchTestId);
        return Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListTestRunsAsync(batchTestId, pageSize, key, options, token),
            page => new Page<TestRun>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);
    }
}
