using Retell.Generated;

namespace Retell;

public partial class RetellClient
{
    private RetellRaw? _raw;
    private CallsResource? _calls;
    private AgentsResource? _agents;
    private KnowledgeBasesResource? _knowledgeBases;
    private PhoneNumbersResource? _phoneNumbers;

    /// <summary>Phone and web calls.</summary>
    public virtual CallsResource Calls => _calls ??= new CallsResource(Raw.Calls);

    /// <summary>Voice agents.</summary>
    public virtual AgentsResource Agents => _agents ??= new AgentsResource(Raw.Agents);

    /// <summary>Knowledge bases and their sources.</summary>
    public virtual KnowledgeBasesResource KnowledgeBases => _knowledgeBases ??= new KnowledgeBasesResource(Raw.KnowledgeBases);

    /// <summary>Phone numbers that were bought or imported.</summary>
    public virtual PhoneNumbersResource PhoneNumbers => _phoneNumbers ??= new PhoneNumbersResource(Raw.PhoneNumbers);

    /// <summary>Every operation of the API as the spec has it, also those that no resource offers yet.</summary>
    public virtual RetellRaw Raw => _raw ??= new RetellRaw(Transport);
}
