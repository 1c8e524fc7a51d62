using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Retell.AspNetCore.Telemetry;

/// <summary>The activity source and the meter of this package, with the names of those of the client, and the measurements of webhooks and custom functions.</summary>
internal static class Instruments
{
    private static readonly string? s_version = typeof(Instruments).Assembly.GetName().Version?.ToString(3);

    public static readonly Meter Meter = new(RetellTelemetry.MeterName, s_version);

    public static readonly ActivitySource Source = new(RetellTelemetry.ActivitySourceName, s_version);

    public static readonly Counter<long> Deliveries =
        Meter.CreateCounter<long>("retell.webhook.deliveries", "{delivery}", "Number of deliveries of webhook events, by event and outcome.");

    public static readonly Histogram<double> Handlers =
        Meter.CreateHistogram<double>("retell.webhook.handler.duration", "s", "Duration of webhook handlers, by event and handler.");

    public static readonly Histogram<double> Functions =
        Meter.CreateHistogram<double>("retell.function.duration", "s", "Duration of custom functions, by route.");
}
