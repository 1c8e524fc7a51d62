namespace Retell.Workspaces;

/// <summary>The options of a <see cref="RetellWorkspace"/>.</summary>
public sealed class WorkspaceOptions
{
    /// <summary>Gets or sets the function that returns the value of a secret by its name, or null if it has none. The default reads environment variables.</summary>
    public Func<string, string?> Secrets { get; set; } = Environment.GetEnvironmentVariable;

    /// <summary>
    /// Gets or sets the function that downloads a source of a knowledge base, or returns null if it cannot be downloaded. The default, null, downloads
    /// nothing: sources that are only on the server are then written as stubs.
    /// </summary>
    public Func<Uri, CancellationToken, Task<byte[]?>>? Download { get; set; }

    /// <summary>Gets or sets how long to wait between two looks at a knowledge base or a test that is in progress. The default is 2 seconds.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Gets or sets the clock for waiting and for the rate limits. The default is <see cref="System.TimeProvider.System"/>.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
