using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>Agents and their versions.</summary>
internal sealed class AgentAnswers(AnswerKit kit, Listing listing)
{
    public IEnumerable<KeyValuePair<string, Func<FakeRequest, FakeResponse?>>> All =>
    [
        new("getAgent", Get), new("getChatAgent", Get),
        new("updateAgent", Update), new("updateChatAgent", Update),
        new("createAgentVersion", CreateVersion), new("publishAgentVersion", PublishVersion), new("deleteAgentVersion", DeleteVersion),
        new("listAgentVersions", ListVersions), new("getAgentVersions", ListVersions), new("getChatAgentVersions", ListVersions),
        new("publishAgent", Publish), new("publishChatAgent", Publish),
        new("repairAgent", Repair),
        new("listAgents", List),
    ];

    private Store Store => kit.Store;

    private FakeResponse? Get(FakeRequest request) => Stored(request) is not { IsSample: false, Item: var item } ? null
        : AgentVersions.Find(item, Reference(request)) is JObject version ? AnswerKit.Success(request.Operation!, version)
        : NoVersion(request, Reference(request));

    private FakeResponse? Update(FakeRequest request)
    {
        if (Stored(request) is not { IsSample: false } agent)
        {
            return null;
        }

        if (AgentVersions.Find(agent.Item, Reference(request)) is not JObject version)
        {
            return NoVersion(request, Reference(request));
        }

        if (AgentVersions.IsPublished(version))
        {
            string what = $"Version {version["version"]} of agent {Id(request)}";
            return FakeResponse.Error(400, $"{what} is published and cannot be changed: create a version from it.");
        }

        var changed = (JObject)version.DeepClone();
        Store.Merge(agent.Item.Schema, changed, AnswerKit.Body(request).Properties().Where(m => m.Name is not ("version" or "agent_id" or "is_published")));
        return AnswerKit.Success(request.Operation!, Store.Keep(agent.Kind, agent.Item, changed));
    }

    private FakeResponse? CreateVersion(FakeRequest request)
    {
        if (Any(request) is not { } agent)
        {
            return AnswerKit.NotFound(Store.Kind("agent"), Id(request));
        }

        JToken? number = AnswerKit.Body(request)["base_version"];
        JObject? from = agent.IsSample ? agent.Item.Value : AgentVersions.Find(agent.Item, number);
        return from is null ? NoVersion(request, (string?)number) : AnswerKit.Success(request.Operation!, Draft(agent, from));
    }

    private FakeResponse? PublishVersion(FakeRequest request)
    {
        if (Any(request) is not { } agent)
        {
            return AnswerKit.NotFound(Store.Kind("agent"), Id(request));
        }

        JObject body = AnswerKit.Body(request);
        JObject? version = agent.IsSample ? agent.Item.Value : AgentVersions.Find(agent.Item, body["version"]);
        if (version is null)
        {
            return NoVersion(request, (string?)body["version"]);
        }

        var changed = (JObject)version.DeepClone();
        Store.Merge(agent.Item.Schema, changed, body.Properties().Append(new("is_published", true)));
        Store.Keep(agent.Kind, agent.Item, changed);
        return AnswerKit.Success(request.Operation!);
    }

    private FakeResponse? DeleteVersion(FakeRequest request)
    {
        if (Any(request) is not { } agent)
        {
            return AnswerKit.NotFound(Store.Kind("agent"), Id(request));
        }

        if (agent.IsSample)
        {
            return AnswerKit.Success(request.Operation!);
        }

        if (AgentVersions.Find(agent.Item, Reference(request)) is not JObject version)
        {
            return NoVersion(request, Reference(request));
        }

        if (agent.Item.Versions.Count == 1)
        {
            return FakeResponse.Error(400, $"Version {version["version"]} is the only one of agent {Id(request)}: delete the agent.");
        }

        agent.Item.RemoveVersion((long)version["version"]!);
        return AnswerKit.Success(request.Operation!);
    }

    private FakeResponse? ListVersions(FakeRequest request)
    {
        FakeOperation operation = request.Operation!;
        if (Any(request) is not { } agent)
        {
            return AnswerKit.NotFound(Store.Kind("agent"), Id(request));
        }

        IEnumerable<JObject> newest = agent.Item.Versions.Count == 0 ? [agent.Item.Value] : agent.Item.Versions.Values.Reverse();
        return listing.Page(operation, Store.Map[operation], newest, version => (string?)version["version"], request, agent.IsSample);
    }

    /// <summary>The retired way: it publishes the latest version and makes a draft from it.</summary>
    private FakeResponse? Publish(FakeRequest request)
    {
        if (Any(request) is not { } agent)
        {
            return AnswerKit.NotFound(Store.Kind("agent"), Id(request));
        }

        Store.Change(agent.Kind, agent.Item, new JProperty("is_published", true));
        if (!agent.IsSample)
        {
            Draft(agent, agent.Item.Value);
        }

        return AnswerKit.Success(request.Operation!);
    }

    private FakeResponse? Repair(FakeRequest request) => Any(request) is not { } agent ? AnswerKit.NotFound(Store.Kind("agent"), Id(request))
        : agent.IsSample ? AnswerKit.Success(request.Operation!, agent.Item.Value)
        : AgentVersions.Find(agent.Item, Reference(request)) is JObject version ? AnswerKit.Success(request.Operation!, version)
        : NoVersion(request, Reference(request));

    /// <summary>The agents of both kinds in one list.</summary>
    private FakeResponse? List(FakeRequest request)
    {
        (ResourceKind Kind, string Channel)[] kinds = [(Store.Kind("agent"), "voice"), (Store.Kind("chat-agent"), "chat")];
        if (Array.TrueForAll(kinds, k => k.Kind.Oldest.Count == 0 && !k.Kind.WasUsed))
        {
            return null;
        }

        JObject criteria = listing.Criteria(request);
        IEnumerable<StoredItem> items =
            from kind in kinds
            from item in kind.Kind.Newest
            let summary = new StoredItem("AgentSummary", Summary(item, kind.Channel)) { Order = item.Order }
            where ListFilter.Fits(summary, criteria["filter_criteria"])
            orderby item.Order descending
            select summary;
        OperationPlan plan = Store.Map[request.Operation!];
        return listing.Page(request.Operation!, plan, items.Select(i => i.Value), item => (string?)item["agent_id"], request);
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

    private JObject Draft(Agent agent, JObject from)
    {
        var draft = (JObject)from.DeepClone();
        draft.Remove("assigned_tags");
        draft.Remove("version_title");
        draft.Remove("version_description");
        if (agent.Item.Versions.Count == 0)
        {
            agent.Item.Versions[(long?)from["version"] ?? 0] = from;
        }

        long number = agent.Item.Versions.Keys[^1] + 1;
        Store.Merge(agent.Item.Schema, draft, [new("version", number), new("base_version", from["version"]), new("is_published", false)]);
        return Store.Keep(agent.Kind, agent.Item, draft);
    }

    private static string Id(FakeRequest request) => request.PathValues["agent_id"];

    private static string? Reference(FakeRequest request) => request.QueryValues("version").FirstOrDefault();

    private static FakeResponse NoVersion(FakeRequest request, string? version) =>
        FakeResponse.Error(422, $"Cannot find version {version} of agent {Id(request)}.");

    /// <summary>The agent of the kind that the operation is about, if the fake holds it.</summary>
    private Agent? Stored(FakeRequest request)
    {
        ResourceKind kind = Store.Map[request.Operation!].Kind!;
        return kind.TryGet(Id(request), out StoredItem? item) ? new(kind, item) : null;
    }

    /// <summary>An agent of either kind, or a sample of one.</summary>
    private Agent? Any(FakeRequest request)
    {
        (ResourceKind voice, ResourceKind chat) = (Store.Kind("agent"), Store.Kind("chat-agent"));
        (ResourceKind first, ResourceKind second) = request.Operation!.Id.Contains("Chat", StringComparison.Ordinal) ? (chat, voice) : (voice, chat);
        return first.TryGet(Id(request), out StoredItem? item) ? new(first, item)
            : second.TryGet(Id(request), out item) ? new(second, item)
            : Store.Find(first, Id(request)) is { } sample ? new(first, sample)
            : null;
    }

    private sealed record Agent(ResourceKind Kind, StoredItem Item)
    {
        public bool IsSample => Item.IsSample;
    }
}
