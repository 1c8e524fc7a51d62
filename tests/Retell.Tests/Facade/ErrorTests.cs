using System.Net;
using System.Net.Sockets;
using System.Text;
using Newtonsoft.Json;
using Retell.Generated;
using Retell.Generated.Json;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>Each failure has its type and a message that a person can act on, and none gives the API key away.</summary>
internal sealed class ErrorTests
{
    private static readonly RequestOptions s_once = new() { MaxRetries = 0 };

    [TestCase(404, "Gone.", "POST", true)]
    [TestCase(422, "Cannot find requested asset under given api key.", "PATCH", true)]
    [TestCase(422, "The agent was not found.", "POST", true)]
    [TestCase(422, "Whatever.", "GET", true)]
    [TestCase(422, "Whatever.", "DELETE", true)]
    [TestCase(422, "from_number is not valid.", "POST", false)]
    [TestCase(400, "Not found.", "GET", false)]
    [TestCase(500, "Not found.", "GET", false)]
    public async Task IsNotFound_is_true_for_404_and_for_422_about_an_unknown_id(int status, string message, string method, bool expected)
    {
        using var handler = new StubHandler(() => StubHandler.Json($$"""{"status":"error","message":"{{message}}"}""", status));
        using RetellClient client = Client(handler);

        var error = (RetellApiException)(await Assert.CatchAsync<RetellApiException>(() => client.SendAsync(new HttpMethod(method), "/thing", options: s_once)))!;

        Assert.That(error.IsNotFound, Is.EqualTo(expected));
    }

    [TestCase(400, typeof(RetellBadRequestException))]
    [TestCase(401, typeof(RetellAuthenticationException))]
    [TestCase(402, typeof(RetellPaymentRequiredException))]
    [TestCase(403, typeof(RetellPermissionDeniedException))]
    [TestCase(404, typeof(RetellNotFoundException))]
    [TestCase(409, typeof(RetellConflictException))]
    [TestCase(412, typeof(RetellPreconditionFailedException))]
    [TestCase(418, typeof(RetellApiException))]
    [TestCase(422, typeof(RetellUnprocessableException))]
    [TestCase(429, typeof(RetellRateLimitException))]
    [TestCase(500, typeof(RetellServerException))]
    [TestCase(503, typeof(RetellServerException))]
    public async Task Error_status_throws_matching_exception_type(int status, Type type)
    {
        using var handler = new StubHandler(() => StubHandler.Error(status, ("X-Request-Id", "r1")));
        using RetellClient client = Client(handler);

        var error = (RetellApiException)(await Assert.ThrowsAsync(type, () => client.CallAsync(Read, options: s_once)))!;

        Assert.Multiple(() =>
        {
            Assert.That((int)error.StatusCode, Is.EqualTo(status));
            Assert.That(error.ErrorMessage, Is.EqualTo($"That is wrong: {status}."));
            Assert.That(error.Message, Does.StartWith($"getThing failed with {status}").And.Contain($"That is wrong: {status}.").And.Contain("GET /get-thing/{thing_id}"));
            Assert.That(error.RawBody, Is.EqualTo($$"""{"status":"error","message":"That is wrong: {{status}}."}"""));
            Assert.That(error.Headers["x-request-id"], Is.EqualTo(new[] { "r1" }));
            Assert.That(error.Headers["content-type"][0], Does.StartWith("application/json"));
            Assert.That(error.Method, Is.EqualTo("GET"));
            Assert.That(error.Path, Is.EqualTo("/get-thing/thing_1"));
            Assert.That(error.OperationId, Is.EqualTo("getThing"));
            Assert.That(error.Attempts, Is.EqualTo(1));
        });
    }

    [TestCase("""{"error_message":"A"}""", "A")]
    [TestCase("""{"error":"B"}""", "B")]
    [TestCase("""{"error":{"message":"C"}}""", "C")]
    [TestCase("""{"message":["D","E"]}""", "D; E")]
    [TestCase("""{"message":"","error":"F"}""", "F")]
    [TestCase("""{"message":null}""", null)]
    [TestCase("""{"message":7}""", null)]
    [TestCase("""["x"]""", null)]
    [TestCase("""{"message":"cut""", null)]
    public async Task ErrorMessage_is_read_from_each_known_body_shape(string body, string? said)
    {
        RetellApiException error = await FailAsync(StubHandler.Json(body, 400));

        Assert.That(error.ErrorMessage, Is.EqualTo(said));
        Assert.That(error.Message, Does.Contain(said ?? body));
    }

    [Test]
    public async Task Error_with_HTML_body_shows_page_title()
    {
        RetellApiException error = await FailAsync(StubHandler.Text("<!DOCTYPE html><html><head><title> Bad gateway </title></head></html>", "text/html", 502));

        Assert.That(error, Is.InstanceOf<RetellServerException>());
        Assert.That(error.ErrorMessage, Is.Null);
        Assert.That(error.Message, Does.Contain("HTML page (\"Bad gateway\")").And.Contain("base URL"));
        Assert.That(error.RawBody, Does.StartWith("<!DOCTYPE html>"));
    }

    [Test]
    public async Task Error_with_empty_body_says_no_body()
    {
        RetellApiException error = await FailAsync(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));

        Assert.That(error.Message, Does.Contain("503").And.Contain("no body"));
        Assert.That(error.RawBody, Is.Empty);
    }

    [Test]
    public async Task Error_with_huge_body_is_truncated()
    {
        RetellApiException error = await FailAsync(StubHandler.Text(new string('x', 3_000_000), "text/plain", 500));

        Assert.That(error.RawBody, Has.Length.EqualTo(65536));
        Assert.That(error.Message, Has.Length.LessThan(1000));
    }

    [Test]
    public void Redirect_throws_and_is_not_followed()
    {
        using var server = RawServer.Answering("HTTP/1.1 307 Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n");
        using RetellClient client = Client(server.Url);

        Assert.That(() => client.CallAsync(Dial, new Thing()), Throws.InstanceOf<RetellApiException>().With.Message.Contains("307").And.Message.Contains("base URL"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("""{"id":"a","child":{"id":""", "child.id")]
    [TestCase("""{"id":"a","things":[{"id":"b"},{"id":b}]}""", "things[1].id")]
    [TestCase("""{"id":"a"} trailing""", "")]
    [TestCase("""{"id":"a"}{"id":"b"}""", "")]
    [TestCase("not json", "")]
    public async Task Response_with_invalid_JSON_throws_with_path_and_excerpt(string body, string path)
    {
        using var handler = new StubHandler(() => StubHandler.Json(body));
        using RetellClient client = Client(handler);

        RetellSerializationException error = (await Assert.ThrowsAsync<RetellSerializationException>(() => client.CallAsync(Dial, new Thing())))!;

        Assert.Multiple(() =>
        {
            Assert.That(error.JsonPath, Is.EqualTo(path));
            Assert.That(error.OperationId, Is.EqualTo("createPhoneCall"));
            Assert.That(error.Message, Does.StartWith("createPhoneCall: the response (200) cannot be read as Thing").And.Contain("line "));
            Assert.That(error.Excerpt, Is.Not.Empty);
            Assert.That(body, Does.Contain(error.Excerpt!));
            Assert.That(error.InnerException, Is.InstanceOf<JsonException>());
            Assert.That(handler.Sent, Has.Count.EqualTo(1));
        });
    }

    [TestCase("[]", "Array")]
    [TestCase("null", "Null")]
    [TestCase("5", "Integer")]
    public void Response_with_another_JSON_type_throws(string body, string found)
    {
        using var handler = new StubHandler(() => StubHandler.Json(body));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.CallAsync(Read),
            Throws.InstanceOf<RetellSerializationException>().With.Message.Contains($"JSON of type {found} was found where Thing was expected"));
    }

    [Test]
    public void Response_without_expected_body_throws([Values(200, 204)] int status)
    {
        using var handler = new StubHandler(() => new HttpResponseMessage((HttpStatusCode)status));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read), Throws.InstanceOf<RetellSerializationException>().With.Message.Contains($"({status}) has no body, but Thing was expected"));
    }

    [Test]
    public void Response_with_HTML_body_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Text("<html>Sign in to the hotel</html>", "text/html", 200));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Read), Throws.InstanceOf<RetellSerializationException>().With.Message.Contains("is an HTML page"));
    }

    [Test]
    public async Task CreatePhoneCall_after_broken_response_body_is_not_retried()
    {
        using var handler = new StubHandler(() => new HttpResponseMessage { Content = new StreamContent(new BrokenStream()) });
        using RetellClient client = Client(handler);

        RetellConnectionException error = (await Assert.ThrowsAsync<RetellConnectionException>(() => client.CallAsync(Dial, new Thing())))!;

        Assert.That(error.MayHaveBeenSent, Is.True);
        Assert.That(error.Message, Does.Contain("the response of https://api.retellai.com was cut off"));
        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public void CreatePhoneCall_after_timeout_is_not_retried()
    {
        var time = new TestTime();
        using var server = RawServer.Silent(out Task reached);
        using RetellClient client = Client(server.Url, time);
        Task<Thing> call = client.CallAsync(Dial, new Thing());

        Assert.That(async () =>
        {
            await reached;
            time.Advance(TestTime.AttemptTimeout);
            await call;
        }, Throws.InstanceOf<RetellTimeoutException>()
            .With.Message.Contains("within 100 s (1 attempt)").And.Message.Contains("may have been processed")
            .And.Property(nameof(RetellTimeoutException.Timeout)).EqualTo(TestTime.AttemptTimeout)
            .And.Property(nameof(RetellException.OperationId)).EqualTo("createPhoneCall"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Timeout_covers_reading_response_and_applies_per_attempt()
    {
        var time = new TestTime();
        var reached = new SemaphoreSlim(0);
        using var server = new RawServer(async (number, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"id\"" + (number == 3 ? ":\"a\"}" : ""), token);
            reached.Release();
            await Task.Delay(number == 3 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, token);
            return false;
        });
        using RetellClient client = Client(server.Url, time, options => options.Timeout = TimeSpan.FromSeconds(500));
        Task<Thing> call = client.CallAsync(List, new Thing(), new RequestOptions { Timeout = TimeSpan.FromSeconds(200) });
        for (int i = 0; i < 2; i++)
        {
            Assert.That(await reached.WaitAsync(TimeSpan.FromSeconds(20)), Is.True);
            time.Advance(TimeSpan.FromSeconds(200));
        }

        Assert.That((await call).Id, Is.EqualTo("a"));
        Assert.That(server.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task TotalTimeout_limits_all_attempts_together()
    {
        var time = new TestTime();
        using var server = RawServer.Silent(out Task reached);
        using RetellClient client = Client(server.Url, time, options => options.TotalTimeout = TimeSpan.FromSeconds(95));
        Task<Thing> call = client.CallAsync(List, new Thing());
        await reached;

        time.Advance(TimeSpan.FromSeconds(95));

        Assert.That(async () => await call, Throws.InstanceOf<RetellTimeoutException>().With.Message.Contains("within 95 s"));
        Assert.That(server.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public void Timeout_of_injected_HttpClient_throws_RetellTimeoutException()
    {
        using var server = RawServer.Silent(out _);
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(50) };
        using RetellClient client = Client(server.Url, configure: options => options.HttpClient = http);

        Assert.That(() => client.CallAsync(Dial, new Thing()), Throws.InstanceOf<RetellTimeoutException>()
            .With.Property(nameof(RetellTimeoutException.Timeout)).Null.And.Message.Contains("HttpClient"));
        Assert.That(http.Timeout, Is.EqualTo(TimeSpan.FromMilliseconds(50)));
    }

    [Test]
    public void Request_body_with_NaN_throws_and_is_not_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(() => client.CallAsync(Dial, new Thing { Ratio = double.NaN }), Throws.InstanceOf<RetellSerializationException>()
            .With.Message.Contains("createPhoneCall: the request body (Thing) cannot be written as JSON").And.Property(nameof(RetellSerializationException.JsonPath)).EqualTo(""));
        Assert.That(handler.Sent, Is.Empty);
    }

    [TestCaseSource(nameof(Betrayals))]
    public async Task Error_response_with_api_key_is_masked(Func<HttpResponseMessage> answer)
    {
        using var handler = new StubHandler(answer);
        using RetellClient client = Client(handler);

        AssertSilent((await Assert.CatchAsync(() => client.CallAsync(Read, options: s_once)))!, Key);
    }

    [Test]
    public async Task Error_response_with_per_request_api_key_is_masked()
    {
        using var handler = new StubHandler(() => StubHandler.Json("""{"message":"no key_of_a_tenant here"}""", 401));
        using RetellClient client = Client(handler);
        var options = new RequestOptions { Headers = { ["Authorization"] = "Bearer key_of_a_tenant" } };

        var error = (RetellApiException)(await Assert.CatchAsync(() => client.CallAsync(Read, options: options)))!;

        Assert.That(handler.Sent[0].Headers["Authorization"], Is.EqualTo("Bearer key_of_a_tenant"));
        Assert.That(error.ErrorMessage, Is.EqualTo("no *** here"));
        AssertSilent(error, "key_of_a_tenant");
    }

    [Test]
    public async Task Error_with_api_key_in_file_name_is_masked()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        RetellFile file = RetellFile.FromFactory(_ => throw new IOException("no " + Key), "a" + Key + ".txt");

        AssertSilent(await Assert.CatchAsync<RetellException>(() => client.CallAsync(Upload, new Thing { File = file })), Key);
    }

    [Test]
    public void Exceptions_can_be_constructed_in_tests()
    {
        Type[] types = [.. typeof(RetellException).Assembly.GetExportedTypes().Where(typeof(RetellException).IsAssignableFrom)];

        Assert.That(types, Has.Length.GreaterThanOrEqualTo(15));
        foreach (Type type in types)
        {
            System.Reflection.ConstructorInfo constructor = type.GetConstructors().Single();
            object?[] arguments = [.. constructor.GetParameters().Select(parameter => parameter.Name switch
            {
                "message" => "played",
                "statusCode" => (object)HttpStatusCode.BadGateway,
                _ => null,
            })];
            Assert.That(((RetellException)constructor.Invoke(arguments)).Message, Is.EqualTo("played"), type.Name);
        }

        Assert.That(new RetellRateLimitException("x") { RetryAfter = TimeSpan.FromSeconds(1), ErrorMessage = "y", Attempts = 3 }.StatusCode, Is.EqualTo((HttpStatusCode)429));
    }

    private static IEnumerable<TestCaseData> Betrayals()
    {
        string json = JsonConvert.ToString(Key);
        string php = json.Replace("/", "\\/", StringComparison.Ordinal);
        yield return Case("message", () => StubHandler.Json($$"""{"message":{{json}}}""", 400));
        yield return Case("body", () => StubHandler.Json($$"""{"other":{{json}}}""", 500));
        yield return Case("escaped slash", () => StubHandler.Json($$"""{"message":{{php}}}""", 400));
        yield return Case("text", () => StubHandler.Text("Wrong key " + Key, "text/plain", 401));
        yield return Case("html", () => StubHandler.Text($"<html><title>{Key}</title></html>", "text/html", 502));
        yield return Case("url", () => StubHandler.Text("/?key=" + Uri.EscapeDataString(Key), "text/plain", 404));
        yield return Case("header", () => StubHandler.Json("{}", 400, ("X-Echo", "Bearer " + Key)));
        yield return Case("reason", () =>
        {
            HttpResponseMessage response = StubHandler.Json("{}", 400);
            response.ReasonPhrase = Key;
            return response;
        });
        yield return Case("broken JSON", () => StubHandler.Json($$"""{"id":"{{Key}}" {{Key}}"""));
        yield return Case("name in broken JSON", () => StubHandler.Json("{" + json + """:{"x":}}"""));
        yield return Case("transport", () => throw new HttpRequestException("no " + Key, new IOException("inner " + Key)));
        yield return Case("cancelled", () => throw new TaskCanceledException("no " + Key, new TimeoutException(Key)));

        static TestCaseData Case(string name, Func<HttpResponseMessage> answer) => new TestCaseData(answer).SetArgDisplayNames(name);
    }

    private static void AssertSilent(Exception error, string key)
    {
        var text = new StringBuilder(error.ToString());
        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            foreach (System.Reflection.PropertyInfo property in e.GetType().GetProperties())
            {
                text.AppendLine(property.GetValue(e)?.ToString());
            }

            if (e is RetellApiException api)
            {
                text.AppendLine(string.Join('\n', api.Headers.SelectMany(header => header.Value)));
            }
        }

        Assert.That(error, Is.InstanceOf<RetellException>());
        Assert.That(text.ToString(), Does.Not.Contain(key)
            .And.Not.Contain(key.Replace("/", "\\/", StringComparison.Ordinal)).And.Not.Contain(Uri.EscapeDataString(key)));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => throw Failure();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => throw Failure();

        private static IOException Failure() => new("proxy", new SocketException((int)SocketError.ConnectionRefused));
    }

    private static async Task<RetellApiException> FailAsync(HttpResponseMessage answer)
    {
        using var handler = new StubHandler(() => answer);
        using RetellClient client = Client(handler);
        return (await Assert.CatchAsync<RetellApiException>(() => client.CallAsync(Read, options: s_once)))!;
    }
}
