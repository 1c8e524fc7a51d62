using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.Resources;
using Retell.Testing.State;

namespace Retell.Testing.Webhooks;

/// <summary>The webhooks that the agent of a call or a chat subscribes to: where they go, and their bodies.</summary>
internal sealed class WebhookEvents(Store store, WebhookSender sender)
{
    private static readonly string[] s_defaults = ["started", "ended", "analyzed"];

    /// <summary>Sends a webhook if the agent subscribes to it.</summary>
    /// <param name="session">The call or the chat.</param>
    /// <param name="step"><c>started</c> for <c>call_started</c> or <c>chat_started</c> and so on; any other event by its full name.</param>
    /// <param name="more">The members beside the call or the chat.</param>
    public void Raise(Session session, string step, JObject? more = null)
    {
        JObject agent = SessionAgent.Settings(store, session);
        string name = s_defaults.Contains(step) ? $"{session.Family}_{step}" : step;
        bool isSubscribed = agent["webhook_events"] is JArray events ? events.Any(e => (string?)e == name) : s_defaults.Contains(step);
        if (isSubscribed && Url(session, agent) is string url)
        {
            sender.Send(new(name, url, Body(session, name, more).ToString(Formatting.None), Timeout(agent)));
        }
    }

    /// <summary>Returns where the webhooks of a call or a chat go, or those of none; null for nowhere.</summary>
    public string? Url(Session? session) => Url(session, session is null ? null : SessionAgent.Settings(store, session));

    private string? Url(Session? session, JObject? agent)
    {
        string? url = (string?)agent?["webhook_url"] ?? store.Options.AccountWebhookUrl;
        return string.IsNullOrEmpty(url) ? null : session is null ? url : Placeholders.Fill(url, session, Uri.EscapeDataString);
    }

    /// <summary>Returns the body of an event about a call or a chat.</summary>
    /// <param name="session">The call or the chat.</param>
    /// <param name="name">The full name of the event.</param>
    /// <param name="more">The members beside the call or the chat.</param>
    public static JObject Body(Session session, string name, JObject? more = null)
    {
        var shown = (JObject)session.Item.Value.DeepClone();
        if (name == $"{session.Family}_started" || name == $"{session.Family}_ended")
        {
            shown.Remove(session.AnalysisName);
        }

        var body = new JObject { ["event"] = name, [session.Family] = shown };
        body.Merge(more ?? []);
        if (name == "transcript_updated" && shown["transcript_with_tool_calls"] is JToken transcript)
        {
            body["transcript_with_tool_calls"] = transcript.DeepClone();
        }

        return body;
    }

    /// <summary>The questions that the analysis of a call or a chat answers.</summary>
    public IEnumerable<JObject> AnalysisData(Session session) =>
        (SessionAgent.Settings(store, session)[session.IsChat ? "post_chat_analysis_data" : "post_call_analysis_data"] as JArray ?? []).OfType<JObject>()
        .Where(data => data["name"] is JValue { Value: string } && (string?)data["type"] != "system-presets");

    public static TimeSpan Timeout(JObject? agent = null) => TimeSpan.FromMilliseconds((double?)agent?["webhook_timeout_ms"] ?? 10_000);

    /// <summary>Lists what is wrong with an event that is neither of the steps.</summary>
    public List<FakeRequestError> EventErrors(Session session, string name)
    {
        var errors = new List<FakeRequestError>();
        JToken events = store.Document.Component(session.IsChat ? "ChatAgent" : "Agent")!["properties"]!["webhook_events"]!["items"]!;
        store.Validator.Check((JObject)events, name, "the event", errors);
        return errors;
    }
}
