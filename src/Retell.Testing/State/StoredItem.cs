using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>An object that the fake keeps, and the name of the schema that describes it.</summary>
internal sealed class StoredItem(string schema, JObject value)
{
    public string Schema { get; } = schema;

    /// <summary>The object; of an agent its newest version. It is replaced, never changed.</summary>
    public JObject Value { get; private set; } = value;

    /// <summary>The versions of an agent; empty for other objects.</summary>
    public SortedList<long, JObject> Versions { get; } = [];

    /// <summary>The versions of an LLM or a conversation flow that belong to published versions of agents.</summary>
    public HashSet<long> Published { get; } = [];

    /// <summary>Whether this is a sample: then whatever is said about it is taken as true.</summary>
    public bool IsSample { get; init; }

    /// <summary>The position among all objects, by the time of creation.</summary>
    public long Order { get; set; }

    /// <summary>The <c>agent_override</c> that a call or a chat was created with.</summary>
    public JObject? AgentOverride { get; init; }

    /// <summary>What the API filters by but does not show.</summary>
    public JObject Facts { get; } = [];

    /// <summary>Counts what was scheduled for the object; only the newest of it still happens.</summary>
    public int Stage { get; set; }

    public void Set(JObject value)
    {
        if (Versions.Count == 0)
        {
            Value = value;
            return;
        }

        Versions[(long)value["version"]!] = value;
        Value = Versions.Values[^1];
    }

    public void RemoveVersion(long version)
    {
        Versions.Remove(version);
        Value = Versions.Values[^1];
    }
}
