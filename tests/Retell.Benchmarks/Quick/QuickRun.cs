using System.Globalization;

namespace Retell.Benchmarks.Quick;

/// <summary>All benchmarks once, each beside what it is compared with, in one table.</summary>
internal static class QuickRun
{
    /// <summary>Runs json, requests, webhooks, or without a part all.</summary>
    public static async Task RunAsync(TextWriter output, string[] parts)
    {
        await output.WriteLineAsync($"{"",-52}{"SDK",11}{"other",11}{"time",8}{"SDK",12}{"other",12}{"memory",8}  target").ConfigureAwait(false);
        foreach ((string part, Func<TextWriter, Task> run) in new (string, Func<TextWriter, Task>)[] { ("json", JsonAsync), ("requests", RequestsAsync), ("webhooks", WebhooksAsync) })
        {
            if (parts.Length == 0 || parts.Contains(part))
            {
                await run(output).ConfigureAwait(false);
            }
        }
    }

    private static async Task JsonAsync(TextWriter output)
    {
        var json = new JsonBenchmarks();
        await CompareAsync(output, "read a call, Newtonsoft.Json to plain classes", 20, 200, Do(json.ReadCall), Do(json.ReadPlainCall), "time <= 0.5").ConfigureAwait(false);
        await CompareAsync(output, "read a call, System.Text.Json to the same", 20, 200, Do(json.ReadCall), Do(json.ReadPlainCallWithSystemText)).ConfigureAwait(false);
        await CompareAsync(output, "read an agent, JObject", 20, 1000, Do(json.ReadAgent), Do(json.ReadPlainAgent)).ConfigureAwait(false);
        await CompareAsync(output, "read a flow of 200 nodes, JObject", 20, 50, Do(json.ReadFlow), Do(json.ReadPlainFlow)).ConfigureAwait(false);
        foreach (int words in (int[])[20, 25000])
        {
            json = new JsonBenchmarks { Words = words };
            Cost[] costs = await Cost.OfAsync(12, 1, Do(json.ReadCalls), Do(json.ReadPlainCallsWithSystemText), Do(json.ReadPlainCalls)).ConfigureAwait(false);
            await WriteAsync(output, $"read 1000 calls of {words} words, System.Text.Json", costs[0], costs[1], "time <= 0.65, memory <= 1.05").ConfigureAwait(false);
            await WriteAsync(output, "the same, Newtonsoft.Json", costs[0], costs[2], "").ConfigureAwait(false);
            await CompareWithNodeAsync(output, json, costs[0]).ConfigureAwait(false);
        }

        await CompareAsync(output, "write an agent, JObject", 20, 2000, Do(json.WriteAgent), Do(json.WritePlainAgent), "time <= 0.8").ConfigureAwait(false);
        await CompareAsync(output, "write a flow of 200 nodes, JObject", 20, 50, Do(json.WriteFlow), Do(json.WritePlainFlow), "time <= 0.8").ConfigureAwait(false);
    }

    private static async Task CompareWithNodeAsync(TextWriter output, JsonBenchmarks json, Cost calls)
    {
        string file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, json.CallsJson).ConfigureAwait(false);
            if (Child.Node(file) is double node)
            {
                await WriteAsync(output, "the same, JSON.parse of Node", calls, new(node, 0), "time <= 0.7").ConfigureAwait(false);
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task RequestsAsync(TextWriter output)
    {
        var requests = new RequestBenchmarks();
        await requests.StartAsync().ConfigureAwait(false);
        await CompareAsync(output, "get a call, bare HttpClient, socket", 25, 300, requests.GetCall, requests.GetCallBare, "time <= 1.1").ConfigureAwait(false);
        await CompareAsync(output, "get concurrency, bare HttpClient, socket", 25, 500, requests.GetConcurrency, requests.GetConcurrencyBare).ConfigureAwait(false);
        await CompareAsync(output, "get a call, bare HttpClient, in memory", 25, 300, requests.GetCallInMemory, requests.GetCallInMemoryBare).ConfigureAwait(false);
        await CompareAsync(output, "get 64 calls at once, bare HttpClient, socket", 15, 10, requests.GetCallConcurrently, requests.GetCallConcurrentlyBare).ConfigureAwait(false);
        await CompareAsync(output, "upload 50 MB, 5 MB, socket", 8, 4, () => requests.Upload(50), () => requests.Upload(5), "memory <= 1").ConfigureAwait(false);
        Uri baseUrl = requests.BaseUrl;
        await WriteAsync(
            output,
            "first request of a process, with System.Text.Json",
            new(Child.Start("facade", baseUrl), 0),
            new(Child.Start("bare", baseUrl), 0),
            "time <= 1").ConfigureAwait(false);
        await requests.StopAsync().ConfigureAwait(false);
    }

    private static async Task WebhooksAsync(TextWriter output)
    {
        var webhooks = new WebhookBenchmarks();
        await webhooks.StartAsync().ConfigureAwait(false);
        await CompareAsync(output, "deliver a webhook to a queued handler, bare endpoint", 20, 200, webhooks.Queued, webhooks.Bare, "below 100 ms").ConfigureAwait(false);
        await webhooks.StopAsync().ConfigureAwait(false);
    }

    private static Func<Task> Do(Func<object> action) => () => Task.FromResult(action());

    private static async Task<Cost> CompareAsync(TextWriter output, string name, int rounds, int runs, Func<Task> sdk, Func<Task> other, string target = "")
    {
        Cost[] costs = await Cost.OfAsync(rounds, runs, sdk, other).ConfigureAwait(false);
        await WriteAsync(output, name, costs[0], costs[1], target).ConfigureAwait(false);
        return costs[0];
    }

    private static Task WriteAsync(TextWriter output, string name, Cost sdk, Cost other, string target)
    {
        string memory = other.Bytes == 0 ? new string(' ', 32) : $"{Kilobytes(sdk),12}{Kilobytes(other),12}{Ratio(sdk.Bytes / other.Bytes),8}";
        return output.WriteLineAsync($"{name,-52}{Milliseconds(sdk),11}{Milliseconds(other),11}{Ratio(sdk.Milliseconds / other.Milliseconds),8}{memory}  {target}");
    }

    private static string Milliseconds(Cost cost) => string.Create(CultureInfo.InvariantCulture, $"{cost.Milliseconds:0.000} ms");

    private static string Kilobytes(Cost cost) => string.Create(CultureInfo.InvariantCulture, $"{cost.Bytes / 1000:0.0} kB");

    private static string Ratio(double ratio) => ratio.ToString("0.00", CultureInfo.InvariantCulture);
}
