using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Webhooks;

/// <summary>The bodies of events, valid by the document: about a call or a chat of the fake, or about samples.</summary>
internal sealed class SampleEvents(Store store, SessionLifecycle lifecycle, InboundWebhooks inbound)
{
    private const string FromNumber = "+14155550111";
    private const string ToNumber = "+14155550100";

    /// <summary>The events that an agent of either kind can subscribe to, then the others.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Of(store.Document, "Agent").Union(Of(store.Document, "ChatAgent")), .. Others];

    private static string[] Others => ["call_inbound", "chat_inbound", "alert_triggered", "alert_resolved"];

    /// <exception cref="ArgumentException">The event is unknown, or not one of the call or chat.</exception>
    public JObject Create(string name, Session? session, string nameParameter)
    {
        if (!Names.Contains(name))
        {
            throw new ArgumentException($"\"{name}\" is not a webhook event. Use one of: {string.Join(", ", Names)}.", nameParameter);
        }

        bool isChat = session?.IsChat ?? !Of(store.Document, "Agent").Contains(name);
        if (session is not null && !Of(store.Document, isChat ? "ChatAgent" : "Agent").Contains(name))
        {
            throw new ArgumentException($"\"{name}\" is not an event of a {session.Family}.", nameParameter);
        }

        if (name is "call_inbound" or "chat_inbound")
        {
            return inbound.Question(name == "chat_inbound", FromNumber, ToNumber);
        }

        lock (store.Lock)
        {
            return name is "alert_triggered" or "alert_resolved" ? Alert(name) : WebhookEvents.Body(session ?? lifecycle.Sample(isChat, name), name, Transfer(name));
        }
    }

    private static IEnumerable<string> Of(ApiDocument document, string agent)
    {
        JToken item = document.Component(agent)!["properties"]!["webhook_events"]!["items"]!;
        return document.Resolve((JObject)item)["enum"]!.Values<string>().OfType<string>();
    }

    /// <summary>The members of the events of a transfer, of which the last one has none.</summary>
    private static JObject Transfer(string name) => name.StartsWith("transfer_", StringComparison.Ordinal) && name != "transfer_ended"
        ? new() { ["transfer_destination"] = new JObject { ["number"] = FromNumber }, ["transfer_option"] = new JObject { ["type"] = "cold_transfer" } }
        : [];

    private JObject Alert(string name)
    {
        JObject alert = store.Samples.CreateComplete("AlertIncident");
        alert["alert_incident_id"] = store.NextId("alert_incident");
        alert["triggered_timestamp"] = store.Now;
        alert["resolved_timestamp"] = store.Now;
        if (name == "alert_triggered")
        {
            alert.Remove("resolved_timestamp");
        }

        return new() { ["event"] = name, ["alert"] = alert };
    }
}
