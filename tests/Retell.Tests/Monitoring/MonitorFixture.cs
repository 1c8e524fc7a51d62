using Retell.Models;
using Retell.Monitoring;
using Retell.Testing;

namespace Retell.Tests.Monitoring;

/// <summary>A fake on a socket with an ongoing call for each test, and a client whose waits are short.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public abstract class MonitorFixture
{
    internal const string CallId = "call_1";

    /// <summary>The options of most tests, which wait in real time.</summary>
    internal static readonly MonitorOptions Quick = new() { ReconnectDelay = TimeSpan.FromMilliseconds(5), MaxReconnectDelay = TimeSpan.FromMilliseconds(20) };

    private FakeRetellServer? _server;
    private RetellClient? _client;

    internal FakeRetellServer Server => _server!;

    internal RetellClient Client => _client!;

    internal FakeMonitor Monitor => Server.Calls[CallId].Monitor;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await FakeRetellServer.StartAsync(new() { ApiKey = "key_of_the_monitor", Timings = FakeTimings.Never });
        _client = _server.CreateClient();
        Seed(CallStatus.Ongoing);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    internal void Seed(CallStatus status) =>
        Server.Seed(new PhoneCall { CallId = CallId, CallStatus = status, AgentId = "agent_1", StartTimestamp = Server.Clock.GetUtcNow().ToUnixTimeMilliseconds() });

    /// <summary>Starts to monitor the call and reads the first event.</summary>
    internal async Task<IAsyncEnumerator<MonitorEvent>> WatchAsync(MonitorOptions? options = null, CancellationToken cancellationToken = default)
    {
        IAsyncEnumerator<MonitorEvent> events = Client.Calls.MonitorAsync(CallId, options ?? Quick, cancellationToken).GetAsyncEnumerator(CancellationToken.None);
        Assert.That(await NextAsync(events), Is.InstanceOf<MonitorSnapshotEvent>());
        return events;
    }

    internal static async Task<MonitorEvent> NextAsync(IAsyncEnumerator<MonitorEvent> events)
    {
        Assert.That(await events.MoveNextAsync(), "The enumeration has ended.");
        return events.Current;
    }

    internal async Task<List<MonitorEvent>> AllAsync(MonitorOptions? options = null)
    {
        List<MonitorEvent> all = [];
        await foreach (MonitorEvent read in Client.Calls.MonitorAsync(CallId, options ?? Quick))
        {
            all.Add(read);
        }

        return all;
    }

    internal static IEnumerable<string> Said(MonitorTranscript transcript) => transcript.Items.OfType<MonitorUtterance>().Select(item => $"{item.Role}: {item.Content}");
}
