namespace Retell.Workspaces;

/// <summary>The kind of a change between the files and the server.</summary>
public enum WorkspaceChangeKind
{
    /// <summary>The files have an object that the server does not have.</summary>
    Create,

    /// <summary>The files changed an object.</summary>
    Update,

    /// <summary>The files no longer have an object. A push deletes it only with <see cref="PushOptions.Prune"/>.</summary>
    Delete,

    /// <summary>Both sides changed the object, or the server no longer has it. A push does not touch it.</summary>
    Conflict,

    /// <summary>Only the server changed the object. A pull brings the change into the files.</summary>
    Drift,
}

/// <summary>A change of an object.</summary>
/// <param name="Address">The address of the object.</param>
/// <param name="Kind">The kind of the change.</param>
/// <param name="Members">The members that differ.</param>
/// <param name="Affects">The agents and phone numbers that use the object.</param>
/// <param name="Reason">Why it is a conflict, or what else to know, or null.</param>
public sealed record WorkspaceChange(
    ResourceAddress Address,
    WorkspaceChangeKind Kind,
    IReadOnlyList<WorkspaceMemberChange> Members,
    IReadOnlyList<ResourceAddress> Affects,
    string? Reason = null)
{
    /// <summary>Gets the sign of the change: <c>+</c>, <c>~</c>, <c>-</c> or <c>!</c>.</summary>
    public string Sign => Kind switch
    {
        WorkspaceChangeKind.Create => "+",
        WorkspaceChangeKind.Delete => "-",
        WorkspaceChangeKind.Conflict => "!",
        _ => "~",
    };
}

/// <summary>Who changed a member since the last synchronization.</summary>
public enum WorkspaceChangeSource
{
    /// <summary>The files.</summary>
    You,

    /// <summary>The server.</summary>
    Remote,

    /// <summary>Both the files and the server.</summary>
    Both,
}

/// <summary>A member that differs. Secrets are shown as placeholders.</summary>
/// <param name="Path">The path of the member, such as <c>general_tools[lookup].url</c>.</param>
/// <param name="Source">Who changed it.</param>
/// <param name="Before">The value at the last synchronization as JSON, or null if the member was absent.</param>
/// <param name="After">The changed value as JSON, or null if the member is absent.</param>
/// <param name="TextDiff">The unified diff of a text with several lines, or null.</param>
public sealed record WorkspaceMemberChange(string Path, WorkspaceChangeSource Source, string? Before, string? After, string? TextDiff = null);
