using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Retell.Telemetry;

/// <summary>The activity source and the meter of the client.</summary>
internal static class Instruments
{
    private static readonly string? s_version = typeof(Instruments).Assembly.GetName().Version?.ToString(3);
    private static readonly Meter s_meter = new(RetellTelemetry.MeterName, s_version);

    public static readonly ActivitySource Source = new(RetellTelemetry.ActivitySourceName, s_version);

    public static readonly Histogram<double> Duration =
        s_meter.CreateHistogram<double>("retell.client.operation.duration", "s", "Duration of API operations, including all attempts and waits.");

    public static readonly Counter<long> Retries =
        s_meter.CreateCounter<long>("retell.client.operation.retries", "{retry}", "Number of retries.");

    public static readonly Counter<long> Errors =
        s_meter.CreateCounter<long>("retell.client.operation.errors", "{error}", "Number of API operations that failed, by the type of the error.");
}
