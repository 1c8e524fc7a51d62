using Retell.Models;

namespace Retell;

public partial class BatchTestsResource
{
    /// <summary>Runs test cases. It costs money and is never repeated unless the API surely did not carry it out. Calls <c>createBatchTest</c>.</summary>
    /// <param name="testCaseIds">The ids of the test cases, at most 1000.</param>
    /// <param name="responseEngine">What is tested, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">Stops the request; a test that has begun goes on.</param>
    /// <returns>The batch test, in progress.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="testCaseIds"/> or <paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<BatchTest> CreateAsync(IEnumerable<string> testCaseIds, IRetellResponseEngine responseEngine, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateBatchTestRequest
            {
                TestCaseDefinitionIds = ListOf(NotNull(testCaseIds)),
                ResponseEngine = NotNull(responseEngine),
            }, (nameof(CreateBatchTestRequest.TestCaseDefinitionIds), nameof(testCaseIds))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Lists the batch tests of an LLM, page by page while the list is enumerated. Calls <c>listBatchTests</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="version">The version of the LLM; by default the latest.</param>
    /// <param name="pageSize">How many batch tests one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The batch tests.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<BatchTest> ListByLlmAsync(string llmId, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(llmId);
        return ListAsync(ResponseEngineType.RetellLlm, llmId, conversationFlowId: null, version, pageSize, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Lists the batch tests of a conversation flow, page by page while the list is enumerated. Calls <c>listBatchTests</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="version">The version of the conversation flow; by default the latest.</param>
    /// <param name="pageSize">How many batch tests one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The batch tests.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<BatchTest> ListByConversationFlowAsync(string conversationFlowId, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(conversationFlowId);
        return ListAsync(ResponseEngineType.ConversationFlow, llmId: null, conversationFlowId, version, pageSize, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Waits until all test cases of a batch test have run. It is read again after a second, and then less and less often, up to every 10 seconds.</summary>
    /// <param name="batchTestId">The id of the batch test.</param>
    /// <param name="timeout">How long to wait; by default 30 minutes, <see cref="Timeout.InfiniteTimeSpan"/> for as long as it takes.</param>
    /// <param name="progress">Gets to know what was read, each time.</param>
    /// <param name="options">What the calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>The batch test, complete; its counts say how many test cases passed.</returns>
    /// <exception cref="ArgumentException"><paramref name="batchTestId"/> is null or empty, or <paramref name="timeout"/> is not more than zero.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="RetellOperationFailedException">The batch test failed as a whole.</exception>
    /// <exception cref="RetellTimeoutException">The time is over; the message says what was read last.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<BatchTest> WaitUntilCompleteAsync(string batchTestId, TimeSpan? timeout = null, IProgress<BatchTest>? progress = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(batchTestId);
        return Waiter.WaitAsync(
            new WaitGoal<BatchTest>(
                $"Batch test {batchTestId}",
                "complete",
                test => test.Status.Value,
                test => test.Status == BatchTestStatus.Complete,
                test => test.Status == "error"),
            token => GetAsync(batchTestId, options: options, cancellationToken: token),
            timeout ?? TimeSpan.FromMinutes(30),
            progress,
            cancellationToken);
    }
}
