using System.Globalization;

namespace Retell.Cli.Quickstart;

/// <summary>Prints each step with the requests it made: method, path, status, time and what came of it.</summary>
internal sealed class StepPrinter(TextWriter output, ExchangeRecorder recorder)
{
    private int _step;

    public async Task<T> RunAsync<T>(string title, Func<Task<T>> step, Func<T, string> describe)
    {
        await output.WriteLineAsync($"{++_step}. {title}").ConfigureAwait(false);
        try
        {
            T result = await step().ConfigureAwait(false);
            await PrintExchangesAsync().ConfigureAwait(false);
            await output.WriteLineAsync($"     -> {describe(result)}").ConfigureAwait(false);
            return result;
        }
        catch (RetellException)
        {
            await PrintExchangesAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task PrintExchangesAsync()
    {
        foreach (Exchange exchange in recorder.Take())
        {
            string time = exchange.Elapsed.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
            await output.WriteLineAsync($"     {exchange.Method} {exchange.Path}  {exchange.Status}  {time} ms").ConfigureAwait(false);
        }
    }
}
