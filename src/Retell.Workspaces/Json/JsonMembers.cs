using Newtonsoft.Json.Linq;

namespace Retell.Workspaces.Json;

/// <summary>The members of JSON objects, without those of the objects in them.</summary>
internal static class JsonMembers
{
    /// <summary>Returns the names of the members of two objects.</summary>
    public static IEnumerable<string> Names(JObject first, JObject second) => first.Properties().Concat(second.Properties()).Select(member => member.Name).Distinct();

    /// <summary>Sets the members of an object to those of another one.</summary>
    public static void Set(JObject target, JObject members)
    {
        foreach (JProperty member in members.Properties())
        {
            target[member.Name] = member.Value.DeepClone();
        }
    }
}
