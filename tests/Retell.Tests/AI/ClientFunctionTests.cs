using System.Text.Json;
using Microsoft.Extensions.AI;
using Retell.AI;
using Retell.Models;
using Retell.Testing;

namespace Retell.Tests.AI;

/// <summary>The operations of the client as functions.</summary>
internal sealed class ClientFunctionTests
{
    [Test]
    public async Task AsAIFunctions_reads_a_call()
    {
        await using FakeRetellServer fake = await FakeRetellServer.StartAsync();
        using RetellClient client = fake.CreateClient();
        fake.Seed(new PhoneCall { CallId = "call_1", CallStatus = CallStatus.Ongoing });
        var result = (JsonElement?)await Function(client, "calls_get").InvokeAsync(new(new Dictionary<string, object?> { ["call_id"] = "call_1" }));

        Assert.That(result?.GetProperty("call_status").GetString(), Is.EqualTo("ongoing"));
        Assert.That(fake.Requests.Single().Path, Is.EqualTo("/v2/get-call/call_1"));
    }

    [Test]
    public async Task AsAIFunctions_creates_a_call_from_the_arguments_of_a_model()
    {
        await using FakeRetellServer fake = await FakeRetellServer.StartAsync();
        using RetellClient client = fake.CreateClient();
        using var json = JsonDocument.Parse("""{"from_number":"+14157774444","to_number":"+12137774445","metadata":{"order":7},"override_agent_id":null}""");
        var arguments = new AIFunctionArguments(json.RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value));
        var result = (JsonElement?)await Function(client, "calls_create_phone_call").InvokeAsync(arguments);
        FakeRequest sent = fake.Requests.Single();

        Assert.That(result?.GetProperty("to_number").GetString(), Is.EqualTo("+12137774445"));
        Assert.That((sent.Method, sent.Path), Is.EqualTo(("POST", "/v2/create-phone-call")));
        Assert.That((string?)sent.Json!["from_number"], Is.EqualTo("+14157774444"));
        Assert.That((int?)sent.Json["metadata"]!["order"], Is.EqualTo(7));
        Assert.That(sent.Json["override_agent_id"], Is.Null);
        Assert.That(sent.Errors, Is.Empty);
    }

    [Test]
    public async Task AsAIFunctions_returns_a_page_of_a_list()
    {
        await using FakeRetellServer fake = await FakeRetellServer.StartAsync();
        using RetellClient client = fake.CreateClient();
        fake.Seed(new PhoneCall { CallId = "call_1" });
        fake.Seed(new PhoneCall { CallId = "call_2" });
        var page = (JsonElement?)await Function(client, "calls_list").InvokeAsync(new(new Dictionary<string, object?> { ["limit"] = 1 }));
        var next = (JsonElement?)await Function(client, "calls_list").InvokeAsync(
            new(new Dictionary<string, object?> { ["limit"] = 1, ["pagination_key"] = page?.GetProperty("pagination_key").GetString() }));

        Assert.That(page?.GetProperty("items").GetArrayLength(), Is.EqualTo(1));
        Assert.That(page?.GetProperty("has_more").GetBoolean(), Is.True);
        Assert.That(next?.GetProperty("items")[0].GetProperty("call_id").GetString(), Is.Not.EqualTo(page?.GetProperty("items")[0].GetProperty("call_id").GetString()));
    }

    [Test]
    public async Task AsAIFunctions_refuses_missing_and_unknown_arguments_before_a_request()
    {
        await using FakeRetellServer fake = await FakeRetellServer.StartAsync();
        using RetellClient client = fake.CreateClient();
        AIFunction get = Function(client, "calls_get");

        Assert.That(async () => await get.InvokeAsync(), Throws.ArgumentException.With.Message.EqualTo("The argument \"call_id\" is missing."));
        Assert.That(
            async () => await get.InvokeAsync(new(new Dictionary<string, object?> { ["call_id"] = "call_1", ["nope"] = 1 })),
            Throws.ArgumentException.With.Message.EqualTo("calls_get has no argument \"nope\"."));
        Assert.That(fake.Requests, Is.Empty);
    }

    [Test]
    public void AsAIFunctions_describes_functions_and_their_arguments()
    {
        using var client = new RetellClient("key");
        AIFunction create = Function(client, "calls_create_phone_call");
        JsonElement properties = create.JsonSchema.GetProperty("properties");
        JsonElement agent = Function(client, "agents_create").JsonSchema;
        JsonElement engine = agent.GetProperty("properties").GetProperty("response_engine");

        Assert.That(create.Description, Is.EqualTo("Creates an outbound phone call."));
        Assert.That(properties.GetProperty("from_number").GetProperty("type").GetString(), Is.EqualTo("string"));
        Assert.That(properties.GetProperty("retell_llm_dynamic_variables").GetProperty("additionalProperties").GetProperty("type").GetString(), Is.EqualTo("string"));
        Assert.That(create.JsonSchema.GetProperty("required").EnumerateArray().Select(name => name.GetString()), Is.EquivalentTo(["from_number", "to_number"]));
        JsonElement id = Function(client, "calls_get").JsonSchema.GetProperty("properties").GetProperty("call_id");
        Assert.That(id.GetProperty("description").GetString(), Does.StartWith("The ID of the call"));
        Assert.That(
            engine.GetProperty("anyOf").EnumerateArray().Select(variant => variant.GetProperty("properties").GetProperty("type").GetProperty("enum")[0].GetString()),
            Is.SupersetOf(["retell-llm", "custom-llm"]));
        Assert.That(agent.GetProperty("properties").GetProperty("voice_model").GetProperty("enum").GetArrayLength(), Is.GreaterThan(3));
    }

    [Test]
    public void AsAIFunctions_has_unique_names_and_descriptions()
    {
        using var client = new RetellClient("key");
        IReadOnlyList<AIFunction> functions = client.AsAIFunctions();

        Assert.That(functions, Has.Count.GreaterThan(60));
        Assert.That(functions.Select(function => function.Name), Is.Unique.And.Ordered.And.All.Match("^[a-z0-9_]{3,64}$"));
        Assert.That(functions.Where(function => string.IsNullOrEmpty(function.Description)).Select(function => function.Name), Is.Empty);
        Assert.That(functions.Where(function => function.JsonSchema.GetRawText().Length > 60_000).Select(function => function.Name), Is.Empty);
    }

    [TestCase("calls_get", "read", "getCall")]
    [TestCase("calls_list", "read", "listCalls")]
    [TestCase("agents_list", "read", "listAgents")]
    [TestCase("voices_search_community", "read", "searchCommunityVoice")]
    [TestCase("apps_get_tool_schema", "read", "getAppToolSchema")]
    [TestCase("calls_update", "write", "updateCallMetadata")]
    [TestCase("calls_stop", "write", "stopCall")]
    [TestCase("calls_delete", "destructive", "deleteCall")]
    [TestCase("calls_create_phone_call", "paid", "createPhoneCall")]
    [TestCase("batch_calls_create", "paid", "createBatchCall")]
    [TestCase("phone_numbers_create", "paid", "createPhoneNumber")]
    [TestCase("chats_create_sms", "paid", "createSmsChat")]
    [TestCase("calls_rerun_analysis", "paid", "rerunCallAnalysis")]
    public void AsAIFunctions_marks_the_effect(string name, string effect, string operation)
    {
        using var client = new RetellClient("key");
        AIFunction function = Function(client, name);

        Assert.That(function.AdditionalProperties[RetellClientFunctionExtensions.EffectKey], Is.EqualTo(effect));
        Assert.That(function.AdditionalProperties[RetellClientFunctionExtensions.OperationKey], Is.EqualTo(operation));
    }

    [Test]
    public void AsAIFunctions_with_a_filter_returns_what_it_chooses()
    {
        using var client = new RetellClient("key");
        IReadOnlyList<AIFunction> read = client.AsAIFunctions(function => function.AdditionalProperties[RetellClientFunctionExtensions.EffectKey] is "read");

        Assert.That(read.Select(function => function.Name), Does.Contain("calls_get").And.Not.Contain("calls_delete").And.Not.Contain("calls_create_phone_call"));
        Assert.That(read.Select(function => function.Name.Split('_').Any(word => word is "create" or "update" or "delete" or "stop")), Is.All.False);
    }

    private static AIFunction Function(RetellClient client, string name) => client.AsAIFunctions(function => function.Name == name).Single();
}
