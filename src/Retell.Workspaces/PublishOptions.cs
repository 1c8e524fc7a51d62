namespace Retell.Workspaces;

/// <summary>The options of <see cref="RetellWorkspace.PublishAsync"/>.</summary>
public sealed class PublishOptions
{
    /// <summary>Gets or sets the title of the published versions, or null for none.</summary>
    public string? Title { get; set; }

    /// <summary>
    /// Gets or sets the published version to return to, or null to publish the draft. Nothing is published then: the numbers that follow the published
    /// version move to this one.
    /// </summary>
    public long? To { get; set; }

    /// <summary>Gets or sets the name of the environment, which confirms publishing in a protected one.</summary>
    public string? Confirm { get; set; }

    /// <summary>Gets the addresses of the agents, such as <c>agents/reception</c>. Without any, all agents are published.</summary>
    public ICollection<string> Selectors { get; } = new List<string>();

    /// <summary>Gets or sets the object that receives what is done, or null for none.</summary>
    public IProgress<string>? Progress { get; set; }
}
