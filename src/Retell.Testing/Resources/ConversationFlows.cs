namespace Retell.Testing.Resources;

/// <summary>Conversation flows.</summary>
internal sealed class ConversationFlows(ResourceContext context) : Resource(context, "conversation-flow")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createConversationFlow", Create),
        new("getConversationFlow", GetEngine),
        new("listConversationFlows", List),
        new("listConversationFlowsV1", List),
        new("updateConversationFlow", UpdateEngine),
        new("deleteConversationFlow", Delete),
    ];
}
