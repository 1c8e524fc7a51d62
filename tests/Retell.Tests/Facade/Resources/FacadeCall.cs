using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;
using Retell.Testing.Spec;
using Retell.Testing.State;
using Retell.Tests.Support;

namespace Retell.Tests.Facade.Resources;

/// <summary>Calls methods of resources against a fake, and looks at what went over the wire both ways.</summary>
internal sealed class FacadeCall : IDisposable
{
    private static readonly SchemaValidator s_validator = new(ApiDocument.Embedded);
    private readonly FakeRetellServer _server = new(new() { UnknownIds = FakeUnknownIds.Sample });
    private readonly AnswerRecorder _recorder;
    private readonly RetellClient _client;

    public FacadeCall()
    {
        _recorder = new AnswerRecorder(_server.CreateHandler());
        _client = _server.CreateClient(o => o.HttpMessageHandler = _recorder);

        // These operations are for voice and chat agents alike, and the fake cannot know which one an id is of.
        JObject chatAgent = new SampleFactory(ApiDocument.Embedded, s_validator).CreateObject(nameof(ChatAgent), full: true);
        foreach (string operationId in new[] { "createAgentVersion", "repairAgent" })
        {
            _server.When(operationId, _ => AsksForChatAgents).Respond(200, chatAgent);
        }
    }

    private bool AsksForChatAgents { get; set; }

    /// <summary>Sends one request by that method, and proves that it is valid and that its answer is read completely.</summary>
    /// <returns>The method and path of the operation that was reached.</returns>
    public async Task<string> SendAsync(MethodInfo method, bool isFull)
    {
        AsksForChatAgents = method.DeclaringType == typeof(ChatAgentsResource);
        object?[] arguments = new SampleArguments(isFull).For(method);
        object resource = FacadeMethods.Resources.Values.Single(p => p.PropertyType == method.DeclaringType).GetValue(_client)!;
        int before = _server.Requests.Count;
        object returned = method.Invoke(resource, arguments)!;
        (object? Value, bool IsPage) result = await ResultAsync(returned);

        Assert.That(_server.Requests, Has.Count.EqualTo(before + 1), "One call is one request.");
        FakeRequest request = _server.Requests[^1];
        Assert.That(request.Operation, Is.Not.Null, $"No operation has {request}.");
        Assert.That(request.Errors, Is.Empty, request.BodyText);
        AssertBody(method, arguments, request);
        Assert.That(isFull || !HasNull(request.Json), $"What was not said is sent as null: {request.BodyText}");
        AssertAnswer(request.Operation!, result);
        return $"{request.Operation!.Method} {request.Operation.Path}";
    }

    public void Dispose()
    {
        _client.Dispose();
        _recorder.Dispose();
    }

    private static bool HasNull(JToken? body) => body is JContainer json && json.DescendantsAndSelf().Any(t => t.Type == JTokenType.Null);

    private static async Task<(object? Value, bool IsPage)> ResultAsync(object returned)
    {
        Type type = returned.GetType();
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Pager<>))
        {
            var page = (Task<object?>)typeof(FacadeCall).GetMethod(nameof(FirstPageAsync), BindingFlags.NonPublic | BindingFlags.Static)!
                .MakeGenericMethod(type.GetGenericArguments()).Invoke(null, [returned])!;
            return (await page, true);
        }

        var task = (Task)returned;
        await task;
        return (type.GetProperty("Result")?.GetValue(task) is { } value && value.GetType().Name != "VoidTaskResult" ? value : null, false);
    }

    private static async Task<object?> FirstPageAsync<T>(Pager<T> pager)
    {
        await foreach (Page<T> page in pager.AsPages())
        {
            return page.Items;
        }

        return null;
    }

    /// <summary>A request object is sent as it is; the key by which the API knows a dialled call is the SDK's.</summary>
    private static void AssertBody(MethodInfo method, object?[] arguments, FakeRequest request)
    {
        if (request.Operation!.IsMultipart || arguments.SkipLast(2).LastOrDefault(a => a is RetellObject) is not RetellObject body
            || method.GetParameters()[Array.IndexOf(arguments, body)].Name != "request")
        {
            return;
        }

        JToken sent = JsonEquivalence.Parse(request.BodyText);
        sent["idempotency_key"]?.Parent!.Remove();
        JToken given = JsonEquivalence.Parse(RetellJson.Serialize(body));
        given["idempotency_key"]?.Parent!.Remove();
        if (Array.Find(method.GetParameters(), p => p.Name == "pageSize") is { } size && arguments[size.Position] is long pageSize)
        {
            given["limit"] = pageSize;
        }

        JsonEquivalence.AssertSame(given.ToString(), sent.ToString());
    }

    private void AssertAnswer(FakeOperation operation, (object? Value, bool IsPage) result)
    {
        if (operation.Response is null)
        {
            Assert.That(result.Value, Is.Null, "The API answers nothing.");
            return;
        }

        JToken answer = JsonEquivalence.Parse(_recorder.LastAnswer);
        var errors = new List<FakeRequestError>();
        s_validator.Check(operation.Response, answer, "$", errors);
        Assert.That(errors, Is.Empty, _recorder.LastAnswer);
        JToken expected = result.IsPage && answer is JObject page ? page["items"]! : answer;
        JsonEquivalence.AssertSame(expected.ToString(), RetellJson.Serialize(result.Value));
    }

    private sealed class AnswerRecorder(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        public string LastAnswer { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            LastAnswer = await response.Content.ReadAsStringAsync(cancellationToken);
            return response;
        }
    }
}
