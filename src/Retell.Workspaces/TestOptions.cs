namespace Retell.Workspaces;

/// <summary>The options of <see cref="RetellWorkspace.TestAsync"/>.</summary>
public sealed class TestOptions
{
    /// <summary>Gets or sets the share of the test cases of each engine that must pass, from 0 to 1. The default is 1.</summary>
    public double MinPass { get; set; } = 1;

    /// <summary>Gets the addresses of the test cases, such as <c>tests/reception/*</c>. Without any, all are run.</summary>
    public ICollection<string> Selectors { get; } = new List<string>();

    /// <summary>Gets or sets the object that receives what is done, or null for none.</summary>
    public IProgress<string>? Progress { get; set; }
}
