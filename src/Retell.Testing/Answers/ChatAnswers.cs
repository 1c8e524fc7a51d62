using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>Chats and what is said in them.</summary>
internal sealed class ChatAnswers(AnswerKit kit)
{
    public IEnumerable<KeyValuePair<string, Func<FakeRequest, FakeResponse?>>> All =>
    [
        new("createChat", request => Create(request, "api_chat")), new("createSmsChat", request => Create(request, "sms_chat")),
        new("createChatCompletion", Complete), new("endChat", End), new("rerunChatAnalysis", Rerun),
    ];

    private Store Store => kit.Store;

    private ResourceKind Chats => Store.Kind("chat");

    private FakeResponse? Create(FakeRequest request, string type)
    {
        JObject body = AnswerKit.Body(request);
        if (kit.MissingAgent(Chats, body) is FakeResponse refusal)
        {
            return refusal;
        }

        var all = new JObject(body) { ["chat_type"] = type, ["start_timestamp"] = Store.Now };
        StoredItem chat = kit.Create(Chats, ApiDocument.Name(request.Operation!.Response)!, all);
        if (type == "sms_chat")
        {
            chat.Facts.Merge(new JObject { ["direction"] = "outbound", ["agent_number"] = body["from_number"], ["user_number"] = body["to_number"] });
        }

        return AnswerKit.Success(request.Operation, chat.Value);
    }

    private FakeResponse? Complete(FakeRequest request)
    {
        JObject body = AnswerKit.Body(request);
        string id = (string)body["chat_id"]!;
        if (Store.Find(Chats, id) is not { } item)
        {
            return AnswerKit.NotFound(Chats, id);
        }

        if (item.IsSample)
        {
            return null;
        }

        var chat = new Session(Chats, item);
        if (chat.HasEnded)
        {
            return FakeResponse.Error(422, $"Chat {id} has ended.");
        }

        kit.Lifecycle.Say(chat, "user", (string)body["content"]!);
        kit.Lifecycle.Say(chat, "agent", $"You said: {body["content"]}");
        return AnswerKit.Success(request.Operation!, new JObject { ["messages"] = new JArray(item.Value["message_with_tool_calls"]!.Last()) });
    }

    private FakeResponse? End(FakeRequest request)
    {
        if (Store.Find(Chats, request.PathValues["chat_id"]) is not { } item)
        {
            return null;
        }

        kit.Lifecycle.End(new(Chats, item), null);
        return AnswerKit.Success(request.Operation!);
    }

    private FakeResponse? Rerun(FakeRequest request)
    {
        if (!Chats.TryGet(request.PathValues["chat_id"], out StoredItem? item) || item.IsSample)
        {
            return null;
        }

        var chat = new Session(Chats, item);
        if (!chat.HasEnded)
        {
            return FakeResponse.Error(400, $"Chat {chat.Id} has not ended: only an ended chat can be analyzed again.");
        }

        kit.Lifecycle.Analyze(chat, []);
        return AnswerKit.Success(request.Operation!, item.Value);
    }
}
