using System.Net;
using Retell.Workspaces.Remote;

namespace Retell.Workspaces.Runner;

/// <summary>Collects what a command did. What depends on a failed object is blocked.</summary>
internal sealed class ReportBuilder(Session session)
{
    private readonly List<WorkspaceReportEntry> _entries = [];
    private readonly HashSet<ResourceAddress> _stopped = [];

    public bool IsStopped(ResourceAddress address) => _stopped.Contains(address);

    public void Add(ResourceAddress address, string action, WorkspaceStatus status, string? message = null)
    {
        message = message is null ? null : session.Values.Mask(message);
        _entries.Add(new(address, action, status, message));
        session.Progress?.Report($"{action} {address}{(message is null ? "" : $": {message}")}");
        if (status is WorkspaceStatus.Failed or WorkspaceStatus.Blocked or WorkspaceStatus.Conflict)
        {
            _stopped.Add(address);
        }
    }

    /// <summary>Runs an action for an object, unless something that it refers to was stopped. A failure is reported, and the rest goes on.</summary>
    public async Task RunAsync(ResourceAddress address, string action, IEnumerable<ResourceAddress> needs, Func<Task> run)
    {
        if (_stopped.Contains(address))
        {
            return;
        }

        if (needs.Where(_stopped.Contains).Select(need => (ResourceAddress?)need).FirstOrDefault() is ResourceAddress stopped)
        {
            Add(address, action, WorkspaceStatus.Blocked, $"{stopped} was not {(action == "publish" ? "published" : "pushed")}");
            return;
        }

        try
        {
            await run().ConfigureAwait(false);
        }
        catch (RetellException e)
        {
            if (IsRefused(address, e))
            {
                session.Journal.End(address);
            }

            if (e is RetellPreconditionFailedException { Method: not "GET" } changed)
            {
                Add(address, action, WorkspaceStatus.Conflict, $"changed on the server in the meantime; pull first. {changed.ErrorMessage}");
            }
            else
            {
                Add(address, action, WorkspaceStatus.Failed, e.Message);
            }
        }
    }

    public WorkspaceReport Build(WorkspaceOutcome? outcome = null) => new(_entries, outcome);

    /// <summary>Returns whether the API refused the write that the intent is about, so that nothing is left to look for.</summary>
    private static bool IsRefused(ResourceAddress address, RetellException error) => error is RetellApiException { StatusCode: < HttpStatusCode.InternalServerError } refused
        && (refused.Method is "PATCH" or "PUT" || refused.Path == Endpoint.Of(address.Kind).Create || refused.Path == Endpoint.Of(address.Kind, isChat: true).Create);
}
