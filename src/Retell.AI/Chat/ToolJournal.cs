namespace Retell.AI.Chat;

/// <summary>The runs of tools for what the caller said last. A response that is requested again gets their results instead of running them twice.</summary>
internal sealed class ToolJournal
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Name, string Arguments), ToolRun> _runs = [];

    /// <summary>
    /// Forgets the runs for what the caller said before, except those whose result the model has not seen: a caller who interrupts a tool gets its result, too.
    /// </summary>
    public void Forget()
    {
        lock (_lock)
        {
            foreach ((string, string) key in _runs.Where(run => run.Value.Completion.IsCompleted && run.Value.IsTold).Select(run => run.Key).ToList())
            {
                _runs.Remove(key);
            }
        }
    }

    /// <summary>Returns the run for a tool and its canonical arguments, or starts it. One that failed is started again.</summary>
    public ToolRun GetOrStart(string name, string arguments, Func<ToolRun> start)
    {
        lock (_lock)
        {
            return _runs.TryGetValue((name, arguments), out ToolRun? known) && !known.HasFailed ? known : _runs[(name, arguments)] = start();
        }
    }

    public IReadOnlyList<ToolRun> Completed()
    {
        lock (_lock)
        {
            return [.. _runs.Values.Where(run => run.Completion.IsCompleted)];
        }
    }

    /// <summary>Returns a task that completes when no tool runs.</summary>
    public Task WhenCompleted()
    {
        lock (_lock)
        {
            return Task.WhenAll(_runs.Values.Select(run => run.Completion));
        }
    }
}
