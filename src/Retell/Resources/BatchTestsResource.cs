using Retell.Models;

namespace Retell;

public partial class BatchTestsResource
{
    /// <summary>Creates a batch test, which runs test cases.</summary>
    /// <param name="testCaseIds">The IDs of the test cases, at most 1000.</param>
    /// <param name="responseEngine">The response engine to test, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request. A batch test that has started continues.</param>
    /// <returns>The batch test, which is in progress.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="testCaseIds"/> or <paramref name="responseEngine"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>
    /// Calls <c>POST /create-batch-test</c> (<c>createBatchTest</c>). The operation costs money. It is retried only if the API certainly did not
    /// process the request.
    /// </remarks>
    public virtual Task<BatchTest> CreateAsync(
        IEnumerable<string> testCaseIds,
        IRetellResponseEngine responseEngine,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateBatchTestRequest
            {
                TestCaseDefinitionIds = ListOf(NotNull(testCaseIds)),
                ResponseEngine = NotNull(responseEngine),
            }, (nameof(CreateBatchTestRequest.TestCaseDefinitionIds), nameof(testCaseIds))),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Lists the batch tests of an LLM. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="llmId">The ID of the LLM.</param>
    /// <param name="version">The version of the LLM, or null for the latest.</param>
    /// <param name="pageSize">The maximum number of batch tests per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The batch tests.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>GET /v2/list-batch-tests</c> (<c>listBatchTests</c>).</remarks>
    public virtual Pager<BatchTest> ListByLlmAsync(
        string llmId,
        long? version = null,
        long? pageSize = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(llmId);
        return ListAsync(ResponseEngineType.RetellLlm, llmId, conversationFlowId: null, version, pageSize, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Lists the batch tests of a conversation flow. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="conversationFlowId">The ID of the conversation flow.</param>
    /// <param name="version">The version of the conversation flow, or null for the latest.</param>
    /// <param name="pageSize">The maximum number of batch tests per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The batch tests.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>GET /v2/list-batch-tests</c> (<c>listBatchTests</c>).</remarks>
    public virtual Pager<BatchTest> ListByConversationFlowAsync(
        string conversationFlowId,
        long? version = null,
        long? pageSize = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(conversationFlowId);
        return ListAsync(ResponseEngineType.ConversationFlow, llmId: null, conversationFlowId, version, pageSize, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Waits until all test cases of a batch test have run.</summary>
    /// <param name="batchTestId">The ID of the batch test.</param>
    /// <param name="timeout">The maximum time to wait, or null for the default of 30 minutes. <see cref="Timeout.InfiniteTimeSpan"/> waits without a limit.</param>
    /// <param name="progress">The object that receives the state after each read, or null for none.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the wait.</param>
    /// <returns>The completed batch test, with the number of test cases that passed.</returns>
    /// <exception cref="ArgumentException"><paramref name="batchTestId"/> is null or empty, or <paramref name="timeout"/> is zero, negative or more than 24 days.</exception>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    /// <exception cref="RetellOperationFailedException">The batch test failed as a whole.</exception>
    /// <exception cref="RetellTimeoutException">The time to wait has elapsed. The message contains the last status.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>The status is read at once, again after 1 second, and then less and less often, up to every 10 seconds.</remarks>
    public virtual Task<BatchTest> WaitUntilCompleteAsync(
        string batchTestId,
        TimeSpan? timeout = null,
        IProgress<BatchTest>? progress = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(batchTestId);
        return Waiter.WaitAsync(
            new WaitGoal<BatchTest>(
                $"Batch test \"{batchTestId}\"",
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
