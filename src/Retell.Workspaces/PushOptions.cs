namespace Retell.Workspaces;

/// <summary>The options of <see cref="RetellWorkspace.PushAsync"/>.</summary>
public sealed class PushOptions
{
    /// <summary>Gets or sets the path of a plan that was saved before. The push is refused if files or server have changed since. Null pushes what differs now.</summary>
    public string? PlanFile { get; set; }

    /// <summary>Gets or sets a value indicating whether objects that the files no longer have are deleted. The default is false.</summary>
    public bool Prune { get; set; }

    /// <summary>Gets or sets the name of the environment, which confirms a push to a protected one.</summary>
    public string? Confirm { get; set; }

    /// <summary>Gets the addresses to push, such as <c>llms/reception</c> or <c>agents/*</c>. Without any, everything is pushed.</summary>
    public ICollection<string> Selectors { get; } = new List<string>();

    /// <summary>Gets or sets the object that receives what is done, or null for none.</summary>
    public IProgress<string>? Progress { get; set; }
}
