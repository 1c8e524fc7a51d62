using System.Globalization;
using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class Export
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        server.Seed(nameof(PhoneCall), 3, i => new
        {
            call_status = "ended",
            disconnection_reason = "user_hangup",
            start_timestamp = DateTimeOffset.UtcNow.AddHours(-i - 1).ToUnixTimeMilliseconds(),
            duration_ms = 60_000,
        });
        using var retell = new RetellClient();

        #region export
        DateTimeOffset to = DateTimeOffset.UtcNow;
        DateTimeOffset from = to.AddDays(-30);
        var request = new ListCallsRequest
        {
            FilterCriteria = new() { StartTimestamp = RangeFilter.Between(from, to) },
        };

        await using (var file = new StreamWriter("calls.csv"))
        {
            await file.WriteLineAsync("call_id,start,seconds,reason,dollars");
            await foreach (ICallSummary call in retell.Calls.ListAsync(request, pageSize: 1000))
            {
                await file.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{call.CallId},{call.StartTime:u},{call.Duration?.TotalSeconds},{call.DisconnectionReason},{call.CallCost?.CombinedCostUsd}"));
            }
        }
        #endregion

        Console.WriteLine(await File.ReadAllTextAsync("calls.csv"));
        File.Delete("calls.csv");
    }
}
