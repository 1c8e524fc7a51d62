using System.Diagnostics;
using System.Net.Sockets;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.Testing;

public class RuleTests(Way way) : FakeFixture(way)
{
    private const string Call = """{"from_number": "+1", "to_number": "+2"}""";

    [Test]
    public async Task FakeRule_order_and_Times_are_respected()
    {
        FakeRule busy = Server.When("createPhoneCall").Respond(429).Header("Retry-After", "3").Times(2);
        Server.When("createPhoneCall").Respond(500, """<html>oops</html>""").Times(1);

        Reply[] replies = [await CreateAsync(), await CreateAsync(), await CreateAsync(), await CreateAsync()];

        Assert.That(replies.Select(r => r.Status), Is.EqualTo(new[] { 429, 429, 500, 201 }));
        Assert.That(replies[0].Message, Is.EqualTo("Scripted: TooManyRequests"));
        Assert.That(replies[0].Headers["Retry-After"], Is.EqualTo("3"));
        Assert.That((replies[2].ContentType, replies[2].Text), Is.EqualTo(("text/html", "<html>oops</html>")));
        Assert.That(busy.Uses, Is.EqualTo(2));
        Assert.That(Server.Requests.For("createPhoneCall").Select(r => r.ResponseStatus), Is.EqualTo(new int?[] { 429, 429, 500, 201 }));
    }

    [Test]
    public async Task FakeRule_Respond_takes_object_token_text_or_nothing()
    {
        Server.When("getCall", r => r.PathValues["call_id"] == "1").Respond(200, new PhoneCall { CallId = "call_1" });
        Server.When("getCall", r => r.PathValues["call_id"] == "2").Respond(200, new JObject { ["a"] = null });
        Server.When("getCall", r => r.PathValues["call_id"] == "3").Respond(200, """{"call_id": """);
        Server.When("getCall", r => r.PathValues["call_id"] == "4").Respond(503, "");
        Server.When("getCall", r => r.PathValues["call_id"] == "5").Respond(request => FakeResponse.Json(200, new { call_id = request.PathValues["call_id"] }));
        Server.When("getCall", r => r.PathValues["call_id"] == "6").Respond(200, "{}", [new("Content-Type", "application/problem+json"), new("X-A", "b")]);
        Server.When("getCall", r => r.PathValues["call_id"] == "7").Header("X-A", "b");

        Assert.That((await GetAsync("/v2/get-call/1")).Text, Is.EqualTo("""{"call_type":"phone_call","call_id":"call_1"}"""));
        Assert.That((await GetAsync("/v2/get-call/2")).Text, Is.EqualTo("""{"a":null}"""));
        Reply cut = await GetAsync("/v2/get-call/3");
        Assert.That((cut.Text, cut.ContentType), Is.EqualTo(("""{"call_id": """, "application/json")));
        Reply empty = await GetAsync("/v2/get-call/4");
        Assert.That((empty.Status, empty.Text, empty.ContentType), Is.EqualTo((503, "", (string?)null)));
        Assert.That((await GetAsync("/v2/get-call/5")).Text, Is.EqualTo("""{"call_id":"5"}"""));
        Reply typed = await GetAsync("/v2/get-call/6");
        Assert.That((typed.ContentType, typed.Headers["X-A"]), Is.EqualTo(("application/problem+json", "b")));
        Reply own = await GetAsync("/v2/get-call/7");
        Assert.That((own.Status, own.Headers["X-A"], (string?)own.Json["call_id"]), Is.EqualTo((200, "b", "7")));
    }

    /// <summary>GET on a kept connection: an HttpClient would quietly repeat it if the connection ended as an idle one does.</summary>
    [TestCase("GET", "/v2/get-call/a", null)]
    [TestCase("POST", "/v2/create-phone-call", Call)]
    public async Task DropConnection_drops_connection_after_request_was_read(string method, string path, string? body)
    {
        await SendAsync(method, path, body);
        Server.WhenAny().DropConnection().Times(1);

        HttpRequestException e = (await Assert.ThrowsAsync<HttpRequestException>(() => SendAsync(method, path, body)))!;

        Assert.That(e.StatusCode, Is.Null);
        Assert.That(e.InnerException, Is.TypeOf<IOException>());
        Assert.That((e.InnerException!.InnerException as SocketException)?.SocketErrorCode, Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(Server.Requests, Has.Count.EqualTo(2));
        Assert.That(Server.Requests[1].BodyText, Is.EqualTo(body ?? ""));
        Assert.That(Server.Requests[1].ResponseStatus, Is.Null);
        Assert.That((await SendAsync(method, path, body)).Status, Is.InRange(200, 201));
    }

    [Test]
    public async Task FakeRule_Delay_delays_response()
    {
        Server.When("listVoices").Delay(TimeSpan.FromMilliseconds(120));
        Server.When("getCall").Delay(TimeSpan.FromMilliseconds(120)).Respond(418);

        Stopwatch watch = Stopwatch.StartNew();
        Assert.That((await GetAsync("/list-voices")).Status, Is.EqualTo(200));
        Assert.That((await GetAsync("/v2/get-call/a")).Status, Is.EqualTo(418));
        Assert.That(watch.ElapsedMilliseconds, Is.GreaterThan(220));
    }

    [Test]
    public async Task FakeRule_Delay_ends_when_client_cancels()
    {
        Server.When("listVoices").Delay(TimeSpan.FromMinutes(5)).Times(1);
        using var stop = new CancellationTokenSource();
        Task<HttpResponseMessage> waiting = Http.GetAsync("/list-voices", stop.Token);
        await UntilAsync(() => Server.Requests.Count == 1);
        await stop.CancelAsync();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Server.Requests[0].ResponseStatus, Is.Null);
        Assert.That((await GetAsync("/list-voices")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task FakeRule_applies_before_validation_and_authentication()
    {
        Http.DefaultRequestHeaders.Remove("Authorization");
        Server.WhenAny(r => r.Path == "/v9/new").Respond(200, new { a = 1 });
        Server.When("createPhoneCall").Respond(201);

        Assert.That((await GetAsync("/v9/new")).Text, Is.EqualTo("""{"a":1}"""));
        Assert.That((await SendAsync("POST", "/v2/create-phone-call", "{}")).Status, Is.EqualTo(201));
        Assert.That(Server.Requests.Last("createPhoneCall").Errors, Has.Count.EqualTo(2), "the mistakes are recorded all the same");
        Server.ClearRules();
        Assert.That((await GetAsync("/v9/new")).Status, Is.EqualTo(404));
    }

    [Test]
    public void FakeRule_unknown_operation_or_invalid_value_throws()
    {
        Assert.That(() => Server.When("CreatePhoneCall"), Throws.ArgumentException.With.Message.Contain("Did you mean \"createPhoneCall\"?"));
        Assert.That(() => Server.When("getAgent").Respond(99), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Server.When("getAgent").Delay(TimeSpan.FromSeconds(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Server.When("getAgent").Times(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public async Task FakeRule_Times_holds_for_parallel_requests()
    {
        FakeRule busy = Server.When("createPhoneCall").Respond(429).Times(50);

        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => CreateAsync()));

        Assert.That(replies.Count(r => r.Status == 429), Is.EqualTo(50));
        Assert.That(busy.Uses, Is.EqualTo(50));
        Assert.That(replies.Where(r => r.Status == 201).Select(r => (string?)r.Json["call_id"]), Is.Unique);
        Assert.That(Server.Requests, Has.Count.EqualTo(300));
        Assert.That((await SendAsync("POST", "/v2/list-calls", """{"limit": 1000}""")).Json.Count(), Is.EqualTo(250));
    }

    private Task<Reply> CreateAsync() => SendAsync("POST", "/v2/create-phone-call", Call);

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (Stopwatch watch = Stopwatch.StartNew(); !condition(); await Task.Yield())
        {
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(10)));
        }
    }
}
