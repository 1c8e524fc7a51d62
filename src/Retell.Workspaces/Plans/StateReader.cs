using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;
using Retell.Workspaces.Merge;
using Retell.Workspaces.Model;
using Retell.Workspaces.Remote;
using Retell.Workspaces.Runner;
using Retell.Workspaces.State;
using Retell.Workspaces.Templates;

namespace Retell.Workspaces.Plans;

/// <summary>Reads the objects of the files and of the server.</summary>
internal sealed class StateReader(Session session)
{
    /// <summary>Reads the objects that the workspace has or owns.</summary>
    /// <param name="selector">Selects the objects that are read from the server.</param>
    /// <param name="cancellationToken">The token that cancels the requests.</param>
    public async Task<SortedDictionary<ResourceAddress, ResourceState>> ReadAsync(Func<ResourceAddress, bool> selector, CancellationToken cancellationToken)
    {
        SortedDictionary<ResourceAddress, LocalResource> files = session.Files.ReadAll();
        Check(files);
        var states = new SortedDictionary<ResourceAddress, ResourceState>();
        foreach (ResourceAddress address in files.Keys.Concat(session.Lock.Addresses).Where(selector).Distinct().Order())
        {
            session.Progress?.Report($"Reading {address}");
            states[address] = await ReadAsync(address, files.GetValueOrDefault(address), cancellationToken).ConfigureAwait(false);
        }

        return states;
    }

    /// <summary>Reads one object again.</summary>
    public async Task<ResourceState> ReadAsync(ResourceAddress address, LocalResource? file, CancellationToken cancellationToken)
    {
        string? id = session.Lock.IdOf(address) ?? (address.Kind == ResourceKind.PhoneNumber ? address.Name : null);
        RemoteItem? item = id is null ? null : await session.FindAsync(address, id, cancellationToken).ConfigureAwait(false);
        return Of(address, file, item);
    }

    /// <summary>Compares an object of the files with one of the server.</summary>
    public ResourceState Of(ResourceAddress address, LocalResource? file, RemoteItem? item)
    {
        JObject? local = file is null ? null : session.Compared.Of(address.Kind, file.Template);
        BaseState? recorded = session.Lock.IdOf(address) is null ? null : session.Bases.Read(address);
        BaseState? known = recorded;
        JObject? remote = item is null ? null : session.Compare(address, item, comparesSecrets: false, local, known?.Local, known?.Remote);
        if (known is null && remote is not null)
        {
            // What the files do not have was not removed from them: they never had it.
            known = new(local is null ? remote : new JObject(remote.Properties().Where(member => local.ContainsKey(member.Name))), remote);
        }

        if (known is not null && remote is not null && session.Journal.Find(address) is { KnownIds: null } intent)
        {
            // The sources of a knowledge base are told apart one by one when the push continues.
            known = address.Kind == ResourceKind.KnowledgeBase ? known with { Remote = remote } : Completed(known, remote, intent);
        }

        return new(address)
        {
            File = file,
            Local = local,
            Id = session.Lock.IdOf(address),
            Item = item,
            Remote = remote,
            Base = known,
            IsRecorded = recorded is not null,
            Secrets = local is null || item is null ? [] : [.. Secrets(address, session.Compare(address, item, comparesSecrets: true, local, known?.Local, known?.Remote))],
        };
    }

    /// <summary>Checks the references between the files and the lists of agents of numbers.</summary>
    /// <exception cref="WorkspaceException">A file is not valid.</exception>
    private void Check(SortedDictionary<ResourceAddress, LocalResource> files)
    {
        foreach ((ResourceAddress address, LocalResource file) in files)
        {
            string main = ResourcePaths.Main(address, session.Environment.Name);
            foreach ((ResourceAddress target, string path) in References.Of(session.Table, address.Kind, file.Template))
            {
                if (!files.ContainsKey(target) && session.Lock.IdOf(target) is null)
                {
                    throw new WorkspaceException($"\"@{target}\" does not exist in the workspace. Correct the reference, or pull the object with adopt.", main, path);
                }
            }

            if (address.Kind == ResourceKind.PhoneNumber)
            {
                NumberAgents.Check(file.Template, main, address.Name);
            }
        }
    }

    /// <summary>Returns the base after an update that was sent, but whose result was not recorded; the same base if it was not carried out.</summary>
    private static BaseState Completed(BaseState known, JObject remote, Intent intent)
    {
        foreach (string name in JsonMembers.Names(known.Remote, remote))
        {
            bool isSent = intent.Template.ContainsKey(name);
            if (!JToken.DeepEquals(known.Remote[name], remote[name]) && !(isSent && JsonSubset.Contains(remote[name], intent.Template[name])))
            {
                return known;
            }
        }

        if (!intent.Template.Properties().All(member => JsonSubset.Contains(remote[member.Name], member.Value)))
        {
            return known;
        }

        var local = (JObject)known.Local.DeepClone();
        foreach (JProperty member in intent.Template.Properties())
        {
            local[member.Name] = member.Value.DeepClone();
            if (member.Value.Type == JTokenType.Null)
            {
                local.Remove(member.Name);
            }
        }

        return new(local, remote);
    }

    private IEnumerable<string> Secrets(ResourceAddress address, JObject compared) =>
        MemberWalk.Texts(compared, session.Table.Of(address.Kind)).Where(text => text.Value == TemplateText.UnknownSecret).Select(text => text.Path);
}
