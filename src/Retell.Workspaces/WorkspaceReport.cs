using Newtonsoft.Json.Linq;

namespace Retell.Workspaces;

/// <summary>The status of an object in a <see cref="WorkspaceReport"/>.</summary>
public enum WorkspaceStatus
{
    /// <summary>The action was carried out.</summary>
    Done,

    /// <summary>Something to know; nothing was done.</summary>
    Note,

    /// <summary>Both sides changed the object, and nothing was done.</summary>
    Conflict,

    /// <summary>Nothing was done, because something that the object needs failed or is missing.</summary>
    Blocked,

    /// <summary>The action failed.</summary>
    Failed,
}

/// <summary>What happened to an object, and why.</summary>
/// <param name="Address">The address of the object.</param>
/// <param name="Action">The action, such as <c>create</c>, <c>update</c> or <c>publish</c>.</param>
/// <param name="Status">Whether the action was carried out.</param>
/// <param name="Message">The details or the reason, or null.</param>
public sealed record WorkspaceReportEntry(ResourceAddress Address, string Action, WorkspaceStatus Status, string? Message = null)
{
    /// <summary>Returns the entry as a line of text.</summary>
    /// <returns>The status, the action, the address and the message.</returns>
    public override string ToString() =>
        $"{(Status == WorkspaceStatus.Done ? "" : $"{Status.ToString().ToLowerInvariant()}: ")}{Action} {Address}{(Message is null ? "" : $": {Message}")}";
}

/// <summary>The report of a command: what was done, what was not, and why.</summary>
public sealed class WorkspaceReport
{
    internal WorkspaceReport(IEnumerable<WorkspaceReportEntry> entries, WorkspaceOutcome? outcome = null)
    {
        Entries = [.. entries];
        Outcome = outcome ?? OutcomeOf(Entries);
    }

    /// <summary>Gets the outcome of all entries together, which is the exit code of the command.</summary>
    public WorkspaceOutcome Outcome { get; }

    /// <summary>Gets the entries, in the order of the actions.</summary>
    public IReadOnlyList<WorkspaceReportEntry> Entries { get; }

    /// <summary>Returns the report as JSON.</summary>
    /// <returns>An object with the outcome and the entries.</returns>
    public JObject ToJson() => new()
    {
        ["outcome"] = Outcome.ToString(),
        ["exit_code"] = (int)Outcome,
        ["entries"] = new JArray(Entries.Select(entry => new JObject
        {
            ["address"] = entry.Address.ToString(),
            ["action"] = entry.Action,
            ["status"] = entry.Status.ToString(),
            ["message"] = entry.Message,
        })),
    };

    /// <summary>Returns the report as lines of text.</summary>
    /// <returns>A line for each entry.</returns>
    public override string ToString() => string.Concat(Entries.Select(entry => $"{entry}\n"));

    /// <summary>A conflict alone is a conflict; together with something that was done, the command was partly applied.</summary>
    private static WorkspaceOutcome OutcomeOf(IReadOnlyList<WorkspaceReportEntry> entries) =>
        entries.Any(e => e.Status is WorkspaceStatus.Failed or WorkspaceStatus.Blocked) ? WorkspaceOutcome.PartlyApplied
        : !entries.Any(e => e.Status == WorkspaceStatus.Conflict) ? WorkspaceOutcome.Done
        : entries.Any(e => e.Status == WorkspaceStatus.Done) ? WorkspaceOutcome.PartlyApplied
        : WorkspaceOutcome.Conflict;
}
