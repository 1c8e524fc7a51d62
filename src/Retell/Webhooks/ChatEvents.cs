using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>Something happened to a chat.</summary>
public abstract class ChatWebhookEvent : WebhookEvent
{
    private protected ChatWebhookEvent(JObject json, Chat chat)
        : base(json) => Chat = chat;

    /// <summary>The chat as it is then.</summary>
    public Chat Chat { get; }
}

/// <summary><c>chat_started</c>: a chat began.</summary>
public sealed class ChatStartedEvent : ChatWebhookEvent
{
    internal ChatStartedEvent(JObject json, Chat chat)
        : base(json, chat)
    {
    }
}

/// <summary><c>chat_ended</c>: a chat ended or failed. It has no analysis yet.</summary>
public sealed class ChatEndedEvent : ChatWebhookEvent
{
    internal ChatEndedEvent(JObject json, Chat chat)
        : base(json, chat)
    {
    }
}

/// <summary><c>chat_analyzed</c>: the analysis of the chat is ready.</summary>
public sealed class ChatAnalyzedEvent : ChatWebhookEvent
{
    internal ChatAnalyzedEvent(JObject json, Chat chat)
        : base(json, chat)
    {
    }
}
