using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging;
using Retell.Models;
using Retell.Monitoring;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Monitoring;

/// <summary>Connections that are refused, closed, lost or dead, over real sockets.</summary>
public sealed class ReconnectTests : MonitorFixture
{
    [Test]
    public async Task Monitor_dropped_connection_is_replaced_and_snapshot_has_what_was_missed([Values(0, 1001, 1011, 1012)] int code)
    {
        Monitor.Say("agent", "one");
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        if (code == 0)
        {
            Monitor.Drop();
        }
        else
        {
            Monitor.Close(code, "going away");
        }

        Monitor.Say("user", "two");
        var snapshot = (MonitorSnapshotEvent)await NextAsync(events);

        Assert.That(Said(snapshot.Transcript), Is.EqualTo(new[] { "agent: one", "user: two" }));
        Assert.That(Monitor.Requests, Has.Count.EqualTo(2));
        Assert.That(Server.Requests.Only("getCall").Path, Is.EqualTo("/v2/get-call/call_1"));
    }

    [Test]
    public async Task Monitor_dropped_connection_of_ended_call_ends_normally()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Drop();
        await Server.Calls[CallId].EndAsync("user_hangup");

        var ended = (MonitorEndedEvent)await NextAsync(events);

        Assert.That(ended.DisconnectionReason, Is.EqualTo(DisconnectionReason.UserHangup));
        Assert.That(ended.Call!.CallId, Is.EqualTo(CallId));
        Assert.That(ended.EndTime, Is.EqualTo(ended.Call.EndTime));
        Assert.That(await events.MoveNextAsync(), Is.False);
        Assert.That(Monitor.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Monitor_closed_with_call_ended_ends_without_reading_the_call()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Close(1000, "call_ended");

        Assert.That(await NextAsync(events), Is.InstanceOf<MonitorEndedEvent>());
        Assert.That(await events.MoveNextAsync(), Is.False);
        Assert.That(Server.Requests, Is.Empty);
    }

    [Test]
    public async Task Monitor_4004_is_retried_until_the_call_is_live()
    {
        Seed(CallStatus.Registered);
        Task<List<MonitorEvent>> all = AllAsync();
        while (Monitor.Requests.Count < 3)
        {
            await Task.Delay(1);
        }

        await Server.Calls[CallId].StartAsync();
        while (Monitor.Watchers == 0)
        {
            await Task.Delay(1);
        }

        await Server.Calls[CallId].EndAsync();

        Assert.That((await all).Select(read => read.Type), Is.EqualTo(new[] { "transcript_snapshot", "call_ended" }));
    }

    [Test]
    public async Task Monitor_4004_until_the_limit_throws_RetellCallNotLiveException()
    {
        Seed(CallStatus.Registered);
        var limit = TimeSpan.FromMilliseconds(100);

        RetellCallNotLiveException? error = await Assert.CatchAsync<RetellCallNotLiveException>(
            () => AllAsync(new() { NotLiveTimeout = limit, ReconnectDelay = Quick.ReconnectDelay, MaxReconnectDelay = Quick.MaxReconnectDelay }));

        Assert.That((error!.CloseCode, error.Timeout, error.OperationId), Is.EqualTo((4004, limit, "monitorCall")));
        Assert.That(error.Message, Does.StartWith("monitorCall: the call was not live within 0.1 s ("));
        Assert.That(error.Attempts, Is.EqualTo(Monitor.Requests.Count).And.GreaterThan(2));
    }

    [Test]
    public async Task Monitor_4004_of_ended_call_ends_normally()
    {
        Seed(CallStatus.Ended);

        Assert.That((await AllAsync()).Single(), Is.InstanceOf<MonitorEndedEvent>());
        Assert.That(Monitor.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Monitor_unknown_call_throws_RetellApiException() =>
        await Assert.CatchAsync<RetellApiException>(async () =>
        {
            await foreach (MonitorEvent read in Client.Calls.MonitorAsync("call_unknown", Quick))
            {
                Assert.Fail(read.Type);
            }
        });

    [Test]
    public async Task Monitor_wrong_key_throws_with_4001_and_without_the_key()
    {
        using var log = new LogLines();
        using RetellClient client = Server.CreateClient(options => (options.ApiKey, options.LoggerFactory) = ("key_that_is_wrong", log));

        RetellMonitorException? error = await Assert.CatchAsync<RetellMonitorException>(async () =>
        {
            await foreach (MonitorEvent read in client.Calls.MonitorAsync(CallId, Quick))
            {
                Assert.Fail(read.Type);
            }
        });

        Assert.That((error!.CloseCode, error.CloseReason, error.Attempts), Is.EqualTo((4001, "Unauthorized", 2)));
        Assert.That(error.Message, Is.EqualTo(
            "monitorCall: the API closed the connection with code 4001 (\"Unauthorized\") (2 attempts). Check the API key and its permission for calls."));
        Assert.That(Monitor.Requests.Count(request => request.Headers.ContainsKey("Sec-WebSocket-Protocol")), Is.EqualTo(1));
        Assert.That(error + string.Concat(log.Lines), Does.Not.Contain("key_that_is_wrong"));
    }

    [Test]
    public async Task Monitor_close_reason_with_the_key_is_masked()
    {
        Monitor.CloseNext(4000, "no access for key_of_the_monitor");

        RetellMonitorException? error = await Assert.CatchAsync<RetellMonitorException>(() => AllAsync());

        Assert.That(error!.CloseReason, Is.EqualTo("no access for ***"));
        Assert.That(error.ToString(), Does.Not.Contain("key_of_the_monitor"));
    }

    [TestCase(4008)]
    [TestCase(4999)]
    public async Task Monitor_final_close_code_in_mid_call_throws(int code)
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Close(code, "enough");

        RetellMonitorException? error = await Assert.CatchAsync<RetellMonitorException>(async () => await events.MoveNextAsync());

        Assert.That((error!.CloseCode, error.CloseReason), Is.EqualTo((code, "enough")));
        Assert.That(Monitor.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Monitor_handshake_not_found_throws_with_status()
    {
        Monitor.RefuseNext(404);

        RetellMonitorException? error = await Assert.CatchAsync<RetellMonitorException>(() => AllAsync());

        Assert.That((error!.StatusCode, error.CloseCode, error.Attempts), Is.EqualTo((HttpStatusCode.NotFound, (int?)null, 1)));
    }

    [TestCase(429)]
    [TestCase(503)]
    public async Task Monitor_handshake_with_temporary_status_is_retried(int status)
    {
        Monitor.RefuseNext(status, times: 2);
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();

        Assert.That(Monitor.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Monitor_connections_that_end_at_once_are_limited()
    {
        Monitor.CloseNext(1011, times: 10);

        RetellConnectionException? error = await Assert.CatchAsync<RetellConnectionException>(() => AllAsync());

        Assert.That(error!.Attempts, Is.EqualTo(9).And.EqualTo(Monitor.Requests.Count));
        Assert.That(error.Message, Does.StartWith("monitorCall: the API closed the connection with code 1011 (9 attempts)."));
    }

    [Test]
    public async Task Monitor_delays_double_up_to_the_maximum()
    {
        var time = new TestTime();
        Monitor.CloseNext(1011, times: 10);
        using RetellClient client = Server.CreateClient(options => options.TimeProvider = time);

        await Assert.CatchAsync<RetellConnectionException>(async () =>
        {
            var options = new MonitorOptions { ConnectTimeout = TestTime.AttemptTimeout, Request = new() { Timeout = TestTime.AttemptTimeout } };
            await foreach (MonitorEvent read in client.Calls.MonitorAsync(CallId, options))
            {
                Assert.Fail(read.Type);
            }
        });

        double[] longest = [0.5, 1, 2, 4, 8, 15, 15, 15];
        Assert.That(time.Waits, Has.Count.EqualTo(8));
        Assert.That(time.Waits.Select((wait, i) => wait.TotalSeconds / longest[i]), Is.All.InRange(0.75, 1));
    }

    [Test]
    public async Task Monitor_dead_peer_is_replaced_after_the_keep_alive_timeout()
    {
        Monitor.IsFrozen = true;
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync(new()
        {
            KeepAliveInterval = TimeSpan.FromMilliseconds(50),
            KeepAliveTimeout = TimeSpan.FromMilliseconds(100),
            ReconnectDelay = Quick.ReconnectDelay,
        });
        Monitor.IsFrozen = false;

        Assert.That(await NextAsync(events), Is.InstanceOf<MonitorSnapshotEvent>());
        Assert.That(Monitor.Requests, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Monitor_idle_connection_is_replaced_after_the_idle_timeout()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync(new() { IdleTimeout = TimeSpan.FromMilliseconds(50), ReconnectDelay = Quick.ReconnectDelay });

        Assert.That(await NextAsync(events), Is.InstanceOf<MonitorSnapshotEvent>());
    }

    [Test]
    public async Task Monitor_server_that_never_responds_times_out()
    {
        using RawServer server = RawServer.Silent(out Task reached);
        using RetellClient client = new(new RetellClientOptions { ApiKey = "key_1", BaseUrl = server.Url });
        var options = new MonitorOptions
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
            MaxReconnects = 0,
            Request = new() { MaxRetries = 0, Timeout = TimeSpan.FromMilliseconds(50) },
        };

        RetellConnectionException? error = await Assert.CatchAsync<RetellConnectionException>(async () =>
        {
            await foreach (MonitorEvent read in client.Calls.MonitorAsync(CallId, options))
            {
                Assert.Fail(read.Type);
            }
        });

        await reached;
        Assert.That(error!.InnerException, Is.InstanceOf<TimeoutException>());
    }

    [Test]
    public async Task Monitor_is_one_span_and_logs_reconnections_without_ids()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RetellTelemetry.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                lock (spans)
                {
                    spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var log = new LogLines();
        using RetellClient client = Server.CreateClient(options => options.LoggerFactory = log);
        Monitor.CloseNext(1011);
        List<string> types = [];
        await foreach (MonitorEvent read in client.Calls.MonitorAsync(CallId, Quick))
        {
            types.Add(read.Type);
            Monitor.Say("user", "a secret");
            await Server.Calls[CallId].EndAsync();
            break;
        }

        Activity[] ours = [.. spans.Where(span => span.GetTagItem("server.port") is int port && port == Server.BaseUrl.Port)];
        Activity monitor = ours.Single(span => span.DisplayName == "GET /v2/monitor-call/{call_id}");
        Assert.That(monitor.TagObjects.ToDictionary(), Is.EqualTo(new Dictionary<string, object?>
        {
            ["retell.operation"] = "monitorCall",
            ["http.request.method"] = "GET",
            ["url.template"] = "/v2/monitor-call/{call_id}",
            ["server.address"] = "127.0.0.1",
            ["server.port"] = Server.BaseUrl.Port,
            ["http.response.status_code"] = 101,
            ["http.request.resend_count"] = 1,
        }));
        Assert.That(ours.Single(span => span.DisplayName == "GET /v2/get-call/{call_id}").ParentSpanId, Is.EqualTo(monitor.SpanId));
        Assert.That(log.Lines, Has.Some.StartsWith("Warning 3 monitorCall: attempt 1 failed with close code 1011; retrying in"));
        Assert.That(log.Lines, Has.Some.StartsWith("Debug 1 monitorCall returned 101"));
        Assert.That(string.Concat(log.Lines), Does.Not.Contain(CallId).And.Not.Contain("secret").And.Not.Contain("key_of"));
    }

    private sealed class LogLines : ILoggerFactory, ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines => _lines;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
