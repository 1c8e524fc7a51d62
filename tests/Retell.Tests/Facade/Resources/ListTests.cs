using System.Reflection;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Facade.Resources;

/// <summary>Every list goes on where the page before it ended, whichever way the API wants to be told.</summary>
internal sealed class ListTests
{
    private static IEnumerable<TestCaseData> Lists => FacadeMethods.All
        .Where(m => m.ReturnType.IsGenericType && m.ReturnType.GetGenericTypeDefinition() == typeof(Pager<>))
        .Select(m => new TestCaseData(m).SetArgDisplayNames(FacadeMethods.NameOf(m)));

    /// <summary>In the query or in the body, by key or by last item; what comes in one answer is asked for once.</summary>
    [TestCaseSource(nameof(Lists))]
    public async Task List_method_sends_pagination_key_of_previous_page(MethodInfo method)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        bool isWhole = false;
        string[] keys = ["k1", "k2"];
        server.WhenAny().Respond(request =>
        {
            isWhole = request.Operation!.Response!["type"]?.ToString() == "array" && request.Operation.Id != "listCallsV2";
            int page = server.Requests.Count - 1;
            JToken items = request.Operation.Id == "listCallsV2"
                ? page < 2 ? new JArray(new JObject { ["call_type"] = "web_call", ["call_id"] = keys[page] }) : new JArray()
                : isWhole ? new JArray(new JObject(), new JObject())
                : new JObject { ["items"] = new JArray(new JObject()), ["has_more"] = page < 2, ["pagination_key"] = page < 2 ? keys[page] : null };
            return FakeResponse.Json(200, items);
        });
        object?[] arguments = new SampleArguments(isFull: true).For(method);
        if (method.Name == nameof(CallsResource.ListV2Async))
        {
            ((ListCallsV2Request)arguments[0]!).Limit = 1;
        }

        object pager = method.Invoke(FacadeMethods.Resources.Values.Single(p => p.PropertyType == method.DeclaringType).GetValue(client), arguments)!;
        int count = await (Task<int>)typeof(ListTests)
            .GetMethod(nameof(CountAsync), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(method.ReturnType.GetGenericArguments())
            .Invoke(null, [pager])!;

        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(count, Is.EqualTo(isWhole || method.Name == nameof(CallsResource.ListV2Async) ? 2 : 3));
        Assert.That(server.Requests.Select(KeyOf), Is.EqualTo(isWhole ? [null] : new[] { null, "k1", "k2" }));

        // All the rest is asked for again, but for what to skip.
        Assert.That(server.Requests.Skip(1).Select(WithoutKey), Is.All.EqualTo(WithoutKey(server.Requests[0])));
    }

    [Test]
    public async Task ListCalls_skip_is_sent_once_and_total_is_returned()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        server.SeedCalls(5);
        var totals = new List<long?>();
        var calls = new List<ICallSummary>();
        var request = new ListCallsRequest { Limit = 2, Skip = 1, IncludeTotal = true };

        await foreach (Page<ICallSummary> page in client.Calls.ListAsync(request).AsPages())
        {
            calls.AddRange(page.Items);
            totals.Add(page.Total);
        }

        Assert.That(calls, Has.Count.EqualTo(4));
        Assert.That(totals, Is.All.EqualTo(5));
        Assert.That(server.Requests.Select(r => (long?)r.Json!["skip"]), Is.EqualTo(new long?[] { 1, null }));
        Assert.That((request.Skip, request.PaginationKey), Is.EqualTo((1L, default(string))));
    }

    [Test]
    public async Task ListCalls_page_size_is_sent_with_every_page_and_wins_over_the_request()
    {
        var server = new FakeRetellServer();
        using RetellClient client = server.CreateClient();
        server.SeedCalls(5);
        var request = new ListCallsRequest { Limit = 1, SortOrder = SortOrder.Ascending };
        int count = 0;

        await foreach (ICallSummary call in client.Calls.ListAsync(request, pageSize: 2))
        {
            count++;
        }

        Assert.That(count, Is.EqualTo(5));
        Assert.That(server.Requests.Select(r => ((long?)r.Json!["limit"], (string?)r.Json["sort_order"])), Is.EqualTo(Enumerable.Repeat(((long?)2, "ascending"), 3)));
        Assert.That(request.Limit, Is.EqualTo(1));
    }

    [TestCase(0)]
    [TestCase(1001)]
    public void ListCalls_page_size_out_of_range_throws(int pageSize)
    {
        using var client = new RetellClient("key_test");

        Assert.That(() => client.Calls.ListAsync(pageSize: pageSize), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("pageSize"));
        Assert.That(() => client.Calls.ListAsync(new() { Limit = pageSize }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("request"));
    }

    [Test]
    public async Task ListChats_with_pagination_key_starts_at_key()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        server.When("listChats").Respond(200, """{"items":[],"has_more":false}""");

        await client.Chats.ListAsync(new() { PaginationKey = "k" }).AsPages().GetAsyncEnumerator().MoveNextAsync();

        Assert.That((string?)server.Requests[0].Json!["pagination_key"], Is.EqualTo("k"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ListTestCases_and_ListBatchTests_filter_by_response_engine(bool isLlm)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        await FirstAsync(isLlm ? client.TestCases.ListByLlmAsync("x", version: 2) : client.TestCases.ListByConversationFlowAsync("x", version: 2));
        await FirstAsync(isLlm ? client.BatchTests.ListByLlmAsync("x", version: 2) : client.BatchTests.ListByConversationFlowAsync("x", version: 2));

        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(server.Requests.SelectMany(r => r.Query).Distinct().Select(q => $"{q.Key}={q.Value}"), Is.EquivalentTo(isLlm
            ? new[] { "type=retell-llm", "llm_id=x", "version=2" }
            : ["type=conversation-flow", "conversation_flow_id=x", "version=2"]));
    }

    private static async Task FirstAsync<T>(Pager<T> pager)
    {
        await foreach (Page<T> _ in pager.AsPages())
        {
            break;
        }
    }

    private static async Task<int> CountAsync<T>(Pager<T> pager)
    {
        int count = 0;
        await foreach (T _ in pager)
        {
            count++;
        }

        return count;
    }

    private static string? KeyOf(FakeRequest request) =>
        request.Query.Where(q => q.Key == "pagination_key").Select(q => q.Value).FirstOrDefault() ?? (string?)(request.Json as JObject)?["pagination_key"];

    private static string WithoutKey(FakeRequest request)
    {
        var body = request.Json as JObject;
        body?.Remove("pagination_key");
        body?.Remove("skip");
        return $"{request.Method} {request.Path}?{string.Join('&', request.Query.Where(q => q.Key != "pagination_key"))} {body}";
    }
}
