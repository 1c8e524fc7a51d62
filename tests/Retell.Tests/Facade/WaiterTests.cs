using Retell.Models;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Facade;

/// <summary>Waiting asks again in growing steps, and ends: with the thing, with its failure, with the time, or with the caller's word.</summary>
internal sealed class WaiterTests
{
    private TestTime _time = new();
    private StubHandler _server = new();

    [SetUp]
    public void Renew() => (_time, _server) = (new TestTime(), new StubHandler());

    [TearDown]
    public void Close() => _server.Dispose();

    [TestCase("ended")]
    [TestCase("error")]
    [TestCase("not_connected")]
    public async Task WaitUntilEnded_returns_call_on_each_final_status(string end)
    {
        using RetellClient client = Client("registered", "ongoing", end);
        var seen = new Seen<ICall>();

        ICall call = await client.Calls.WaitUntilEndedAsync("call_1", progress: seen);

        Assert.That(call.CallStatus.Value, Is.EqualTo(end));
        Assert.That(seen.Items.Select(c => c.CallStatus.Value), Is.EqualTo(new[] { "registered", "ongoing", end }));
        Assert.That(_server.Sent.Select(r => r.Uri.AbsolutePath), Is.All.EqualTo("/v2/get-call/call_1"));
        Assert.That(_time.Waits, Is.EqualTo(Seconds(1, 1.5)));
    }

    [Test]
    public async Task WaitUntilReady_already_complete_returns_without_delay()
    {
        using RetellClient client = Client("complete");

        KnowledgeBase ready = await client.KnowledgeBases.WaitUntilReadyAsync("kb_1");

        Assert.That(ready.Status, Is.EqualTo(KnowledgeBaseStatus.Complete));
        Assert.That(_time.Waits, Is.Empty);
    }

    [Test]
    public async Task WaitUntilComplete_delay_grows_to_ten_seconds()
    {
        using RetellClient client = Client([.. Enumerable.Repeat("in_progress", 9), "complete"]);

        BatchTest test = await client.BatchTests.WaitUntilCompleteAsync("test_1");

        Assert.That(test.Status, Is.EqualTo(BatchTestStatus.Complete));
        Assert.That(_time.Waits, Is.EqualTo(Seconds(1, 1.5, 2.25, 3.375, 5.0625, 7.59375, 10, 10, 10)).Within(TimeSpan.FromMilliseconds(1)));
    }

    [Test]
    public async Task WaitUntilReady_status_error_throws_with_last_state()
    {
        using RetellClient client = Client("in_progress", "refreshing_in_progress", "error");

        RetellOperationFailedException? failure = await Assert.ThrowsAsync<RetellOperationFailedException>(() => client.KnowledgeBases.WaitUntilReadyAsync("kb_1"));

        Assert.That(failure!.Message, Does.Contain("kb_1").And.Contain("error"));
        Assert.That(failure.State, Is.InstanceOf<KnowledgeBase>().With.Property("Status").EqualTo(KnowledgeBaseStatus.Error));
        Assert.That(_time.Waits, Has.Count.EqualTo(2));
    }

    /// <summary>Each read has three attempts: seconds of trouble are more than it can bear, but not more than the wait can.</summary>
    [Test]
    public async Task WaitUntilEnded_continues_after_temporary_errors()
    {
        using RetellClient client = ClientOf(attempt => attempt switch
        {
            1 or > 9 => StubHandler.Json($$"""{"call_type":"web_call","call_id":"call_1","call_status":"{{(attempt == 1 ? "ongoing" : "ended")}}"}"""),
            <= 4 => StubHandler.Error(503),
            <= 7 => throw new HttpRequestException("connection reset"),
            _ => StubHandler.Error(429),
        });
        var seen = new Seen<ICall>();

        ICall call = await client.Calls.WaitUntilEndedAsync("call_1", progress: seen);

        Assert.That(call.CallStatus, Is.EqualTo(CallStatus.Ended));
        Assert.That(seen.Items, Has.Count.EqualTo(2), "what was read");
        Assert.That(_server.Sent, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task WaitUntilEnded_persistent_503_throws_after_five_minutes()
    {
        using RetellClient client = ClientOf(_ => StubHandler.Error(503));
        DateTimeOffset start = _time.GetUtcNow();

        await Assert.ThrowsAsync<RetellServerException>(() => client.Calls.WaitUntilEndedAsync("call_1"));

        Assert.That(_time.GetUtcNow() - start, Is.InRange(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(6)));
    }

    [TestCase(401)]
    [TestCase(404)]
    public void WaitUntilEnded_401_or_404_throws_immediately(int status)
    {
        using RetellClient client = ClientOf(_ => StubHandler.Error(status));

        Assert.That(() => client.Calls.WaitUntilEndedAsync("call_1"), Throws.InstanceOf<RetellApiException>());
        Assert.That(_server.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public void WaitUntilComplete_status_error_throws()
    {
        using RetellClient client = Client("error");

        Assert.That(() => client.BatchTests.WaitUntilCompleteAsync("test_1"), Throws.InstanceOf<RetellOperationFailedException>());
    }

    [Test]
    public async Task WaitUntilEnded_timeout_throws_with_last_status()
    {
        using RetellClient client = Client("ongoing");
        TimeSpan limit = TimeSpan.FromMinutes(2);

        // Each look takes 50 s, so that the time is over at the third.
        RetellTimeoutException? late = await Assert.ThrowsAsync<RetellTimeoutException>(
            () => client.Calls.WaitUntilEndedAsync("call_1", limit, new Seen<ICall>(_ => _time.Advance(TimeSpan.FromSeconds(50)))));

        Assert.That(late!.Message, Does.Contain("call_1").And.Contain("ongoing").And.Contain("00:02:00"));
        Assert.That(late.Timeout, Is.EqualTo(limit));
        Assert.That(_server.Sent, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task WaitUntilEnded_timeout_during_request_throws()
    {
        using var server = RawServer.Silent(out Task reached);
        using RetellClient client = Operations.Client(server.Url, _time, o => o.Timeout = TimeSpan.FromMinutes(60));

        Task<ICall> waiting = client.Calls.WaitUntilEndedAsync("call_1", TimeSpan.FromMinutes(2));
        await reached;
        _time.Advance(TimeSpan.FromMinutes(3));

        Assert.That(() => waiting, Throws.InstanceOf<RetellTimeoutException>().With.Message.Contains("could not be read"));
    }

    [Test]
    public void WaitUntilEnded_infinite_timeout_waits_for_days()
    {
        using RetellClient client = Client("ongoing", "ended");

        Assert.That(() => client.Calls.WaitUntilEndedAsync("call_1", Timeout.InfiniteTimeSpan, new Seen<ICall>(_ => _time.Advance(TimeSpan.FromDays(3)))), Throws.Nothing);
    }

    [Test]
    public void WaitUntilEnded_default_timeout_is_three_hours()
    {
        using RetellClient client = Client("ongoing", "ongoing", "ended");

        Assert.That(() => client.Calls.WaitUntilEndedAsync("call_1", progress: new Seen<ICall>(_ => _time.Advance(TimeSpan.FromHours(1)))), Throws.Nothing);

        using RetellClient other = Client("ongoing");
        Assert.That(
            () => other.Calls.WaitUntilEndedAsync("call_1", progress: new Seen<ICall>(_ => _time.Advance(TimeSpan.FromHours(1)))),
            Throws.InstanceOf<RetellTimeoutException>().With.Property("Timeout").EqualTo(TimeSpan.FromHours(3)));
    }

    [Test]
    public async Task WaitUntilEnded_cancelled_stops_immediately()
    {
        using RetellClient client = Client("ongoing");
        using var cancellation = new CancellationTokenSource();

        OperationCanceledException? cancelled = await Assert.CatchAsync<OperationCanceledException>(() =>
            client.Calls.WaitUntilEndedAsync("call_1", progress: new Seen<ICall>(_ => cancellation.Cancel()), cancellationToken: cancellation.Token));

        Assert.That(cancelled!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(_server.Sent, Has.Count.EqualTo(1));
    }

    [Test]
    public void WaitUntilEnded_404_throws_RetellNotFoundException()
    {
        _server = new StubHandler(() => StubHandler.Error(404));
        using RetellClient client = Operations.Client(_server, _time);

        Assert.That(() => client.Calls.WaitUntilEndedAsync("call_1"), Throws.InstanceOf<RetellNotFoundException>());
    }

    [Test]
    public void WaitUntilEnded_zero_timeout_or_blank_id_throws()
    {
        using RetellClient client = Client("ongoing");

        Assert.That(
            () => { _ = client.Calls.WaitUntilEndedAsync("call_1", TimeSpan.Zero); },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("timeout"));
        Assert.That(() => { _ = client.KnowledgeBases.WaitUntilReadyAsync(" "); }, Throws.InstanceOf<ArgumentException>().With.Property("ParamName").EqualTo("knowledgeBaseId"));
        Assert.That(_server.Sent, Is.Empty);
    }

    [Test]
    public async Task WaitUntilEnded_test_double_overrides_only_GetAsync()
    {
        var calls = new EndedCalls();

        Assert.That((await calls.WaitUntilEndedAsync("call_1")).CallId, Is.EqualTo("call_1"));
    }

    /// <summary>A client of a server that tells one status after the other, the last one for ever.</summary>
    private RetellClient ClientOf(Func<int, HttpResponseMessage> answer)
    {
        _server = new StubHandler(answer);
        return Operations.Client(_server, _time);
    }

    private RetellClient Client(params string[] statuses)
    {
        _server.Dispose();
        _server = new StubHandler(attempt =>
        {
            string status = statuses[Math.Min(attempt, statuses.Length) - 1];
            return StubHandler.Json($$"""{"call_type":"phone_call","call_id":"call_1","call_status":"{{status}}","status":"{{status}}"}""");
        });
        return Operations.Client(_server, _time);
    }

    private static IEnumerable<TimeSpan> Seconds(params double[] seconds) => seconds.Select(TimeSpan.FromSeconds);

    private sealed class Seen<T>(Action<T>? act = null) : IProgress<T>
    {
        public List<T> Items { get; } = [];

        public void Report(T value)
        {
            Items.Add(value);
            act?.Invoke(value);
        }
    }

    private sealed class EndedCalls : CallsResource
    {
        public override Task<ICall> GetAsync(string callId, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult<ICall>(new PhoneCall { CallId = callId, CallStatus = CallStatus.Ended });
    }
}
