using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Model;
using Retell.Workspaces.Remote;
using Retell.Workspaces.State;
using Retell.Workspaces.Templates;

namespace Retell.Workspaces.Runner;

/// <summary>The files, the state and the API of one environment during a command.</summary>
internal sealed class Session
{
    /// <summary>The fact about a number: the versions that <c>@published</c> stands for on the server, by agent.</summary>
    private const string Followed = "followed";

    private Session(string root, WorkspaceEnvironment environment, RemoteApi api, WorkspaceOptions options, IProgress<string>? progress)
    {
        (Environment, Api, Options, Progress) = (environment, api, options, progress);
        string state = Path.Combine(root, ".retell", environment.Name);
        Lock = new LockFile(Path.Combine(state, "lock.json"), $".retell/{environment.Name}/lock.json");
        Bases = new BaseStore(Path.Combine(state, "base"), $".retell/{environment.Name}/base");
        Journal = new IntentJournal(Path.Combine(state, "intents.json"), $".retell/{environment.Name}/intents.json");
        Values = new EnvironmentValues(environment.Variables, options.Secrets, Lock.IdOf, Lock.AddressOf);
        Files = new WorkspaceFiles(root, environment.Name, Table);
        Wire = new WireForm(Table, Values);
        FileForm = new FileForm(Table, Values);
        Compared = new ComparedForm(Table, Values);
        Knowledge = new KnowledgeForm(this);
    }

    public WorkspaceEnvironment Environment { get; }

    public RemoteApi Api { get; }

    public WorkspaceOptions Options { get; }

    public IProgress<string>? Progress { get; }

    public MemberTable Table { get; } = MemberTable.Load();

    public LockFile Lock { get; }

    public BaseStore Bases { get; }

    public IntentJournal Journal { get; }

    public EnvironmentValues Values { get; }

    public WorkspaceFiles Files { get; }

    public WireForm Wire { get; }

    public FileForm FileForm { get; }

    public ComparedForm Compared { get; }

    public KnowledgeForm Knowledge { get; }

    /// <summary>Opens an environment and checks that the API key belongs to its organization.</summary>
    /// <exception cref="WorkspaceException">The organization is another one, or a protected environment was not confirmed.</exception>
    public static async Task<Session> OpenAsync(
        string root, string name, RetellClient client, WorkspaceOptions options, SessionRules rules, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, WorkspaceEnvironment> environments = WorkspaceSettings.Read(root);
        WorkspaceEnvironment environment = environments.GetValueOrDefault(name)
            ?? throw new WorkspaceException(
                $"There is no environment \"{name}\". Use one of {string.Join(", ", environments.Keys.Order(StringComparer.Ordinal))}.", WorkspaceSettings.FileName);
        if (rules.Writes && environment.IsProtected && rules.Confirmed != name)
        {
            throw new WorkspaceException($"The environment \"{name}\" is protected. Confirm the command with the name of the environment.", WorkspaceSettings.FileName);
        }

        var api = new RemoteApi(client, options.TimeProvider);
        string organization = await api.GetOrganizationAsync(cancellationToken).ConfigureAwait(false);
        if (environment.OrganizationId is null && rules.SetsOrganization)
        {
            WorkspaceSettings.SetOrganization(root, name, organization);
        }
        else if (environment.OrganizationId != organization)
        {
            throw new WorkspaceException(
                environment.OrganizationId is null ? $"The environment \"{name}\" has no org_id. Run pull first, which sets it, or add \"org_id\": \"{organization}\"."
                    : $"The API key belongs to the organization {organization}, but the environment \"{name}\" to {environment.OrganizationId}. "
                        + $"Set {environment.KeyVariable} to a key of that organization.",
                WorkspaceSettings.FileName);
        }

        return new(root, environment, api, options, progress);
    }

    /// <summary>Reads the object that an address stands for; null if there is none on the server.</summary>
    public Task<RemoteItem?> FindAsync(ResourceAddress address, CancellationToken cancellationToken) => FindAsync(address, Lock.IdOf(address)!, cancellationToken);

    public Task<RemoteItem?> FindAsync(ResourceAddress address, string id, CancellationToken cancellationToken) =>
        Api.FindAsync(address.Kind, id, Lock.IsChat(address), cancellationToken);

    /// <summary>Gets the engines of the workspace on the server.</summary>
    public IEnumerable<EngineId> Engines => Lock.Addresses.Where(address => address.Kind is ResourceKind.Llm or ResourceKind.ConversationFlow)
        .Select(address => new EngineId(address.Kind, Lock.IdOf(address)!)).ToList();

    /// <summary>Returns the IDs of the objects of a kind; of test cases those of the same engine.</summary>
    public Task<List<string>> ListIdsAsync(ResourceKind kind, JObject template, CancellationToken cancellationToken)
    {
        ResourceAddress? engine = kind == ResourceKind.TestCase ? ResourceShape.EngineReference(template) : null;
        return Api.ListIdsAsync(kind, Engines.Where(id => engine is not null && id.Id == Lock.IdOf(engine.Value)), cancellationToken);
    }

    /// <summary>Returns an object of the server as it is compared with the files.</summary>
    public JObject Compare(ResourceAddress address, RemoteItem item, bool comparesSecrets, params IReadOnlyList<JObject?> known)
    {
        JObject wire = address.Kind == ResourceKind.KnowledgeBase ? Knowledge.FromWire(address, item, known) : ResourceShape.FromWire(address.Kind, item.Json);
        JObject form = ResourceShape.ToFile(address.Kind, FileForm.Create(address, wire, comparesSecrets, known), item.IsChat);
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            NumberAgents.Follow(form, known, agent => Lock.Fact(address, Followed)?[agent.ToString()]);
        }

        return form;
    }

    /// <summary>Records that an object is the same on both sides.</summary>
    public void Synchronize(ResourceAddress address, RemoteItem item, JObject local, JObject remote)
    {
        Bases.Write(address, new(local, remote));
        Lock.Set(address, item.Id, item.IsChat);
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            Follow(address, item, local);
        }

        Journal.End(address);
    }

    /// <summary>Removes what is recorded about an object.</summary>
    public void Forget(ResourceAddress address)
    {
        Lock.Remove(address);
        Bases.Remove(address);
        Journal.End(address);
    }

    /// <summary>Returns the version of an agent that the workspace published last; null if there is none.</summary>
    public JToken? Published(ResourceAddress agent) => Lock.Fact(agent, "published");

    public bool Follows(ResourceAddress number, ResourceAddress agent) => JToken.DeepEquals(Lock.Fact(number, Followed)?[agent.ToString()], Published(agent));

    /// <summary>Records the versions that <c>@published</c> stands for, which the server has now.</summary>
    private void Follow(ResourceAddress number, RemoteItem item, JObject local)
    {
        var followed = new JObject();
        foreach (ResourceAddress agent in NumberAgents.Following(local))
        {
            JToken? version = NumberAgents.Lists(item.Json).SelectMany(list => list.Agents.OfType<JObject>())
                .Where(entry => (string?)entry["agent_id"] == Lock.IdOf(agent)).Select(entry => entry["agent_version"]).FirstOrDefault(v => JToken.DeepEquals(v, Published(agent)));
            if (version is not null)
            {
                followed[agent.ToString()] = version.DeepClone();
            }
        }

        Lock.SetFact(number, Followed, followed.Count > 0 ? followed : null);
    }
}

/// <summary>What a command does in an environment.</summary>
/// <param name="Writes">Whether it changes the server.</param>
/// <param name="Confirmed">The name of the environment as the caller confirmed it.</param>
/// <param name="SetsOrganization">Whether it sets the organization of an environment that has none.</param>
internal sealed record SessionRules(bool Writes = false, string? Confirmed = null, bool SetsOrganization = false);
