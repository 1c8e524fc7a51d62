using Retell.Models;

namespace Retell.Cli.Quickstart;

/// <summary>The reading steps against the real API: nothing is created, dialled or changed.</summary>
internal static class LiveQuickstart
{
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        using var recorder = new ExchangeRecorder();
        using var retell = new RetellClient(new RetellClientOptions { HttpMessageHandler = recorder });
        await output.WriteLineAsync($"Reading from {retell.BaseUrl}; nothing is changed.").ConfigureAwait(false);
        var steps = new StepPrinter(output, recorder);
        await FirstAsync(steps, "List agents", retell.Agents.ListAsync(pageSize: 3, cancellationToken: cancellationToken), agent => agent.AgentId).ConfigureAwait(false);
        await FirstAsync(
            steps,
            "List calls",
            retell.Calls.ListAsync(new ListCallsRequest { Limit = 3 }, cancellationToken: cancellationToken),
            call => call.CallId).ConfigureAwait(false);
        await FirstAsync(
            steps,
            "List phone numbers",
            retell.PhoneNumbers.ListAsync(pageSize: 3, cancellationToken: cancellationToken),
            number => number.Number).ConfigureAwait(false);
        await FirstAsync(
            steps,
            "List knowledge bases",
            retell.KnowledgeBases.ListAsync(cancellationToken: cancellationToken),
            knowledge => knowledge.KnowledgeBaseId).ConfigureAwait(false);
    }

    private static async Task FirstAsync<T>(StepPrinter steps, string title, Pager<T> list, Func<T, string> id) =>
        await steps.RunAsync(
            title,
            async () =>
            {
                await foreach (Page<T> page in list.AsPages().ConfigureAwait(false))
                {
                    return page.Items;
                }

                return [];
            },
            items => items.Count == 0 ? "none" : string.Join(", ", items.Take(3).Select(id))).ConfigureAwait(false);
}
