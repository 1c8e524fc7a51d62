using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Tests.Testing;

/// <summary>What every kind of thing can do that is created, read, listed, changed and deleted by requests.</summary>
public class EveryKindTests(Way way) : FakeFixture(way)
{
    private static readonly SampleFactory s_samples = new(ApiDocument.Embedded, new SchemaValidator(ApiDocument.Embedded));

    [TestCase("createAgent", "getAgent", "listAgents", "updateAgent", "deleteAgent", "agent_name")]
    [TestCase("createChatAgent", "getChatAgent", "listAgents", "updateChatAgent", "deleteChatAgent", "agent_name")]
    [TestCase("createRetellLLM", "getRetellLLM", "listRetellLLM", "updateRetellLLM", "deleteRetellLLM", "general_prompt")]
    [TestCase("createConversationFlow", "getConversationFlow", "listConversationFlows", "updateConversationFlow", "deleteConversationFlow", "global_prompt")]
    [TestCase("createConversationFlowComponent", "getConversationFlowComponent", "listConversationFlowComponents", "updateConversationFlowComponent",
        "deleteConversationFlowComponent", "name")]
    [TestCase("createPhoneNumber", "getPhoneNumber", "listPhoneNumbers", "updatePhoneNumber", "deletePhoneNumber", "nickname")]
    [TestCase("createTestCaseDefinition", "getTestCaseDefinition", "listTestCaseDefinitions", "updateTestCaseDefinition", "deleteTestCaseDefinition", "name")]
    [TestCase("createContact", "getContact", "listContacts", "updateContact", "deleteContact", "first_name")]
    [TestCase("createApp", "getApp", "listApps", "updateApp", "deleteApp", "name")]
    public async Task Fake_resource_of_each_kind_is_created_read_listed_updated_and_deleted(string create, string get, string list, string update, string delete, string name)
    {
        string id = Operation(get).Parameters.Single(p => !p.IsQuery).Name;
        string[] ids = [await CreateAsync(), await CreateAsync(), await CreateAsync()];
        Assert.That(ids, Is.Unique);

        Assert.That(await ListAsync(), Is.EqualTo(ids.Reverse()));
        Reply updated = await RequestAsync(update, ids[1], new JObject { [name] = "Another" });
        Assert.That((string?)updated.Json[name], Is.EqualTo("Another"), updated.Text);
        Assert.That((await RequestAsync(get, ids[1])).Text, Is.EqualTo(updated.Text));
        Assert.That((string?)(await RequestAsync(get, ids[0])).Json[name], Is.Not.EqualTo("Another"));

        Assert.That((await RequestAsync(delete, ids[1])).Status, Is.EqualTo(204));
        Assert.That((await RequestAsync(get, ids[1])).Status, Is.EqualTo(404).Or.EqualTo(422));
        Assert.That((await RequestAsync(update, ids[1], new JObject())).Status, Is.EqualTo(404).Or.EqualTo(422));
        Assert.That((await RequestAsync(delete, ids[1])).Status, Is.EqualTo(404).Or.EqualTo(422));
        Assert.That(await ListAsync(), Is.EqualTo(new[] { ids[2], ids[0] }));
        Assert.That(Server.Requests.Invalid(), Is.Empty);

        async Task<string> CreateAsync()
        {
            Reply created = await RequestAsync(create, null, (JObject)s_samples.Create(Operation(create).Body!, full: false));
            Assert.That(created.Status, Is.EqualTo(201), created.Text);
            return (string)created.Json[id]!;
        }

        async Task<string[]> ListAsync()
        {
            Reply reply = await RequestAsync(list, null, Operation(list).Method == "POST" ? new JObject() : null);
            return [.. (reply.Json is JArray all ? all : reply.Json["items"]!).Select(item => (string)item[id]!)];
        }
    }

    private static FakeOperation Operation(string id) => ApiDocument.Embedded.Operations.Single(o => o.Id == id);

    private Task<Reply> RequestAsync(string operationId, string? id, JObject? body = null)
    {
        FakeOperation operation = Operation(operationId);
        string path = id is null ? operation.Path : operation.Path[..operation.Path.IndexOf('{', StringComparison.Ordinal)] + Uri.EscapeDataString(id);
        FakeParameter? type = operation.Parameters.FirstOrDefault(p => p.IsQuery && p.IsRequired);
        return SendAsync(operation.Method, type is null ? path : $"{path}?{type.Name}={ApiDocument.Embedded.Resolve(type.Schema)["enum"]![0]}", body);
    }
}
