using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Model;

/// <summary>The agents of a phone number, and the version <c>@published</c>, which follows what the workspace publishes.</summary>
internal static class NumberAgents
{
    public const string Published = "@published";

    private const string Version = "agent_version";
    private static readonly string[] s_lists = ["inbound_agents", "outbound_agents", "inbound_sms_agents", "outbound_sms_agents"];

    /// <summary>Returns the lists of agents, by the name of the member.</summary>
    public static IEnumerable<(string List, JArray Agents)> Lists(JObject number) => from name in s_lists where number[name] is JArray select (name, (JArray)number[name]!);

    /// <summary>Returns the agents whose published version the number follows.</summary>
    public static IEnumerable<ResourceAddress> Following(JObject number) =>
        Entries(number).Where(IsFollowing).Select(Agent).OfType<ResourceAddress>().Distinct();

    /// <summary>Replaces <c>@published</c> by version numbers.</summary>
    public static JObject Resolve(JObject number, Func<ResourceAddress, JToken?> version)
    {
        var resolved = (JObject)number.DeepClone();
        foreach (JObject entry in Entries(resolved).Where(IsFollowing).ToList())
        {
            entry[Version] = Agent(entry) is ResourceAddress agent && version(agent) is JToken published ? published.DeepClone()
                : throw new WorkspaceException($"No version of {Agent(entry)} was published by the workspace yet. Publish it first.");
        }

        return resolved;
    }

    /// <summary>Replaces version numbers by <c>@published</c> where the files have it and the number has the version that it stood for.</summary>
    public static void Follow(JObject number, IEnumerable<JObject?> known, Func<ResourceAddress, JToken?> version)
    {
        HashSet<(string, ResourceAddress)> following = [.. from template in known
            where template is not null
            from list in Lists(template)
            from entry in list.Agents.OfType<JObject>()
            where IsFollowing(entry) && Agent(entry) is not null
            select (list.List, Agent(entry)!.Value)];
        foreach ((string list, JArray agents) in Lists(number))
        {
            foreach (JObject entry in agents.OfType<JObject>())
            {
                if (Agent(entry) is ResourceAddress agent && following.Contains((list, agent)) && JToken.DeepEquals(entry[Version], version(agent)))
                {
                    entry[Version] = Published;
                }
            }
        }
    }

    /// <exception cref="WorkspaceException">The weights of a list do not add up to 1.</exception>
    public static void Check(JObject number, string file, string name)
    {
        foreach ((string list, JArray agents) in Lists(number))
        {
            double sum = agents.OfType<JObject>().Sum(entry => (double?)(entry["weight"] as JValue) ?? 0);
            if (agents.Count > 0 && Math.Abs(sum - 1) > 1e-6)
            {
                throw new WorkspaceException($"The weights add up to {sum.ToString(CultureInfo.InvariantCulture)}. They must add up to 1.", file, $"{name}.{list}");
            }
        }
    }

    private static IEnumerable<JObject> Entries(JObject number) => Lists(number).SelectMany(list => list.Agents.OfType<JObject>());

    private static bool IsFollowing(JObject entry) => (string?)(entry[Version] as JValue) == Published;

    private static ResourceAddress? Agent(JObject entry) => ResourceAddress.FindReference(entry["agent_id"]);
}
