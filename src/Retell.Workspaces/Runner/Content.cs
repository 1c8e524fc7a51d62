using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;
using Retell.Workspaces.Plans;

namespace Retell.Workspaces.Runner;

/// <summary>The content of an agent or an engine: it and all that it refers to, without other agents.</summary>
internal sealed class Content(Session session, IReadOnlyDictionary<ResourceAddress, ResourceState> states)
{
    private readonly Dictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> _references = new Planner(session).ReferencesOf(states.Values);

    /// <summary>Returns an object and all that it consists of.</summary>
    public SortedSet<ResourceAddress> PartsOf(ResourceAddress root)
    {
        var parts = new SortedSet<ResourceAddress> { root };
        var open = new Queue<ResourceAddress>([root]);
        while (open.TryDequeue(out ResourceAddress next))
        {
            foreach (ResourceAddress part in (_references.GetValueOrDefault(next) ?? []).Where(part => part.Kind != ResourceKind.Agent && parts.Add(part)))
            {
                open.Enqueue(part);
            }
        }

        return parts;
    }

    /// <summary>Returns a part that differs between files and server; null if there is none.</summary>
    public ResourceAddress? Unsettled(ResourceAddress root) => PartsOf(root)
        .Where(part => !states.TryGetValue(part, out ResourceState? state) || state.Item is null || state.Id is null
            || (!state.IsSame && (state.IsLocalChanged || state.IsRemoteChanged)))
        .Select(part => (ResourceAddress?)part).FirstOrDefault();

    public string Hash(ResourceAddress root) =>
        CanonicalJson.Hash(new JArray(PartsOf(root).Select(part => new JArray(part.ToString(), CanonicalJson.Hash(states[part].Remote)))));
}
