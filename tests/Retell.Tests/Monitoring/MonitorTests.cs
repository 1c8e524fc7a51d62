using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Monitoring;

namespace Retell.Tests.Monitoring;

/// <summary>The transcript of a live call, over real sockets.</summary>
public sealed class MonitorTests : MonitorFixture
{
    [Test]
    public async Task Monitor_live_call_yields_snapshot_updates_and_end()
    {
        Monitor.Say("agent", "Hello.");
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Assert.That(Said(events.Current.Transcript), Is.EqualTo(new[] { "agent: Hello." }));

        await Server.AdvanceAsync(TimeSpan.FromSeconds(3));
        Monitor.Say("user", "A table for two.");
        var update = (MonitorUpdatedEvent)await NextAsync(events);
        Assert.That(
            update.Items.Select(item => (item.Role, item.Time, ((MonitorUtterance)item).Content)),
            Is.EqualTo(new[] { ("user", (TimeSpan?)TimeSpan.FromSeconds(3), "A table for two.") }));
        Assert.That(Said(update.Transcript), Is.EqualTo(new[] { "agent: Hello.", "user: A table for two." }));

        await Server.Calls[CallId].EndAsync("agent_hangup");
        var ended = (MonitorEndedEvent)await NextAsync(events);
        Assert.That(ended.DisconnectionReason, Is.EqualTo(DisconnectionReason.AgentHangup));
        Assert.That(ended.EndTime, Is.EqualTo(Server.Clock.GetUtcNow()).Within(TimeSpan.FromMilliseconds(1)));
        Assert.That(ended.Call, Is.Null);
        Assert.That(await events.MoveNextAsync(), Is.False);
    }

    [Test]
    public async Task Monitor_handshake_sends_key_in_header_only()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync(new() { Request = new() { Headers = { ["X-Trace"] = "7" } } });

        FakeRequestView request = View(Monitor.Requests.Single());
        Assert.That(request, Is.EqualTo(new FakeRequestView("/v2/monitor-call/call_1", "", "Bearer key_of_the_monitor", null)));
        Assert.That(Monitor.Requests[0].Headers["X-Trace"], Is.EqualTo("7"));
        Assert.That(Monitor.Requests[0].Headers["User-Agent"], Does.StartWith("retell-dotnet/"));
    }

    [Test]
    public async Task Monitor_header_refused_sends_key_as_subprotocol()
    {
        Monitor.AcceptsHeader = false;
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Drop();
        Assert.That(await NextAsync(events), Is.InstanceOf<MonitorSnapshotEvent>());

        var withHeader = new FakeRequestView("/v2/monitor-call/call_1", "", "Bearer key_of_the_monitor", null);
        var withSubprotocol = new FakeRequestView("/v2/monitor-call/call_1", "", null, "bearer, key_of_the_monitor");
        Assert.That(Monitor.Requests.Select(View), Is.EqualTo(new[] { withHeader, withSubprotocol, withSubprotocol }));
    }

    [TestCase(401)]
    [TestCase(403)]
    public async Task Monitor_handshake_unauthorized_sends_key_as_subprotocol(int status)
    {
        Monitor.RefuseNext(status);
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();

        Assert.That(Monitor.Requests.Select(request => View(request).Protocol), Is.EqualTo(new[] { null, "bearer, key_of_the_monitor" }));
    }

    [Test]
    public async Task Monitor_updates_out_of_order_are_merged_by_id_and_ordered_by_time()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Send(new { type = "transcript_updated", transcripts = new object[] { Utterance("c", 3, "third"), Utterance("a", 1, "first") } });
        Monitor.Send(new { type = "transcript_updated", transcripts = new object[] { Utterance("b", 2, "second"), Utterance("c", 3, "third, corrected") } });
        Monitor.Send(new
        {
            type = "transcript_updated",
            transcripts = new object[] { Utterance("b", 9, "moved") },
            pre_session_transcripts = new object[] { Utterance("a", 5, "before") },
        });

        await NextAsync(events);
        Assert.That(Said(events.Current.Transcript), Is.EqualTo(new[] { "agent: first", "agent: third" }));
        await NextAsync(events);
        Assert.That(Said(events.Current.Transcript), Is.EqualTo(new[] { "agent: first", "agent: second", "agent: third, corrected" }));
        var last = (MonitorUpdatedEvent)await NextAsync(events);
        Assert.That(Said(last.Transcript), Is.EqualTo(new[] { "agent: first", "agent: third, corrected", "agent: moved" }));
        Assert.That(last.Transcript.PreSessionItems.Concat(last.PreSessionItems).Select(item => item.Id), Is.EqualTo(new[] { "a", "a" }));
    }

    [Test]
    public async Task Monitor_snapshot_replaces_transcript()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Send(new
        {
            type = "transcript_updated",
            transcripts = new object[] { Utterance("a", 1, "old") },
            pre_session_transcripts = new object[] { Utterance("p", 1, "old") },
        });
        Monitor.Send(new { type = "transcript_snapshot", transcripts = new object[] { Utterance("b", 2, "new") } });

        await NextAsync(events);
        await NextAsync(events);

        Assert.That(Said(events.Current.Transcript), Is.EqualTo(new[] { "agent: new" }));
        Assert.That(events.Current.Transcript.PreSessionItems, Is.Empty);
    }

    [Test]
    public async Task Monitor_unknown_events_and_items_keep_their_json()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.Send(new { type = "mood_changed", mood = "happy" });
        Monitor.Send(new { no_type = 1 });
        Monitor.Send(new { type = "transcript_updated", transcripts = new object[] { new { id = "x", time_sec = 1, role = "telepathy", thought = "2024-01-01T00:00:00Z" }, 7 } });

        var mood = (UnknownMonitorEvent)await NextAsync(events);
        Assert.That((mood.Type, (string?)mood.Json["mood"]), Is.EqualTo(("mood_changed", "happy")));
        Assert.That(await NextAsync(events), Is.InstanceOf<UnknownMonitorEvent>().With.Property("Type").Empty);
        MonitorItem item = ((MonitorUpdatedEvent)await NextAsync(events)).Items.Single();
        Assert.That(item, Is.InstanceOf<UnknownMonitorItem>());
        Assert.That((string?)item.Json["thought"], Is.EqualTo("2024-01-01T00:00:00Z"));
        Assert.That((JArray)events.Current.Json["transcripts"]!, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Monitor_ten_thousand_updates_keep_only_the_transcript()
    {
        const int Updates = 10_000;
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        _ = Task.Run(() =>
        {
            for (int i = 1; i <= Updates; i++)
            {
                Monitor.Send(new { type = "transcript_updated", transcripts = new object[] { Utterance($"item_{i % 10}", i % 10, new string('x', 1000) + i) } });
            }
        });

        var references = new List<WeakReference>();
        for (int i = 1; i <= Updates; i++)
        {
            references.Add(await TrackAsync(events));
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        Assert.That(
            events.Current.Transcript.Items.Select(item => ((MonitorUtterance)item).Content[1000..]),
            Is.EqualTo(Enumerable.Range(0, 10).Select(i => i == 0 ? "10000" : $"{9990 + i}")));
        Assert.That(references.Count(reference => reference.IsAlive), Is.LessThanOrEqualTo(12), "messages that are still in memory");

        static async Task<WeakReference> TrackAsync(IAsyncEnumerator<MonitorEvent> events) => new((await NextAsync(events)).Json["transcripts"]![0]);
    }

    [Test]
    public async Task Monitor_stopped_by_break_closes_the_connection()
    {
        await foreach (MonitorEvent read in Client.Calls.MonitorAsync(CallId, Quick))
        {
            Assert.That(Monitor.Watchers, Is.EqualTo(1), read.Type);
            break;
        }

        await UnwatchedAsync();
    }

    [Test]
    public async Task Monitor_canceled_throws_and_closes_the_connection([Values] bool isOfEnumerator)
    {
        using var cancellation = new CancellationTokenSource();
        IAsyncEnumerator<MonitorEvent> events = isOfEnumerator
            ? Client.Calls.MonitorAsync(CallId, Quick).GetAsyncEnumerator(cancellation.Token)
            : Client.Calls.MonitorAsync(CallId, Quick, cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        await NextAsync(events);
        ValueTask<bool> next = events.MoveNextAsync();
        await cancellation.CancelAsync();

        OperationCanceledException? canceled = await Assert.CatchAsync<OperationCanceledException>(async () => await next);

        Assert.That(canceled!.Message, Does.StartWith("monitorCall was canceled by the caller"));
        await UnwatchedAsync();
        await events.DisposeAsync();
    }

    [Test]
    public async Task Monitor_client_disposed_throws_ObjectDisposedException()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        ValueTask<bool> next = events.MoveNextAsync();
        Client.Dispose();

        await Assert.CatchAsync<ObjectDisposedException>(async () => await next);
    }

    [TestCase("{\"type\":")]
    [TestCase("[1]")]
    [TestCase("null")]
    public async Task Monitor_message_that_is_not_a_json_object_throws(string text)
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync();
        Monitor.SendText(text);

        RetellSerializationException? error = await Assert.CatchAsync<RetellSerializationException>(async () => await events.MoveNextAsync());

        Assert.That(error!.OperationId, Is.EqualTo("monitorCall"));
        Assert.That(error.Message, Does.StartWith("monitorCall: a message of the monitor cannot be read: "));
        await UnwatchedAsync();
    }

    [Test]
    public async Task Monitor_message_larger_than_the_limit_throws()
    {
        await using IAsyncEnumerator<MonitorEvent> events = await WatchAsync(new() { MaxMessageSize = 100_000 });
        Monitor.Send(new { type = "fits", text = new string('x', 90_000) });
        Monitor.Send(new { type = "large", text = new string('x', 110_000) });
        await NextAsync(events);

        RetellException? error = await Assert.CatchAsync<RetellException>(async () => await events.MoveNextAsync());

        Assert.That(error!.Message, Is.EqualTo("monitorCall: a message is larger than 100000 bytes. Raise MonitorOptions.MaxMessageSize."));
    }

    [Test]
    public async Task Monitor_test_double_yields_events_of_a_transcript()
    {
        List<MonitorEvent> events = [];
        await foreach (MonitorEvent read in new Double().MonitorAsync("any"))
        {
            events.Add(read);
        }

        Assert.That(events.Select(read => read.Type), Is.EqualTo(new[] { "transcript_updated" }));
    }

    [Test]
    public void MonitorOptions_out_of_range_throws() => Assert.Multiple(() =>
    {
        Assert.That(
            () => new MonitorOptions { ReconnectDelay = TimeSpan.Zero },
            Throws.InstanceOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("ReconnectDelay"));
        Assert.That(() => new MonitorOptions { MaxReconnects = -1 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => new MonitorOptions { MaxMessageSize = 0 }, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(new MonitorOptions { IdleTimeout = Timeout.InfiniteTimeSpan }.IdleTimeout, Is.EqualTo(Timeout.InfiniteTimeSpan));
    });

    private static JObject Utterance(string id, double time, string content) => new() { ["id"] = id, ["time_sec"] = time, ["role"] = "agent", ["content"] = content };

    private static FakeRequestView View(Retell.Testing.FakeRequest request) => new(
        request.Path, request.RawQuery, request.Headers.GetValueOrDefault("Authorization"), request.Headers.GetValueOrDefault("Sec-WebSocket-Protocol"));

    private async Task UnwatchedAsync()
    {
        while (Monitor.Watchers > 0)
        {
            await Task.Delay(1);
        }
    }

    private sealed record FakeRequestView(string Path, string Query, string? Authorization, string? Protocol);

    private sealed class Double : CallsResource
    {
        public override async IAsyncEnumerable<MonitorEvent> MonitorAsync(
            string callId, MonitorOptions? options = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            yield return new MonitorTranscript().Apply(new JObject { ["type"] = "transcript_updated" });
        }
    }
}
