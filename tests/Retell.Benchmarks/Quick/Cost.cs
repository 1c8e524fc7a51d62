using System.Diagnostics;

namespace Retell.Benchmarks.Quick;

/// <summary>What one run of something takes at best: other programs can only make it slower.</summary>
internal sealed record Cost(double Milliseconds, double Bytes)
{
    /// <summary>Measures by turns, so that whatever else the machine does hits all of them.</summary>
    public static async Task<Cost[]> OfAsync(int rounds, int runs, params Func<Task>[] actions)
    {
        var best = new Cost[actions.Length];
        Array.Fill(best, new Cost(double.MaxValue, double.MaxValue));
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long bytes = GC.GetTotalAllocatedBytes(precise: true);
                long start = Stopwatch.GetTimestamp();
                for (int run = 0; run < runs; run++)
                {
                    await actions[i]().ConfigureAwait(false);
                }

                double time = Stopwatch.GetElapsedTime(start).TotalMilliseconds / runs;
                double allocated = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)runs;
                if (round >= 0)
                {
                    best[i] = new(Math.Min(best[i].Milliseconds, time), Math.Min(best[i].Bytes, allocated));
                }
            }
        }

        return best;
    }
}
