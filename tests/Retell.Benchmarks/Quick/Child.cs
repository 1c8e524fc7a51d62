using System.Diagnostics;
using System.Globalization;

namespace Retell.Benchmarks.Quick;

/// <summary>What is measured in processes of their own.</summary>
internal static class Child
{
    private const string NodeScript = """
        const bytes = require('fs').readFileSync(process.argv[1]);
        let best = Infinity;
        for (let i = 0; i < 12; i++) {
          const start = process.hrtime.bigint();
          JSON.parse(bytes.toString('utf8'));
          best = Math.min(best, Number(process.hrtime.bigint() - start) / 1e6);
        }
        console.log(best);
        """;

    /// <summary>The time that Node takes to parse a file, in milliseconds; null without Node.</summary>
    public static double? Node(string file)
    {
        try
        {
            return Run("node", "-e", NodeScript, file);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>From the first line of a fresh process to the end of its first request, in milliseconds, best of several.</summary>
    public static double Start(string way, Uri baseUrl) =>
        Enumerable.Range(0, 7).Min(_ => Run(Environment.ProcessPath!, [.. Host(), "start", way, baseUrl.ToString()]));

    /// <summary>In the fresh process.</summary>
    public static async Task StartAsync(string way, Uri baseUrl)
    {
        long start = Stopwatch.GetTimestamp();
        if (way == "facade")
        {
            using RetellClient retell = RequestBenchmarks.Facade(baseUrl);
            await retell.Calls.GetAsync("call_1").ConfigureAwait(false);
        }
        else
        {
            using HttpClient http = RequestBenchmarks.Bare(baseUrl);
            using HttpResponseMessage response = await http.GetAsync(new Uri("/v2/get-call/call_1", UriKind.Relative)).ConfigureAwait(false);
            using Stream content = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
            PlainCall.ReadWithSystemText<PlainCall>(content);
        }

        Console.WriteLine(Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>dotnet is told what to run, an executable of its own is not.</summary>
    private static string[] Host() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Child).Assembly.Location] : [];

    private static double Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? double.Parse(output, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }
}
