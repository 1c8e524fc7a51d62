using Newtonsoft.Json.Linq;
using Retell.Testing;

namespace Retell.Tests.Workspaces;

/// <summary>An account with an object of every kind, with references between them, secrets and texts.</summary>
internal static class FullAccount
{
    public const string ToolSecret = "Bearer tool-5f4dcc3b";
    public const string McpSecret = "mcp-7c6a180b";
    public const string UrlSecret = "https://hooks.example.com/in?token=url-9b74c989";
    public const string SipUser = "trunk-user-e99a18c4";

    public static IReadOnlyList<string> SecretValues { get; } = ["tool-5f4dcc3b", McpSecret, "url-9b74c989", SipUser];

    /// <summary>Seeds the account, and returns the IDs.</summary>
    public static IReadOnlyList<string> Seed(FakeRetellServer server)
    {
        string knowledge = server.Seed("KnowledgeBase", new JObject
        {
            ["knowledge_base_id"] = "knowledge_base_a1",
            ["knowledge_base_name"] = "Menu & hours",
            ["status"] = "complete",
            ["enable_auto_refresh"] = true,
            ["knowledge_base_sources"] = new JArray(
                new JObject { ["type"] = "text", ["source_id"] = "source_1", ["title"] = "Hours", ["content_url"] = "https://files.example.com/hours" },
                new JObject
                {
                    ["type"] = "document",
                    ["source_id"] = "source_2",
                    ["filename"] = "menu.pdf",
                    ["file_url"] = "https://files.example.com/menu",
                    ["file_size"] = 3,
                },
                new JObject { ["type"] = "url", ["source_id"] = "source_3", ["url"] = "https://www.example.com/menu" }),
        });
        string component = server.Seed("ConversationFlowComponent", new JObject
        {
            ["conversation_flow_component_id"] = "conversation_flow_component_a1",
            ["name"] = "Collect the name",
            ["nodes"] = new JArray(new JObject
            {
                ["id"] = "ask",
                ["type"] = "conversation",
                ["instruction"] = new JObject { ["type"] = "prompt", ["text"] = "Ask for the name.\nThen repeat it." },
                ["display_position"] = new JObject { ["x"] = 10, ["y"] = 20.5 },
            }),
            ["start_node_id"] = "ask",
            ["linked_conversation_flow_ids"] = new JArray(),
        });
        string llm = server.Seed("RetellLlm", new JObject
        {
            ["llm_id"] = "llm_a1",
            ["version"] = 0,
            ["is_published"] = false,
            ["model"] = "gpt-4.1",
            ["general_prompt"] = "You are {{name}}.\n${var:not_ours} costs $5 and $${secret:x}.\n",
            ["begin_message"] = null,
            ["knowledge_base_ids"] = new JArray(knowledge),
            ["general_tools"] = new JArray(
                new JObject
                {
                    ["type"] = "custom",
                    ["name"] = "lookup",
                    ["url"] = "https://crm.example.com/lookup",
                    ["headers"] = new JObject { ["Authorization"] = ToolSecret, ["Content-Type"] = "application/json" },
                    ["query_params"] = new JObject { ["tenant"] = "{{tenant}}" },
                    ["speak_during_execution"] = false,
                    ["speak_after_execution"] = true,
                },
                new JObject
                {
                    ["type"] = "agent_swap",
                    ["name"] = "to_chat",
                    ["agent_id"] = "agent_b1",
                    ["agent_version"] = "latest",
                    ["post_call_analysis_setting"] = "both_agents",
                }),
            ["states"] = new JArray(new JObject { ["name"] = "booking", ["state_prompt"] = "Book a table.", ["edges"] = new JArray() }),
            ["starting_state"] = "booking",
            ["mcps"] = new JArray(new JObject { ["name"] = "crm", ["url"] = "https://mcp.example.com", ["headers"] = new JObject { ["X-Key"] = McpSecret } }),
            ["default_dynamic_variables"] = new JObject { ["agent_id"] = "not a reference" },
        });
        string flow = server.Seed("ConversationFlow", new JObject
        {
            ["conversation_flow_id"] = "conversation_flow_a1",
            ["version"] = 0,
            ["start_speaker"] = "agent",
            ["model_choice"] = new JObject { ["type"] = "cascading", ["model"] = "gpt-4.1" },
            ["global_prompt"] = "Be short.",
            ["start_node_id"] = "greet",
            ["begin_tag_display_position"] = new JObject { ["x"] = 1, ["y"] = 2 },
            ["nodes"] = new JArray(
                new JObject
                {
                    ["id"] = "greet",
                    ["name"] = "Greeting",
                    ["type"] = "conversation",
                    ["instruction"] = new JObject { ["type"] = "static_text", ["text"] = "Hello.\nHow can I help?" },
                    ["display_position"] = new JObject { ["x"] = 100, ["y"] = 200 },
                    ["edges"] = new JArray(new JObject
                    {
                        ["id"] = "e1",
                        ["transition_condition"] = new JObject { ["type"] = "prompt", ["prompt"] = "Wants a table" },
                        ["destination_node_id"] = "collect",
                    }),
                },
                new JObject
                {
                    ["id"] = "collect",
                    ["type"] = "component",
                    ["component_id"] = component,
                    ["component_type"] = "shared",
                    ["else_edge"] = new JObject
                    {
                        ["id"] = "e2",
                        ["transition_condition"] = new JObject { ["type"] = "prompt", ["prompt"] = "Else" },
                        ["destination_node_id"] = "swap",
                    },
                },
                new JObject
                {
                    ["id"] = "swap",
                    ["type"] = "agent_swap",
                    ["agent_id"] = "agent_a1",
                    ["post_call_analysis_setting"] = "both_agents",
                    ["instruction"] = new JObject { ["type"] = "prompt", ["text"] = "Say goodbye." },
                    ["edge"] = new JObject { ["id"] = "e3", ["transition_condition"] = new JObject { ["type"] = "prompt", ["prompt"] = "Transfer failed" } },
                }),
        });
        string voice = server.Seed("Agent", new JObject
        {
            ["agent_id"] = "agent_a1",
            ["agent_name"] = "Réception",
            ["version"] = 0,
            ["is_published"] = false,
            ["voice_id"] = "11labs-Adrian",
            ["response_engine"] = new JObject { ["type"] = "retell-llm", ["llm_id"] = llm, ["version"] = 0 },
            ["webhook_url"] = UrlSecret,
            ["language"] = "en-US",
            ["post_call_analysis_data"] = new JArray(new JObject { ["type"] = "string", ["name"] = "guests", ["description"] = "Number of guests" }),
        });
        string chat = server.Seed("ChatAgent", new JObject
        {
            ["agent_id"] = "agent_b1",
            ["agent_name"] = "Chat",
            ["version"] = 0,
            ["is_published"] = false,
            ["response_engine"] = new JObject { ["type"] = "conversation-flow", ["conversation_flow_id"] = flow, ["version"] = 0 },
        });
        string test = server.Seed("TestCase", new JObject
        {
            ["test_case_definition_id"] = "test_case_a1",
            ["name"] = "Books a table",
            ["response_engine"] = new JObject { ["type"] = "retell-llm", ["llm_id"] = llm },
            ["user_prompt"] = "You want a table for two.",
            ["metrics"] = new JArray("A table was booked"),
            ["dynamic_variables"] = new JObject { ["name"] = "Ada" },
            ["tool_mocks"] = new JArray(),
            ["llm_model"] = "gpt-4.1",
        });
        return [knowledge, component, llm, flow, voice, chat, test];
    }

    /// <summary>Seeds a phone number, which no push can create.</summary>
    public static string SeedNumber(FakeRetellServer server, string? agentId) => server.Seed("PhoneNumber", new JObject
    {
        ["phone_number"] = "+14157774444",
        ["phone_number_type"] = "custom",
        ["nickname"] = "Desk",
        ["inbound_agents"] = agentId is null ? null : new JArray(new JObject { ["agent_id"] = agentId, ["agent_version"] = "latest", ["weight"] = 1 }),
        ["sip_outbound_trunk_config"] = new JObject { ["termination_uri"] = "sip.example.com", ["auth_username"] = SipUser, ["transport"] = "TLS" },
    });

    /// <summary>Gives the workspace what the server knows but does not put into files.</summary>
    public static void Complete(WorkspaceRun run)
    {
        run.Downloads["https://files.example.com/hours"] = "Open from 9 to 5.\n";
        run.Downloads["https://files.example.com/menu"] = "PDF";
        run.Secrets["LLMS_RECEPTION_GENERAL_TOOLS_LOOKUP_HEADERS_AUTHORIZATION"] = ToolSecret;
        run.Secrets["LLMS_RECEPTION_MCPS_CRM_HEADERS_X_KEY"] = McpSecret;
        run.Secrets["AGENTS_RECEPTION_WEBHOOK_URL"] = UrlSecret;
        run.Secrets["NUMBERS_14157774444_AUTH_USERNAME"] = SipUser;
    }
}
