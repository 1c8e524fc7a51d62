using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Voice and chat agents, and their versions. Many operations are for agents of both kinds.</summary>
internal sealed class Agents(ResourceContext context) : Resource(context, "agent")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createAgent", Create),
        new("getAgent", request => Get(request, Kind)),
        new("updateAgent", request => Update(request, Kind)),
        new("deleteAgent", Delete),
        new("createChatAgent", request => Create(request, ChatKind)),
        new("getChatAgent", request => Get(request, ChatKind)),
        new("updateChatAgent", request => Update(request, ChatKind)),
        new("deleteChatAgent", request => Delete(request, ChatKind)),
        new("listAgents", ListBoth),
        new("listAgentsV1", List),
        new("listChatAgents", List),
        new("createAgentVersion", CreateVersion),
        new("publishAgentVersion", PublishVersion),
        new("deleteAgentVersion", DeleteVersion),
        new("listAgentVersions", ListVersions),
        new("getAgentVersions", ListVersions),
        new("getChatAgentVersions", ListVersions),
        new("publishAgent", Publish),
        new("publishChatAgent", Publish),
        new("repairAgent", Repair),
        new("getMCPTools", request => OnAgent(request, (_, _) => List(request))),
    ];

    private ResourceKind ChatKind => Store.Kind("chat-agent");

    private new FakeResponse Get(FakeRequest request, ResourceKind kind) => OnItem(request, kind, item =>
        item.IsSample ? Conditional.Tagged(Success(request, item.Value))
        : AgentVersions.Find(item, Reference(request)) is JObject version ? Conditional.Tagged(Success(request, version))
        : NoVersion(request, Reference(request)));

    private new FakeResponse Update(FakeRequest request, ResourceKind kind) => OnItem(request, kind, item =>
    {
        if ((item.IsSample ? item.Value : AgentVersions.Find(item, Reference(request))) is not JObject version)
        {
            return NoVersion(request, Reference(request));
        }

        if (Conditional.Failure(request, version, $"agent {Id(request)}") is FakeResponse failure)
        {
            return failure;
        }

        if (AgentVersions.IsPublished(version) && !item.IsSample)
        {
            return FakeResponse.Error(400, $"Version {version["version"]} of agent {Id(request)} is published and cannot be changed: create a version from it.");
        }

        var changed = (JObject)version.DeepClone();
        Store.Merge(item.Schema, changed, Body(request).Properties().Where(m => m.Name is not ("version" or "agent_id" or "is_published")));
        return Conditional.Tagged(Success(request, Store.Keep(kind, item, changed)));
    });

    private FakeResponse CreateVersion(FakeRequest request) => OnAgent(request, (kind, item) =>
    {
        JToken? number = Body(request)["base_version"];
        JObject? from = item.IsSample ? item.Value : AgentVersions.Find(item, number);
        return from is null ? NoVersion(request, (string?)number) : Success(request, Draft(kind, item, from));
    });

    private FakeResponse PublishVersion(FakeRequest request) => OnAgent(request, (kind, item) =>
    {
        JObject body = Body(request);
        JObject? version = item.IsSample ? item.Value : AgentVersions.Find(item, body["version"]);
        if (version is null)
        {
            return NoVersion(request, (string?)body["version"]);
        }

        var changed = (JObject)version.DeepClone();
        Store.Merge(item.Schema, changed, body.Properties().Append(new("is_published", true)));
        Store.Keep(kind, item, changed);
        EngineVersions.Publish(Store, changed);
        return Success(request);
    });

    private FakeResponse DeleteVersion(FakeRequest request) => OnAgent(request, (_, item) =>
    {
        if (item.IsSample)
        {
            return Success(request);
        }

        if (AgentVersions.Find(item, Reference(request)) is not JObject version)
        {
            return NoVersion(request, Reference(request));
        }

        if (item.Versions.Count == 1)
        {
            return FakeResponse.Error(400, $"Version {version["version"]} is the only one of agent {Id(request)}: delete the agent.");
        }

        item.RemoveVersion((long)version["version"]!);
        return Success(request);
    });

    private FakeResponse ListVersions(FakeRequest request) => OnAgent(request, (_, item) =>
    {
        IEnumerable<JObject> newest = item.Versions.Count == 0 ? [item.Value] : item.Versions.Values.Reverse();
        return Listing.Page(request.Operation!, Store.Map[request.Operation!], newest, version => (string?)version["version"], request, item.IsSample);
    });

    /// <summary>The retired operation: publishes the latest version and makes a draft from it.</summary>
    private FakeResponse Publish(FakeRequest request) => OnAgent(request, (kind, item) =>
    {
        EngineVersions.Publish(Store, Store.Change(kind, item, new JProperty("is_published", true)));
        if (!item.IsSample)
        {
            Draft(kind, item, item.Value);
        }

        return Success(request);
    });

    private FakeResponse Repair(FakeRequest request) => OnAgent(request, (_, item) =>
        item.IsSample ? Success(request, item.Value)
        : AgentVersions.Find(item, Reference(request)) is JObject version ? Success(request, version)
        : NoVersion(request, Reference(request)));

    /// <summary>Lists the agents of both kinds together.</summary>
    private FakeResponse ListBoth(FakeRequest request)
    {
        (ResourceKind Kind, string Channel)[] kinds = [(Kind, "voice"), (ChatKind, "chat")];
        if (AllowsSamples && Array.TrueForAll(kinds, k => k.Kind.Oldest.Count == 0 && !k.Kind.WasUsed))
        {
            return List(request);
        }

        JObject criteria = Listing.Criteria(request);
        IEnumerable<StoredItem> items =
            from kind in kinds
            from item in kind.Kind.Newest
            let summary = new StoredItem("AgentSummary", Summary(item, kind.Channel)) { Order = item.Order }
            where ListFilter.Fits(summary, criteria["filter_criteria"])
            orderby item.Order descending
            select summary;
        return Listing.Page(request.Operation!, Store.Map[request.Operation!], items.Select(i => i.Value), item => (string?)item["agent_id"], request);
    }

    private static JObject Summary(StoredItem agent, string channel) => new()
    {
        ["agent_id"] = agent.Value["agent_id"],
        ["agent_name"] = (string?)agent.Value["agent_name"] ?? "",
        ["channel"] = channel,
        ["user_modified_timestamp"] = agent.Value["last_modification_timestamp"] ?? 0,
        ["tags"] = new JObject(
            from version in agent.Versions
            from tag in version.Value["assigned_tags"] as JArray ?? []
            group version.Key by (string)tag! into assigned
            select new JProperty(assigned.Key, new JObject { ["version"] = assigned.Max() })),
    };

    private JObject Draft(ResourceKind kind, StoredItem agent, JObject from)
    {
        var draft = (JObject)from.DeepClone();
        draft.Remove("assigned_tags");
        draft.Remove("version_title");
        draft.Remove("version_description");
        if (agent.Versions.Count == 0)
        {
            agent.Versions[(long?)from["version"] ?? 0] = from;
        }

        long number = agent.Versions.Keys[^1] + 1;
        Store.Merge(agent.Schema, draft, [new("version", number), new("base_version", from["version"]), new("is_published", false)]);
        EngineVersions.Draft(Store, draft);
        return Store.Keep(kind, agent, draft);
    }

    private static string Id(FakeRequest request) => request.PathValues["agent_id"];

    private static string? Reference(FakeRequest request) => request.QueryValues("version").FirstOrDefault();

    private static FakeResponse NoVersion(FakeRequest request, string? version) =>
        FakeResponse.Error(422, $"Cannot find version {version} of agent {Id(request)}.");
}
