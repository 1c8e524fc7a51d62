using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Chats, and what is said in them.</summary>
internal sealed class Chats(ResourceContext context) : Resource(context, "chat")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createChat", request => Create(request, "api_chat")),
        new("createSmsChat", request => Create(request, "sms_chat")),
        new("createChatCompletion", Complete),
        new("getChat", Get),
        new("listChats", List),
        new("listChat", List),
        new("updateChatMetadata", Update),
        new("endChat", End),
        new("rerunChatAnalysis", Rerun),
        new("deleteChat", Delete),
    ];

    private FakeResponse Create(FakeRequest request, string type)
    {
        JObject body = Body(request);
        if (MissingAgent(Kind, body) is FakeResponse refusal)
        {
            return refusal;
        }

        StoredItem chat = AddSession(Kind, ApiDocument.Name(request.Operation!.Response)!, ObjectMembers.With(body, new("chat_type", type), new("start_timestamp", Store.Now)));
        if (type == "sms_chat")
        {
            chat.Facts.Merge(new JObject { ["direction"] = "outbound", ["agent_number"] = body["from_number"], ["user_number"] = body["to_number"] });
        }

        return Success(request, chat.Value);
    }

    private FakeResponse Complete(FakeRequest request)
    {
        JObject body = Body(request);
        string id = (string)body["chat_id"]!;
        if (Store.Find(Kind, id) is not { } item)
        {
            return NotFound(Kind, id);
        }

        if (item.IsSample)
        {
            return Example(request);
        }

        var chat = new Session(Kind, item);
        if (chat.HasEnded)
        {
            return FakeResponse.Error(422, $"Chat {id} has ended.");
        }

        Context.Sessions.Say(chat, "user", (string)body["content"]!);
        Context.Sessions.Say(chat, "agent", $"You said: {body["content"]}");
        return Success(request, new JObject { ["messages"] = new JArray(item.Value["message_with_tool_calls"]!.Last()) });
    }

    private FakeResponse End(FakeRequest request) => OnItem(request, Kind, item =>
    {
        Context.Sessions.End(new(Kind, item), null);
        return Success(request);
    });

    private FakeResponse Rerun(FakeRequest request) => OnItem(request, Kind, item =>
    {
        var chat = new Session(Kind, item);
        if (!chat.HasEnded && !item.IsSample)
        {
            return FakeResponse.Error(400, $"Chat {chat.Id} has not ended: only an ended chat can be analyzed again.");
        }

        if (!item.IsSample)
        {
            Context.Sessions.Analyze(chat, []);
        }

        return Success(request, item.Value);
    });
}
