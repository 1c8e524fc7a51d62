namespace Retell.Workspaces;

/// <summary>A kind of object in a workspace. The values are in the order in which objects are created.</summary>
public enum ResourceKind
{
    /// <summary>A knowledge base, in the folder <c>knowledge</c>.</summary>
    KnowledgeBase,

    /// <summary>A component that conversation flows share, in the folder <c>components</c>.</summary>
    Component,

    /// <summary>A Retell LLM, in the folder <c>llms</c>.</summary>
    Llm,

    /// <summary>A conversation flow, in the folder <c>flows</c>.</summary>
    ConversationFlow,

    /// <summary>A voice or chat agent, in the folder <c>agents</c>.</summary>
    Agent,

    /// <summary>A test case, in the folder <c>tests</c>.</summary>
    TestCase,

    /// <summary>A phone number, in the folder <c>numbers</c>.</summary>
    PhoneNumber,
}
