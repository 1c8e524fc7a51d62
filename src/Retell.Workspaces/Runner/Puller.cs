using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Merge;
using Retell.Workspaces.Plans;
using Retell.Workspaces.Remote;
using Retell.Workspaces.State;

namespace Retell.Workspaces.Runner;

/// <summary>Brings the changes of the server into the files.</summary>
internal sealed class Puller(Session session, ReportBuilder report, ConflictChoice choice)
{
    private readonly StateReader _reader = new(session);

    public async Task PullAsync(bool adopts, Func<ResourceAddress, bool> selector, CancellationToken cancellationToken)
    {
        SortedDictionary<ResourceAddress, LocalResource> files = session.Files.ReadAll();
        Dictionary<ResourceAddress, RemoteItem> adopted = await new Adopter(session, report).AdoptAsync(adopts, files, selector, cancellationToken).ConfigureAwait(false);
        foreach (ResourceAddress address in session.Lock.Addresses.Where(selector).ToList())
        {
            session.Progress?.Report($"Reading {address}");
            LocalResource? file = files.GetValueOrDefault(address);
            RemoteItem? item = adopted.GetValueOrDefault(address) ?? await session.FindAsync(address, cancellationToken).ConfigureAwait(false);
            if (item is not null && address.Kind == ResourceKind.KnowledgeBase && session.Knowledge.Of(address, item).Any(source => source.Hash is null))
            {
                await session.Knowledge.DownloadAsync(address, item, cancellationToken).ConfigureAwait(false);
            }

            Pull(_reader.Of(address, file, item));
        }
    }

    private void Pull(ResourceState state)
    {
        switch (state)
        {
            case { Item: null }:
                Removed(state);
                break;
            case { Local: null }:
                Restore(state);
                break;
            default:
                Merge(state);
                break;
        }
    }

    /// <summary>The server no longer has the object.</summary>
    private void Removed(ResourceState state)
    {
        ResourceAddress address = state.Address;
        if (state.Local is null || choice == ConflictChoice.Theirs || (!state.IsLocalChanged && choice == ConflictChoice.Report))
        {
            session.Files.Delete(address);
            session.Forget(address);
            report.Add(address, "remove", WorkspaceStatus.Done, "deleted on the server");
        }
        else if (choice == ConflictChoice.Ours)
        {
            session.Forget(address);
            report.Add(address, "keep", WorkspaceStatus.Done, "deleted on the server; a push creates it again");
        }
        else
        {
            report.Add(
                address,
                "pull",
                WorkspaceStatus.Conflict,
                "changed in the files, but deleted on the server. Pull with ours to keep the files, or with theirs to delete them.");
        }
    }

    /// <summary>The files do not have the object: it is new, or was removed from them.</summary>
    private void Restore(ResourceState state)
    {
        ResourceAddress address = state.Address;
        if (!state.IsRecorded || choice == ConflictChoice.Theirs)
        {
            session.Files.Write(address, state.Remote!, null);
            session.Synchronize(address, state.Item!, state.Remote!, state.Remote!);
            report.Add(address, "pull", WorkspaceStatus.Done);
        }
        else if (!state.IsRemoteChanged)
        {
            report.Add(address, "pull", WorkspaceStatus.Note, "removed from the files; a push with prune deletes it, a pull with theirs restores it");
        }
        else if (choice == ConflictChoice.Ours)
        {
            session.Synchronize(address, state.Item!, state.Base!.Local, state.Remote!);
            report.Add(address, "keep", WorkspaceStatus.Done, "removed from the files; a push with prune deletes it");
        }
        else
        {
            report.Add(
                address,
                "pull",
                WorkspaceStatus.Conflict,
                "removed from the files, but changed on the server. Pull with theirs to restore it, or with ours to delete it with a push.");
        }
    }

    private void Merge(ResourceState state)
    {
        (ResourceAddress address, BaseState known) = (state.Address, state.Base!);
        if (!state.IsRecorded)
        {
            // Files and server meet for the first time: the files stay, and differences are changes of the files.
            session.Synchronize(address, state.Item!, known.Local, state.Remote!);
            report.Add(address, "bind", WorkspaceStatus.Done, $"the files now stand for {state.Item!.Id}");
            return;
        }

        // First what the API added at the last synchronization, then what has changed since.
        JObject completed = new JsonMerge(ConflictChoice.Ours).Merge(known.Local, state.Local!, known.Remote);
        var merge = new JsonMerge(choice);
        JObject merged = merge.Merge(known.Remote, completed, state.Remote!);
        if (merge.Conflicts.Count > 0)
        {
            IReadOnlyList<string> beside = session.Files.WriteRemote(state.File!, session.Compared.ToFile(address.Kind, state.Remote!, state.File!.Template));
            report.Add(
                address,
                "pull",
                WorkspaceStatus.Conflict,
                $"both sides changed {string.Join(", ", merge.Conflicts)}. The server's version is in {string.Join(", ", beside)}. "
                    + "Pull with ours or theirs, which settles these members.");
            return;
        }

        // A file that only looks different is left as its author wrote it.
        bool isChanged = !JToken.DeepEquals(merged, state.Local) && session.Files.Write(address, session.Compared.ToFile(address.Kind, merged, state.File!.Template), state.File);
        session.Files.RemoveRemote(address);
        session.Synchronize(address, state.Item!, state.Remote!, state.Remote!);
        if (isChanged)
        {
            report.Add(address, "pull", WorkspaceStatus.Done, state.IsLocalChanged ? "merged" : null);
        }
    }
}
