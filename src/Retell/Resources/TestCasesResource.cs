using Retell.Generated;
using Retell.Models;

namespace Retell;

/// <summary>Test cases: simulated users, and what is measured when an LLM or a conversation flow talks with them.</summary>
public class TestCasesResource
{
    private readonly TestCasesClient? _raw;

    /// <summary>For test doubles.</summary>
    protected TestCasesResource()
    {
    }

    internal TestCasesResource(TestCasesClient raw) => _raw = raw;

    private TestCasesClient Raw => Resource.Required(_raw);

    /// <summary>Creates a test case. Calls <c>createTestCaseDefinition</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="responseEngine">What is tested, such as <see cref="ResponseEngineRetellLlm"/>.</param>
    /// <param name="userPrompt">What the simulated user is and wants.</param>
    /// <param name="metrics">What the answers are measured by.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The test case.</returns>
    /// <exception cref="ArgumentException"><paramref name="name"/> or <paramref name="userPrompt"/> is null or empty, or <paramref name="responseEngine"/> or <paramref name="metrics"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TestCase> CreateAsync(string name, IRetellResponseEngine responseEngine, string userPrompt, IEnumerable<string> metrics, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        CreateAsync(
            new CreateTestCaseRequest
            {
                Name = Resource.NotEmpty(name),
                ResponseEngine = Resource.NotNull(responseEngine),
                UserPrompt = Resource.NotEmpty(userPrompt),
                Metrics = Resource.ListOf(Resource.NotNull(metrics)),
            },
            options,
            cancellationToken);

    /// <summary>Creates a test case. Calls <c>createTestCaseDefinition</c>.</summary>
    /// <param name="request">What is tested, the simulated user, and mocks of tools.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The test case.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TestCase> CreateAsync(CreateTestCaseRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.CreateTestCaseDefinitionAsync(Resource.NotNull(request), options, cancellationToken);

    /// <summary>Reads a test case. Calls <c>getTestCaseDefinition</c>.</summary>
    /// <param name="testCaseId">The id of the test case.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The test case.</returns>
    /// <exception cref="ArgumentException"><paramref name="testCaseId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TestCase> GetAsync(string testCaseId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.GetTestCaseDefinitionAsync(Resource.NotEmpty(testCaseId), options, cancellationToken);

    /// <summary>Lists the test cases of an LLM, page by page while the list is enumerated. Calls <c>listTestCaseDefinitions</c>.</summary>
    /// <param name="llmId">The id of the LLM.</param>
    /// <param name="version">The version of the LLM; by default the latest.</param>
    /// <param name="pageSize">How many test cases one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentException"><paramref name="llmId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<TestCase> ListByLlmAsync(string llmId, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(llmId);
        return ListAsync(ResponseEngineType.RetellLlm, llmId, conversationFlowId: null, version, pageSize, options, cancellationToken);
    }

    /// <summary>Lists the test cases of a conversation flow, page by page while the list is enumerated. Calls <c>listTestCaseDefinitions</c>.</summary>
    /// <param name="conversationFlowId">The id of the conversation flow.</param>
    /// <param name="version">The version of the conversation flow; by default the latest.</param>
    /// <param name="pageSize">How many test cases one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentException"><paramref name="conversationFlowId"/> is null or empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<TestCase> ListByConversationFlowAsync(string conversationFlowId, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Resource.NotEmpty(conversationFlowId);
        return ListAsync(ResponseEngineType.ConversationFlow, llmId: null, conversationFlowId, version, pageSize, options, cancellationToken);
    }

    /// <summary>Lists test cases, page by page while the list is enumerated. Calls <c>listTestCaseDefinitions</c>.</summary>
    /// <param name="type">What is tested: an LLM or a conversation flow.</param>
    /// <param name="llmId">The id of the LLM, where <paramref name="type"/> says so.</param>
    /// <param name="conversationFlowId">The id of the conversation flow, where <paramref name="type"/> says so.</param>
    /// <param name="version">The version of what is tested; by default the latest.</param>
    /// <param name="pageSize">How many test cases one request fetches, 1 to 1000; by default 50.</param>
    /// <param name="options">What these calls do otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the list.</param>
    /// <returns>The test cases.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pageSize"/> is not from 1 to 1000.</exception>
    public virtual Pager<TestCase> ListAsync(ResponseEngineType type, string? llmId = null, string? conversationFlowId = null, long? version = null, long? pageSize = null, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Pager.ByKey(
            pageSize,
            (key, token) => Raw.ListTestCaseDefinitionsAsync(type, llmId, conversationFlowId, version, pageSize, key, options, token),
            page => new Page<TestCase>(page.Items, page.PaginationKey, page.HasMore),
            cancellationToken);

    /// <summary>Changes a test case. Calls <c>updateTestCaseDefinition</c>.</summary>
    /// <param name="testCaseId">The id of the test case.</param>
    /// <param name="change">Sets what is to change; what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The test case as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="testCaseId"/> is null or empty, or <paramref name="change"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TestCase> UpdateAsync(string testCaseId, Action<UpdateTestCaseRequest> change, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        UpdateAsync(testCaseId, Resource.Configured(change), options, cancellationToken);

    /// <summary>Changes a test case. Calls <c>updateTestCaseDefinition</c>.</summary>
    /// <param name="testCaseId">The id of the test case.</param>
    /// <param name="request">What to change; what is not set stays as it is.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>The test case as it is now.</returns>
    /// <exception cref="ArgumentException"><paramref name="testCaseId"/> is null or empty, or <paramref name="request"/> is null.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task<TestCase> UpdateAsync(string testCaseId, UpdateTestCaseRequest request, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.UpdateTestCaseDefinitionAsync(Resource.NotEmpty(testCaseId), Resource.NotNull(request), options, cancellationToken);

    /// <summary>Deletes a test case. Calls <c>deleteTestCaseDefinition</c>.</summary>
    /// <param name="testCaseId">The id of the test case.</param>
    /// <param name="options">What this call does otherwise than the client.</param>
    /// <param name="cancellationToken">Stops the request.</param>
    /// <returns>A task that ends when the test case is deleted.</returns>
    /// <exception cref="ArgumentException"><paramref name="testCaseId"/> is null or empty.</exception>
    /// <exception cref="RetellException">The API refused, or could not be reached.</exception>
    public virtual Task DeleteAsync(string testCaseId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        Raw.DeleteTestCaseDefinitionAsync(Resource.NotEmpty(testCaseId), options, cancellationToken);
}
