using Newtonsoft.Json.Linq;
using Retell.Testing.Resources;
using Retell.Testing.State;

namespace Retell.Testing.Functions;

/// <summary>Finds the custom functions of the agent of a call or a chat: in its LLM, its states, or its conversation flow.</summary>
internal static class CustomTools
{
    /// <exception cref="InvalidOperationException">The fake does not know the agent, or what the agent responds with.</exception>
    /// <exception cref="ArgumentException">The agent has no such function.</exception>
    public static JObject Find(Store store, Session session, string name)
    {
        List<JObject> all = [.. All(store, session)];
        return all.Find(tool => (string?)tool["name"] == name) ?? throw new ArgumentException(
            all.Count == 0
                ? $"The agent of {session.Id} has no custom function \"{name}\": it has none at all. Add a tool of the type custom to its LLM or conversation flow."
                : $"The agent of {session.Id} has no custom function \"{name}\". It has: {string.Join(", ", all.Select(tool => (string?)tool["name"]).Distinct())}.",
            nameof(name));
    }

    private static IEnumerable<JObject> All(Store store, Session session)
    {
        JObject engine = Engine(store, session);
        HashSet<string> texts = [.. engine.DescendantsAndSelf().OfType<JValue>().Select(value => value.Value).OfType<string>()];
        ResourceKind components = store.Kind("conversation-flow-component");
        IEnumerable<JObject> shared = components.Oldest.Select(item => item.Value).Where(item => texts.Contains((string?)item[components.IdName] ?? ""));
        return shared.Prepend(engine).SelectMany(part => part.DescendantsAndSelf()).OfType<JObject>()
            .Where(tool => (string?)(tool["type"] as JValue) == "custom" && tool["name"] is JValue { Value: string } && tool["url"] is JValue { Value: string });
    }

    /// <summary>The LLM or the conversation flow of the agent, with the overrides of the call.</summary>
    private static JObject Engine(Store store, Session session)
    {
        if (store.Agent(session.AgentId) is null)
        {
            throw new InvalidOperationException(session.AgentId is null
                ? $"{session.Id} has no agent. Create it with an agent that has the custom function."
                : $"The agent {session.AgentId} of {session.Id} does not exist in the fake. Create or seed it, with an LLM or a conversation flow that has the custom function.");
        }

        JToken? engine = SessionAgent.Settings(store, session)["response_engine"];
        (string noun, string member, string overrides) = (string?)engine?["type"] switch
        {
            "retell-llm" => ("retell-llm", "llm_id", "retell_llm"),
            "conversation-flow" => ("conversation-flow", "conversation_flow_id", "conversation_flow"),
            var other => throw new InvalidOperationException($"The agent {session.AgentId} has the response engine \"{other}\", which has no custom functions."),
        };
        JObject? found = store.Existing(noun, (string?)engine![member])?.Value;
        if (found is null && session.Item.AgentOverride?[overrides] is null)
        {
            throw new InvalidOperationException(
                $"The {noun.Replace('-', ' ')} {engine[member]} of the agent {session.AgentId} does not exist in the fake. "
                + "Create or seed it, with the custom function among its tools.");
        }

        return ObjectMembers.With(found, (session.Item.AgentOverride?[overrides] as JObject)?.Properties());
    }
}
