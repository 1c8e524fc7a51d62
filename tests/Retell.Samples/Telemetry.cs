using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Retell;
using Retell.Testing;

namespace Samples;

internal static class Telemetry
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        #region opentelemetry
        builder.Services.AddRetell();
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource(RetellTelemetry.ActivitySourceName).AddHttpClientInstrumentation().AddOtlpExporter())
            .WithMetrics(metrics => metrics.AddMeter(RetellTelemetry.MeterName).AddMeter("Polly").AddOtlpExporter());
        #endregion

        var spans = new List<Activity>();
        builder.Services.ConfigureOpenTelemetryTracerProvider(tracing => tracing.AddInMemoryExporter(spans));
        using (IHost host = builder.Build())
        {
            await host.StartAsync();
            await host.Services.GetRequiredService<RetellClient>().Concurrency.GetAsync();
        }

        foreach (Activity span in spans)
        {
            Console.WriteLine($"span {span.DisplayName}");
        }

        #region logging
        using ILoggerFactory logs = LoggerFactory.Create(logging => logging.AddConsole().SetMinimumLevel(LogLevel.Debug));
        using var retell = new RetellClient(new RetellClientOptions { LoggerFactory = logs });
        await retell.Concurrency.GetAsync();
        #endregion
    }
}
