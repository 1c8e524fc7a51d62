namespace Retell.Testing.Resources;

/// <summary>Components that conversation flows share.</summary>
internal sealed class ConversationFlowComponents(ResourceContext context) : Resource(context, "conversation-flow-component")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createConversationFlowComponent", Create),
        new("getConversationFlowComponent", GetTagged),
        new("listConversationFlowComponents", List),
        new("listConversationFlowComponentsV1", List),
        new("updateConversationFlowComponent", UpdateIfMatch),
        new("deleteConversationFlowComponent", Delete),
    ];
}
