using Microsoft.AspNetCore.Builder;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Testing;
using Retell.Tests.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.Testing;

/// <summary>Custom functions that are called by their URL, over a socket.</summary>
public class FunctionByUrlTests
{
    private static readonly string[] s_wrong = ["Missing", "Malformed", "Stale", "Future", "OtherKey", "ChangedBody"];

    [TestCase(false, "call")]
    [TestCase(true, "chat")]
    public async Task CallFunction_by_URL_sends_the_signed_envelope(bool isChat, string family)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);

        FakeFunctionCall made = await server.CallFunctionAsync(
            app.Url,
            new { guests = 4 },
            new() { Name = "book_table", IsChat = isChat, Headers = new Dictionary<string, string> { ["X-Branch"] = "north" } });

        Arrived arrived = app.Requests.Single();
        JObject body = JObject.Parse(arrived.Text);
        Assert.That((arrived.Method, arrived.Target, arrived.Headers["Content-Type"], arrived.Headers["X-Branch"]), Is.EqualTo(("POST", "/retell", "application/json", "north")));
        Assert.That(body.Properties().Select(member => member.Name), Is.EqualTo(new[] { "name", family, "args" }));
        Assert.That(((string?)body["name"], (int?)body["args"]!["guests"], (string?)body[family]![family + "_status"]), Is.EqualTo(("book_table", (int?)4, "ongoing")));
        Assert.That((string?)body[family]!["transcript"], Is.Not.Empty);
        Assert.That((made.Name, made.Method, made.Url, made.Body, made.ToolCallId), Is.EqualTo(("book_table", "POST", app.Url, arrived.Text, "")));
        Assert.That((made.Status, made.Content, made.Attempts, made.IsSuccess), Is.EqualTo(((int?)200, "verified", 1, true)));
        Assert.That((server.Calls.Count, server.Chats.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public async Task CallFunction_by_URL_about_a_call_sends_it_and_leaves_its_transcript()
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);
        FakeCall call = server.Calls[server.Seed("PhoneCall", new { call_status = "ongoing", retell_llm_dynamic_variables = new { branch = "b 1" } })];
        await call.SayAsync("user", "A table, please.");

        await server.CallFunctionAsync(app.Url + "/{{branch}}", request: new() { Session = call });

        Assert.That(app.Requests.Single().Target, Is.EqualTo("/retell/b%201"));
        JObject body = JObject.Parse(app.Requests.Single().Text);
        Assert.That(((string?)body["call"]!["call_id"], (string?)body["call"]!["transcript"], body["args"]!.Count()), Is.EqualTo((call.Id, "User: A table, please.\n", 0)));
        Assert.That(call.Json["transcript_with_tool_calls"]!.Count(), Is.EqualTo(1));
    }

    [TestCase("POST")]
    [TestCase("PUT")]
    [TestCase("PATCH")]
    public async Task CallFunction_by_URL_with_ArgsAtRoot_sends_the_arguments_alone(string method)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);

        FakeFunctionCall made = await server.CallFunctionAsync(app.Url, new { guests = 4 }, new() { Method = method, ArgsAtRoot = true });

        Assert.That((app.Requests.Single().Method, app.Requests.Single().Text, made.Status), Is.EqualTo((method, """{"guests":4}""", (int?)200)));
    }

    [TestCase("GET")]
    [TestCase("DELETE")]
    public async Task CallFunction_by_URL_without_a_body_sends_query_parameters_and_signs_the_empty_text(string method)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);
        var query = new Dictionary<string, string> { ["day"] = "1 May", ["page"] = "2" };

        FakeFunctionCall made = await server.CallFunctionAsync(app.Url + "?a=1", new { ignored = true }, new() { Method = method, QueryParameters = query });

        Arrived arrived = app.Requests.Single();
        Assert.That((arrived.Method, arrived.Target), Is.EqualTo((method, "/retell?a=1&day=1%20May&page=2")));
        Assert.That((arrived.Body.Length, arrived.Headers.ContainsKey("Content-Type")), Is.EqualTo((0, false)));
        Assert.That((made.Status, made.Body), Is.EqualTo(((int?)200, "")));
    }

    [Test]
    public async Task CallFunction_by_URL_with_a_wrong_signature_is_rejected([ValueSource(nameof(s_wrong))] string kind, [Values("POST", "GET")] string method)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartVerifyingAsync(server.ApiKey);

        FakeFunctionCall made = await server.CallFunctionAsync(app.Url, request: new() { Method = method }, signature: Enum.Parse<FakeSignature>(kind));

        Assert.That((made.Status, made.IsSuccess, made.Attempts), Is.EqualTo(((int?)401, false, 1)));
        Assert.That(made.Headers.ContainsKey(RetellWebhook.SignatureHeader), Is.EqualTo(kind != "Missing"));
    }

    [TestCase(0, 1, 500)]
    [TestCase(1, 2, 503)]
    [TestCase(5, 3, 200)]
    public async Task CallFunction_by_URL_is_retried_as_often_as_asked_for(int retry, int attempts, int status)
    {
        await using var server = new FakeRetellServer();
        await using ListeningApplication app = await ListeningApplication.StartAsync(500, 503, 200);

        FakeFunctionCall made = await server.CallFunctionAsync(app.Url, retry: retry);

        Assert.That((made.Attempts, app.Requests.Count, made.Status), Is.EqualTo((attempts, attempts, (int?)status)));
    }

    [Test]
    public async Task CallFunction_by_URL_times_out_by_the_clock_and_is_retried()
    {
        var arrived = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using ListeningApplication app = await ListeningApplication.StartAsync(async (_, number) =>
        {
            if (number == 1)
            {
                arrived.SetResult();
                await release.Task;
            }

            return (200, "second");
        });
        await using var server = new FakeRetellServer();

        Task<FakeFunctionCall> call = server.CallFunctionAsync(app.Url, request: new() { Timeout = TimeSpan.FromMinutes(1) }, retry: 1);
        await arrived.Task;
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        FakeFunctionCall made = await call;
        release.SetResult();

        Assert.That((made.Attempts, made.Content, made.Duration), Is.EqualTo((2, "second", TimeSpan.FromMinutes(1))));
    }

    [Test]
    public async Task CallFunction_by_URL_of_an_ASP_NET_Core_application_returns_its_result()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            _ => { },
            web => web.MapRetellFunction<Booking>(
                "/book", (call, _) => Task.FromResult<object?>(new { booked = call.Args.Guests, about = call.Call?.CallId ?? call.Chat?.ChatId })));
        await using var server = new FakeRetellServer(new() { ApiKey = WebhookApplication.Key });
        string url = app.App.Urls.Single() + "/book";
        FakeChat chat = server.Chats[server.Seed("Chat", new { chat_id = "chat_1" })];

        JToken inEnvelope = (await server.CallFunctionAsync(url, new { guests = 4 }, new() { Session = chat })).ReadJson();
        JToken alone = (await server.CallFunctionAsync(url, new { guests = 5 }, new() { ArgsAtRoot = true })).ReadJson();
        JToken wrong = (await server.CallFunctionAsync(url, new { guests = "many" })).ReadJson();
        FakeFunctionCall forged = await server.CallFunctionAsync(url, new { guests = 4 }, signature: FakeSignature.OtherKey);

        Assert.That(((int?)inEnvelope["booked"], (string?)inEnvelope["about"], (int?)alone["booked"]), Is.EqualTo(((int?)4, "chat_1", (int?)5)));
        Assert.That((string?)wrong["error"], Is.EqualTo("invalid_arguments"));
        Assert.That(forged.Status, Is.EqualTo(401));
    }

    [Test]
    public void CallFunction_by_URL_with_bad_input_names_the_parameter()
    {
        var server = new FakeRetellServer();
        const string Url = "http://127.0.0.1:1/";

        DeliverTests.AssertArgument(() => server.CallFunctionAsync("book"), "url", "\"book\" is not an absolute http or https URL.");
        DeliverTests.AssertArgument(() => server.CallFunctionAsync(Url, "text"), "arguments", "is not written as a JSON object");
        DeliverTests.AssertArgument(() => server.CallFunctionAsync(Url, retry: -1), "retry", "retry");
        DeliverTests.AssertArgument(() => server.CallFunctionAsync(Url, request: new() { Method = "TRACE" }), "value", "\"TRACE\" is not a method of a custom function.");
        DeliverTests.AssertArgument(() => server.CallFunctionAsync(Url, request: new() { Timeout = TimeSpan.Zero }), "value", "The timeout must be positive.");
    }

    private sealed class Booking
    {
        public int Guests { get; set; }
    }
}
