using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Resilience;

/// <summary>A dial is repeated under one valid key, wherever it comes from, or not at all.</summary>
internal sealed class IdempotencyKeyTests
{
    private const string Phone = "+14157774444";

    private static readonly JToken?[] s_invalid = [JValue.CreateNull(), "", "a b", "abcd", new string('k', 256), "schlüssel", 471100, true, new JArray("order-1")];

    private static IEnumerable<TestCaseData> Valid =>
    [
        Row("options", request => (request, new RequestOptions { IdempotencyKey = "order-471100" })),
        Row("body of the options", request => (request, new RequestOptions { Body = { ["idempotency_key"] = "order-471100" } })),
        Row("request", request =>
        {
            request.IdempotencyKey = "order-471100";
            return (request, null);
        }),
        Row("additional property", request =>
        {
            request.AdditionalProperties["idempotency_key"] = "order-471100";
            return (request, null);
        }),
    ];

    [TestCaseSource(nameof(Valid))]
    public async Task IdempotencyKey_of_caller_is_sent_with_every_attempt(object set)
    {
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("""{"call_id":"call_1"}"""));
        using RetellClient client = Client(handler);
        (CreatePhoneCallRequest request, RequestOptions? options) = ((Func<CreatePhoneCallRequest, (CreatePhoneCallRequest, RequestOptions?)>)set)(Request());

        await client.Calls.CreatePhoneCallAsync(request, options);

        Assert.That(handler.Sent.Select(sent => (string?)JObject.Parse(sent.Body)["idempotency_key"]), Is.EqualTo(new[] { "order-471100", "order-471100" }));
    }

    [Test]
    public void IdempotencyKey_invalid_from_any_source_throws([ValueSource(nameof(s_invalid))] JToken? key)
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        using RetellClient client = Client(handler);
        CreatePhoneCallRequest additional = Request();
        additional.AdditionalProperties["idempotency_key"] = key!;
        CreatePhoneCallRequest read = RetellJson.Deserialize<CreatePhoneCallRequest>(
            new JObject { ["from_number"] = Phone, ["to_number"] = Phone, ["idempotency_key"] = key }.ToString())!;

        Assert.Multiple(() =>
        {
            AssertRefused(Request(), new RequestOptions { Body = { ["idempotency_key"] = key } });
            AssertRefused(additional, null);
            AssertRefused(read, null);
            if (key is JValue { Value: string text })
            {
                AssertRefused(Request(), new RequestOptions { IdempotencyKey = text });
                CreatePhoneCallRequest set = Request();
                set.IdempotencyKey = text;
                AssertRefused(set, null);
            }
        });
        Assert.That(handler.Sent, Is.Empty);

        void AssertRefused(CreatePhoneCallRequest request, RequestOptions? options) =>
            Assert.That(
                () => client.Calls.CreatePhoneCallAsync(request, options),
                Throws.ArgumentException.With.Message.Contains("idempotency key").And.Message.Contains("5 to 255"));
    }

    [Test]
    public async Task RawClient_CreatePhoneCall_without_idempotency_key_is_not_retried()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        using RetellClient client = Client(handler);

        await Assert.ThrowsAsync<RetellServerException>(() => client.Raw.Calls.CreatePhoneCallAsync(Request()));

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
        Assert.That(JObject.Parse(handler.Sent[0].Body)["idempotency_key"], Is.Null);
    }

    /// <summary>A key deeper in the body is not the key of the request.</summary>
    [Test]
    public async Task RawClient_CreatePhoneCall_with_key_in_metadata_is_not_retried()
    {
        using var handler = new StubHandler(() => StubHandler.Error(503));
        using RetellClient client = Client(handler);
        CreatePhoneCallRequest request = Request();
        request.Metadata = new JObject { ["idempotency_key"] = "order-471100" };

        await Assert.ThrowsAsync<RetellServerException>(() => client.Raw.Calls.CreatePhoneCallAsync(request));

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    private static CreatePhoneCallRequest Request() => new() { FromNumber = Phone, ToNumber = Phone };

    private static TestCaseData Row(string name, Func<CreatePhoneCallRequest, (CreatePhoneCallRequest, RequestOptions?)> set) => new TestCaseData(set).SetArgDisplayNames(name);
}
