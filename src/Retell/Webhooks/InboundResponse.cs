using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>What to do with somebody who calls or writes. What is left open is as the number has it.</summary>
public abstract class InboundResponse
{
    private readonly string _event;

    private protected InboundResponse(string @event) => _event = @event;

    /// <summary>Whether to turn it away; nothing else counts then.</summary>
    public bool Reject { get; set; }

    /// <summary>The agent that takes it, in place of the number's own.</summary>
    public string? OverrideAgentId { get; set; }

    /// <summary>The version of that agent: a number, <c>latest</c>, <c>latest_published</c> or a tag.</summary>
    public AgentVersionReference? OverrideAgentVersion { get; set; }

    /// <summary>Settings of the agent for this once.</summary>
    public AgentOverride? AgentOverride { get; set; }

    /// <summary>Values for the variables in prompts and messages, by name.</summary>
    public IDictionary<string, string> DynamicVariables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Anything of your own, to be stored with the call or chat.</summary>
    public JObject? Metadata { get; set; }

    /// <summary>The JSON to answer with, status 200 and <c>application/json</c>.</summary>
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

/// <summary>The answer to <see cref="CallInboundEvent"/>.</summary>
public sealed class InboundCallResponse : InboundResponse
{
    /// <summary>Creates an answer that leaves everything as the number has it.</summary>
    public InboundCallResponse()
        : base("call_inbound")
    {
    }
}

/// <summary>The answer to <see cref="ChatInboundEvent"/>.</summary>
public sealed class InboundChatResponse : InboundResponse
{
    /// <summary>Creates an answer that leaves everything as the number has it.</summary>
    public InboundChatResponse()
        : base("chat_inbound")
    {
    }
}
