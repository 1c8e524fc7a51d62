using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Model;

/// <summary>The references between the objects of a workspace.</summary>
internal static class References
{
    /// <summary>Returns the references of an object and the paths of their members.</summary>
    public static IEnumerable<(ResourceAddress Target, string Path)> Of(MemberTable table, ResourceKind kind, JObject template) =>
        from text in MemberWalk.Texts(template, table.Of(kind))
        where text.Rule.Role == MemberRole.Reference
        let target = ResourceAddress.FindReference(text.Value)
        where target is not null
        select (target.Value, text.Path);

    /// <summary>
    /// Sorts objects so that each follows what it refers to. Where agents swap to each other in a cycle, an engine comes before the agents that it
    /// swaps to, because an agent cannot be created without its engine.
    /// </summary>
    public static List<ResourceAddress> Sort(IEnumerable<ResourceAddress> addresses, IReadOnlyDictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> references)
    {
        var users = new Dictionary<ResourceAddress, SortedSet<ResourceAddress>>();
        var sorted = new List<ResourceAddress>();
        var visited = new HashSet<ResourceAddress>();
        HashSet<ResourceAddress> all = [.. addresses];
        foreach (ResourceAddress address in all.Order())
        {
            Visit(address);
        }

        return sorted;

        void Visit(ResourceAddress address)
        {
            if (visited.Add(address))
            {
                foreach (ResourceAddress target in (references.GetValueOrDefault(address) ?? []).Where(target => all.Contains(target) && !IsCycle(address, target)).Order())
                {
                    Visit(target);
                }

                sorted.Add(address);
            }
        }

        bool IsCycle(ResourceAddress address, ResourceAddress target)
        {
            if (address.Kind == ResourceKind.Agent || target.Kind != ResourceKind.Agent)
            {
                return false;
            }

            if (!users.TryGetValue(address, out SortedSet<ResourceAddress>? known))
            {
                known = users[address] = Users(address, references);
            }

            return known.Contains(target);
        }
    }

    /// <summary>Returns what refers to an object, directly or through others.</summary>
    public static SortedSet<ResourceAddress> Users(ResourceAddress target, IReadOnlyDictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> references)
    {
        var users = new SortedSet<ResourceAddress>();
        var open = new Queue<ResourceAddress>([target]);
        while (open.TryDequeue(out ResourceAddress next))
        {
            foreach (ResourceAddress user in references.Where(entry => entry.Value.Contains(next)).Select(entry => entry.Key))
            {
                if (user != target && users.Add(user))
                {
                    open.Enqueue(user);
                }
            }
        }

        return users;
    }
}
