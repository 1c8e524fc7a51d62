using Newtonsoft.Json.Linq;
using Retell.Testing;
using Retell.Tests.Build;
using Retell.Workspaces;

namespace Retell.Tests.Workspaces;

/// <summary>A workspace in a folder of its own, with a fake for each of its environments.</summary>
internal sealed class WorkspaceRun : IAsyncDisposable
{
    public const string Staging = "staging";
    public const string Production = "production";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, FakeRetellServer> _servers = [];

    public Dictionary<string, string> Secrets { get; } = [];

    /// <summary>The content of the links of knowledge base sources.</summary>
    public Dictionary<string, string> Downloads { get; } = [];

    public string Root => _folder.Root;

    public RetellWorkspace Workspace => new(Root, new WorkspaceOptions
    {
        Secrets = Secrets.GetValueOrDefault,
        Download = (uri, _) => Task.FromResult(Downloads.TryGetValue(uri.ToString(), out string? text) ? System.Text.Encoding.UTF8.GetBytes(text) : null),
        PollInterval = TimeSpan.FromMilliseconds(2),
    });

    public FakeRetellServer this[string environment] => _servers[environment];

    public static async Task<WorkspaceRun> StartAsync(Action<JObject>? settings = null, bool allowUnknown = false)
    {
        var run = new WorkspaceRun();
        var environments = new JObject();
        foreach (string name in new[] { Staging, Production })
        {
            FakeRetellServer server = await FakeRetellServer.StartAsync(new FakeRetellServerOptions
            {
                TimeProvider = TimeProvider.System,
                Timings = FakeTimings.Never with { KnowledgeBaseTakes = TimeSpan.FromMilliseconds(1), BatchTestTakes = TimeSpan.FromMilliseconds(1) },
                AllowUnknownMembers = allowUnknown,
            });
            server.When("getApiKeyInfo").Respond(200, new { org_id = "org_" + name, org_name = name, api_key_name = "ci" });
            run._servers[name] = server;
            environments[name] = new JObject { ["key_env"] = "RETELL_API_KEY", ["org_id"] = "org_" + name };
        }

        var json = new JObject { ["environments"] = environments };
        settings?.Invoke(json);
        run.Write("retell.json", json);
        return run;
    }

    public string PathOf(string path) => _folder.PathOf(path.Split('/'));

    public string Read(string path) => File.ReadAllText(PathOf(path));

    public JObject ReadJson(string path) => JObject.Parse(Read(path));

    public void Write(string path, object content) => _folder.Write(path, content as string ?? JToken.FromObject(content).ToString());

    /// <summary>Changes members of a JSON file.</summary>
    public void Edit(string path, Action<JObject> change)
    {
        JObject json = ReadJson(path);
        change(json);
        Write(path, json);
    }

    public RetellClient Client(string environment = Staging) => this[environment].CreateClient(options =>
    {
        options.MaxRetries = 0;
    });

    public async Task<WorkspaceReport> PullAsync(string environment = Staging, bool adopt = false, ConflictResolution conflicts = ConflictResolution.Report)
    {
        using RetellClient client = Client(environment);
        return await Workspace.PullAsync(environment, client, new PullOptions { Adopt = adopt, Conflicts = conflicts });
    }

    public async Task<WorkspacePlan> DiffAsync(string environment = Staging)
    {
        using RetellClient client = Client(environment);
        return await Workspace.DiffAsync(environment, client);
    }

    public async Task<WorkspaceReport> PushAsync(string environment = Staging, PushOptions? options = null)
    {
        using RetellClient client = Client(environment);
        return await Workspace.PushAsync(environment, client, options);
    }

    public async Task<WorkspaceReport> PublishAsync(string environment = Staging, PublishOptions? options = null)
    {
        using RetellClient client = Client(environment);
        return await Workspace.PublishAsync(environment, client, options);
    }

    public async Task<WorkspaceTestReport> TestAsync(string environment = Staging, TestOptions? options = null)
    {
        using RetellClient client = Client(environment);
        return await Workspace.TestAsync(environment, client, options);
    }

    /// <summary>The requests that change something, as method and path, since a number of requests.</summary>
    public IReadOnlyList<string> Writes(string environment, int since = 0) =>
        [.. this[environment].Requests.Skip(since).Where(r => r.Method != "GET" && r.OperationId != "listAgents").Select(r => $"{r.Method} {r.OperationId}")];

    /// <summary>All files except those of the state, by path.</summary>
    public SortedDictionary<string, string> Files(bool withState = false)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(Root, path).Replace('\\', '/');
            if (withState || !name.StartsWith(".retell/", StringComparison.Ordinal))
            {
                files[name] = File.ReadAllText(path);
            }
        }

        return files;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (FakeRetellServer server in _servers.Values)
        {
            await server.DisposeAsync();
        }

        _folder.Dispose();
    }
}
