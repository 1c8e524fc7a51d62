using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Testing
{
    public static async Task RunAsync(FakeRetellServer _)
    {
        #region test
        await using var fake = await FakeRetellServer.StartAsync();
        using RetellClient client = fake.CreateClient();

        PhoneCall placed = await client.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445");
        await fake.Calls[placed.CallId].StartAsync();
        await fake.Calls[placed.CallId].EndAsync("agent_hangup");
        await fake.AdvanceAsync(TimeSpan.FromMinutes(1));        // analyzed by now

        fake.When("getCall").Respond(500).Times(1);              // the next attempt fails, the one after it works
        ICall seen = await client.Calls.GetAsync(placed.CallId);
        Console.WriteLine($"{seen.CallStatus}, {fake.Requests.For("getCall").Count} requests");
        #endregion
    }
}
