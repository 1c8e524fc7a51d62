using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>The base class of the events of a chat.</summary>
public abstract class ChatWebhookEvent : WebhookEvent
{
    private protected ChatWebhookEvent(JObject json, Chat chat)
        : base(json) => Chat = chat;

    /// <summary>Gets the chat at the time of the event.</summary>
    public Chat Chat { get; }
}

/// <summary>The <c>chat_started</c> event: a chat has started.</summary>
public sealed class ChatStartedEvent : ChatWebhookEvent
{
    internal ChatStartedEvent(JObject json, Chat chat)
        : base(json, chat)
    {
    }
}

/// <summary>The <c>chat_ended</c> event: a chat ended or failed. It has no analysis yet.</summary>
public sealed class ChatEndedEvent : ChatWebhookEvent
{
    internal ChatEndedEvent(JObject json, Chat chat)
        : base(json, chat)
    {
    }
}

/// <summary>The <c>chat_analyzed</c> event: the analysis of the chat is complete.</summary>
public sealed class ChatAnalyzedEvent : ChatWebhookEvent
{
    internal ChatAnalyzedEvent(JObject json, Chat chat)
        : base(json, chat)
    {
    }
}
