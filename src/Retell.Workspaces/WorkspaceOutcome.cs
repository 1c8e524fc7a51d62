namespace Retell.Workspaces;

/// <summary>The outcome of a command in a workspace. The values are exit codes.</summary>
public enum WorkspaceOutcome
{
    /// <summary>Everything was done, or there was nothing to do.</summary>
    Done = 0,

    /// <summary>The files have changes that the server does not have.</summary>
    Changes = 10,

    /// <summary>The server has changes that the files do not have.</summary>
    Drift = 11,

    /// <summary>Both sides changed the same object, or a plan is stale.</summary>
    Conflict = 12,

    /// <summary>Tests failed, or did not run for the content that is to be published.</summary>
    TestsFailed = 13,

    /// <summary>A part was done, and the rest was not.</summary>
    PartlyApplied = 14,
}
