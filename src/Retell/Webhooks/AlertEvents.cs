using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>The base class of the events of an alert rule. Their delivery is not retried.</summary>
public abstract class AlertWebhookEvent : WebhookEvent
{
    private protected AlertWebhookEvent(JObject json, AlertIncident alert)
        : base(json) => Alert = alert;

    /// <summary>Gets the incident, with the rule and its values. Costs are in cents.</summary>
    public AlertIncident Alert { get; }
}

/// <summary>The <c>alert_triggered</c> event: a value crossed its threshold.</summary>
public sealed class AlertTriggeredEvent : AlertWebhookEvent
{
    internal AlertTriggeredEvent(JObject json, AlertIncident alert)
        : base(json, alert)
    {
    }
}

/// <summary>The <c>alert_resolved</c> event: the value is within its threshold again.</summary>
public sealed class AlertResolvedEvent : AlertWebhookEvent
{
    internal AlertResolvedEvent(JObject json, AlertIncident alert)
        : base(json, alert)
    {
    }
}
