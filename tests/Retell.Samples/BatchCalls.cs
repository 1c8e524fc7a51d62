using Retell;
using Retell.Models;
using Retell.Testing;

namespace Samples;

internal static class BatchCalls
{
    public static async Task RunAsync(FakeRetellServer server)
    {
        using RetellClient retell = server.CreateClient();

        #region batch
        BatchCall batch = await retell.BatchCalls.CreateAsync(
            "+14157774444",
            [
                new BatchCallTask { ToNumber = "+12137774445", RetellLlmDynamicVariables = { ["name"] = "Ada" } },
                new BatchCallTask { ToNumber = "+12137774446", RetellLlmDynamicVariables = { ["name"] = "Grace" } },
            ],
            startAt: DateTimeOffset.UtcNow.AddHours(1));
        Console.WriteLine($"{batch.BatchCallId}: {batch.TotalTaskCount} calls");
        #endregion
    }
}
