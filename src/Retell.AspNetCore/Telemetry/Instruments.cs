using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Retell.AspNetCore.Telemetry;

/// <summary>The activity source and the meter of webhooks and custom functions. They have the names of those of the client.</summary>
internal static class Instruments
{
    private static readonly string? s_version = typeof(Instruments).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter s_meter = new(RetellTelemetry.MeterName, s_version);

    public static readonly ActivitySource Source = new(RetellTelemetry.ActivitySourceName, s_version);

    public static readonly Counter<long> Deliveries =
        s_meter.CreateCounter<long>("retell.webhook.deliveries", "{delivery}", "Number of deliveries of webhook events, by event and outcome.");

    public static readonly Histogram<double> Handlers =
        s_meter.CreateHistogram<double>("retell.webhook.handler.duration", "s", "Duration of webhook handlers, by event and handler.");

    public static readonly Histogram<double> Functions =
        s_meter.CreateHistogram<double>("retell.function.duration", "s", "Duration of custom functions, by route.");
}
