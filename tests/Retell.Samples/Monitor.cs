using Retell;
using Retell.Models;
using Retell.Monitoring;
using Retell.Testing;

namespace Samples;

internal static class Monitor
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.Seed(new PhoneCall { CallId = "call_1", CallStatus = CallStatus.Ongoing });
        using var retell = new RetellClient();
        Task conversation = TalkAsync(server.Calls["call_1"]);

        #region monitor
        await foreach (MonitorEvent live in retell.Calls.MonitorAsync("call_1"))
        {
            switch (live)
            {
                case MonitorUpdatedEvent update:
                    foreach (MonitorUtterance said in update.Items.OfType<MonitorUtterance>())
                    {
                        Console.WriteLine($"{said.Role}: {said.Content}");
                    }

                    break;
                case MonitorEndedEvent ended:
                    Console.WriteLine($"{ended.DisconnectionReason} after {live.Transcript.Items.Count} items");
                    break;
            }
        }
        #endregion

        await conversation;
    }

    /// <summary>Talks as soon as somebody listens.</summary>
    private static async Task TalkAsync(FakeCall call)
    {
        while (call.Monitor.Watchers == 0)
        {
            await Task.Delay(10);
        }

        call.Monitor.Say("agent", "Hello, how can I help you?");
        call.Monitor.Say("user", "A table for two, please.");
        await call.EndAsync("user_hangup");
    }
}
