using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>A thing and the name of the schema that describes it.</summary>
internal sealed class StoredItem(string schema, JObject value)
{
    public string Schema { get; } = schema;

    /// <summary>What it is; of an agent its newest version. It is replaced, never changed.</summary>
    public JObject Value { get; private set; } = value;

    /// <summary>The versions of an agent; empty for other things.</summary>
    public SortedList<long, JObject> Versions { get; } = [];

    /// <summary>Whether the fake only made it up: then whatever is said of it is taken as true.</summary>
    public bool IsSample { get; init; }

    /// <summary>The place among all things, by the time they came into being.</summary>
    public long Order { get; set; }

    /// <summary>The overrides of the agent that it was created with.</summary>
    public JObject? AgentOverride { get; init; }

    /// <summary>What the API filters by but does not show.</summary>
    public JObject Facts { get; } = [];

    /// <summary>The only analysis that may still come; an older one was overtaken.</summary>
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
