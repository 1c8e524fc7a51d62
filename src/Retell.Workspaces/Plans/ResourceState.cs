using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Merge;
using Retell.Workspaces.Remote;
using Retell.Workspaces.State;

namespace Retell.Workspaces.Plans;

/// <summary>An object in the files, on the server, and at the last synchronization. All are in the form that is compared.</summary>
internal sealed class ResourceState(ResourceAddress address)
{
    private static readonly JObject s_nothing = [];

    public ResourceAddress Address => address;

    /// <summary>Gets the object of the files; null if they do not have it.</summary>
    public LocalResource? File { get; init; }

    /// <summary>Gets the object of the files with the values of variables.</summary>
    public JObject? Local { get; init; }

    /// <summary>Gets the ID in the lock; null for an object that was not created yet.</summary>
    public string? Id { get; init; }

    public RemoteItem? Item { get; init; }

    public JObject? Remote { get; init; }

    public BaseState? Base { get; init; }

    /// <summary>Gets a value indicating whether the object was synchronized before. Otherwise the base is what the server has now.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Gets the paths of the secrets that differ from those of the server.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    public List<MemberDifference> LocalChanges => JsonDiff.Of(Base?.Local ?? s_nothing, Local ?? s_nothing);

    public List<MemberDifference> RemoteChanges => JsonDiff.Of(Base?.Remote ?? s_nothing, Remote ?? s_nothing);

    public bool IsLocalChanged => !JToken.DeepEquals(Base?.Local, Local) || Secrets.Count > 0;

    public bool IsRemoteChanged => !JToken.DeepEquals(Base?.Remote, Remote);

    /// <summary>Gets a value indicating whether both sides have the same, whatever they had before.</summary>
    public bool IsSame => JToken.DeepEquals(Local, Remote) && Secrets.Count == 0;
}
