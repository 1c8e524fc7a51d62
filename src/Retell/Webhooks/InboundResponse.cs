using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>The base class of the responses to an inbound call or SMS. Members that are not set keep the settings of the number.</summary>
public abstract class InboundResponse
{
    private readonly string _event;

    private protected InboundResponse(string @event) => _event = @event;

    /// <summary>
    /// Gets or sets a value indicating whether to reject the call or SMS. If it is true, the API ignores the other members. The default is
    /// false.
    /// </summary>
    public bool Reject { get; set; }

    /// <summary>Gets or sets the ID of the agent to use, or null for the agent of the number.</summary>
    public string? OverrideAgentId { get; set; }

    /// <summary>Gets or sets the version of that agent: a number, <c>latest</c>, <c>latest_published</c> or a tag. The default is null.</summary>
    public AgentVersionReference? OverrideAgentVersion { get; set; }

    /// <summary>Gets or sets settings of the agent for this call or chat only.</summary>
    public AgentOverride? AgentOverride { get; set; }

    /// <summary>Gets the values of dynamic variables, by name.</summary>
    public IDictionary<string, string> DynamicVariables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Gets or sets data of the application to store with the call or chat.</summary>
    public JObject? Metadata { get; set; }

    /// <summary>Returns the JSON body of the response. Send it with status 200 and the content type <c>application/json</c>.</summary>
    /// <returns>The JSON.</returns>
    public string ToJson()
    {
        var members = new JObject();
        if (Reject)
        {
            members["reject"] = true;
        }

        Add("override_agent_id", OverrideAgentId);
        Add("override_agent_version", OverrideAgentVersion);
        Add("agent_override", AgentOverride);
        Add("dynamic_variables", DynamicVariables.Count == 0 ? null : DynamicVariables);
        Add("metadata", Metadata);
        return RetellJson.Serialize(new JObject { [_event] = members });

        void Add(string name, object? value)
        {
            if (value is not null)
            {
                members[name] = RetellJson.ToToken(value);
            }
        }
    }
}

/// <summary>The response to a <see cref="CallInboundEvent"/>.</summary>
public sealed class InboundCallResponse : InboundResponse
{
    /// <summary>Creates a response that keeps all settings of the number.</summary>
    public InboundCallResponse()
        : base("call_inbound")
    {
    }
}

/// <summary>The response to a <see cref="ChatInboundEvent"/>.</summary>
public sealed class InboundChatResponse : InboundResponse
{
    /// <summary>Creates a response that keeps all settings of the number.</summary>
    public InboundChatResponse()
        : base("chat_inbound")
    {
    }
}
