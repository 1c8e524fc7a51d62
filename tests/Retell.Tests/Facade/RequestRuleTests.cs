using Newtonsoft.Json.Linq;
using Retell.Http;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>What is told before anything is sent, up to its limits.</summary>
internal sealed class RequestRuleTests
{
    private const string Phone = "+14157774444";

    [TestCase("+12")]
    [TestCase("+123456789012345")]
    [TestCase("+99999999999")]
    [TestCase("+10000000000")]
    public void E164_valid_number_has_no_fault(string number) => Assert.That(E164.FindFault(number), Is.Null);

    [TestCase("", "plus sign")]
    [TestCase("1234567", "plus sign")]
    [TestCase("+", "0 digits")]
    [TestCase("+1", "1 digits")]
    [TestCase("+1234567890123456", "16 digits")]
    [TestCase("+0123456", "does not start with 0")]
    [TestCase("+12345/", "'/'")]
    [TestCase("+12345:", "':'")]
    public void E164_invalid_number_names_fault(string number, string fault) =>
        Assert.That(E164.FindFault(number), Does.StartWith($"\"{number}\" is not a valid E.164 phone number: ").And.Contain(fault));

    [Test]
    public async Task CreatePhoneCall_pseudo_number_needs_IgnoreE164Validation()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Calls.CreatePhoneCallAsync(new CreatePhoneCallRequest { FromNumber = "1001", ToNumber = Phone, IgnoreE164Validation = true });
        Assert.That(
            () => client.Calls.CreatePhoneCallAsync(new CreatePhoneCallRequest { FromNumber = "1001", ToNumber = Phone, IgnoreE164Validation = false }),
            Throws.ArgumentException.With.Message.Contains("createPhoneCall: CreatePhoneCallRequest.FromNumber (\"from_number\"): \"1001\""));

        Assert.That(handler.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public void CreateBatchCall_missing_or_invalid_number_names_task_index()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.BatchCalls.CreateAsync(Phone, [new BatchCallTask { ToNumber = Phone }, new BatchCallTask { ToNumber = "x" }, new BatchCallTask()]),
            Throws.ArgumentException.With.Message.Contains("createBatchCall: Tasks[1].ToNumber (\"tasks[1].to_number\"): \"x\""));
        Assert.That(
            () => client.BatchCalls.CreateAsync(Phone, [new BatchCallTask { ToNumber = Phone }, new BatchCallTask()]),
            Throws.ArgumentException.With.Message.Contains("createBatchCall requires Tasks[1].ToNumber (\"tasks[1].to_number\"), but it is not set."));
        Assert.That(handler.Sent, Is.Empty);
    }

    [TestCase(1)]
    [TestCase(25)]
    public async Task CloneVoice_1_to_25_files_are_sent(int count)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Voices.CloneAsync("n", "elevenlabs", Enumerable.Repeat(RetellFile.FromBytes([1], "a"), count));

        Assert.That(handler.Sent[0].Body.Split("filename=").Length - 1, Is.EqualTo(count));
    }

    [TestCase(0, "contains no file")]
    [TestCase(26, "contains 26 files. At most 25 are allowed")]
    public void CloneVoice_no_file_too_many_files_or_null_throws(int count, string message)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Voices.CloneAsync("n", "elevenlabs", Enumerable.Repeat(RetellFile.FromBytes([1], "a"), count)),
            Throws.ArgumentException.With.Message.Contains($"cloneVoice: CloneVoiceRequest.Files (\"files\") {message}"));
        Assert.That(() => client.Voices.CloneAsync("n", "elevenlabs", [null!]), Throws.ArgumentException.With.Message.Contains("contains a null"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [TestCase("azAZ09-_")]
    [TestCase("abcde")]
    public async Task CreatePhoneCall_valid_idempotency_key_is_sent(string key)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        string longest = new('k', 255);

        await client.Calls.CreatePhoneCallAsync(Phone, Phone, options: new RequestOptions { IdempotencyKey = key });
        await client.Calls.CreatePhoneCallAsync(Phone, Phone, options: new RequestOptions { IdempotencyKey = longest, Body = { ["idempotency_key"] = "of the body" } });

        Assert.That(handler.Sent.Select(sent => (string?)JObject.Parse(sent.Body)["idempotency_key"]), Is.EqualTo(new[] { key, longest }));
    }

    [TestCase("abcd")]
    [TestCase("abcd[")]
    [TestCase("abcd@")]
    [TestCase("abcd`")]
    [TestCase("abcd{")]
    [TestCase("abcd/")]
    [TestCase("abcd:")]
    public void CreatePhoneCall_idempotency_key_with_invalid_characters_or_length_throws(string key)
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Calls.CreatePhoneCallAsync(Phone, Phone, options: new RequestOptions { IdempotencyKey = key }),
            Throws.ArgumentException.With.Message.Contains(key));
        Assert.That(() => client.Calls.CreatePhoneCallAsync(Phone, Phone, options: new RequestOptions { IdempotencyKey = new string('k', 256) }), Throws.ArgumentException);
    }

    [Test]
    public async Task SendAsync_RequestOptions_Body_is_merged_into_copy_of_JSON_or_form()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);
        var json = new JObject { ["a"] = 1 };
        var form = new Dictionary<string, object?> { ["a"] = "one", ["b"] = "two", ["file"] = RetellFile.FromBytes([1], "f") };
        var options = new RequestOptions { Body = { ["a"] = "other" } };

        await client.SendAsync(HttpMethod.Post, "/v9/x", json, options);
        await client.SendAsync(HttpMethod.Post, "/v9/x", form, options);

        Assert.That(handler.Sent[0].Body, Is.EqualTo("""{"a":"other"}"""));
        Assert.That(json.ToString(Newtonsoft.Json.Formatting.None), Is.EqualTo("""{"a":1}"""));
        Assert.That(handler.Sent[1].Body, Does.Contain("other").And.Contain("two").And.Not.Contain("one"));
        Assert.That(
            () => client.SendAsync(HttpMethod.Post, "/v9/x", new[] { 1 }, options),
            Throws.ArgumentException.With.Message.Contains("POST /v9/x").And.Message.Contains("JSON object"));
    }

    [Test]
    public void CreateBatchCall_invalid_number_after_null_task_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.BatchCalls.CreateAsync(Phone, [null!, new BatchCallTask { ToNumber = "bad" }]),
            Throws.ArgumentException.With.Message.Contains("Tasks[1].ToNumber (\"tasks[1].to_number\"): \"bad\"").And.Property("ParamName").EqualTo("tasks"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public void CreateApp_default_value_of_required_property_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Apps.CreateAsync(new CreateAppRequest { Type = default, Provider = "any" }),
            Throws.ArgumentException.With.Message.Contains("CreateAppRequest.Type (\"type\"), but it is not set").And.Property("ParamName").EqualTo("request"));
        Assert.That(() => client.Apps.CreateAsync(default, "any"), Throws.ArgumentException.With.Property("ParamName").EqualTo("type"));
        Assert.That(() => client.TestCases.ListAsync(default(ResponseEngineType)), Throws.ArgumentException.With.Property("ParamName").EqualTo("type"));
        Assert.That(() => client.Raw.TestCases.ListTestCaseDefinitionsAsync(default), Throws.ArgumentException.With.Property("ParamName").EqualTo("type"));
        Assert.That(handler.Sent, Is.Empty);
    }

    [Test]
    public async Task UpdateAgent_default_value_of_optional_property_is_not_sent()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        await client.Agents.GetAsync("agent_1", version: default(AgentVersionReference));
        await client.Agents.UpdateAsync("agent_1", new AgentSettings { Language = default(AgentLanguage), AgentName = "a" }, version: default(AgentVersionReference));
        await client.Calls.CreatePhoneCallAsync(
            new CreatePhoneCallRequest { FromNumber = Phone, ToNumber = Phone, OverrideAgentVersion = default(AgentVersionReference), IdempotencyKey = "key_1" });

        Assert.That(
            handler.Sent.Select(sent => $"{sent.Method} {sent.Uri.PathAndQuery}"),
            Is.EqualTo(new[] { "GET /get-agent/agent_1", "PATCH /update-agent/agent_1", "POST /v2/create-phone-call" }));
        Assert.That(handler.Sent[1].Body, Is.EqualTo("""{"agent_name":"a"}"""));
        Assert.That(JObject.Parse(handler.Sent[2].Body).Properties().Select(member => member.Name), Is.EquivalentTo(new[] { "from_number", "to_number", "idempotency_key" }));
    }

    [Test]
    public void UpdateAgent_default_value_in_list_throws()
    {
        using var handler = new StubHandler(() => StubHandler.Json("{}"));
        using RetellClient client = Client(handler);

        Assert.That(
            () => client.Agents.UpdateAsync("agent_1", agent => agent.WebhookEvents = [default]),
            Throws.ArgumentException.With.Message.Contains("WebhookEvents[0] (\"webhook_events[0]\") has no value").And.Property("ParamName").EqualTo("change"));
        Assert.That(handler.Sent, Is.Empty);
    }
}
