using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Testing;
using Retell.Webhooks;

namespace Retell.Tests.Scenarios;

/// <summary>Whatever is passed in, the answer is a clear exception, and what the API would certainly refuse is not sent.</summary>
internal sealed class BadInputTests
{
    private const string Phone = "+14155550100";
    private static readonly RetellFile s_file = RetellFile.FromBytes([1], "a.txt");

    /// <summary>What is wrong, the call, and words of the message; none of these requests leaves the process.</summary>
    private static IEnumerable<TestCaseData> NeverSent()
    {
        // Ids
        yield return Row("null id", c => c.Calls.GetAsync(null!), "callId");
        yield return Row("empty id", c => c.Calls.GetAsync(""), "callId", "empty");
        yield return Row("blank id", c => c.Agents.DeleteAsync("  "), "agentId", "empty");
        yield return Row("dot id", c => c.Calls.GetAsync("."), "\".\"", "valid");
        yield return Row("dots id", c => c.Calls.DeleteAsync(".."), "\"..\"", "valid");
        yield return Row("null agent of a web call", c => c.Calls.CreateWebCallAsync((string)null!), "agentId");
        yield return Row("null chat", c => c.Chats.CreateCompletionAsync(null!, "hi"), "chatId");
        yield return Row("null text", c => c.Chats.CreateCompletionAsync("chat_1", (string)null!), "content");
        yield return Row("empty source", c => c.KnowledgeBases.DeleteSourceAsync("kb_1", ""), "sourceId", "empty");
        yield return Row("null name of a voice", c => c.Voices.CloneAsync(null!, "elevenlabs", [s_file]), "name");
        yield return Row("null number", c => c.PhoneNumbers.GetAsync(null!), "phoneNumber");
        yield return Row("null id of a list", c => First(c.Agents.ListVersionsAsync(null!)), "agentId");

        // Requests
        yield return Row("null request", c => c.Agents.CreateAsync(null!), "request");
        yield return Row("null change", c => c.Agents.UpdateAsync("agent_1", (Action<AgentSettings>)null!), "change");
        yield return Row("null update", c => c.Llms.UpdateAsync("llm_1", (RetellLlmSettings)null!), "request");
        yield return Row("no voice", c => c.Agents.CreateAsync(new CreateAgentRequest { ResponseEngine = new ResponseEngineRetellLlm { LlmId = "l" } }), "VoiceId", "voice_id");
        yield return Row("no engine", c => c.Agents.CreateAsync(new CreateAgentRequest { VoiceId = "v" }), "ResponseEngine", "response_engine");
        yield return Row("no llm in the engine", c => c.Agents.CreateAsync(new ResponseEngineRetellLlm(), "v"), "ResponseEngine.LlmId", "response_engine.llm_id");
        yield return Row("no agent", c => c.Calls.CreateWebCallAsync(new CreateWebCallRequest()), "AgentId", "agent_id");
        yield return Row("no number in a task", c => c.BatchCalls.CreateAsync(Phone, [new BatchCallTask()]), "Tasks[0].ToNumber", "tasks[0].to_number");
        yield return Row("not a number in JSON", c => c.Agents.UpdateAsync("agent_1", a => a.VoiceSpeed = double.NaN), "voice_speed", "NaN");

        // Phone numbers
        yield return Row("no plus", c => c.Calls.CreatePhoneCallAsync("14155550100", Phone), "14155550100", "plus sign");
        yield return Row("letters", c => c.Calls.CreatePhoneCallAsync(Phone, "+1415HELLO"), "+1415HELLO", "'H'");
        yield return Row("spaces", c => c.Calls.CreatePhoneCallAsync(Phone, "+1 415 555 0100"), "' '", "E.164");
        yield return Row("too long", c => c.Calls.CreatePhoneCallAsync(Phone, "+1234567890123456"), "16 digits");
        yield return Row("leading zero", c => c.Calls.CreatePhoneCallAsync(Phone, "+0123456789"), "does not start with 0");
        yield return Row("empty number", c => c.Calls.CreatePhoneCallAsync("", Phone), "fromNumber", "empty");
        yield return Row(
            "number in a request",
            c => c.Calls.CreatePhoneCallAsync(new CreatePhoneCallRequest { FromNumber = "4155550100", ToNumber = Phone }),
            "FromNumber",
            "from_number",
            "plus sign");
        yield return Row("number of an SMS", c => c.Chats.CreateSmsAsync(Phone, "555"), "toNumber", "plus sign");
        yield return Row("number in a batch", c => c.BatchCalls.CreateAsync(Phone, [Phone, "nobody"]), "nobody", "plus sign");

        // Lists
        yield return Row("negative page", c => First(c.Agents.ListAsync(pageSize: -1)), "pageSize", "1 to 1000");
        yield return Row("empty page", c => First(c.Llms.ListAsync(pageSize: 0)), "pageSize", "1 to 1000");
        yield return Row("huge page", c => First(c.Agents.ListAsync(pageSize: 1001)), "pageSize", "1 to 1000");

        // Files
        yield return Row("no file at all", c => c.Voices.CloneAsync("n", "elevenlabs", []), "no file");
        yield return Row("26 files", c => c.Voices.CloneAsync("n", "elevenlabs", Enumerable.Repeat(s_file, 26)), "25");
        yield return Row("null file", c => c.Voices.CloneAsync("n", "elevenlabs", [s_file, null!]), "null");
        yield return Row("26 files of a knowledge base", c => c.KnowledgeBases.CreateAsync("n", files: Enumerable.Repeat(s_file, 26)), "25");

        // Options
        yield return Row("negative retries", c => c.Calls.GetAsync("c", new RequestOptions { MaxRetries = -1 }), "negative");
        yield return Row("no time at all", c => c.Calls.GetAsync("c", new RequestOptions { Timeout = TimeSpan.Zero }), "more than zero");
        yield return Row("line break in a header", c => c.Calls.GetAsync("c", new RequestOptions { Headers = { ["X-A"] = "a\r\nX-B: c" } }), "X-A", "line break");
        yield return Row("body of a read", c => c.Calls.GetAsync("c", new RequestOptions { Body = { ["a"] = 1 } }), "getCall", "no request body");
        yield return Row("key of an operation without", c => c.Agents.GetAsync("a", options: new RequestOptions { IdempotencyKey = "abcdef" }), "getAgent", "idempotency key");
        yield return Row("wait for nothing", c => c.Calls.WaitUntilEndedAsync("c", TimeSpan.Zero), "timeout", "zero");
        yield return Row("foreign host", c => c.SendAsync<JToken>(HttpMethod.Get, "https://evil.example"), "not a valid path of the API");
        yield return Row("dots in a path", c => c.SendAsync<JToken>(HttpMethod.Get, "/v2/../x"), "dot segment");

        // Webhooks
        yield return Row("no signature", _ => Parse(null), "missing");
        yield return Row("malformed signature", _ => Parse("sha256=abc"), "v=<milliseconds>");
        yield return Row("another signature", _ => Parse(RetellWebhook.Sign("{} ", "key")), "does not match");
        yield return Row("old signature", _ => Parse(RetellWebhook.Sign("{}", "key", DateTimeOffset.UtcNow.AddMinutes(-6))), "ago");
        yield return Row("signature of tomorrow", _ => Parse(RetellWebhook.Sign("{}", "key", DateTimeOffset.UtcNow.AddDays(1))), "in the future");
    }

    [TestCaseSource(nameof(NeverSent))]
    public async Task Invalid_input_throws_and_is_not_sent(Func<RetellClient, Task> call, string[] words)
    {
        await using var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        Exception error = (await Assert.CatchAsync(() => call(client)))!;

        Assert.That(error, Is.InstanceOf<ArgumentException>().Or.InstanceOf<RetellException>());
        foreach (string word in words)
        {
            Assert.That(error.Message, Does.Contain(word));
        }

        Assert.That(server.Requests, Is.Empty);
    }

    /// <summary>What only the server can know: it refuses, and the message says what.</summary>
    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Row("wrong value of an enumeration", c => First(c.Agents.ListAsync(sortOrder: "sideways")), "sort_order", "sideways");
        yield return Row("over-long text", c => c.Voices.AddCommunityAsync(new string('x', 300), "voice"), "voice_name", "200");
        yield return Row("over-large number", c => c.Agents.UpdateAsync("agent_1", a => a.VoiceSpeed = 99), "voice_speed");
        yield return Row("unknown member", c => c.Agents.UpdateAsync("agent_1", a => a.AdditionalProperties["voice_sped"] = 1), "voice_sped");
    }

    [TestCaseSource(nameof(Refused))]
    public async Task Invalid_value_rejected_by_server_is_named_in_message(Func<RetellClient, Task> call, string[] words)
    {
        await using var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        RetellApiException error = (await Assert.CatchAsync<RetellApiException>(() => call(client)))!;

        Assert.That(words, Has.All.Matches<string>(word => error.Message.Contains(word!, StringComparison.Ordinal)), error.Message);
    }

    [Test]
    public async Task GetCall_id_with_special_characters_arrives_unchanged([Values("a/b", "ü✓", "%2e%2e", "a b", "?x=1", "#f", "+1", "a\\b", "a;b", "日本")] string id)
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        await client.Calls.GetAsync(id);

        Assert.That(server.Requests.Only("getCall").PathValues["call_id"], Is.EqualTo(id));
    }

    [Test]
    public async Task CloneVoice_unreadable_file_throws_with_file_name()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        Assert.That(
            () => client.Voices.CloneAsync("n", "elevenlabs", [RetellFile.FromFactory(_ => throw new IOException("the disk is gone"), "voice.wav")]),
            Throws.InstanceOf<RetellException>().With.Message.Contains("voice.wav").And.Message.Contains("the disk is gone"));
        Assert.That(() => RetellFile.FromPath("/no/such/file.wav"), Throws.InstanceOf<IOException>().Or.InstanceOf<ArgumentException>());
        Assert.That(() => RetellFile.FromStream(null!, "a"), Throws.ArgumentNullException);
    }

    private static TestCaseData Row(string name, Func<RetellClient, Task> call, params string[] words) => new TestCaseData(call, words).SetArgDisplayNames(name);

    private static Task Parse(string? signature)
    {
        RetellWebhook.Parse("{}", signature, "key");
        return Task.CompletedTask;
    }

    private static async Task First<T>(Pager<T> list)
    {
        await foreach (T _ in list)
        {
            return;
        }
    }
}
