namespace Retell.Workspaces;

/// <summary>Which side a pull takes where both changed the same member.</summary>
public enum ConflictResolution
{
    /// <summary>The files stay as they are, and the remote version is written beside them.</summary>
    Report,

    /// <summary>The files win. A push then changes the server.</summary>
    Ours,

    /// <summary>The server wins.</summary>
    Theirs,
}

/// <summary>The options of <see cref="RetellWorkspace.PullAsync"/>.</summary>
public sealed class PullOptions
{
    /// <summary>Gets or sets a value indicating whether objects of the server that are not in the workspace are taken into it. The default is false: they are listed.</summary>
    public bool Adopt { get; set; }

    /// <summary>Gets or sets which side wins where both changed the same member. The default is <see cref="ConflictResolution.Report"/>.</summary>
    public ConflictResolution Conflicts { get; set; }

    /// <summary>Gets the addresses to pull, such as <c>llms/reception</c> or <c>agents/*</c>. Without any, everything is pulled.</summary>
    public ICollection<string> Selectors { get; } = new List<string>();

    /// <summary>Gets or sets the object that receives what is done, or null for none.</summary>
    public IProgress<string>? Progress { get; set; }
}
