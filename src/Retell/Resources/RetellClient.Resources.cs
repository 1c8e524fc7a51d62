using Retell.Generated;

namespace Retell;

public partial class RetellClient
{
    private RetellRaw? _raw;
    private CallsResource? _calls;
    private BatchCallsResource? _batchCalls;
    private AgentsResource? _agents;
    private ChatAgentsResource? _chatAgents;
    private ChatsResource? _chats;
    private PlaygroundResource? _playground;
    private LlmsResource? _llms;
    private ConversationFlowsResource? _conversationFlows;
    private ConversationFlowComponentsResource? _conversationFlowComponents;
    private KnowledgeBasesResource? _knowledgeBases;
    private PhoneNumbersResource? _phoneNumbers;
    private VoicesResource? _voices;
    private TestCasesResource? _testCases;
    private BatchTestsResource? _batchTests;
    private TestRunsResource? _testRuns;
    private AssetsResource? _assets;
    private ContactsResource? _contacts;
    private AppsResource? _apps;
    private CrmResource? _crm;
    private ConcurrencyResource? _concurrency;
    private ApiKeyResource? _apiKey;
    private ExportRequestsResource? _exportRequests;

    /// <summary>Phone and web calls.</summary>
    public virtual CallsResource Calls => _calls ??= new CallsResource(Raw.Calls, Transport.TimeProvider);

    /// <summary>Many phone calls at once.</summary>
    public virtual BatchCallsResource BatchCalls => _batchCalls ??= new BatchCallsResource(Raw.BatchCalls);

    /// <summary>Voice agents.</summary>
    public virtual AgentsResource Agents => _agents ??= new AgentsResource(Raw.Agents);

    /// <summary>Chat agents.</summary>
    public virtual ChatAgentsResource ChatAgents => _chatAgents ??= new ChatAgentsResource(Raw.ChatAgents, Raw.Agents);

    /// <summary>Chats by text, also by SMS.</summary>
    public virtual ChatsResource Chats => _chats ??= new ChatsResource(Raw.Chats);

    /// <summary>Talks with an agent by text, to try it out.</summary>
    public virtual PlaygroundResource Playground => _playground ??= new PlaygroundResource(Raw.Playground);

    /// <summary>Retell LLMs: prompts, tools and states.</summary>
    public virtual LlmsResource Llms => _llms ??= new LlmsResource(Raw.Llms);

    /// <summary>Conversation flows: nodes and the ways between them.</summary>
    public virtual ConversationFlowsResource ConversationFlows => _conversationFlows ??= new ConversationFlowsResource(Raw.ConversationFlows);

    /// <summary>Parts that several conversation flows share.</summary>
    public virtual ConversationFlowComponentsResource ConversationFlowComponents => _conversationFlowComponents ??= new ConversationFlowComponentsResource(Raw.ConversationFlowComponents);

    /// <summary>Knowledge bases and their sources.</summary>
    public virtual KnowledgeBasesResource KnowledgeBases => _knowledgeBases ??= new KnowledgeBasesResource(Raw.KnowledgeBases, Transport.TimeProvider);

    /// <summary>Phone numbers that were bought or imported.</summary>
    public virtual PhoneNumbersResource PhoneNumbers => _phoneNumbers ??= new PhoneNumbersResource(Raw.PhoneNumbers);

    /// <summary>Voices for agents.</summary>
    public virtual VoicesResource Voices => _voices ??= new VoicesResource(Raw.Voices);

    /// <summary>Test cases with simulated users.</summary>
    public virtual TestCasesResource TestCases => _testCases ??= new TestCasesResource(Raw.TestCases);

    /// <summary>Runs of several test cases together.</summary>
    public virtual BatchTestsResource BatchTests => _batchTests ??= new BatchTestsResource(Raw.BatchTests, Transport.TimeProvider);

    /// <summary>What became of each test case of a batch test.</summary>
    public virtual TestRunsResource TestRuns => _testRuns ??= new TestRunsResource(Raw.TestRuns);

    /// <summary>Files that agents use.</summary>
    public virtual AssetsResource Assets => _assets ??= new AssetsResource(Raw.Assets);

    /// <summary>The people that agents talk with.</summary>
    public virtual ContactsResource Contacts => _contacts ??= new ContactsResource(Raw.Contacts);

    /// <summary>Connections to apps of others.</summary>
    public virtual AppsResource Apps => _apps ??= new AppsResource(Raw.Apps);

    /// <summary>The settings for contacts, and a CRM to keep them in step with.</summary>
    public virtual CrmResource Crm => _crm ??= new CrmResource(Raw.Crm);

    /// <summary>How many calls can go on at the same time.</summary>
    public virtual ConcurrencyResource Concurrency => _concurrency ??= new ConcurrencyResource(Raw.Concurrency);

    /// <summary>The API key in use.</summary>
    public virtual ApiKeyResource ApiKey => _apiKey ??= new ApiKeyResource(Raw.ApiKey);

    /// <summary>Exports of calls and chats.</summary>
    public virtual ExportRequestsResource ExportRequests => _exportRequests ??= new ExportRequestsResource(Raw.ExportRequests);

    /// <summary>Every operation of the API as the spec has it.</summary>
    public virtual RetellRaw Raw => _raw ??= new RetellRaw(Transport);
}
