using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Newtonsoft.Json.Linq;
using Retell.AspNetCore;
using Retell.Webhooks;

namespace Retell.Tests.AspNetCore;

/// <summary>Custom functions.</summary>
internal sealed partial class FunctionTests
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

    [Test]
    public async Task Function_with_a_query_reads_numbers_booleans_and_lists_by_their_types([Values] bool isGenerated)
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(_ => { }, map => map.MapRetellFunction<Order>(
            "/f",
            (call, _) => Task.FromResult<object?>($"{call.Args.Count + 1} {call.Args.Price} {!call.Args.Gift} {string.Join('|', call.Args.Items!)} {call.Args.Note} {call.Args.Day:MM-dd}"),
            isGenerated ? OrderContext.Default.Order : null));
        const string Query = "/f?count=3&price=1.5&gift=true&note=7&day=2030-01-02&items=";

        Assert.That(await app.SendAsync(HttpMethod.Get, Query + "a&items=b", []), Is.EqualTo((200, "4 1.5 False a|b 7 01-02")));
        Assert.That(await app.SendAsync(HttpMethod.Get, Query + "a", []), Is.EqualTo((200, "4 1.5 False a 7 01-02")));
        Assert.That(
            await app.SendAsync(HttpMethod.Get, "/f?count=many", []), Is.EqualTo((200, """{"error":"invalid_arguments","message":"The argument \"count\" has a value of the wrong type."}""")));
    }

    [Test]
    public async Task Function_with_validation_of_the_whole_object_tells_the_agent()
    {
        await using WebhookApplication app = await WebhookApplication.StartAsync(
            _ => { }, map => map.MapRetellFunction<Stay>("/f", (call, _) => Task.FromResult<object?>(new { nights = call.Args.Departure - call.Args.Arrival })));

        Assert.That(await app.PostAsync("""{"arrival":3,"departure":5}""", "/f"), Is.EqualTo((200, """{"nights":2}""")));
        Assert.That(
            await app.PostAsync("""{"arrival":5,"departure":3}""", "/f"),
            Is.EqualTo((200, """{"error":"invalid_arguments","message":"The departure must be after the arrival."}""")));
        Assert.That(
            await app.PostAsync("""{"arrival":5}""", "/f"), Is.EqualTo((200, """{"error":"invalid_arguments","message":"The argument \"departure\" is missing."}""")));
    }

    [Test]
    public async Task Function_of_another_signer_reaches_no_handler([Values("", "x")] string signature)
    {
        int called = 0;
        await using WebhookApplication app = await StartAsync((_, _) => Task.FromResult<object?>(called++));

        Assert.That((await app.SendAsync(HttpMethod.Post, "/f", """{"guests":4}"""u8.ToArray(), signature)).Status, Is.EqualTo(401));
        Assert.That(called, Is.Zero);
        Assert.That(app.Log.Text, Does.Not.Contain("guests"));
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

    internal sealed class Order
    {
        public int Count { get; set; }

        public double? Price { get; set; }

        public bool? Gift { get; set; }

        public List<string>? Items { get; set; }

        public string? Note { get; set; }

        public DateOnly? Day { get; set; }
    }

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(Order))]
    internal sealed partial class OrderContext : JsonSerializerContext;

    private sealed class Stay : System.ComponentModel.DataAnnotations.IValidatableObject
    {
        public required int Arrival { get; init; }

        public required int Departure { get; init; }

        public IEnumerable<System.ComponentModel.DataAnnotations.ValidationResult> Validate(System.ComponentModel.DataAnnotations.ValidationContext validationContext)
        {
            if (Departure <= Arrival)
            {
                yield return new("The departure must be after the arrival.");
            }
        }
    }

    private sealed class Booking
    {
        [System.ComponentModel.DataAnnotations.Range(1, 12)]
        [JsonRequired]
        public int Guests { get; set; }
    }
}
