using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Retell.AspNetCore;

namespace Retell.Benchmarks.Llm;

/// <summary>Many calls at once with an agent that speaks all the time: pings that are missed, frames per second, the time to the first frame, and memory.</summary>
internal static class LlmLoad
{
    private const string Secret = "load";
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);

    /// <summary>Runs calls for a time and prints a line every ten seconds.</summary>
    public static async Task RunAsync(TextWriter output, int calls, TimeSpan duration)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapRetellLlm("/llm/{secret}", _ => new Talker(), options => options.Secrets.Add(Secret));
        await app.StartAsync().ConfigureAwait(false);
        var url = new Uri($"{app.Urls.First().Replace("http", "ws", StringComparison.Ordinal)}/llm/{Secret}/");
        using var stop = new CancellationTokenSource();
        LlmLoadCaller[] callers = [.. Enumerable.Range(0, calls).Select(i => new LlmLoadCaller(new Uri(url, $"call_{i}")))];
        Task[] running = [.. callers.Select(caller => caller.RunAsync(stop.Token))];
        await output.WriteLineAsync($"{"seconds",8}{"calls",8}{"frames/s",10}{"pings",8}{"missed",8}{"longest",11}{"heap",10}{"process",10}").ConfigureAwait(false);
        var clock = Stopwatch.StartNew();
        long before = 0;
        while (clock.Elapsed < duration + s_warmUp)
        {
            await Task.Delay(TimeSpan.FromSeconds(10)).ConfigureAwait(false);
            long frames = callers.Sum(caller => caller.Frames);
            await output.WriteLineAsync(Line(clock.Elapsed, callers, (frames - before) / 10)).ConfigureAwait(false);
            before = frames;
        }

        double[] firsts = [.. callers.SelectMany(caller => caller.FirstFrames).Order()];
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running).ConfigureAwait(false);
        Array.ForEach(callers, caller => caller.Dispose());
        FormattableString times =
            $"time to first frame of {firsts.Length} turns: median {At(firsts, 0.5):0.0} ms, 99% {At(firsts, 0.99):0.0} ms, longest {firsts[^1]:0.0} ms";
        await output.WriteLineAsync(FormattableString.Invariant(times)).ConfigureAwait(false);
        await app.StopAsync().ConfigureAwait(false);
    }

    private static string Line(TimeSpan elapsed, LlmLoadCaller[] callers, long framesPerSecond)
    {
        int open = callers.Count(caller => caller.IsOpen);
        int pings = callers.Sum(caller => caller.Pings);
        int missed = callers.Sum(caller => caller.Missed);
        double longest = callers.Max(caller => caller.LongestPing).TotalMilliseconds;
        double heap = GC.GetTotalMemory(forceFullCollection: true) / 1e6;
        FormattableString line =
            $"{elapsed.TotalSeconds,8:0}{open,8}{framesPerSecond,10}{pings,8}{missed,8}{longest,8:0} ms{heap,7:0.0} MB{Environment.WorkingSet / 1e6,7:0} MB";
        return FormattableString.Invariant(line);
    }

    private static double At(double[] sorted, double fraction) => sorted[(int)(fraction * (sorted.Length - 1))];

    /// <summary>Says twenty words, one every 50 ms.</summary>
    private sealed class Talker : IRetellLlmAgent
    {
        public async IAsyncEnumerable<LlmOutput> RespondAsync(LlmTurn turn, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (int i = 0; i < 20; i++)
            {
                yield return "word ";
                await Task.Delay(50, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
