using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>Custom functions.</summary>
internal sealed class FunctionTests
{
    private const string Call = "\"call\":{\"call_type\":\"phone_call\",\"call_id\":\"call_1\"}";

    [TestCase("""{"name":"book","CALL,"args":{"guests":4}}""", "book call_1 - 4")]
    [TestCase("""{"name":"book","chat":{"chat_id":"chat_1"},"args":{"guests":4}}""", "book - chat_1 4")]
    [TestCase("""{"guests":4}""", "- - - 4")]
    [TestCase("""{"guests":4,"name":"Ada"}""", "- - - 4")]
    public async Task Function_reads_envelope_and_arguments_only(string body, string expected)
    {
        await using WebhookApplication app = await StartAsync((call, _) =>
            Task.FromResult<object?>($"{call.Name ?? "-"} {call.Call?.CallId ?? "-"} {call.Chat?.ChatId ?? "-"} {call.Args.Guests}"));

        Assert.That(await app.PostAsync(body.Replace("\"CALL", Call, StringComparison.Ordinal), "/f"), Is.EqualTo((200, expected)));
    }

    [Test]
    public async Task Function_with_GET_or_DELETE_reads_the_query([Values("GET", "DELETE")] string method)
    {
        await using WebhookApplication app = await StartAsync((call, _) => Task.FromResult<object?>(new { guests = call.Args.Guests }));

        Assert.That(await app.SendAsync(new HttpMethod(method), "/f?guests=3", []), Is.EqualTo((200, """{"guests":3}""")));
        Assert.That((await app.SendAsync(new HttpMethod(method), "/f?guests=3", [], "")).Status, Is.EqualTo(401));
    }

    [TestCase("{}", "The argument \\\"guests\\\" is missing.")]
    [TestCase("""{"guests":"many"}""", "The argument \\\"guests\\\" has a value of the wrong type.")]
    [TestCase("""{"guests":13}""", "The field guests must be between 1 and 12.")]
    public async Task Function_with_wrong_arguments_tells_the_agent(string body, string message)
    {
        int called = 0;
        await using WebhookApplication app = await StartAsync((_, _) => Task.FromResult<object?>(called++));

        Assert.That(await app.PostAsync(body, "/f"), Is.EqualTo((200, $$"""{"error":"invalid_arguments","message":"{{message}}"}""")));
        Assert.That(called, Is.Zero);
    }

    [Test]
    public async Task Function_failure_is_told_only_if_it_is_meant_for_the_agent()
    {
        await using WebhookApplication app = await StartAsync((call, _) =>
            throw (call.Args.Guests == 1 ? new RetellFunctionException("No table is free.") : new InvalidOperationException("+14155550100")));

        Assert.That(await app.PostAsync("""{"guests":1}""", "/f"), Is.EqualTo((200, """{"error":"failed","message":"No table is free."}""")));
        Assert.That(await app.PostAsync("""{"guests":2}""", "/f"), Is.EqualTo((500, "")));
        Assert.That((await app.PostAsync("[]", "/f")).Status, Is.EqualTo(400));
        Assert.That(app.Log.Text, Does.Not.Contain("+14155550100"));
    }

    [Test]
    public async Task Function_result_is_cut_at_15000_characters_with_a_warning()
    {
        await using WebhookApplication app = await StartAsync((_, _) => Task.FromResult<object?>(new string('a', 14_999) + "😀"));

        (int status, string body) = await app.PostAsync("""{"guests":1}""", "/f");

        Assert.That((status, body), Is.EqualTo((200, new string('a', 14_999))));
        Assert.That(app.Log.Text, Does.Contain("Warning The result of the function /f was cut from 15001 to 15000 characters"));
    }

    [Test]
    public async Task IdempotencyKey_depends_on_call_name_and_arguments_in_any_order()
    {
        List<string?> keys = [];
        await using WebhookApplication app = await WebhookApplication.StartAsync(_ => { }, map => map.MapRetellFunction<JObject>("/f", (call, _) =>
        {
            keys.Add(call.IdempotencyKey);
            return Task.FromResult<object?>(null);
        }));

        string[] bodies = ["""{"name":"f",CALL,"args":{"a":1,"b":[2]}}""", """{"args":{"b":[2],"a":1},"name":"f",CALL}""", """{"name":"f",CALL,"args":{"a":2}}""", "{}"];
        foreach (string body in bodies.Select(body => body.Replace("CALL", Call, StringComparison.Ordinal)))
        {
            Assert.That((await app.PostAsync(body, "/f")).Status, Is.EqualTo(204));
        }

        Assert.That(keys[0], Has.Length.EqualTo(64));
        Assert.That(keys[1], Is.EqualTo(keys[0]));
        Assert.That(keys[2], Is.Not.EqualTo(keys[0]).And.Not.Null);
        Assert.That(keys[3], Is.Null);
    }

    private static Task<WebhookApplication> StartAsync(Func<RetellFunctionCall<Booking>, CancellationToken, Task<object?>> function) =>
        WebhookApplication.StartAsync(_ => { }, map => map.MapRetellFunction("/f", function));

    private sealed class Booking
    {
        [System.ComponentModel.DataAnnotations.Range(1, 12)]
        [JsonRequired]
        public int Guests { get; set; }
    }
}
