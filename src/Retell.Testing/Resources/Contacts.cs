using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>The people that agents talk to.</summary>
internal sealed class Contacts(ResourceContext context) : Resource(context, "contact")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createContact", request => Create(request, Kind, Tags(Body(request)))),
        new("getContact", Get),
        new("getContactByPhone", GetByPhone),
        new("listContacts", List),
        new("listContactConversations", ListConversations),
        new("updateContact", request => OnItem(request, Kind, contact => Success(request, Apply(request, Kind, contact, Tags(Body(request)))))),
        new("deleteContact", Delete),
        new("uploadContactImportFile", Example),
        new("createContactImport", request => Jobs.Run(request, "import")),
        new("getContactImport", request => Jobs.Status(request, "import")),
        new("backfillContactAnalysisData", request => Jobs.Run(request, "backfill")),
        new("getBackfillContactJobStatus", request => Jobs.Status(request, "backfill")),
    ];

    private Jobs Jobs => new(Context);

    private FakeResponse GetByPhone(FakeRequest request)
    {
        string number = request.PathValues["phone_number"];
        return Kind.Newest.FirstOrDefault(c => (string?)c.Value["phone_number"] == number) is { } contact
            ? Success(request, contact.Value)
            : Kind.WasUsed || !AllowsSamples ? NotFound(Kind, number) : Example(request);
    }

    /// <summary>The calls and chats with the number of the contact.</summary>
    private FakeResponse ListConversations(FakeRequest request) => OnItem(request, Kind, contact =>
    {
        if (contact.IsSample)
        {
            return List(request);
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
        return Listing.Page(request.Operation, plan, conversations, item => (string?)item["call_id"] ?? (string?)item["chat_id"], request);
    });

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

    /// <summary>Tags are set by their IDs and read with their labels.</summary>
    private IEnumerable<JProperty> Tags(JObject body)
    {
        if (body["contact_tag_ids"] is JArray ids)
        {
            var known = Store.Singles.GetValueOrDefault(Crm.Config)?["contact_tags"] as JArray ?? [];
            yield return new("contact_tags", new JArray(ids.Select(id =>
                known.FirstOrDefault(t => (string?)t["id"] == (string?)id) ?? new JObject { ["id"] = id, ["label"] = (string?)id })));
        }
    }
}
