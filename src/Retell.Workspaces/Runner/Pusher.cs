using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;
using Retell.Workspaces.Merge;
using Retell.Workspaces.Model;
using Retell.Workspaces.Plans;
using Retell.Workspaces.Remote;
using Retell.Workspaces.State;

namespace Retell.Workspaces.Runner;

/// <summary>Carries out a plan: creates, updates and deletes objects. Agents are changed in drafts only.</summary>
internal sealed class Pusher(Session session, ReportBuilder report)
{
    private readonly StateReader _reader = new(session);
    private readonly Drafts _drafts = new(session);
    private readonly KnowledgePusher _knowledge = new(session, report);
    private readonly List<ResourceAddress> _reduced = [];
    private readonly HashSet<ResourceAddress> _postponed = [];
    private SortedDictionary<ResourceAddress, ResourceState> _states = [];
    private Dictionary<ResourceAddress, IReadOnlyList<ResourceAddress>> _references = [];

    public async Task PushAsync(SortedDictionary<ResourceAddress, ResourceState> states, WorkspacePlan plan, bool prunes, CancellationToken cancellationToken)
    {
        _states = states;
        _references = new Planner(session).ReferencesOf(states.Values);
        Refresh();
        foreach (WorkspaceChange change in plan.Changes)
        {
            ResourceState state = states[change.Address];
            switch (change.Kind)
            {
                case WorkspaceChangeKind.Conflict:
                    report.Add(change.Address, "push", WorkspaceStatus.Conflict, change.Reason);
                    break;
                case WorkspaceChangeKind.Drift:
                    report.Add(change.Address, "push", WorkspaceStatus.Note, "changed on the server only; pull brings the change into the files");
                    break;
                case WorkspaceChangeKind.Create:
                    await RunAsync(change.Address, "create", () => CreateAsync(state, cancellationToken)).ConfigureAwait(false);
                    break;
                case WorkspaceChangeKind.Update:
                    await RunAsync(change.Address, "update", () => UpdateAsync(state, prunes, cancellationToken)).ConfigureAwait(false);
                    break;
                default:
                    await RunAsync(change.Address, "delete", () => DeleteAsync(state, prunes, cancellationToken)).ConfigureAwait(false);
                    break;
            }
        }

        foreach (ResourceAddress address in _reduced.Distinct().ToList())
        {
            await RunAsync(address, "complete", () => UpdateAsync(states[address], prunes, cancellationToken)).ConfigureAwait(false);
        }
    }

    private Task RunAsync(ResourceAddress address, string action, Func<Task> run) => report.RunAsync(address, action, _references.GetValueOrDefault(address) ?? [], run);

    /// <summary>Records objects that are the same on both sides although they were not at the last synchronization, for example after an interrupted push.</summary>
    private void Refresh()
    {
        foreach (ResourceState state in _states.Values.Where(state => state is { Local: not null, Item: not null, Remote: not null }))
        {
            if (state.Address.Kind != ResourceKind.KnowledgeBase && session.Journal.Find(state.Address) is { KnownIds: null })
            {
                // The update of an interrupted push was carried out or not: either way the base says so now.
                session.Bases.Write(state.Address, state.Base!);
                session.Journal.End(state.Address);
            }

            bool isRecorded = state.Id is not null && session.Bases.Read(state.Address) is BaseState known
                && JToken.DeepEquals(known.Local, state.Local) && JToken.DeepEquals(known.Remote, state.Remote);
            bool isSettled = state.IsSame || (!state.IsLocalChanged && !state.IsRemoteChanged);
            if (isSettled && !isRecorded)
            {
                session.Synchronize(state.Address, state.Item!, state.Local!, state.Remote!);
            }
        }
    }

    private async Task CreateAsync(ResourceState state, CancellationToken cancellationToken)
    {
        ResourceAddress address = state.Address;
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            report.Add(address, "create", WorkspaceStatus.Failed, "The number does not exist. Buy or import it first: a push never buys numbers.");
            return;
        }

        JObject local = state.Local!;
        if (session.Journal.Find(address) is { KnownIds: not null } earlier && await FindCreatedAsync(state, earlier, cancellationToken).ConfigureAwait(false) is RemoteItem found)
        {
            if (address.Kind == ResourceKind.KnowledgeBase)
            {
                await _knowledge.AdoptAsync(address, found, earlier.Template, cancellationToken).ConfigureAwait(false);
            }

            await RecordAsync(state, found, earlier.Template, "create", "found after an interrupted push", cancellationToken).ConfigureAwait(false);
            if (!JToken.DeepEquals(earlier.Template, local))
            {
                _reduced.Add(address);
            }

            return;
        }

        var unresolved = new List<string>();
        JObject wire = session.Wire.Resolve(address, local, unresolved: unresolved);
        HashSet<string> reduced = CycleBreaker.Reduce(wire);
        var sent = (JObject)local.DeepClone();
        foreach (string name in reduced)
        {
            sent.Remove(name);
        }

        IEnumerable<string> ids = await session.ListIdsAsync(address.Kind, state.Local!, cancellationToken).ConfigureAwait(false);
        session.Journal.Begin(new(address, sent, [.. ids.Where(id => session.Lock.AddressOf(address.Kind, id) is null)]));
        RemoteItem created = address.Kind == ResourceKind.KnowledgeBase
            ? await _knowledge.CreateAsync(address, local, wire, cancellationToken).ConfigureAwait(false)
            : await session.Api.CreateAsync(address.Kind, ResourceShape.IsChat(local), ResourceShape.ToBody(wire), cancellationToken).ConfigureAwait(false);
        await RecordAsync(state, created, sent, "create", null, cancellationToken).ConfigureAwait(false);
        if (reduced.Count > 0)
        {
            _reduced.Add(address);
        }
    }

    /// <summary>Looks for an object that an interrupted create left on the server.</summary>
    private async Task<RemoteItem?> FindCreatedAsync(ResourceState state, Intent intent, CancellationToken cancellationToken)
    {
        ResourceAddress address = state.Address;
        bool isChat = ResourceShape.IsChat(intent.Template);
        foreach (string id in await session.ListIdsAsync(address.Kind, state.Local!, cancellationToken).ConfigureAwait(false))
        {
            if (session.Lock.AddressOf(address.Kind, id) is null && !intent.KnownIds!.Contains(id)
                && await session.Api.FindAsync(address.Kind, id, isChat, cancellationToken).ConfigureAwait(false) is RemoteItem item
                && (address.Kind == ResourceKind.KnowledgeBase
                    ? (string?)item.Json["knowledge_base_name"] == (string?)intent.Template["knowledge_base_name"]
                    : JsonSubset.Contains(session.Compare(address, item, comparesSecrets: false, intent.Template), intent.Template)))
            {
                return item;
            }
        }

        return null;
    }

    private async Task UpdateAsync(ResourceState planned, bool prunes, CancellationToken cancellationToken)
    {
        ResourceAddress address = planned.Address;
        ResourceState state = await _reader.ReadAsync(address, planned.File, cancellationToken).ConfigureAwait(false);
        if (state.Item is null || (state.IsRemoteChanged && !state.IsSame))
        {
            report.Add(address, "update", WorkspaceStatus.Conflict, state.Item is null ? "deleted on the server" : "changed on the server in the meantime; pull first");
            return;
        }

        if (address.Kind == ResourceKind.KnowledgeBase)
        {
            await _knowledge.UpdateAsync(state, prunes, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (address.Kind == ResourceKind.PhoneNumber && NumberAgents.Following(state.Local!).Any(agent => session.Published(agent) is null))
        {
            report.Add(address, "update", WorkspaceStatus.Note, "waits until its agents are published");
            return;
        }

        JObject body = Body(state);
        if (body.Count == 0)
        {
            session.Synchronize(address, state.Item, state.Local!, state.Remote!);
            return;
        }

        RemoteItem item = await _drafts.OpenAsync(address, state.Item, cancellationToken).ConfigureAwait(false);
        JObject sent = Resolve(address, body, item);
        if (Postpone(address, body, sent) && body.Count == 0)
        {
            return;
        }

        await _drafts.SetEngineVersionAsync(state.Local!, sent, cancellationToken).ConfigureAwait(false);
        session.Journal.Begin(new(address, body, null));
        RemoteItem updated = await session.Api.UpdateAsync(address.Kind, item, sent, cancellationToken).ConfigureAwait(false);
        string members = string.Join(", ", body.Properties().Select(member => member.Name));
        RemoteItem recorded = await RecordAsync(state, updated, body, "update", members, cancellationToken).ConfigureAwait(false);
        await _drafts.FollowEngineAsync(address, recorded, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Returns the members that an update sends: those that changed; null clears one.</summary>
    private static JObject Body(ResourceState state)
    {
        var body = new JObject();
        (JObject known, JObject local) = (state.Base!.Local, state.Local!);
        foreach (string name in JsonMembers.Names(known, local).Order(StringComparer.Ordinal))
        {
            bool hasSecret = state.Secrets.Any(path => path.StartsWith(name, StringComparison.Ordinal) && (path.Length == name.Length || path[name.Length] is '.' or '['));
            if (name != ResourceShape.Channel && (hasSecret || !JToken.DeepEquals(known[name], local[name])))
            {
                body[name] = local[name]?.DeepClone() ?? JValue.CreateNull();
            }
        }

        if (state.Address.Kind == ResourceKind.TestCase && body.Count > 0)
        {
            // The update of a test case replaces it.
            JsonMembers.Set(body, local);
        }

        return body;
    }

    private JObject Resolve(ResourceAddress address, JObject body, RemoteItem current)
    {
        JObject resolved = address.Kind == ResourceKind.PhoneNumber ? NumberAgents.Resolve(body, session.Published) : body;
        return ResourceShape.ToBody(session.Wire.Resolve(address, resolved, ResourceShape.FromWire(address.Kind, current.Json), new List<string>()));
    }

    /// <summary>Takes out the members that refer to objects that do not exist yet, until these do.</summary>
    private bool Postpone(ResourceAddress address, JObject body, JObject sent)
    {
        HashSet<string> reduced = CycleBreaker.Reduce(sent);
        foreach (string name in reduced)
        {
            body.Remove(name);
            sent.Remove(name);
        }

        if (reduced.Count > 0 && !_postponed.Add(address))
        {
            throw new WorkspaceException("It refers to an object that does not exist in this environment.", address.ToString(), reduced.First());
        }

        if (reduced.Count > 0)
        {
            _reduced.Add(address);
        }

        return reduced.Count > 0;
    }

    /// <summary>Reads an object that was written, records it, and reports what the API did not keep.</summary>
    private async Task<RemoteItem> RecordAsync(ResourceState state, RemoteItem written, JObject sent, string action, string? message, CancellationToken cancellationToken)
    {
        ResourceAddress address = state.Address;
        RemoteItem item = await session.Api.FindAsync(address.Kind, written.Id, written.IsChat, cancellationToken).ConfigureAwait(false) ?? written;
        JObject remote = session.Compare(address, item, comparesSecrets: false, state.Local, sent, state.Base?.Remote);
        var local = (JObject)(state.Base?.Local ?? []).DeepClone();
        foreach (JProperty member in sent.Properties())
        {
            local[member.Name] = member.Value.DeepClone();
            if (member.Value.Type == JTokenType.Null && state.Local![member.Name] is null)
            {
                local.Remove(member.Name);
            }
        }

        session.Synchronize(address, item, local, remote);
        List<string> lost = [.. NotKept(sent, remote)];
        string? kept = lost.Count == 0 ? null : $"not kept by the API: {string.Join(", ", lost)}";
        report.Add(address, action, WorkspaceStatus.Done, (message, kept) switch { (null, _) => kept, (_, null) => message, _ => $"{message}; {kept}" });
        return item;
    }

    private static IEnumerable<string> NotKept(JObject sent, JObject remote) => JsonDiff.Of(new JObject(sent.Properties().Where(m => m.Value.Type != JTokenType.Null)), remote)
        .Where(difference => difference.Before is not null && !JsonSubset.Contains(difference.After, difference.Before)).Select(difference => difference.Path);

    private async Task DeleteAsync(ResourceState planned, bool prunes, CancellationToken cancellationToken)
    {
        ResourceAddress address = planned.Address;
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            session.Forget(address);
            report.Add(address, "forget", WorkspaceStatus.Done, "the number is not released");
            return;
        }

        if (!prunes)
        {
            report.Add(address, "delete", WorkspaceStatus.Note, "not in the files any more; prune deletes it");
            return;
        }

        ResourceState state = await _reader.ReadAsync(address, null, cancellationToken).ConfigureAwait(false);
        string? obstacle = state.Item is null ? null
            : state.IsRemoteChanged ? "changed on the server since"
            : UserOf(address) is ResourceAddress user ? $"{user} still refers to it"
            : state.Item.Json["linked_conversation_flow_ids"] is JArray { Count: > 0 } flows ? $"{flows.Count} conversation flows still use it"
            : null;
        if (obstacle is not null)
        {
            report.Add(address, "delete", WorkspaceStatus.Conflict, obstacle);
            return;
        }

        if (state.Item is not null)
        {
            await session.Api.DeleteAsync(address.Kind, state.Item, cancellationToken).ConfigureAwait(false);
        }

        session.Forget(address);
        report.Add(address, "delete", WorkspaceStatus.Done);
    }

    /// <summary>Returns an object of the server that refers to another one; null if there is none in the workspace.</summary>
    private ResourceAddress? UserOf(ResourceAddress target) => session.Lock.Addresses
        .Where(address => address != target && session.Bases.Read(address) is BaseState known
            && References.Of(session.Table, address.Kind, known.Remote).Any(reference => reference.Target == target))
        .Select(address => (ResourceAddress?)address).FirstOrDefault();
}
