using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>
/// The versions of LLMs and conversation flows, which follow those of their agents: a draft of an agent has a draft of its engine, and publishing the
/// agent publishes that version of the engine.
/// </summary>
internal static class EngineVersions
{
    private const string Engine = "response_engine";
    private static readonly (string Noun, string Id)[] s_kinds = [("retell-llm", "llm_id"), ("conversation-flow", "conversation_flow_id")];

    public static bool Has(ResourceKind kind) => Array.Exists(s_kinds, known => known.Noun == kind.Noun);

    /// <summary>Returns a version of an engine; null if there is none.</summary>
    public static JObject? Find(StoredItem engine, string? version) => version is null ? engine.Value
        : !long.TryParse(version, out long number) ? null
        : engine.Versions.Count > 0 ? engine.Versions.GetValueOrDefault(number)
        : (long?)engine.Value["version"] == number ? engine.Value : null;

    public static bool IsPublished(StoredItem engine, JObject version) => engine.Published.Contains(NumberOf(version));

    /// <summary>Makes a draft of the engine of an agent that becomes a draft, if that version of the engine is published.</summary>
    public static void Draft(Store store, JObject agent)
    {
        if (Of(store, agent) is not (ResourceKind kind, StoredItem engine, JObject version) || !IsPublished(engine, version))
        {
            return;
        }

        long number = (engine.Versions.Count > 0 ? engine.Versions.Keys[^1] : NumberOf(engine.Value)) + 1;
        engine.Versions.TryAdd(NumberOf(version), version);
        var draft = (JObject)version.DeepClone();
        store.Merge(engine.Schema, draft, [new("version", number), new("is_published", false)]);
        store.Keep(kind, engine, draft);
        agent[Engine]!["version"] = number;
    }

    /// <summary>Publishes the engine of an agent that is published.</summary>
    public static void Publish(Store store, JObject agent)
    {
        if (Of(store, agent) is (ResourceKind kind, StoredItem engine, JObject version))
        {
            engine.Published.Add(NumberOf(version));
            var published = (JObject)version.DeepClone();
            store.Merge(engine.Schema, published, [new("is_published", true)]);
            store.Keep(kind, engine, published);
        }
    }

    private static (ResourceKind Kind, StoredItem Engine, JObject Version)? Of(Store store, JObject agent)
    {
        foreach ((string noun, string id) in s_kinds)
        {
            if (store.Existing(noun, (string?)agent[Engine]?[id]) is StoredItem engine && Find(engine, Version(agent)) is JObject found)
            {
                return (store.Kind(noun), engine, found);
            }
        }

        return null;
    }

    private static long NumberOf(JObject version) => (long?)version["version"] ?? 0;

    private static string? Version(JObject agent) =>
        agent[Engine]!["version"] is JValue { Value: not null } version ? ((long)version).ToString(CultureInfo.InvariantCulture) : null;
}
