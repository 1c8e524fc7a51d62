using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Raw
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.Seed(new WebCall { CallId = "call_1" });
        using var retell = new RetellClient();

        #region raw
        ICall call = await retell.Raw.Calls.GetCallAsync("call_1");
        #endregion

        Console.WriteLine(call.CallId);
    }
}
