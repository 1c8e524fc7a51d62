namespace Retell.Workspaces;

/// <summary>The options of <see cref="RetellWorkspace.DiffAsync"/>.</summary>
public sealed class DiffOptions
{
    /// <summary>Gets the addresses to compare, such as <c>llms/reception</c> or <c>agents/*</c>. Without any, everything is compared.</summary>
    public ICollection<string> Selectors { get; } = new List<string>();

    /// <summary>Gets or sets the object that receives what is read, or null for none.</summary>
    public IProgress<string>? Progress { get; set; }
}
