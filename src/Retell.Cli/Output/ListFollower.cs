using Newtonsoft.Json.Linq;

namespace Retell.Cli.Output;

/// <summary>Prints the items of a list and then, until it is canceled, those that come.</summary>
/// <param name="writer">Prints them, the oldest first.</param>
/// <param name="error">Where it is said that the API did not respond.</param>
/// <param name="time">The clock.</param>
/// <param name="interval">The time between two requests.</param>
/// <param name="key">The member that tells items apart; null to tell them by all their IDs.</param>
internal sealed class ListFollower(ResultWriter writer, TextWriter error, TimeProvider time, TimeSpan interval, string? key)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private bool _hasBegun;

    /// <summary>Runs until it is canceled.</summary>
    /// <param name="list">The list, newest first.</param>
    /// <param name="limit">How many items are printed at first; null for a page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<int> RunAsync<T>(Pager<T> list, int? limit, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await PollAsync(list, limit, cancellationToken).ConfigureAwait(false);
                await Task.Delay(interval, time, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // This is how it ends.
            return ExitCode.Cancelled;
        }
    }

    private async Task PollAsync<T>(Pager<T> list, int? limit, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<JToken> items = await NewItemsAsync(list, cancellationToken).ConfigureAwait(false);
            items = _hasBegun || limit is null ? items : [.. items.Take(limit.Value)];
            _hasBegun = true;
            foreach (JToken item in items.Reverse())
            {
                writer.WriteItem(item);
            }

            writer.Flush();
        }
        catch (RetellException e) when (_hasBegun && e is RetellConnectionException or RetellTimeoutException or RetellServerException or RetellRateLimitException)
        {
            await error.WriteLineAsync($"warning: {Plain.Text(e.Message)} Trying again in {interval.TotalSeconds:0.###}s.").ConfigureAwait(false);
        }
    }

    /// <summary>The first page, and of later requests everything up to the first item that was seen before.</summary>
    private async Task<IReadOnlyList<JToken>> NewItemsAsync<T>(Pager<T> list, CancellationToken cancellationToken)
    {
        var found = new List<(string Key, JToken Item)>();
        await foreach (Page<T> page in list.AsPages(cancellationToken).ConfigureAwait(false))
        {
            List<JToken> items = [.. page.Items.Select(item => ResultWriter.JsonOf(item))];
            found.AddRange(items.Select(item => (KeyOf(item), item)));
            if (!_hasBegun || items.Any(item => _seen.Contains(KeyOf(item))))
            {
                break;
            }
        }

        // A request that fails half way has seen nothing: the next one starts over.
        return [.. found.Where(item => _seen.Add(item.Key)).Select(item => item.Item)];
    }

    private string KeyOf(JToken item) => item is not JObject members ? item.ToString()
        : key is not null && members[key] is JValue id ? id.ToString()
        : string.Join('\n', members.Properties().Where(member => IsIdentifying(member.Name) && member.Value is JValue).Select(member => $"{member.Name}={member.Value}"));

    private static bool IsIdentifying(string member) => member.EndsWith("_id", StringComparison.Ordinal) || member is "version" or "phone_number";
}
