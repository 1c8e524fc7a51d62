using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>Contacts, the settings of the CRM, and the jobs that work on contacts.</summary>
internal sealed class ContactAnswers(AnswerKit kit, Listing listing)
{
    public IEnumerable<KeyValuePair<string, Func<FakeRequest, FakeResponse?>>> All =>
    [
        new("createContact", Create), new("updateContact", Update), new("getContactByPhone", GetByPhone), new("listContactConversations", ListConversations),
        new("getCrmConfig", GetConfig), new("updateCrmConfig", UpdateConfig),
        new("createContactImport", request => Run(request, "import")), new("getContactImport", request => Status(request, "import")),
        new("runSyncJob", request => Run(request, "sync")), new("getSyncJobStatus", request => Status(request, "sync")),
        new("backfillContactAnalysisData", request => Run(request, "backfill")), new("getBackfillContactJobStatus", request => Status(request, "backfill")),
    ];

    private Store Store => kit.Store;

    private ResourceKind Contacts => Store.Kind("contact");

    private FakeResponse? Create(FakeRequest request)
    {
        JObject body = AnswerKit.Body(request);
        return AnswerKit.Success(request.Operation!, kit.Create(Contacts, ApiDocument.Name(Contacts.Schema)!, new(body.Properties().Concat(Tags(body)))).Value);
    }

    private FakeResponse? Update(FakeRequest request)
    {
        string id = request.PathValues["contact_id"];
        JObject body = AnswerKit.Body(request);
        return Store.Find(Contacts, id) is { } contact
            ? AnswerKit.Success(request.Operation!, Store.Change(Contacts, contact, body.Properties().Concat(Tags(body))))
            : AnswerKit.NotFound(Contacts, id);
    }

    private FakeResponse? GetByPhone(FakeRequest request)
    {
        string number = request.PathValues["phone_number"];
        return Contacts.Newest.FirstOrDefault(c => (string?)c.Value["phone_number"] == number) is { } contact
            ? AnswerKit.Success(request.Operation!, contact.Value)
            : Contacts.WasUsed || Store.Options.UnknownIds == FakeUnknownIds.NotFound ? AnswerKit.NotFound(Contacts, number) : null;
    }

    /// <summary>The calls and chats with the number of the contact.</summary>
    private FakeResponse? ListConversations(FakeRequest request)
    {
        string id = request.PathValues["contact_id"];
        if (Store.Find(Contacts, id) is not { } contact)
        {
            return AnswerKit.NotFound(Contacts, id);
        }

        if (contact.IsSample)
        {
            return null;
        }

        var number = (string?)contact.Value["phone_number"];
        IEnumerable<JObject> conversations =
            from kind in new[] { Store.Kind("call"), Store.Kind("chat") }
            from item in kind.Newest
            where (string?)item.Value["from_number"] == number || (string?)item.Value["to_number"] == number || (string?)item.Facts["user_number"] == number
            orderby item.Order descending
            select Conversation(new(kind, item));
        var page = (JObject)Store.Document.Resolve(request.Operation!.Response!)["properties"]!;
        var plan = new OperationPlan(OperationRole.List, null, (JObject)page["items"]!["items"]!, IsPage: true);
        return listing.Page(request.Operation, plan, conversations, item => (string?)item["call_id"] ?? (string?)item["chat_id"], request);
    }

    private JObject Conversation(Session session)
    {
        var shown = new JObject { ["type"] = session.Family, [session.Family + "_id"] = session.Id };
        JObject item = session.Item.Value;
        JToken? analysis = item[session.AnalysisName];
        Store.Merge(session.IsChat ? "ContactChat" : "ContactCall", shown, new JProperty[]
        {
            new("start_timestamp", item["start_timestamp"]), new("duration_ms", item["duration_ms"]),
            new("direction", item["direction"] ?? session.Item.Facts["direction"]), new("disconnection_reason", item["disconnection_reason"]),
            new("summary", analysis?[session.Family + "_summary"]), new("sentiment", analysis?["user_sentiment"]),
            new("successful", analysis?[session.Family + "_successful"]),
        }.Where(m => m.Value.Type != JTokenType.Null));
        return shown;
    }

    /// <summary>Tags are set by their ids and read with their labels.</summary>
    private IEnumerable<JProperty> Tags(JObject body)
    {
        if (body["contact_tag_ids"] is JArray ids)
        {
            var known = Store.Singles.GetValueOrDefault("crm")?["contact_tags"] as JArray ?? [];
            yield return new("contact_tags", new JArray(ids.Select(id =>
                known.FirstOrDefault(t => (string?)t["id"] == (string?)id) ?? new JObject { ["id"] = id, ["label"] = (string?)id })));
        }
    }

    private FakeResponse? GetConfig(FakeRequest request) => Store.Singles.TryGetValue("crm", out JObject? config)
        ? AnswerKit.Success(request.Operation!, config)
        : null;

    private FakeResponse? UpdateConfig(FakeRequest request)
    {
        JObject config = Store.Singles.GetValueOrDefault("crm") ?? (JObject)Store.Samples.Create(request.Operation!.Response!, full: true);
        Store.Merge(ApiDocument.Name(request.Operation!.Response)!, config, AnswerKit.Body(request).Properties());
        Store.Singles["crm"] = config;
        return AnswerKit.Success(request.Operation, config);
    }

    private FakeResponse? Run(FakeRequest request, string job) => AnswerKit.Success(request.Operation!, kit.Lifecycle.RunJob(job));

    private FakeResponse? Status(FakeRequest request, string job) => Store.Singles.TryGetValue(job, out JObject? status)
        ? AnswerKit.Success(request.Operation!, status)
        : null;
}
