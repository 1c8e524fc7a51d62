using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>Combines the members of objects.</summary>
internal static class ObjectMembers
{
    /// <summary>Returns a copy of an object in which other members are added or replaced.</summary>
    /// <param name="members">The object, or null for an empty one. It is not changed.</param>
    /// <param name="more">The members to set, or null for none. Their values are copied.</param>
    public static JObject With(JObject? members, params IEnumerable<JProperty>? more)
    {
        var all = new JObject(members ?? []);
        foreach (JProperty member in more ?? [])
        {
            all[member.Name] = member.Value.DeepClone();
        }

        return all;
    }
}
