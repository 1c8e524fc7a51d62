using Retell.Models;

namespace Retell;

public partial class TestCasesResource
{
    /// <summary>Creates a test case. Calls <c>createTestCaseDefinition</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="responseEngine">What is tested, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="userPrompt">What the simulated user is and wants.</param>
    /// <param name="metrics">What the answers are measured by.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The test case.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="userPrompt"/> is null or empty, or <paramref name="responseEngine"/> or <paramref name="metrics"/> is null.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public virtual Task<TestCase> CreateAsync(string name, IRetellResponseEngine responseEngine, string userPrompt, IEnumerable<string> metrics, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            Made(new CreateTestCaseRequest
            {
                Name = NotEmpty(name),
                ResponseEngine = NotNull(responseEngine),
                UserPrompt = NotEmpty(userPrompt),
                Metrics = ListOf(NotNull(metrics)),
            }),
            options: options,
            cancellationToken: cancellationToken);

    /// <summary>Lists the test cases of an LLM, page by page while the list is enumerated. Calls <c>listTestCaseDefinitions</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="version">The version of the LLM; by default the latest.</param>
    /// <param name="pageSize">How many test cases one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<TestCase> ListByLlmAsync(string llmId, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(llmId);
        return ListAsync(ResponseEngineType.RetellLlm, llmId, conversationFlowId: null, version, pageSize, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Lists the test cases of a conversation flow, page by page while the list is enumerated. Calls <c>listTestCaseDefinitions</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="version">The version of the conversation flow; by default the latest.</param>
    /// <param name="pageSize">How many test cases one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<TestCase> ListByConversationFlowAsync(string conversationFlowId, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        NotEmpty(conversationFlowId);
        return ListAsync(ResponseEngineType.ConversationFlow, llmId: null, conversationFlowId, version, pageSize, options: options, cancellationToken: cancellationToken);
    }
}
