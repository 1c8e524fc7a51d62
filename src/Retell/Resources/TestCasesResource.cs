using Retell.Models;

namespace Retell;

public partial class TestCasesResource
{
    /// <summary>Creates a test case.</summary>
    /// <param name="name">The name of the test case.</param>
    /// <param name="responseEngine">The response engine to test, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="userPrompt">The prompt for the simulated user.</param>
    /// <param name="metrics">The metrics by which the conversation is evaluated.</param>
    /// <param name="options">The options for this request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the request.</param>
    /// <returns>The created test case.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="name"/> or <paramref name="userPrompt"/> is null or empty, or <paramref name="responseEngine"/> or
    /// <paramref name="metrics"/> is null.
    /// </exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    /// <remarks>Calls <c>POST /create-test-case-definition</c> (<c>createTestCaseDefinition</c>).</remarks>
    public virtual Task<TestCase> CreateAsync(
        string name,
        IRetellResponseEngine responseEngine,
        string userPrompt,
        IEnumerable<string> metrics,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default) =>
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

    /// <summary>Lists the test cases of an LLM. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="llmId">The ID of the LLM.</param>
    /// <param name="version">The version of the LLM, or null for the latest.</param>
    /// <param name="pageSize">The maximum number of test cases per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>GET /v2/list-test-case-definitions</c> (<c>listTestCaseDefinitions</c>).</remarks>
    public virtual Pager<TestCase> ListByLlmAsync(
        string llmId,
        long? version = null,
        long? pageSize = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(llmId);
        return ListAsync(ResponseEngineType.RetellLlm, llmId, conversationFlowId: null, version, pageSize, options: options, cancellationToken: cancellationToken);
    }

    /// <summary>Lists the test cases of a conversation flow. Enumerating the list fetches the pages one after another.</summary>
    /// <param name="conversationFlowId">The ID of the conversation flow.</param>
    /// <param name="version">The version of the conversation flow, or null for the latest.</param>
    /// <param name="pageSize">The maximum number of test cases per page, from 1 to 1000, or null for the default of 50.</param>
    /// <param name="options">The options for each request, or null to use the client's settings.</param>
    /// <param name="cancellationToken">The token that cancels the enumeration.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    /// <remarks>Calls <c>GET /v2/list-test-case-definitions</c> (<c>listTestCaseDefinitions</c>).</remarks>
    public virtual Pager<TestCase> ListByConversationFlowAsync(
        string conversationFlowId,
        long? version = null,
        long? pageSize = null,
        RequestOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        NotEmpty(conversationFlowId);
        return ListAsync(ResponseEngineType.ConversationFlow, llmId: null, conversationFlowId, version, pageSize, options: options, cancellationToken: cancellationToken);
    }
}
