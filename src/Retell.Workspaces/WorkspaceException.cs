namespace Retell.Workspaces;

/// <summary>The exception that is thrown when a workspace or one of its files is not valid, or when a command must not run in an environment.</summary>
public sealed class WorkspaceException : RetellException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">The message: what happened, and what to do.</param>
    /// <param name="file">The path of the file within the workspace, or null.</param>
    /// <param name="member">The path of the member in the file, or null.</param>
    /// <param name="innerException">The exception that caused this one, or null.</param>
    public WorkspaceException(string message, string? file = null, string? member = null, Exception? innerException = null)
        : base(file is null ? message : $"{file}{(string.IsNullOrEmpty(member) ? "" : $" at {member}")}: {message}", innerException)
    {
        File = file;
        Member = member;
    }

    /// <summary>Gets the path of the file within the workspace, with forward slashes, or null if the error is not in a file.</summary>
    public string? File { get; }

    /// <summary>Gets the path of the member in the file, such as <c>general_tools[lookup].url</c>, or null.</summary>
    public string? Member { get; }
}
