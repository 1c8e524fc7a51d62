using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>Lists over the wire whose pages are not as documented: nothing is lost without an exception.</summary>
internal sealed class MalformedPageTests
{
    private const string First = """{"items":[{"call_type":"web_call","call_id":"a"}],"has_more":true,"pagination_key":"k1"}""";

    [TestCase("""{"items":[{"call_id":"b"},"odd",{"call_id":"c"}],"has_more":false}""", "items[1]", "is a string where ICallSummary was expected")]
    [TestCase("""{"items":[{"call_id":"b"},null],"has_more":false}""", "items[1]", "null")]
    [TestCase("""{"items":[[]],"has_more":false}""", "items[0]", "a list")]
    [TestCase("""{"items":{},"has_more":true,"pagination_key":"k2"}""", "items", "an object")]
    [TestCase("""{"items":"none","has_more":false}""", "items", "is a string where a list was expected")]
    [TestCase("""{"items":null,"has_more":false}""", "items", "missing")]
    [TestCase("""{"status":"ok"}""", "items", "missing")]
    [TestCase("""{"items":[],"has_more":"no"}""", "has_more", "is a string where a Boolean was expected")]
    [TestCase("""{"items":[],"has_more":true,"pagination_key":{"id":1}}""", "pagination_key", "an object")]
    public async Task Pager_malformed_page_throws_with_path_and_pagination_key(string second, string path, string fault)
    {
        using var handler = new StubHandler(() => StubHandler.Json(First), () => StubHandler.Json(second));
        using RetellClient client = Client(handler);
        var ids = new List<string?>();

        RetellSerializationException failure = await FailureAsync<RetellSerializationException, ICallSummary>(client.Calls.ListAsync(), call => ids.Add(call.CallId));

        Assert.That(ids, Is.EqualTo(new[] { "a" }), "All of the page before, and nothing of the one that cannot be read.");
        Assert.That(handler.Sent.Select(sent => (string?)JObject.Parse(sent.Body)["pagination_key"]), Is.EqualTo(new[] { null, "k1" }));
        Assert.That(failure.OperationId, Is.EqualTo("listCalls"));
        Assert.That(failure.JsonPath, Is.EqualTo(path));
        Assert.That(failure.PaginationKey, Is.EqualTo("k1"));
        Assert.That(failure.Message, Does.StartWith("listCalls: ").And.Contain(path).And.Contain(fault).And.Contain("page 2").And.Contain("\"k1\""));
    }

    [Test]
    public async Task Pager_continues_from_pagination_key_of_failed_page()
    {
        using var handler = new StubHandler(
            () => StubHandler.Json(First),
            () => StubHandler.Json("""{"items":7}"""),
            () => StubHandler.Json("""{"items":[{"call_type":"web_call","call_id":"b"}],"has_more":false}"""));
        using RetellClient client = Client(handler);
        var ids = new List<string?>();
        RetellException failure = await FailureAsync<RetellException, ICallSummary>(client.Calls.ListAsync(), call => ids.Add(call.CallId));

        await foreach (ICallSummary call in client.Calls.ListAsync(new ListCallsRequest { PaginationKey = failure.PaginationKey }))
        {
            ids.Add(call.CallId);
        }

        Assert.That(ids, Is.EqualTo(new[] { "a", "b" }));
        Assert.That((string?)JObject.Parse(handler.Sent[2].Body)["pagination_key"], Is.EqualTo("k1"));
    }

    [TestCase("42", "42")]
    [TestCase("\"k2\"", "k2")]
    public async Task Pager_numeric_pagination_key_is_sent_as_text(string key, string sent)
    {
        using var handler = new StubHandler(
            () => StubHandler.Json($$"""{"items":[{"agent_id":"a"}],"has_more":true,"pagination_key":{{key}}}"""),
            () => StubHandler.Json("""{"items":[{"agent_id":"b"}],"has_more":false}"""));
        using RetellClient client = Client(handler);
        var ids = new List<string?>();

        await foreach (AgentSummary agent in client.Agents.ListAsync())
        {
            ids.Add(agent.AgentId);
        }

        Assert.That(ids, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(handler.Sent.Select(request => request.Uri.Query), Is.EqualTo(new[] { "", $"?pagination_key={sent}" }));
    }

    [Test]
    public async Task Pager_empty_page_with_key_in_query_continues()
    {
        using var handler = new StubHandler(
            () => StubHandler.Json("""{"items":[],"has_more":true,"pagination_key":"k1"}"""),
            () => StubHandler.Json("""{"items":[],"pagination_key":"k2"}"""),
            () => StubHandler.Json("""{"items":[{"agent_id":"b"}],"has_more":false}"""));
        using RetellClient client = Client(handler);
        int count = 0;

        await foreach (AgentSummary _ in client.Agents.ListAsync())
        {
            count++;
        }

        Assert.That(count, Is.EqualTo(1));
        Assert.That(handler.Sent.Select(request => request.Uri.Query), Is.EqualTo(new[] { "", "?pagination_key=k1", "?pagination_key=k2" }));
    }

    [Test]
    public async Task Pager_empty_page_with_key_in_body_continues_and_skips_once()
    {
        using var handler = new StubHandler(
            () => StubHandler.Json("""{"items":[],"has_more":true,"pagination_key":"k1"}"""),
            () => StubHandler.Json("""{"items":[],"has_more":false}"""));
        using RetellClient client = Client(handler);

        await foreach (ICallSummary _ in client.Calls.ListAsync(new ListCallsRequest { Skip = 3 }))
        {
        }

        Assert.That(
            handler.Sent.Select(request => JObject.Parse(request.Body)).Select(body => ((long?)body["skip"], (string?)body["pagination_key"])),
            Is.EqualTo(new (long?, string?)[] { (3, null), (null, "k1") }));
    }

    [TestCase("""{"items":[{"agent_id":"b"}],"has_more":true,"pagination_key":"k1"}""", "was already used")]
    [TestCase("""{"items":[{"agent_id":"b"}],"has_more":true}""", "no pagination_key")]
    public async Task Pager_has_more_without_new_key_throws_after_items(string second, string fault)
    {
        using var handler = new StubHandler(() => StubHandler.Json("""{"items":[{"agent_id":"a"}],"has_more":true,"pagination_key":"k1"}"""), () => StubHandler.Json(second));
        using RetellClient client = Client(handler);
        var ids = new List<string?>();

        RetellException failure = await FailureAsync<RetellException, AgentSummary>(client.Agents.ListAsync(), agent => ids.Add(agent.AgentId));

        Assert.That(ids, Is.EqualTo(new[] { "a", "b" }));
        Assert.That(handler.Sent, Has.Count.EqualTo(2));
        Assert.That(failure.Message, Does.StartWith("listAgents: ").And.Contain("page 2").And.Contain(fault));
    }

#pragma warning disable CS0618 // The lists that go on after their last item are those that the API no longer has.
    [TestCase("""[{"call_type":"web_call","call_id":"b"},"odd"]""")]
    [TestCase("""[null]""")]
    [TestCase("""{"items":[]}""")]
    [TestCase("\"none\"")]
    [TestCase("null")]
    public async Task Pager_by_last_item_malformed_page_throws_with_pagination_key(string second)
    {
        using var handler = new StubHandler(() => StubHandler.Json("""[{"call_type":"web_call","call_id":"a"}]"""), () => StubHandler.Json(second));
        using RetellClient client = Client(handler);
        var ids = new List<string?>();

        RetellSerializationException failure = await FailureAsync<RetellSerializationException, ICall>(client.Calls.ListV2Async(), call => ids.Add(call.CallId));

        Assert.That(ids, Is.EqualTo(new[] { "a" }));
        Assert.That(failure.OperationId, Is.EqualTo("listCallsV2"));
        Assert.That(failure.PaginationKey, Is.EqualTo("a"));
        Assert.That(failure.Message, Does.Contain("page 2"));
    }

    [Test]
    public async Task Pager_by_last_item_without_key_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("""[{"call_type":"web_call"}]"""));
        using RetellClient client = Client(handler);

        RetellException failure = await FailureAsync<RetellException, ICall>(client.Calls.ListV2Async(), _ => { });

        Assert.That(failure.Message, Does.Contain("no pagination_key"));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }
#pragma warning restore CS0618

    [TestCase("""[{"knowledge_base_id":"a"},7]""")]
    [TestCase("""[{"knowledge_base_id":"a"},null]""")]
    [TestCase("""{}""")]
    public async Task Pager_without_pages_malformed_list_throws(string list)
    {
        using var server = RawServer.Answering(RawServer.Response(200, list));
        using RetellClient client = Client(server.Url);

        RetellSerializationException failure = await FailureAsync<RetellSerializationException, KnowledgeBase>(
            client.KnowledgeBases.ListAsync(),
            _ => Assert.Fail("Nothing of it can be trusted."));

        Assert.That(failure.OperationId, Is.EqualTo("listKnowledgeBases"));
        Assert.That(server.Requests[0], Does.StartWith("GET /list-knowledge-bases HTTP/1.1"));
    }

    [Test]
    public async Task RawClient_page_with_malformed_item_keeps_JSON()
    {
        using var handler = new StubHandler(() => StubHandler.Json("""{"items":[{"agent_id":"a"},"odd"],"has_more":true,"pagination_key":4}"""));
        using RetellClient client = Client(handler);

        ListAgentsPage page = await client.Raw.Agents.ListAgentsAsync();

        Assert.That(RetellJson.Serialize(page), Is.EqualTo("""{"has_more":true,"items":[{"agent_id":"a"},"odd"],"pagination_key":4}"""));
    }

    private static async Task<TException> FailureAsync<TException, T>(Pager<T> pager, Action<T> take)
        where TException : Exception
    {
        try
        {
            await foreach (T item in pager)
            {
                take(item);
            }
        }
        catch (TException e)
        {
            return e;
        }

        throw new AssertionException("The list ended without an exception.");
    }
}
