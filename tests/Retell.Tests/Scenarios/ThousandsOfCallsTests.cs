using System.Collections.Concurrent;
using System.Globalization;
using System.Net.NetworkInformation;
using Retell.Models;
using Retell.Testing;
using Retell.Tests.Facade.Doubles;

namespace Retell.Tests.Scenarios;

/// <summary>Ten thousand calls of one client, 64 at a time, over a socket that fails one time in ten.</summary>
[NonParallelizable]
internal sealed class ThousandsOfCallsTests
{
    private const int Calls = 10_000;
    private const string Prefix = "+14156";

    [Test]
    public async Task RetellClient_10000_calls_with_faults_dial_no_number_twice()
    {
        await using FakeRetellServer server = await FakeRetellServer.StartAsync(new() { KeepRequests = 5 * Calls, UnknownIds = FakeUnknownIds.Sample });
        for (int i = 1; i < Calls; i += 2)
        {
            server.Seed("PhoneCall", new { call_id = "call_" + Id(i), call_status = "ended" });
        }

        Faults(server);
        long before = Memory();
        var failures = new ConcurrentBag<RetellException>();
        using (RetellClient client = server.CreateClient(options =>
        {
            options.TimeProvider = new TestTime();
            options.Timeout = TestTime.AttemptTimeout;
        }))
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, Calls), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, stop) =>
            {
                try
                {
                    await CallAsync(client, i, stop);
                }
                catch (RetellException e)
                {
                    failures.Add(e);
                }
            });
        }

        Assert.That(
            failures.Select(failure => failure.GetType()).Distinct(),
            Is.SubsetOf(new[] { typeof(RetellRateLimitException), typeof(RetellServerException), typeof(RetellConnectionException) }));
        Assert.That(failures, Has.Count.InRange(1, Calls / 20), "most faults were made good by another attempt, the money ones were not");

        // One call a number at most, and every one that succeeded.
        var dialled = server.Calls.Select(call => (string)call.Json["to_number"]!).Where(number => number.StartsWith(Prefix, StringComparison.Ordinal)).ToList();
        Assert.That(dialled, Is.Unique);
        Assert.That(dialled, Has.Count.InRange(Calls / 4 * 0.95, Calls / 4));

        // What costs money and has no idempotency key goes on only after a 429.
        foreach (IGrouping<string, FakeRequest> attempts in server.Requests.For("rerunCallAnalysis").GroupBy(request => request.Path))
        {
            Assert.That(attempts.Count(request => request.ResponseStatus != 429), Is.LessThanOrEqualTo(1), attempts.Key);
        }

        Assert.That(server.Requests.Invalid(), Is.Empty);
        Assert.That(Connections(server.BaseUrl.Port), Is.Zero, "sockets that are still open");
        server.Reset();
        Assert.That(Memory() - before, Is.LessThan(64_000_000), "memory that is still held");
    }

    private static string Id(int i) => i.ToString("00000", CultureInfo.InvariantCulture);

    private static async Task CallAsync(RetellClient client, int i, CancellationToken stop)
    {
        string id = Id(i);
        switch (i % 4)
        {
            case 0:
                PhoneCall dialled = await client.Calls.CreatePhoneCallAsync("+14155550100", Prefix + id, cancellationToken: stop);
                Assert.That(dialled.ToNumber, Is.EqualTo(Prefix + id));
                break;
            case 1:
                ICall read = await client.Calls.GetAsync("call_" + id, cancellationToken: stop);
                Assert.That(read.CallId, Is.EqualTo("call_" + id));
                break;
            case 2:
                Agent agent = await client.Agents.UpdateAsync("agent_" + id, change => change.AgentName = id, cancellationToken: stop);
                Assert.That((agent.AgentId, agent.AgentName), Is.EqualTo(("agent_" + id, id)));
                break;
            default:
                ICall analysed = await client.Calls.RerunAnalysisAsync("call_" + id, cancellationToken: stop);
                Assert.That(analysed.CallId, Is.EqualTo("call_" + id));
                break;
        }
    }

    /// <summary>One request in ten fails: turned away, failed, dropped before and after it was read, and with half an answer.</summary>
    private static void Faults(FakeRetellServer server)
    {
        server.WhenAny().LimitRate().WithProbability(0.02, seed: 1);
        server.WhenAny().Respond(500).WithProbability(0.02, seed: 2);
        server.WhenAny().DropConnection().WithProbability(0.02, seed: 3);
        server.WhenAny().DropBeforeReading().WithProbability(0.02, seed: 4);
        server.WhenAny().TruncateBody().WithProbability(0.02, seed: 5);
    }

    private static long Memory()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static int Connections(int port) => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
        .Count(connection => connection.RemoteEndPoint.Port == port && connection.State == TcpState.Established);
}
