using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class FirstCall
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        #region call
        using var retell = new RetellClient();                   // RETELL_API_KEY; or new RetellClient("your key")

        PhoneCall call = await retell.Calls.CreatePhoneCallAsync("+14157774444", "+12137774445");
        Console.WriteLine($"{call.CallId} is {call.CallStatus}");
        #endregion

        #region wait
        ICall ended = await retell.Calls.WaitUntilEndedAsync(call.CallId, timeout: TimeSpan.FromMinutes(15));
        Console.WriteLine($"{ended.DisconnectionReason} after {ended.Duration}");
        Console.WriteLine(ended switch
        {
            PhoneCall phone => $"{phone.FromNumber} called {phone.ToNumber}",
            WebCall => "a call from a browser",
            _ => "a kind of call that is newer than this SDK",   // an UnknownVariant, with its JSON
        });
        #endregion

        server.Seed(new Agent { AgentId = "agent_1" });

        #region browser
        WebCallConnection connection = await retell.Calls.CreateWebCallAsync("agent_1");
        Console.WriteLine($"token for the browser, valid until {connection.ExpiresAtTime}: {connection.AccessToken}");
        #endregion
    }
}
