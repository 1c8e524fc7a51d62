using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Lists
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.SeedCalls(5);
        using var retell = new RetellClient();

        #region list
        var request = new ListCallsRequest
        {
            FilterCriteria = new() { CallType = CallTypeFilter.AnyOf(CallType.PhoneCall) },
        };
        await foreach (ICallSummary item in retell.Calls.ListAsync(request, pageSize: 100))
        {
            Console.WriteLine($"{item.CallId}: {item.StartTime} {item.DisconnectionReason}");
        }
        #endregion

        #region take
        await foreach (ICallSummary item in retell.Calls.ListAsync(request).Take(2))
        {
            Console.WriteLine(item.CallId);
        }
        #endregion

        #region pages
        await foreach (Page<ICallSummary> page in retell.Calls.ListAsync(request).AsPages())
        {
            Console.WriteLine($"{page.Items.Count} calls, the next page is {page.NextKey ?? "none"}");
        }
        #endregion
    }
}
