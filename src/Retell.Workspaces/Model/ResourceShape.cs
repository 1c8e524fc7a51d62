using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Model;

/// <summary>What differs between an object in a file and on the wire beside references and values, kind by kind.</summary>
internal static class ResourceShape
{
    /// <summary>The member of an agent's file that says that it is a chat agent.</summary>
    public const string Channel = "$channel";
    public const string Chat = "chat";

    private const string Engine = "response_engine";
    private const string Trunk = "sip_outbound_trunk_config";
    private static readonly string[] s_engineIds = ["llm_id", "conversation_flow_id"];
    private static readonly string[] s_trunkMembers = ["termination_uri", "auth_username", "transport"];

    /// <summary>Prepares an object of the API before references and values are replaced.</summary>
    public static JObject FromWire(ResourceKind kind, JObject wire)
    {
        var shape = (JObject)wire.DeepClone();
        if (kind == ResourceKind.PhoneNumber && shape[Trunk] is JToken trunk)
        {
            // An update has these members at the top.
            shape.Remove(Trunk);
            foreach (string name in s_trunkMembers)
            {
                if (trunk is JObject members && members[name] is JToken { Type: not JTokenType.Null } value)
                {
                    shape[name] = value.DeepClone();
                }
            }
        }

        return shape;
    }

    /// <summary>Completes an object after references and values were replaced.</summary>
    public static JObject ToFile(ResourceKind kind, JObject template, bool isChat)
    {
        if (kind is ResourceKind.Agent or ResourceKind.TestCase && EngineReference(template) is not null)
        {
            // The version of an engine of the workspace follows from the draft of the agent.
            ((JObject)template[Engine]!).Remove("version");
        }

        if (kind == ResourceKind.Agent && isChat)
        {
            template[Channel] = Chat;
        }

        return template;
    }

    public static bool IsChat(JObject template) => (string?)(template[Channel] as JValue) == Chat;

    /// <summary>Returns the engine of an agent or test case of a workspace; null if it is not in the workspace.</summary>
    public static ResourceAddress? EngineReference(JObject template) => template[Engine] is not JObject engine ? null
        : s_engineIds.Select(name => ResourceAddress.FindReference(engine[name])).FirstOrDefault(address => address is not null);

    /// <summary>Returns the members of the body of a request.</summary>
    public static JObject ToBody(JObject resolved)
    {
        var body = (JObject)resolved.DeepClone();
        body.Remove(Channel);
        return body;
    }
}
