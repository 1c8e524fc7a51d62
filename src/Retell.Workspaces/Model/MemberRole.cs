namespace Retell.Workspaces.Model;

/// <summary>What the value of a member means for a workspace.</summary>
internal enum MemberRole
{
    /// <summary>A value as any other, although its name looks like that of another role.</summary>
    Plain,

    /// <summary>The ID of the object itself. It is in the lock, not in files.</summary>
    Own,

    /// <summary>An ID that is unique within the object only, such as that of a node.</summary>
    Local,

    /// <summary>Set by the API. It is not in files.</summary>
    ReadOnly,

    /// <summary>The ID of another object of a workspace, written as its address.</summary>
    Reference,

    /// <summary>Differs by environment, such as an ID of the organization or a phone number: may have variables.</summary>
    Variable,

    /// <summary>A text: may have variables.</summary>
    Text,

    /// <summary>A URL: may have variables, and secrets if it contains credentials.</summary>
    Url,

    /// <summary>A value that is never written to a file, unless it certainly is no secret.</summary>
    Secret,
}
