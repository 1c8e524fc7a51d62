using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Workspaces.Files;
using Retell.Workspaces.Plans;
using Retell.Workspaces.Remote;

namespace Retell.Workspaces.Runner;

/// <summary>
/// Knowledge bases have no update: sources are added, and once they are processed, those that they replace are deleted. A source whose content is
/// not in the files is never deleted.
/// </summary>
internal sealed class KnowledgePusher(Session session, ReportBuilder report)
{
    private static readonly string[] s_lists = [KnowledgeFiles.Texts, KnowledgeFiles.Documents, KnowledgeFiles.Urls];

    public async Task<RemoteItem> CreateAsync(ResourceAddress address, JObject local, JObject wire, CancellationToken cancellationToken)
    {
        List<KnowledgeSource> sources = [.. KnowledgeForm.Of(local)];
        JObject body = Body(address, wire, sources, out List<RetellFile> files);
        foreach (JProperty member in wire.Properties().Where(member => !s_lists.Contains(member.Name)))
        {
            body[member.Name] = member.Value.DeepClone();
        }

        CreateKnowledgeBaseRequest request = RetellJson.Deserialize<CreateKnowledgeBaseRequest>(body.ToString())!;
        files.ForEach(request.KnowledgeBaseFiles.Add);
        RemoteItem created = await session.Api.CreateKnowledgeBaseAsync(request, cancellationToken).ConfigureAwait(false);
        await AdoptAsync(address, created, local, cancellationToken).ConfigureAwait(false);
        return created;
    }

    /// <summary>Records a knowledge base that was created from the files.</summary>
    public async Task AdoptAsync(ResourceAddress address, RemoteItem created, JObject local, CancellationToken cancellationToken)
    {
        RemoteItem ready = await WaitAsync(created, cancellationToken).ConfigureAwait(false);
        session.Lock.Set(address, created.Id);
        session.Knowledge.Record(address, ready, KnowledgeForm.Of(local));
    }

    public async Task UpdateAsync(ResourceState state, bool prunes, CancellationToken cancellationToken)
    {
        ResourceAddress address = state.Address;
        if (state.LocalChanges.Select(difference => difference.Path).FirstOrDefault(path => !s_lists.Any(list => path.StartsWith(list, StringComparison.Ordinal))) is string path)
        {
            report.Add(
                address,
                "update",
                WorkspaceStatus.Failed,
                $"The API cannot change {path} of a knowledge base. Undo the change, or create a new knowledge base under another name.");
            return;
        }

        bool isInterrupted = session.Journal.Find(address) is not null;
        List<KnowledgeSource> wanted = [.. KnowledgeForm.Of(state.Local!)];
        session.Journal.Begin(new(address, state.Local!, null));
        RemoteItem item = await WaitAsync(state.Item!, cancellationToken).ConfigureAwait(false);
        if (isInterrupted)
        {
            session.Knowledge.Record(address, item, wanted);
        }

        List<KnowledgeSource> known = [.. session.Knowledge.Of(address, item)];
        List<KnowledgeSource> added = [.. wanted.Where(source => !known.Exists(other => IsSame(source, other)))];
        if (added.Count > 0)
        {
            AddKnowledgeBaseSourcesRequest request = RetellJson.Deserialize<AddKnowledgeBaseSourcesRequest>(
                Body(address, session.Wire.Resolve(address, state.Local!), added, out List<RetellFile> files).ToString())!;
            files.ForEach(request.KnowledgeBaseFiles.Add);
            await session.Api.AddSourcesAsync(item.Id, request, cancellationToken).ConfigureAwait(false);
            item = await WaitAsync(item, cancellationToken).ConfigureAwait(false);
            session.Knowledge.Record(address, item, added);
        }

        var notes = new List<string>();
        foreach (KnowledgeSource old in known.Where(source => source.Hash is not null && !wanted.Exists(other => IsSame(source, other))))
        {
            bool isReplaced = wanted.Exists(other => other.Type == old.Type && other.Key == old.Key);
            if (isReplaced || prunes)
            {
                await session.Api.DeleteSourceAsync(item.Id, old.Id!, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                notes.Add($"{old.Key} is not in the files any more; prune deletes it");
            }
        }

        item = await session.FindAsync(address, cancellationToken).ConfigureAwait(false) ?? item;
        session.Synchronize(address, item, state.Local!, session.Compare(address, item, false, state.Local, state.Base?.Remote));
        report.Add(address, "update", WorkspaceStatus.Done, notes.Count == 0 ? null : string.Join("; ", notes));
    }

    private static bool IsSame(KnowledgeSource source, KnowledgeSource other) => source.Type == other.Type && source.Key == other.Key && source.Hash == other.Hash;

    /// <summary>Returns the members with the sources of a request, and its files.</summary>
    private JObject Body(ResourceAddress address, JObject wire, List<KnowledgeSource> sources, out List<RetellFile> files)
    {
        var body = new JObject();
        JToken[] texts = [.. (wire[KnowledgeFiles.Texts] as JArray ?? []).OfType<JObject>()
            .Where(text => text["text"] is not null && sources.Exists(source => source.Type == KnowledgeSource.Text && source.Key == (string?)text["title"]))];
        JToken[] urls = [.. (wire[KnowledgeFiles.Urls] as JArray ?? []).Where(url => sources.Exists(source => source.Type == KnowledgeSource.Url && source.Key == (string?)url))];
        if (texts.Length > 0)
        {
            body[KnowledgeFiles.Texts] = new JArray(texts);
        }

        if (urls.Length > 0)
        {
            body[KnowledgeFiles.Urls] = new JArray(urls);
        }

        files = [.. sources.Where(source => source.Type == KnowledgeSource.Document)
            .Select(source => RetellFile.FromBytes(session.Files.ReadBinary(address, KnowledgeFiles.PathOf(source.Key)), source.Key))];
        return body;
    }

    /// <summary>Waits until the sources of a knowledge base are processed.</summary>
    private async Task<RemoteItem> WaitAsync(RemoteItem item, CancellationToken cancellationToken)
    {
        RemoteItem current = await session.Api.FindAsync(ResourceKind.KnowledgeBase, item.Id, false, cancellationToken).ConfigureAwait(false) ?? item;
        while ((string?)current.Json["status"] is "in_progress" or "refreshing_in_progress")
        {
            session.Progress?.Report($"Waiting for the knowledge base {item.Id}");
            await Task.Delay(session.Options.PollInterval, session.Options.TimeProvider, cancellationToken).ConfigureAwait(false);
            current = await session.Api.FindAsync(ResourceKind.KnowledgeBase, item.Id, false, cancellationToken).ConfigureAwait(false) ?? current;
        }

        return (string?)current.Json["status"] == "error"
            ? throw new WorkspaceException($"The knowledge base {item.Id} could not be processed. Look at its sources in the dashboard.")
            : current;
    }
}
