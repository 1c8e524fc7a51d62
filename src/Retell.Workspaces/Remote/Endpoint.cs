namespace Retell.Workspaces.Remote;

/// <summary>The operations on the objects of a kind.</summary>
/// <param name="IdName">The member that is the ID.</param>
/// <param name="List">The path of the list.</param>
/// <param name="Get">The path of an object without its ID.</param>
/// <param name="Create">The path for a new object.</param>
/// <param name="Update">The path of an update without the ID; null if there is none.</param>
/// <param name="Delete">The path of a deletion without the ID.</param>
internal sealed record Endpoint(string IdName, string List, string Get, string Create, string? Update, string Delete)
{
    private static readonly Endpoint s_chatAgent = new("agent_id", "", "/get-chat-agent/", "/create-chat-agent", "/update-chat-agent/", "/delete-chat-agent/");

    private static readonly Dictionary<ResourceKind, Endpoint> s_kinds = new()
    {
        [ResourceKind.KnowledgeBase] = new(
            "knowledge_base_id", "/list-knowledge-bases", "/get-knowledge-base/", "/create-knowledge-base", null, "/delete-knowledge-base/"),
        [ResourceKind.Component] = new(
            "conversation_flow_component_id",
            "/v2/list-conversation-flow-components",
            "/get-conversation-flow-component/",
            "/create-conversation-flow-component",
            "/update-conversation-flow-component/",
            "/delete-conversation-flow-component/"),
        [ResourceKind.Llm] = new("llm_id", "/v2/list-retell-llms", "/get-retell-llm/", "/create-retell-llm", "/update-retell-llm/", "/delete-retell-llm/"),
        [ResourceKind.ConversationFlow] = new(
            "conversation_flow_id",
            "/v2/list-conversation-flows",
            "/get-conversation-flow/",
            "/create-conversation-flow",
            "/update-conversation-flow/",
            "/delete-conversation-flow/"),
        [ResourceKind.Agent] = new("agent_id", "/v2/list-agents", "/get-agent/", "/create-agent", "/update-agent/", "/delete-agent/"),
        [ResourceKind.TestCase] = new(
            "test_case_definition_id",
            "/v2/list-test-case-definitions",
            "/get-test-case-definition/",
            "/create-test-case-definition",
            "/update-test-case-definition/",
            "/delete-test-case-definition/"),
        [ResourceKind.PhoneNumber] = new("phone_number", "/v2/list-phone-numbers", "/get-phone-number/", "", "/update-phone-number/", "/delete-phone-number/"),
    };

    public static Endpoint Of(ResourceKind kind, bool isChat = false) => kind == ResourceKind.Agent && isChat ? s_chatAgent : s_kinds[kind];
}
