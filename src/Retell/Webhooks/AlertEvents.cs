using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Webhooks;

/// <summary>An alert rule had something to say. It is sent once and not repeated when it does not arrive.</summary>
public abstract class AlertWebhookEvent : WebhookEvent
{
    private protected AlertWebhookEvent(JObject json, AlertIncident alert)
        : base(json) => Alert = alert;

    /// <summary>The rule and the values; costs are in cents.</summary>
    public AlertIncident Alert { get; }
}

/// <summary><c>alert_triggered</c>: a value went over its limit.</summary>
public sealed class AlertTriggeredEvent : AlertWebhookEvent
{
    internal AlertTriggeredEvent(JObject json, AlertIncident alert)
        : base(json, alert)
    {
    }
}

/// <summary><c>alert_resolved</c>: the value is within its limit again.</summary>
public sealed class AlertResolvedEvent : AlertWebhookEvent
{
    internal AlertResolvedEvent(JObject json, AlertIncident alert)
        : base(json, alert)
    {
    }
}
