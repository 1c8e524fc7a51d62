namespace Retell.Workspaces;

/// <summary>An environment of a workspace, such as staging: an organization of Retell and the values that differ there.</summary>
public sealed class WorkspaceEnvironment
{
    internal const string DefaultKeyVariable = "RETELL_API_KEY";

    internal WorkspaceEnvironment(string name) => Name = name;

    /// <summary>Gets the name, by which commands select the environment.</summary>
    public string Name { get; }

    /// <summary>Gets the name of the environment variable that has the API key. The default is <c>RETELL_API_KEY</c>.</summary>
    public string KeyVariable { get; internal init; } = DefaultKeyVariable;

    /// <summary>Gets the ID of the organization that the API key must belong to, or null if the first pull sets it.</summary>
    public string? OrganizationId { get; internal init; }

    /// <summary>Gets the variables, by name.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; internal init; } = new Dictionary<string, string>();

    /// <summary>Gets a value indicating whether changes of the server must be confirmed with the name of the environment.</summary>
    public bool IsProtected { get; internal init; }

    /// <summary>Gets a value indicating whether an agent is published only after its tests passed with the same content.</summary>
    public bool HasGate { get; internal init; }
}
