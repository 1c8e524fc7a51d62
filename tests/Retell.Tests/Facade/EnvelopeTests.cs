using System.Net;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>Status, headers, raw body and elapsed time of any call.</summary>
internal sealed class EnvelopeTests
{
    private const string CallJson = """{"call_type":"web_call","call_id":"call_1","brand_new":[1,2.50]}""";

    [Test]
    public async Task CaptureAsync_returns_result_with_status_headers_and_body()
    {
        using var handler = new StubHandler(() => StubHandler.Error(500), () => StubHandler.Json(CallJson, 200, ("X-Request-Id", "req_1")));
        using RetellClient client = Client(handler);

        RetellResponse<ICall> answer = await RetellResponse.CaptureAsync(options => client.Calls.GetAsync("call_1", options));

        Assert.That(answer.Value.CallId, Is.EqualTo("call_1"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers["x-request-id"], Is.EqualTo(new[] { "req_1" }));
        Assert.That(answer.Headers["content-type"][0], Does.StartWith("application/json"));
        Assert.That(answer.RawBody, Is.EqualTo(CallJson));
        Assert.That(answer.Attempts, Is.EqualTo(2));
        Assert.That(answer.OperationId, Is.EqualTo("getCall"));
        Assert.That(answer.Elapsed, Is.GreaterThan(TimeSpan.Zero), "the wait between the attempts counts");
        using var body = new StreamReader(answer.OpenBody());
        Assert.That(await body.ReadToEndAsync(), Is.EqualTo(CallJson));
    }

    [Test]
    public async Task CaptureAsync_operation_without_result_returns_response()
    {
        using var handler = new StubHandler(() => new HttpResponseMessage(HttpStatusCode.NoContent));
        using RetellClient client = Client(handler);
        var options = new RequestOptions { Headers = { ["X-Mine"] = "1" } };

        RetellResponse answer = await RetellResponse.CaptureAsync(o => client.Agents.DeleteAsync("agent_1", options: o), options);

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(answer.RawBody, Is.Empty);
        Assert.That(handler.Sent[0].Headers["X-Mine"], Is.EqualTo("1"));
        Assert.That(options.ResponseReceived, Is.Null, "the caller's options");
    }

    [Test]
    public void ResponseReceived_on_error_status_receives_response()
    {
        using var handler = new StubHandler(() => StubHandler.Error(404));
        using RetellClient client = Client(handler);
        var seen = new List<RetellResponse>();

        Assert.That(
            () => client.Calls.GetAsync("call_1", new RequestOptions { ResponseReceived = seen.Add }),
            Throws.InstanceOf<RetellNotFoundException>());
        Assert.That(seen.Single().StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task ResponseReceived_on_list_receives_response_of_each_page()
    {
        using var handler = new StubHandler(
            () => StubHandler.Json("""{"items":[{"call_type":"web_call","call_id":"a"}],"has_more":true,"pagination_key":"k"}"""),
            () => StubHandler.Json("""{"items":[],"has_more":false}"""));
        using RetellClient client = Client(handler);
        var seen = new List<RetellResponse>();

        await foreach (ICallSummary call in client.Calls.ListAsync(options: new RequestOptions { ResponseReceived = seen.Add }))
        {
            Assert.That(call.CallId, Is.EqualTo("a"));
        }

        Assert.That(seen.Select(response => response.OperationId), Is.EqualTo(new[] { "listCalls", "listCalls" }));
    }

    [Test]
    public void CaptureAsync_options_not_passed_on_throws() => Assert.That(
        () => RetellResponse.CaptureAsync(_ => Task.FromResult(1)),
        Throws.InvalidOperationException.With.Message.Contains("Pass the options to the method"));
}
