using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>The agent of a new call or chat: the one that is asked for, else the one that the number is bound to.</summary>
internal static class SessionAgent
{
    public static (string? Id, JToken? Version) Of(Store store, ResourceKind kind, JObject body)
    {
        if (((string?)body["agent_id"] ?? (string?)body["override_agent_id"]) is string asked)
        {
            return (asked, body["agent_version"] ?? body["override_agent_version"]);
        }

        string list = kind.Noun == "chat" ? "outbound_sms_agents" : "outbound_agents";
        JObject? bound = store.Existing("phone-number", (string?)body["from_number"])?.Value[list]?.OfType<JObject>().FirstOrDefault();
        return ((string?)bound?["agent_id"], body["override_agent_version"] ?? bound?["agent_version"]);
    }

    /// <summary>What a call or a chat says of its agent; nothing of an agent that the fake does not hold.</summary>
    public static IEnumerable<JProperty> Members(Store store, ResourceKind kind, JObject body)
    {
        (string? id, JToken? reference) = Of(store, kind, body);
        if (id is null)
        {
            yield break;
        }

        yield return new("agent_id", id);
        if (store.Agent(id) is not { } agent)
        {
            yield break;
        }

        JObject version = AgentVersions.Find(agent, reference) ?? agent.Value;
        yield return new(kind.Noun == "chat" ? "version" : "agent_version", version["version"]);
        if (version["agent_name"] is JToken { Type: JTokenType.String } name)
        {
            yield return new("agent_name", name);
        }

        if (reference is JValue { Value: string tag } && tag is not ("latest" or "latest_published"))
        {
            yield return new("agent_tag", tag);
        }
    }
}
