using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Telemetry;

/// <summary>What the OpenTelemetry SDK gets from an application that uses the client, as production would export it.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class OpenTelemetryTests
{
    private const string Secret = "078-05-1120";

    private readonly List<Activity> _spans = [];
    private readonly List<Metric> _metrics = [];
    private readonly List<string> _lines = [];

    [Test]
    public async Task OpenTelemetry_retried_operation_is_span_with_child_per_attempt()
    {
        using var server = new RawServer(async (number, _, stream, token) =>
        {
            string response = number == 1
                ? RawServer.Response(503, $$"""{"message":"{{Secret}}"}""", "Connection: close\r\n")
                : RawServer.Response(200, """{"call_type":"web_call"}""", "Connection: close\r\n");
            await RawServer.WriteAsync(stream, response, token);
            return false;
        });
        await RunAsync(server.Url, client => client.Calls.GetAsync(Secret));

        Activity span = _spans.Single(span => span.Source.Name == "Retell");
        Assert.That(span.DisplayName, Is.EqualTo("GET /v2/get-call/{call_id}"));
        Assert.That(span.Kind, Is.EqualTo(ActivityKind.Client));
        Assert.That(span.TagObjects.ToDictionary(), Is.EqualTo(new Dictionary<string, object?>
        {
            ["retell.operation"] = "getCall",
            ["http.request.method"] = "GET",
            ["url.template"] = "/v2/get-call/{call_id}",
            ["server.address"] = "127.0.0.1",
            ["server.port"] = server.Port,
            ["http.response.status_code"] = 200,
            ["http.request.resend_count"] = 1,
        }));
        Activity[] attempts = [.. _spans.Where(other => other.Source.Name == "System.Net.Http")];
        Assert.That(attempts.Select(attempt => attempt.ParentSpanId), Is.EqualTo(new[] { span.SpanId, span.SpanId }));
        Assert.That(attempts.Select(attempt => attempt.GetTagItem("http.response.status_code")), Is.EqualTo(new[] { 503, 200 }));
        Assert.That(
            Points("retell.client.operation.duration"),
            Is.EqualTo(new[] { "http.request.method=GET, http.response.status_code=200, retell.operation=getCall, url.template=/v2/get-call/{call_id}" }));
        Assert.That(Points("retell.client.operation.retries"), Has.Length.EqualTo(1));
        Assert.That(Points("resilience.polly.strategy.events"), Has.Some.Contains("operation.key=getCall").And.Some.Contains("pipeline.name=Retell"));
    }

    [Test]
    public async Task OpenTelemetry_failure_does_not_export_server_message()
    {
        using var server = RawServer.Answering(RawServer.Response(400, $$"""{"message":"no person {{Secret}}"}""", "Connection: close\r\n"));
        await RunAsync(server.Url, client => Assert.ThatAsync(() => client.Calls.GetAsync(Secret), Throws.InstanceOf<RetellBadRequestException>().With.Message.Contains(Secret)));

        Activity span = _spans.Single(span => span.Source.Name == "Retell");
        Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Error));
        Assert.That(span.StatusDescription, Is.Null.Or.Empty);
        Assert.That(span.GetTagItem("error.type"), Is.EqualTo("400"));
        Assert.That(Points("retell.client.operation.errors"), Has.Length.EqualTo(1).And.Some.Contains("error.type=400"));
        Assert.That(
            _lines.Where(line => line.Contains("getCall", StringComparison.Ordinal)),
            Is.EqualTo(_lines.Where(line => line.StartsWith("Warning: getCall failed with status 400", StringComparison.Ordinal))));
        AssertNoSecret();
    }

    [Test]
    public async Task OpenTelemetry_unreadable_response_does_not_export_excerpt()
    {
        using var server = RawServer.Answering(RawServer.Response(200, $$"""{"call_type":{{Secret}}""", "Connection: close\r\n"));
        await RunAsync(server.Url, client => Assert.ThatAsync(() => client.Calls.GetAsync("call_1"), Throws.InstanceOf<RetellSerializationException>()));

        Assert.That(_spans.Single(span => span.Source.Name == "Retell").GetTagItem("error.type"), Is.EqualTo("Retell.RetellSerializationException"));
        AssertNoSecret();
    }

    /// <summary>The path of such a request holds whatever the caller put there.</summary>
    [Test]
    public async Task OpenTelemetry_SendAsync_uses_one_name_for_all_paths()
    {
        using var server = RawServer.Answering(RawServer.Response(200, "{}", "Connection: close\r\n"));
        await RunAsync(server.Url, async client =>
        {
            await client.SendAsync(HttpMethod.Get, $"/v9/person/{Secret}?token=s3cret");
            await client.SendAsync(HttpMethod.Get, "/v9/person/2");
        });

        Assert.That(_spans.Where(span => span.Source.Name == "Retell").Select(span => span.DisplayName), Is.EqualTo(new[] { "GET", "GET" }));
        Assert.That(Points("retell.client.operation.duration"), Is.EqualTo(new[] { "http.request.method=GET, http.response.status_code=200, retell.operation=SendAsync" }));
        AssertNoSecret();
    }

    /// <summary>An application with everything switched on.</summary>
    private async Task RunAsync(Uri url, Func<RetellClient, Task> use)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(new ListProvider(_lines));
        builder.Services.AddRetell(options =>
        {
            (options.ApiKey, options.BaseUrl) = ("key_test", url);
            options.Resilience.Retry.Delay = TimeSpan.FromMilliseconds(1);
        });
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing.AddSource("Retell").AddHttpClientInstrumentation().AddInMemoryExporter(_spans))
            .WithMetrics(metrics => metrics.AddMeter("Retell").AddMeter("Polly").AddInMemoryExporter(_metrics));
        using IHost host = builder.Build();
        await host.StartAsync();
        await use(host.Services.GetRequiredService<RetellClient>());
        host.Services.GetRequiredService<TracerProvider>().ForceFlush();
        host.Services.GetRequiredService<MeterProvider>().ForceFlush();
        await host.StopAsync();
    }

    /// <summary>The series of a metric for this test's server, by their tags.</summary>
    private string[] Points(string name)
    {
        var series = new SortedSet<string>(StringComparer.Ordinal);
        foreach (Metric metric in _metrics.Where(metric => metric.Name == name))
        {
            foreach (ref readonly MetricPoint point in metric.GetMetricPoints())
            {
                var tags = new SortedDictionary<string, object?>(StringComparer.Ordinal);
                foreach (KeyValuePair<string, object?> tag in point.Tags)
                {
                    tags[tag.Key] = tag.Value;
                }

                tags.Remove("server.address");
                tags.Remove("server.port");
                series.Add(string.Join(", ", tags.Select(tag => $"{tag.Key}={tag.Value}")));
            }
        }

        return [.. series];
    }

    private void AssertNoSecret()
    {
        // The spans of the HTTP stack hold the URL; they are the application's choice.
        IEnumerable<string> spans = _spans.Where(span => span.Source.Name == "Retell")
            .Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(" ", span.TagObjects)} {string.Join(" ", span.Events.SelectMany(e => e.Tags))}");
        IEnumerable<string> series = _metrics.Select(metric => metric.Name).Distinct().SelectMany(Points);
        Assert.That(spans.Concat(series).Concat(_lines), Has.None.Contains(Secret).And.None.Contains("s3cret"));
    }

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add($"{logLevel}: {formatter(state, exception)}{exception}");
            }
        }

        public void Dispose()
        {
        }
    }
}
