using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Webhooks;

/// <summary>Which webhooks the agent of a call or a chat wants, where they go, and what they say.</summary>
internal sealed partial class WebhookEvents(Store store, WebhookSender sender)
{
    private static readonly string[] s_defaults = ["started", "ended", "analyzed"];

    /// <param name="session">The call or the chat.</param>
    /// <param name="step"><c>started</c> for <c>call_started</c> or <c>chat_started</c> and so on; any other event by its whole name.</param>
    /// <param name="more">What stands beside the call or the chat.</param>
    public void Raise(Session session, string step, JObject? more = null)
    {
        JObject agent = Agent(session);
        string name = s_defaults.Contains(step) ? $"{session.Family}_{step}" : step;
        bool isWanted = agent["webhook_events"] is JArray wanted ? wanted.Any(w => (string?)w == name) : s_defaults.Contains(step);
        if (!isWanted || ((string?)agent["webhook_url"] ?? store.Options.AccountWebhookUrl) is not { Length: > 0 } url)
        {
            return;
        }

        var shown = (JObject)session.Item.Value.DeepClone();
        if (step is "started" or "ended")
        {
            shown.Remove(session.AnalysisName);
        }

        var body = new JObject { ["event"] = name, [session.Family] = shown };
        body.Merge(more ?? []);
        if (step == "transcript_updated" && shown["transcript_with_tool_calls"] is JToken transcript)
        {
            body["transcript_with_tool_calls"] = transcript.DeepClone();
        }

        sender.Send(new(name, WithVariables(url, shown), body.ToString(Formatting.None), Timeout(agent)));
    }

    /// <summary>What the agent wants to know of a call or a chat.</summary>
    public IEnumerable<JObject> AnalysisData(Session session) =>
        (Agent(session)[session.IsChat ? "post_chat_analysis_data" : "post_call_analysis_data"] as JArray ?? []).OfType<JObject>()
        .Where(data => data["name"] is JValue { Value: string } && (string?)data["type"] != "system-presets");

    public static TimeSpan Timeout(JObject? agent = null) => TimeSpan.FromMilliseconds((double?)agent?["webhook_timeout_ms"] ?? 10_000);

    /// <summary>The settings of the agent as this call or chat has them.</summary>
    private JObject Agent(Session session)
    {
        StoredItem? item = store.Agent(session.AgentId);
        JObject? version = item is null ? null : AgentVersions.Find(item, session.AgentVersion) ?? item.Value;
        var agent = (JObject?)version?.DeepClone() ?? [];
        foreach (JProperty member in session.Item.AgentOverride?.Properties() ?? [])
        {
            agent[member.Name] = member.Value.DeepClone();
        }

        return agent;
    }

    private static string WithVariables(string url, JObject session) => Placeholder().Replace(url, match =>
        (string?)session["retell_llm_dynamic_variables"]?[match.Groups[1].Value] is string value ? Uri.EscapeDataString(value) : match.Value);

    [GeneratedRegex(@"\{\{\s*([^{}\s]+)\s*\}\}")]
    private static partial Regex Placeholder();
}
