namespace Retell;

/// <summary>The names under which an application listens to the telemetry of the client, such as <c>AddSource(RetellTelemetry.ActivitySourceName)</c>.</summary>
public static class RetellTelemetry
{
    /// <summary>The name of the activity source, which has a span for each operation.</summary>
    public const string ActivitySourceName = "Retell";

    /// <summary>The name of the meter, which counts operations, retries and errors.</summary>
    public const string MeterName = "Retell";
}
