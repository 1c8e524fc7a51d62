using Retell.Models;
using Retell.Testing;
using Retell.Tests.Support;

namespace Retell.Tests.Facade.Resources;

/// <summary>What the overloads for the common case send, member by member.</summary>
internal sealed class OverloadTests
{
    private const string From = "+14157774444";
    private const string To = "+12137774445";

    private static readonly ResponseEngineRetellLlm s_llm = new() { LlmId = "llm_1" };
    private static readonly EndNode s_node = new() { Id = "end" };

    private static IEnumerable<TestCaseData> Overloads
    {
        get
        {
            yield return Sends(
                "create a batch of numbers",
                c => c.BatchCalls.CreateAsync(From, [To, From]),
                """{"from_number":"+14157774444","tasks":[{"to_number":"+12137774445"},{"to_number":"+14157774444"}]}""");
            yield return Sends(
                "create a batch of tasks",
                c => c.BatchCalls.CreateAsync(From, [new BatchCallTask { ToNumber = To, OverrideAgentId = "a" }]),
                """{"from_number":"+14157774444","tasks":[{"to_number":"+12137774445","override_agent_id":"a"}]}""");
            yield return Sends(
                "create a batch for later",
                c => c.BatchCalls.CreateAsync(From, [To], new DateTimeOffset(2027, 1, 1, 9, 0, 0, TimeSpan.FromHours(1))),
                """{"from_number":"+14157774444","trigger_timestamp":1798790400000,"tasks":[{"to_number":"+12137774445"}]}""");
            yield return Sends(
                "create a voice agent",
                c => c.Agents.CreateAsync(s_llm, "voice_1"),
                """{"response_engine":{"type":"retell-llm","llm_id":"llm_1"},"voice_id":"voice_1"}""");
            yield return Sends("create a chat agent", c => c.ChatAgents.CreateAsync(s_llm), """{"response_engine":{"type":"retell-llm","llm_id":"llm_1"}}""");
            yield return Sends("publish a chat agent", c => c.ChatAgents.PublishVersionAsync("a", 3), """{"version":3}""");
            yield return Sends("create a chat", c => c.Chats.CreateAsync("a"), """{"agent_id":"a"}""");
            yield return Sends(
                "create a chat with variables",
                c => c.Chats.CreateAsync("a", new Dictionary<string, string> { ["name"] = "Ada" }),
                """{"agent_id":"a","retell_llm_dynamic_variables":{"name":"Ada"}}""");
            yield return Sends("send an SMS", c => c.Chats.CreateSmsAsync(From, To), """{"from_number":"+14157774444","to_number":"+12137774445"}""");
            yield return Sends(
                "send an SMS by an agent",
                c => c.Chats.CreateSmsAsync(From, To, "a"),
                """{"from_number":"+14157774444","to_number":"+12137774445","override_agent_id":"a"}""");
            yield return Sends("chat", c => c.Chats.CreateCompletionAsync("c", "hi"), """{"chat_id":"c","content":"hi"}""");
            yield return Sends("try an agent", c => c.Playground.CompleteAsync("a", "hi"), """{"messages":[{"role":"user","content":"hi"}]}""");
            yield return Sends(
                "try an agent further",
                c =>
                    c.Playground.CompleteAsync(
                        "a",
                        [new MessageInput { Role = MessageRole.Agent, Content = "hello" }, new MessageInput { Role = MessageRole.User, Content = "hi" }]),
                """{"messages":[{"role":"agent","content":"hello"},{"role":"user","content":"hi"}]}""");
            yield return Sends(
                "create an LLM",
                c => c.Llms.CreateAsync("You are", StartSpeaker.Agent, "Hi."),
                """{"general_prompt":"You are","start_speaker":"agent","begin_message":"Hi."}""");
            yield return Sends(
                "create an LLM that finds its own words",
                c => c.Llms.CreateAsync("You are", StartSpeaker.User),
                """{"general_prompt":"You are","start_speaker":"user"}""");
            yield return Sends(
                "create a flow",
                c => c.ConversationFlows.CreateAsync(LlmModel.Gpt4_1, StartSpeaker.Agent, [s_node]),
                """{"model_choice":{"type":"cascading","model":"gpt-4.1"},"start_speaker":"agent","nodes":[{"type":"end","id":"end"}]}""");
            yield return Sends("create a component", c => c.ConversationFlowComponents.CreateAsync("part", [s_node]), """{"name":"part","nodes":[{"type":"end","id":"end"}]}""");
            yield return Sends(
                "add a voice",
                c => c.Voices.AddCommunityAsync("Ada", "v", VoiceProvider.Elevenlabs, "owner"),
                """{"voice_provider":"elevenlabs","provider_voice_id":"v","voice_name":"Ada","public_user_id":"owner"}""");
            yield return Sends("add a voice of the default provider", c => c.Voices.AddCommunityAsync("Ada", "v"), """{"provider_voice_id":"v","voice_name":"Ada"}""");
            yield return Sends("search a voice", c => c.Voices.SearchCommunityAsync("warm"), """{"search_query":"warm"}""");
            yield return Sends(
                "create a test case",
                c => c.TestCases.CreateAsync("t", s_llm, "You want", ["polite"]),
                """{"name":"t","response_engine":{"type":"retell-llm","llm_id":"llm_1"},"user_prompt":"You want","metrics":["polite"]}""");
            yield return Sends(
                "run test cases",
                c => c.BatchTests.CreateAsync(["t"], s_llm),
                """{"test_case_definition_ids":["t"],"response_engine":{"type":"retell-llm","llm_id":"llm_1"}}""");
            yield return Sends("create a contact", c => c.Contacts.CreateAsync(To, "Ada"), """{"phone_number":"+12137774445","first_name":"Ada"}""");
            yield return Sends(
                "import contacts",
                c => c.Contacts.CreateImportAsync("upload_1a", [new CrmSyncMapping { FieldName = "first_name", ExternalFieldName = "First" }]),
                """{"upload_id":"upload_1a","column_mapping":[{"field_name":"first_name","external_field_name":"First"}]}""");
            yield return Sends("backfill", c => c.Contacts.BackfillAnalysisAsync(["age"]), """{"backfill_attributes":["age"]}""");
            yield return Sends("create an app", c => c.Apps.CreateAsync(AppType.Crm, "hubspot"), """{"type":"crm","provider":"hubspot"}""");
            yield return Sends("read a tool of an app", c => c.Apps.GetToolSchemaAsync("a", "search"), """{"app_tool_template_name":"search"}""");
            yield return Sends("buy a number", c => c.PhoneNumbers.CreateAsync(415), """{"area_code":415}""");
            yield return Sends(
                "buy a number for agents",
                c => c.PhoneNumbers.CreateAsync(415, "in", "out"),
                """{"area_code":415,"inbound_agents":[{"agent_id":"in","weight":1}],"outbound_agents":[{"agent_id":"out","weight":1}]}""");
            yield return Sends(
                "import a number",
                c => c.PhoneNumbers.ImportAsync(From, "x.pstn.twilio.com"),
                """{"phone_number":"+14157774444","termination_uri":"x.pstn.twilio.com"}""");
            yield return Sends("prepare a web call", c => c.Calls.CreateWebCallAsync("a"), """{"agent_id":"a"}""");
            yield return Sends(
                "prepare a web call with variables",
                c => c.Calls.CreateWebCallAsync("a", new Dictionary<string, string> { ["name"] = "Ada" }),
                """{"agent_id":"a","retell_llm_dynamic_variables":{"name":"Ada"}}""");
            yield return Sends("register a call", c => c.Calls.RegisterPhoneCallAsync("a"), """{"agent_id":"a"}""");
            yield return Sends("take over a call", c => c.Calls.TakeOverAsync("c", "p"), """{"participant_id":"p"}""");
        }
    }

    private static IEnumerable<TestCaseData> Changes
    {
        get
        {
            yield return Sends("a call", c => c.Calls.UpdateAsync("c", r => r.DataStorageSetting = DataStorageSetting.Everything), """{"data_storage_setting":"everything"}""");
            yield return Sends(
                "a live call",
                c => c.Calls.UpdateLiveAsync("c", r => r.CallControl = new() { TriggerResponse = true }),
                """{"call_control":{"trigger_response":true}}""");
            yield return Sends("a voice agent", c => c.Agents.UpdateAsync("a", r => r.WebhookUrl = null), """{"webhook_url":null}""");
            yield return Sends("a chat agent", c => c.ChatAgents.UpdateAsync("a", r => r.WebhookUrl = null), """{"webhook_url":null}""");
            yield return Sends("a chat", c => c.Chats.UpdateAsync("c", r => r.Metadata = []), """{"metadata":{}}""");
            yield return Sends("an LLM", c => c.Llms.UpdateAsync("l", r => r.GeneralPrompt = null), """{"general_prompt":null}""");
            yield return Sends("a flow", c => c.ConversationFlows.UpdateAsync("f", r => r.GlobalPrompt = null), """{"global_prompt":null}""");
            yield return Sends("a component", c => c.ConversationFlowComponents.UpdateAsync("f", r => r.Name = "part"), """{"name":"part"}""");
            yield return Sends("a phone number", c => c.PhoneNumbers.UpdateAsync(From, r => r.InboundWebhookUrl = null), """{"inbound_webhook_url":null}""");
            yield return Sends("a test case", c => c.TestCases.UpdateAsync("t", r => r.Name = "t2"), """{"name":"t2"}""");
            yield return Sends("a contact", c => c.Contacts.UpdateAsync("c", r => (r.FirstName, r.DoNotCall) = ("Ada", true)), """{"first_name":"Ada","do_not_call":true}""");
            yield return Sends("an app", c => c.Apps.UpdateAsync("a", r => r.Name = "n"), """{"name":"n"}""");
            yield return Sends("the CRM's settings", c => c.Crm.UpdateConfigAsync(r => r.AppId = null), """{"app_id":null}""");
            yield return Sends("nothing", c => c.Agents.UpdateAsync("a", _ => { }), "{}");
        }
    }

    [TestCaseSource(nameof(Overloads))]
    [TestCaseSource(nameof(Changes))]
    public async Task Overload_body_contains_only_given_values(Func<RetellClient, Task> send, string body)
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        await send(client);

        Assert.That(server.Requests, Has.Count.EqualTo(1));
        Assert.That(server.Requests[0].Errors, Is.Empty);
        JsonEquivalence.AssertSame(body, server.Requests[0].BodyText);
    }

    [Test]
    public async Task Upload_files_are_sent_as_multipart_parts()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        RetellFile file = RetellFile.FromBytes([1, 2, 3], "a.wav");

        await client.Voices.CloneAsync("Ada", VoiceProvider.Cartesia, [file]);
        await client.Assets.CreateAsync(file);
        await client.Contacts.UploadImportFileAsync(file);
        KnowledgeBase created = await client.KnowledgeBases.CreateAsync("kb", files: [file, file], urls: ["https://example.com/"], texts: [new() { Title = "t", Text = "x" }]);
        await client.KnowledgeBases.AddSourcesAsync(created.KnowledgeBaseId, urls: ["https://example.com/"]);

        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(server.Requests.Select(r => string.Join(' ', r.Parts.Select(p => p.Name + (p.FileName is null ? "" : "=" + p.FileName)))), Is.EqualTo(new[]
        {
            "files=a.wav voice_name voice_provider",
            "file=a.wav",
            "file=a.wav",
            "knowledge_base_name knowledge_base_texts knowledge_base_files=a.wav knowledge_base_files=a.wav knowledge_base_urls",
            "knowledge_base_urls",
        }));
    }

    /// <summary>The key by which the API knows a dialled call is made up for each call, and the caller's request stays as it is.</summary>
    [Test]
    public async Task CreatePhoneCall_generates_idempotency_key_per_call()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        var request = new CreatePhoneCallRequest { FromNumber = From, ToNumber = To };

        await client.Calls.CreatePhoneCallAsync(request);
        await client.Calls.CreatePhoneCallAsync(request);
        await client.Calls.CreatePhoneCallAsync(From, To, "a", new Dictionary<string, string> { ["name"] = "Ada" });

        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(server.Requests.Select(r => (string?)r.Json!["idempotency_key"]), Is.Unique.And.None.Null);
        Assert.That(request.IdempotencyKey, Is.Null);
        var sent = (Newtonsoft.Json.Linq.JObject)server.Requests[2].Json!;
        sent.Remove("idempotency_key");
        JsonEquivalence.AssertSame(
            """{"from_number":"+14157774444","to_number":"+12137774445","override_agent_id":"a","retell_llm_dynamic_variables":{"name":"Ada"}}""",
            sent.ToString());
    }

    [Test]
    public async Task ListChatAgents_with_query_filters_by_channel_and_query()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        await client.ChatAgents.ListAsync("sales", pageSize: 7, SortOrder.Ascending).AsPages().GetAsyncEnumerator().MoveNextAsync();

        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(server.Requests[0].RawQuery, Is.EqualTo("limit=7&sort_order=ascending"));
        JsonEquivalence.AssertSame("""{"filter_criteria":{"channel":{"type":"string","op":"eq","value":"chat"},"query":"sales"}}""", server.Requests[0].BodyText);
    }

    [Test]
    public async Task ListChatAgents_without_query_filters_by_channel()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();

        await client.ChatAgents.ListAsync().AsPages().GetAsyncEnumerator().MoveNextAsync();

        Assert.That(server.Requests[0].RawQuery, Is.Empty);
        JsonEquivalence.AssertSame("""{"filter_criteria":{"channel":{"type":"string","op":"eq","value":"chat"}}}""", server.Requests[0].BodyText);
    }

    [Test]
    public async Task CreateChatAgentVersion_returns_ChatAgent()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        string id = server.Seed("ChatAgent", new { });
        ChatAgent agent = await client.ChatAgents.GetAsync(id);
        server.When("createAgentVersion").Respond(201, agent);

        ChatAgent draft = await client.ChatAgents.CreateVersionAsync(id, 0);

        Assert.That(draft.AgentId, Is.EqualTo(id));
    }

    [Test]
    public void RepairChatAgent_of_voice_agent_throws()
    {
        var server = new FakeRetellServer(new() { UnknownIds = FakeUnknownIds.Sample });
        using RetellClient client = server.CreateClient();
        server.When("repairAgent").Respond(200, new { agent_id = "agent_1", voice_id = "voice_1" });

        Assert.That(() => client.ChatAgents.RepairAsync("agent_1"), Throws.InstanceOf<RetellException>().With.Message.Contains("agent_1").And.Message.Contains("Agents"));
    }

    private static TestCaseData Sends(string name, Func<RetellClient, Task> send, string body) => new TestCaseData(send, body).SetArgDisplayNames(name);
}
