using Retell.Workspaces.Merge;
using Retell.Workspaces.Model;
using Retell.Workspaces.Plans;
using Retell.Workspaces.Runner;
using Retell.Workspaces.State;

namespace Retell.Workspaces;

/// <summary>
/// A folder with voice agents as code: agents, LLMs, conversation flows, knowledge bases, test cases and phone numbers as files, which are pulled from and
/// pushed to environments. Run one command at a time in a workspace.
/// </summary>
public sealed class RetellWorkspace
{
    private readonly WorkspaceOptions _options;

    /// <summary>Opens a workspace.</summary>
    /// <param name="folder">The folder with the file <c>retell.json</c>.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <exception cref="ArgumentNullException"><paramref name="folder"/> is null.</exception>
    /// <exception cref="WorkspaceException">There is no <c>retell.json</c>, or it is not valid.</exception>
    public RetellWorkspace(string folder, WorkspaceOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Folder = Path.GetFullPath(folder);
        _options = options ?? new WorkspaceOptions();
        Environments = WorkspaceSettings.Read(Folder);
    }

    /// <summary>Gets the full path of the folder.</summary>
    public string Folder { get; }

    /// <summary>Gets the environments, by name.</summary>
    public IReadOnlyDictionary<string, WorkspaceEnvironment> Environments { get; }

    /// <summary>Brings the changes of the server into the files: a three-way merge of the last synchronization, the files and the server.</summary>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="client">The client with the API key of the environment.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the command.</param>
    /// <returns>The report.</returns>
    /// <exception cref="WorkspaceException">A file is not valid, or the API key belongs to another organization.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public async Task<WorkspaceReport> PullAsync(string environment, RetellClient client, PullOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PullOptions();
        Session session = await OpenAsync(environment, client, new(SetsOrganization: true), options.Progress, cancellationToken).ConfigureAwait(false);
        var report = new ReportBuilder(session);
        var choice = (ConflictChoice)options.Conflicts;
        await new Puller(session, report, choice).PullAsync(options.Adopt, Selector.Of(options.Selectors), cancellationToken).ConfigureAwait(false);
        return report.Build();
    }

    /// <summary>Compares the files with the server.</summary>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="client">The client with the API key of the environment.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the command.</param>
    /// <returns>The plan that a push carries out.</returns>
    /// <exception cref="WorkspaceException">A file is not valid, or the API key belongs to another organization.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public async Task<WorkspacePlan> DiffAsync(string environment, RetellClient client, DiffOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new DiffOptions();
        Session session = await OpenAsync(environment, client, new(), options.Progress, cancellationToken).ConfigureAwait(false);
        return new Planner(session).Create(await new StateReader(session).ReadAsync(Selector.Of(options.Selectors), cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Brings the changes of the files to the server. Agents are changed in drafts; nothing is published, and no number is bought or released.</summary>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="client">The client with the API key of the environment.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the command. What was done until then is recorded, and another push continues.</param>
    /// <returns>The report.</returns>
    /// <exception cref="WorkspaceException">A file is not valid, the API key belongs to another organization, or a protected environment is not confirmed.</exception>
    /// <exception cref="RetellException">The state of the server could not be read. Errors of single changes are in the report.</exception>
    /// <remarks>
    /// Before each change the object is read and compared with the last synchronization. The API has conditional updates for agents, LLMs, conversation
    /// flows and components only: for other objects, a change that somebody makes between this read and the update is overwritten.
    /// </remarks>
    public async Task<WorkspaceReport> PushAsync(string environment, RetellClient client, PushOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PushOptions();
        Session session = await OpenAsync(environment, client, new(Writes: true, options.Confirm), options.Progress, cancellationToken).ConfigureAwait(false);
        SortedDictionary<ResourceAddress, ResourceState> states = await new StateReader(session).ReadAsync(Selector.Of(options.Selectors), cancellationToken).ConfigureAwait(false);
        WorkspacePlan plan = new Planner(session).Create(states);
        if (options.PlanFile is string file && WorkspacePlan.ReadFingerprint(file) != (environment, plan.Fingerprint))
        {
            return new WorkspaceReport([], WorkspaceOutcome.Conflict);
        }

        var report = new ReportBuilder(session);
        await new Pusher(session, report).PushAsync(states, plan, options.Prune, cancellationToken).ConfigureAwait(false);
        return report.Build();
    }

    /// <summary>Publishes the drafts of agents, and moves the phone numbers that follow the published version.</summary>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="client">The client with the API key of the environment.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the command.</param>
    /// <returns>The report.</returns>
    /// <exception cref="WorkspaceException">A file is not valid, the API key belongs to another organization, or a protected environment is not confirmed.</exception>
    /// <exception cref="RetellException">The state of the server could not be read. Errors of single changes are in the report.</exception>
    public async Task<WorkspaceReport> PublishAsync(string environment, RetellClient client, PublishOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new PublishOptions();
        Session session = await OpenAsync(environment, client, new(Writes: true, options.Confirm), options.Progress, cancellationToken).ConfigureAwait(false);
        var report = new ReportBuilder(session);
        var publisher = new Publisher(session, report);
        await publisher.PublishAsync(Selector.Of(options.Selectors), options, cancellationToken).ConfigureAwait(false);
        return report.Build(publisher.IsGateClosed ? WorkspaceOutcome.TestsFailed : null);
    }

    /// <summary>Runs the test cases as batch tests with the latest versions of their engines.</summary>
    /// <param name="environment">The name of the environment.</param>
    /// <param name="client">The client with the API key of the environment.</param>
    /// <param name="options">The options, or null for the defaults.</param>
    /// <param name="cancellationToken">The token that cancels the command. Tests that were started go on.</param>
    /// <returns>The report.</returns>
    /// <exception cref="WorkspaceException">A file is not valid, or the API key belongs to another organization.</exception>
    /// <exception cref="RetellException">The API returned an error, or could not be reached.</exception>
    public async Task<WorkspaceTestReport> TestAsync(string environment, RetellClient client, TestOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new TestOptions();
        Session session = await OpenAsync(environment, client, new(), options.Progress, cancellationToken).ConfigureAwait(false);
        return await new Tester(session).TestAsync(Selector.Of(options.Selectors), options.MinPass, cancellationToken).ConfigureAwait(false);
    }

    private Task<Session> OpenAsync(string environment, RetellClient client, SessionRules rules, IProgress<string>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(client);
        return Session.OpenAsync(Folder, environment, client, _options, rules, progress, cancellationToken);
    }
}
