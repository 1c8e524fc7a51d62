using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Merge;
using Retell.Workspaces.Model;
using Retell.Workspaces.Runner;

namespace Retell.Workspaces.Plans;

/// <summary>Says what a push would do.</summary>
internal sealed class Planner(Session session)
{
    private const int LongestValue = 200;

    public WorkspacePlan Create(IReadOnlyDictionary<ResourceAddress, ResourceState> states)
    {
        Dictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> references = ReferencesOf(states.Values);
        IEnumerable<ResourceAddress> order = References.Sort(states.Keys, references);
        List<WorkspaceChange> changes = [.. order.Select(address => Change(states[address], references)).OfType<WorkspaceChange>()];
        changes = [.. changes.Where(change => change.Kind != WorkspaceChangeKind.Delete), .. changes.Where(change => change.Kind == WorkspaceChangeKind.Delete).Reverse()];
        return new(session.Environment.Name, changes, Fingerprint(states.Values), [.. Waiting(states.Values)]);
    }

    /// <summary>Returns what each object of the files refers to.</summary>
    public Dictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> ReferencesOf(IEnumerable<ResourceState> states) => states
        .Where(state => (state.File?.Template ?? state.Base?.Local) is not null)
        .ToDictionary(
            state => state.Address,
            state => (IReadOnlyList<ResourceAddress>)[.. References.Of(session.Table, state.Address.Kind, state.File?.Template ?? state.Base!.Local)
                .Select(reference => reference.Target).Distinct()]);

    private static string Fingerprint(IEnumerable<ResourceState> states) => CanonicalJson.Hash(new JArray(states.Select(state => new JArray(
        state.Address.ToString(),
        CanonicalJson.Hash(state.Local),
        CanonicalJson.Hash(state.Base?.Local),
        CanonicalJson.Hash(state.Base?.Remote),
        CanonicalJson.Hash(state.Remote),
        string.Join(',', state.Secrets)))));

    /// <summary>Returns the numbers that cannot be pushed before an agent is published.</summary>
    private IEnumerable<string> Waiting(IEnumerable<ResourceState> states) =>
        from state in states
        where state.Address.Kind == ResourceKind.PhoneNumber && state.Local is not null
        from agent in NumberAgents.Following(state.Local!)
        where session.Published(agent) is null
        select $"{state.Address} waits until {agent} is published.";

    private static WorkspaceChange? Change(ResourceState state, Dictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> references)
    {
        (WorkspaceChangeKind Kind, string? Reason)? change = state switch
        {
            { Local: null, Item: null } => null,
            { Local: null } when state.Address.Kind == ResourceKind.PhoneNumber => (WorkspaceChangeKind.Delete, "only forgotten by the workspace; the number is never released"),
            { Local: null, IsRemoteChanged: true } => (WorkspaceChangeKind.Conflict, "removed from the files, but changed on the server since"),
            { Local: null } => (WorkspaceChangeKind.Delete, "deleted only with prune"),
            { Item: null, Id: not null } => (WorkspaceChangeKind.Conflict, "deleted on the server; pull with ours to create it again, or with theirs to remove it from the files"),
            { Item: null } => (WorkspaceChangeKind.Create, null),
            { IsSame: true } => null,
            { IsLocalChanged: true, IsRemoteChanged: true } => (WorkspaceChangeKind.Conflict, "changed in the files and on the server; pull first"),
            { IsLocalChanged: true } => (WorkspaceChangeKind.Update, null),
            { IsRemoteChanged: true } => (WorkspaceChangeKind.Drift, null),
            _ => null,
        };
        if (change is null)
        {
            return null;
        }

        IReadOnlyList<ResourceAddress> affects = [.. References.Users(state.Address, references)
            .Where(user => user.Kind is ResourceKind.Agent or ResourceKind.PhoneNumber
                || (state.Address.Kind == ResourceKind.Component && user.Kind == ResourceKind.ConversationFlow))];
        bool hasMembers = change.Value.Kind is not (WorkspaceChangeKind.Create or WorkspaceChangeKind.Delete);
        return new(state.Address, change.Value.Kind, hasMembers ? Members(state) : [], affects, change.Value.Reason);
    }

    private static List<WorkspaceMemberChange> Members(ResourceState state)
    {
        List<MemberDifference> remote = state.Item is null ? [] : state.RemoteChanges;
        HashSet<string> remotePaths = [.. remote.Select(difference => difference.Path)];
        List<MemberDifference> local = state.LocalChanges;
        HashSet<string> localPaths = [.. local.Select(difference => difference.Path)];
        return
        [
            .. local.Select(difference => Member(difference, remotePaths.Contains(difference.Path) ? WorkspaceChangeSource.Both : WorkspaceChangeSource.You)),
            .. remote.Where(difference => !localPaths.Contains(difference.Path)).Select(difference => Member(difference, WorkspaceChangeSource.Remote)),
            .. state.Secrets.Where(path => !localPaths.Contains(path)).Select(path => new WorkspaceMemberChange(path, WorkspaceChangeSource.You, "(secret)", "(secret)")),
        ];
    }

    private static WorkspaceMemberChange Member(MemberDifference difference, WorkspaceChangeSource source)
    {
        string? before = (difference.Before as JValue)?.Value as string;
        string? after = (difference.After as JValue)?.Value as string;
        bool isText = before is not null && after is not null && TextLines.HasSeveral(before + after);
        return new(difference.Path, source, Show(difference.Before), Show(difference.After), isText ? TextLines.UnifiedDiff(before!, after!) : null);
    }

    private static string? Show(JToken? value) => value?.ToString(Formatting.None) is not string text ? null
        : text.Length <= LongestValue ? text
        : text[..LongestValue] + "…";
}
