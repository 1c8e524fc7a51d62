using System.Net;
using Retell.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Readme;

/// <summary>The samples that serve, over sockets.</summary>
[Parallelizable]
internal sealed class ServedSampleTests
{
    private const string Key = "sample-key";

    [Test]
    public async Task Webhooks_sample_serves_events_inbound_calls_and_the_function()
    {
        using ServedSample sample = await ServedSample.StartAsync("webhooks", "--key", Key);
        const string Analyzed = """{"event":"call_analyzed","call":{"call_type":"phone_call","call_id":"call_1"}}""";

        Assert.That(await PostAsync(sample, "webhooks", Analyzed), Is.EqualTo((HttpStatusCode.NoContent, "")));
        Assert.That(await PostAsync(sample, "webhooks", Analyzed), Is.EqualTo((HttpStatusCode.NoContent, "")));
        Assert.That((await PostAsync(sample, "webhooks", Analyzed, "key_test")).Status, Is.EqualTo(HttpStatusCode.Unauthorized));
        Assert.That((await PostAsync(sample, "webhooks", """{"event":"chat_started","chat":{"chat_id":"chat_1"}}""")).Status, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(await InboundAsync("+14155550100"), Is.EqualTo((HttpStatusCode.OK, """{"call_inbound":{"dynamic_variables":{"caller":"+14155550100"}}}""")));
        Assert.That(await InboundAsync("+19005550100"), Is.EqualTo((HttpStatusCode.OK, """{"call_inbound":{"reject":true}}""")));
        Assert.That(
            await PostAsync(sample, "functions/book-table", """{"guests":12,"time":"2026-12-24T19:00:00+01:00"}"""),
            Is.EqualTo((HttpStatusCode.OK, """{"booked":true,"time":"2026-12-24T19:00:00+01:00"}""")));
        Assert.That((await PostAsync(sample, "functions/book-table", """{"guests":13,"time":"2026-12-24T19:00"}""")).Body, Does.Contain("between 1 and 12"));
        Assert.That((await PostAsync(sample, "functions/book-table", """{"guests":2,"time":"7 pm"}""")).Body, Does.Contain("ISO 8601"));
        Assert.That((await PostAsync(sample, "functions/book-table", """{"guests":2}""")).Body, Does.Contain("invalid_arguments").And.Contain("time"));
        await sample.WaitForAsync("handled call_analyzed call_1");
        Assert.That(
            sample.Lines.Where(line => line.StartsWith("handled", StringComparison.Ordinal)),
            Is.EquivalentTo(new[] { "handled call_analyzed call_1", "handled chat_started chat_1" }));

        Task<(HttpStatusCode, string)> InboundAsync(string number) =>
            PostAsync(sample, "webhooks", $$$"""{"event":"call_inbound","call_inbound":{"from_number":"{{{number}}}","to_number":"+14155550101"}}""");
    }

    [Test]
    public async Task CustomLlm_sample_greets_answers_books_and_ends_the_call()
    {
        using ServedSample sample = await ServedSample.StartAsync("custom-llm");
        await using FakeCaller caller = await FakeCaller.DialAsync(sample.Url, "/llm/sample-secret");
        FakeLlmTurn answer = await caller.SayAsync("What a nice day.");
        FakeLlmTurn booked = await caller.SayAsync("Please book a table.");
        FakeLlmTurn ended = await caller.SayAsync("Bye.");

        Assert.That(caller.Begin.Text, Is.EqualTo("Hello, this is the front desk."));
        Assert.That(answer.ToString(), Is.EqualTo("1: You said: What a nice day."));
        Assert.That(answer.Frames, Is.GreaterThan(2));
        Assert.That(booked.Tools.Select(tool => tool.ToString()), Is.EqualTo(["""book_table({"guests":2}) → booking 1 for 2"""]));
        Assert.That(ended.ToString(), Is.EqualTo("3: You said: Bye. [end_call]"));
        Assert.That(caller.Violations, Is.Empty);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(ServedSample sample, string path, string body, string key = Key)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{sample.Url}/retell/{path}") { Content = new StringContent(body) };
        request.Headers.Add(RetellWebhook.SignatureHeader, RetellWebhook.Sign(body, key));
        using HttpResponseMessage response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
