using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>The agent of a new call or chat: the one that the request names, else the one that the number is bound to.</summary>
internal static class SessionAgent
{
    public static (string? Id, JToken? Version) Of(Store store, ResourceKind kind, JObject body)
    {
        if (((string?)body["agent_id"] ?? (string?)body["override_agent_id"]) is string named)
        {
            return (named, body["agent_version"] ?? body["override_agent_version"]);
        }

        string list = kind.Noun == "chat" ? "outbound_sms_agents" : "outbound_agents";
        JObject? bound = store.Existing("phone-number", (string?)body["from_number"])?.Value[list]?.OfType<JObject>().FirstOrDefault();
        return ((string?)bound?["agent_id"], body["override_agent_version"] ?? bound?["agent_version"]);
    }

    /// <summary>What a call or a chat says about its agent.</summary>
    public static IEnumerable<JProperty> Members(Store store, ResourceKind kind, JObject body)
    {
        (string? id, JToken? reference) = Of(store, kind, body);
        if (id is null)
        {
            yield break;
        }

        string version = kind.Noun == "chat" ? "version" : "agent_version";
        yield return new("agent_id", id);
        if (store.Agent(id) is not { } agent)
        {
            if (reference is not null)
            {
                yield return new(version, reference);
            }

            yield break;
        }

        JObject settings = AgentVersions.Find(agent, reference) ?? agent.Value;
        yield return new(version, settings["version"]);
        if (settings["agent_name"] is JToken { Type: JTokenType.String } name)
        {
            yield return new("agent_name", name);
        }

        if (reference is JValue { Value: string tag } && tag is not ("latest" or "latest_published"))
        {
            yield return new("agent_tag", tag);
        }
    }

    /// <summary>The settings of the agent as this call or chat has them; empty for an agent that the fake does not know.</summary>
    public static JObject Settings(Store store, Session session)
    {
        StoredItem? agent = store.Agent(session.AgentId);
        JObject? version = agent is null ? null : AgentVersions.Find(agent, session.AgentVersion) ?? agent.Value;
        return ObjectMembers.With(version, (session.Item.AgentOverride?["agent"] as JObject)?.Properties());
    }
}
