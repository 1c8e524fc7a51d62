using Newtonsoft.Json.Linq;
using Retell.Workspaces.Model;
using Retell.Workspaces.Remote;

namespace Retell.Workspaces.Runner;

/// <summary>
/// A published version of an agent cannot be changed, and neither can the version of the engine that belongs to it. A draft of the agent has a
/// draft of the engine.
/// </summary>
internal sealed class Drafts(Session session)
{
    /// <summary>Makes sure that the latest version of an agent, or of the agents of an engine, is a draft.</summary>
    /// <returns>The object to change.</returns>
    public async Task<RemoteItem> OpenAsync(ResourceAddress address, RemoteItem item, CancellationToken cancellationToken)
    {
        IEnumerable<ResourceAddress> agents = address.Kind switch
        {
            ResourceKind.Agent => [address],
            ResourceKind.Llm or ResourceKind.ConversationFlow => AgentsOf(address),
            _ => [],
        };
        bool isNew = false;
        foreach (ResourceAddress agent in agents)
        {
            RemoteItem? latest = agent == address ? item : await session.FindAsync(agent, cancellationToken).ConfigureAwait(false);
            if (latest is { IsPublished: true, Version: long version })
            {
                await session.Api.CreateVersionAsync(latest.Id, version, cancellationToken).ConfigureAwait(false);
                isNew = true;
            }
        }

        return isNew ? await session.FindAsync(address, cancellationToken).ConfigureAwait(false) ?? item : item;
    }

    /// <summary>Sets the version of the engine in the body of an agent's update.</summary>
    public async Task SetEngineVersionAsync(JObject local, JObject body, CancellationToken cancellationToken)
    {
        if (body["response_engine"] is JObject engine && ResourceShape.EngineReference(local) is { Kind: ResourceKind.Llm or ResourceKind.ConversationFlow } address
            && session.Lock.IdOf(address) is not null
            && await session.FindAsync(address, cancellationToken).ConfigureAwait(false) is { Version: long version })
        {
            engine["version"] = version;
        }
    }

    /// <summary>Makes the drafts of agents use the version of their engine that was changed, where the API has not done so.</summary>
    public async Task FollowEngineAsync(ResourceAddress engine, RemoteItem item, CancellationToken cancellationToken)
    {
        if (engine.Kind is not (ResourceKind.Llm or ResourceKind.ConversationFlow) || item.Version is not long version)
        {
            return;
        }

        foreach (ResourceAddress address in AgentsOf(engine).ToList())
        {
            if (await session.FindAsync(address, cancellationToken).ConfigureAwait(false) is { IsPublished: false } agent
                && agent.Json["response_engine"] is JObject used && used["version"] is JToken { Type: JTokenType.Integer or JTokenType.Float } current && (long)current != version)
            {
                var body = new JObject { ["response_engine"] = new JObject(used) { ["version"] = version } };
                await session.Api.UpdateAsync(ResourceKind.Agent, agent, body, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private IEnumerable<ResourceAddress> AgentsOf(ResourceAddress engine) => session.Lock.Addresses
        .Where(address => address.Kind == ResourceKind.Agent && session.Bases.Read(address)?.Remote is JObject agent && ResourceShape.EngineReference(agent) == engine);
}
