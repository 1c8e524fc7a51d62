using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Retell.Models;
using Retell.Tests.Facade.Doubles;
using static Retell.Tests.Facade.Doubles.Operations;

namespace Retell.Tests.Facade;

/// <summary>What monitoring gets to see, and what it must not.</summary>
internal sealed class TelemetryTests
{
    [Test]
    public async Task Telemetry_retried_operation_is_one_span_with_tags()
    {
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen(spans, "telemetry-span.example");
        using var handler = new StubHandler(() => StubHandler.Error(503), () => StubHandler.Json("""{"call_type":"web_call"}"""));
        using RetellClient client = Client(handler, configure: options => options.BaseUrl = new Uri("https://telemetry-span.example:8443"));

        await client.Calls.GetAsync("call_secret");

        Activity span = spans.Single();
        Assert.That(span.DisplayName, Is.EqualTo("GET /v2/get-call/{call_id}"));
        Assert.That(span.Kind, Is.EqualTo(ActivityKind.Client));
        Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Unset));
        Assert.That(span.TagObjects.ToDictionary(), Is.EqualTo(new Dictionary<string, object?>
        {
            ["retell.operation"] = "getCall",
            ["http.request.method"] = "GET",
            ["url.template"] = "/v2/get-call/{call_id}",
            ["server.address"] = "telemetry-span.example",
            ["server.port"] = 8443,
            ["http.response.status_code"] = 200,
            ["http.request.resend_count"] = 1,
        }));
    }

    [Test]
    public void Telemetry_failed_operation_sets_error_type_on_span()
    {
        var spans = new ConcurrentQueue<Activity>();
        using ActivityListener listener = Listen(spans, "telemetry-error.example");
        using var handler = new StubHandler(() => StubHandler.Error(404));
        using RetellClient client = Client(handler, configure: options => options.BaseUrl = new Uri("https://telemetry-error.example"));

        Assert.That(() => client.Calls.GetAsync("call_1"), Throws.InstanceOf<RetellNotFoundException>());

        Activity span = spans.Single();
        Assert.That(span.Status, Is.EqualTo(ActivityStatusCode.Error));
        Assert.That(span.GetTagItem("error.type"), Is.EqualTo("404"));
        Assert.That(span.GetTagItem("http.response.status_code"), Is.EqualTo(404));
    }

    [Test]
    public void Telemetry_failed_operation_records_duration_retries_and_errors()
    {
        var measured = new ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == "Retell")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
        using var handler = new StubHandler(() => StubHandler.Error(500));
        using RetellClient client = Client(handler, configure: options => options.BaseUrl = new Uri("https://telemetry-meter.example"));

        Assert.That(() => client.Calls.GetAsync("call_1"), Throws.InstanceOf<RetellServerException>());

        Assert.That(measured.Select(m => m.Name), Is.EqualTo(new[] { "retell.client.operation.retries", "retell.client.operation.errors", "retell.client.operation.duration" }));
        Assert.That(measured.First().Value, Is.EqualTo(2));
        Assert.That(measured.Last().Value, Is.GreaterThan(0));
        Assert.That(measured.Last().Tags["error.type"], Is.EqualTo("500"));
        Assert.That(measured.Last().Tags["retell.operation"], Is.EqualTo("getCall"));

        void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            Dictionary<string, object?> all = tags.ToArray().ToDictionary();
            if (all["server.address"] as string == "telemetry-meter.example")
            {
                measured.Enqueue((instrument.Name, value, all));
            }
        }
    }

    [Test]
    public async Task Logging_writes_one_line_per_operation_and_warning_per_retry()
    {
        using var log = new ListLogger();
        using var handler = new StubHandler(() => StubHandler.Error(429), () => StubHandler.Json("""{"call_type":"web_call"}"""), () => StubHandler.Error(400));
        using RetellClient client = Client(handler, configure: options => options.LoggerFactory = log);

        await client.Calls.GetAsync("call_secret");
        Assert.That(() => client.Calls.GetAsync("call_secret"), Throws.InstanceOf<RetellBadRequestException>());

        Assert.That(log.Lines.Select(line => (line.Level, line.Event)), Is.EqualTo(new[] { (LogLevel.Warning, 3), (LogLevel.Debug, 1), (LogLevel.Warning, 2) }));
        Assert.That(log.Lines[0].Text, Does.Contain("getCall: attempt 1 failed with status 429").And.Contain("retrying in"));
        Assert.That(log.Lines[1].Text, Does.Contain("getCall returned 200"));
        Assert.That(string.Concat(log.Lines.Select(line => line.Text)), Does.Not.Contain("call_secret").And.Not.Contain(Key));
    }

    [Test]
    public async Task LogBodies_controls_body_logging_and_masks_api_key([Values] bool logBodies)
    {
        using var log = new ListLogger();
        using var handler = new StubHandler(() => StubHandler.Json($$"""{"message":"you sent {{Key}}"}"""));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.LoggerFactory = log;
            options.LogBodies = logBodies;
        });

        await client.CallAsync(List, new Thing { Id = "in the body" });

        string text = string.Concat(log.Lines.Select(line => line.Text));
        Assert.That(text.Contains("in the body", StringComparison.Ordinal), Is.EqualTo(logBodies));
        Assert.That(text.Contains("you sent ***", StringComparison.Ordinal), Is.EqualTo(logBodies));
        Assert.That(text, Does.Not.Contain(Key));
    }

    [Test]
    public async Task LogBodies_truncates_long_bodies()
    {
        using var log = new ListLogger();
        using var handler = new StubHandler(() => StubHandler.Json($$"""{"id":"{{new string('r', 100_000)}}"}"""));
        using RetellClient client = Client(handler, configure: options =>
        {
            options.LoggerFactory = log;
            options.LogBodies = true;
        });

        await client.CallAsync(List, new Thing { Id = new string('s', 100_000) });

        string text = log.Lines.Single(line => line.Event == 4).Text;
        Assert.That((text.Count(c => c == 'r'), text.Count(c => c == 's')), Is.EqualTo((32_768, 32_768)).Within(100));
        Assert.That(text, Does.Contain("(100024 bytes)").And.Contain("(100009 bytes)"));
    }

    private static ActivityListener Listen(ConcurrentQueue<Activity> spans, string host)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Retell",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                if (span.GetTagItem("server.address") as string == host)
                {
                    spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private sealed class ListLogger : ILoggerFactory, ILogger
    {
        public List<(LogLevel Level, int Event, string Text)> Lines { get; } = [];

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) =>
            categoryName == "Retell.RetellClient" ? this : throw new AssertionException(categoryName);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add((logLevel, eventId.Id, formatter(state, exception)));

        public void Dispose()
        {
        }
    }
}
