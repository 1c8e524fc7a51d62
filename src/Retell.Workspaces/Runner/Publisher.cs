using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;
using Retell.Workspaces.Plans;
using Retell.Workspaces.Remote;
using Retell.Workspaces.State;

namespace Retell.Workspaces.Runner;

/// <summary>Publishes agents, and moves the phone numbers that follow the published version.</summary>
internal sealed class Publisher(Session session, ReportBuilder report)
{
    private readonly StateReader _reader = new(session);
    private SortedDictionary<ResourceAddress, ResourceState> _states = [];

    /// <summary>Gets a value indicating whether an agent was not published because of its tests.</summary>
    public bool IsGateClosed { get; private set; }

    public async Task PublishAsync(Func<ResourceAddress, bool> selector, PublishOptions options, CancellationToken cancellationToken)
    {
        _states = await _reader.ReadAsync(_ => true, cancellationToken).ConfigureAwait(false);
        var content = new Content(session, _states);
        List<ResourceAddress> agents = [.. _states.Values
            .Where(state => state is { Address.Kind: ResourceKind.Agent, Local: not null } && selector(state.Address)).Select(state => state.Address)];
        foreach (ResourceAddress agent in agents)
        {
            await report.RunAsync(agent, "publish", [], () => options.To is long version
                ? ReturnAsync(agent, version, cancellationToken)
                : PublishAsync(agent, content, options.Title, cancellationToken)).ConfigureAwait(false);
        }

        foreach (ResourceState number in _states.Values.Where(state => state is { Address.Kind: ResourceKind.PhoneNumber, Local: not null }))
        {
            List<ResourceAddress> moved = [.. NumberAgents.Following(number.Local!)
                .Where(agent => agents.Contains(agent) && !report.IsStopped(agent) && !session.Follows(number.Address, agent))];
            if (moved.Count > 0)
            {
                await report.RunAsync(number.Address, "move", [], () => MoveAsync(number, moved, cancellationToken)).ConfigureAwait(false);
            }
        }
    }

    private async Task PublishAsync(ResourceAddress agent, Content content, string? title, CancellationToken cancellationToken)
    {
        if (content.Unsettled(agent) is ResourceAddress part)
        {
            report.Add(agent, "publish", WorkspaceStatus.Conflict, $"{part} differs between the files and the server. Pull and push first.");
            return;
        }

        RemoteItem item = _states[agent].Item!;
        if (item.IsPublished)
        {
            session.Lock.SetFact(agent, "published", item.Version);
            report.Add(agent, "publish", WorkspaceStatus.Note, $"version {item.Version} is published already");
            return;
        }

        if (session.Environment.HasGate && !IsTested(agent, content))
        {
            IsGateClosed = true;
            report.Add(agent, "publish", WorkspaceStatus.Failed, "no tests passed for this content. Run the tests first.");
            return;
        }

        var body = new JObject { ["version"] = item.Version };
        if (title is not null)
        {
            body["version_title"] = title;
        }

        await session.Api.PublishVersionAsync(item.Id, body, cancellationToken).ConfigureAwait(false);
        RemoteItem? published = await session.Api.FindAsync(ResourceKind.Agent, item.Id, item.IsChat, cancellationToken, item.Version!.Value).ConfigureAwait(false);
        if (published is not { IsPublished: true })
        {
            report.Add(agent, "publish", WorkspaceStatus.Failed, $"The API did not publish version {item.Version}. Try again.");
            return;
        }

        session.Lock.SetFact(agent, "published", item.Version);
        report.Add(agent, "publish", WorkspaceStatus.Done, $"version {item.Version}");
    }

    /// <summary>Returns to a version that was published before.</summary>
    private async Task ReturnAsync(ResourceAddress agent, long version, CancellationToken cancellationToken)
    {
        if (_states[agent].Item is not RemoteItem item
            || await session.Api.FindAsync(ResourceKind.Agent, item.Id, item.IsChat, cancellationToken, version).ConfigureAwait(false) is not { IsPublished: true })
        {
            report.Add(agent, "publish", WorkspaceStatus.Failed, $"Version {version} is not a published version of the agent. Choose one that was published before.");
            return;
        }

        session.Lock.SetFact(agent, "published", version);
        report.Add(agent, "return", WorkspaceStatus.Done, $"version {version}");
    }

    private bool IsTested(ResourceAddress agent, Content content) =>
        ResourceShape.EngineReference(_states[agent].Local!) is ResourceAddress engine
        && session.Lock.Fact(engine, "tested") is JObject tested
        && (string?)tested["content"] == content.Hash(engine)
        && (bool?)tested["passed"] == true;

    private async Task MoveAsync(ResourceState planned, IReadOnlyList<ResourceAddress> agents, CancellationToken cancellationToken)
    {
        ResourceAddress address = planned.Address;
        ResourceState number = await _reader.ReadAsync(address, planned.File, cancellationToken).ConfigureAwait(false);
        if (number.Item is null || number.IsRemoteChanged)
        {
            report.Add(address, "move", WorkspaceStatus.Conflict, number.Item is null ? "deleted on the server" : "changed on the server; pull first");
            return;
        }

        var body = new JObject();
        foreach ((string list, JArray entries) in NumberAgents.Lists(number.Local!))
        {
            var only = new JObject { [list] = entries.DeepClone() };
            if (NumberAgents.Following(only).Any(agents.Contains))
            {
                body[list] = only[list];
            }
        }

        JObject sent = ResourceShape.ToBody(session.Wire.Resolve(address, NumberAgents.Resolve(body, session.Published)));
        await session.Api.UpdateAsync(address.Kind, number.Item, sent, cancellationToken).ConfigureAwait(false);
        RemoteItem item = await session.FindAsync(address, address.Name, cancellationToken).ConfigureAwait(false) ?? number.Item;
        var local = (JObject)number.Base!.Local.DeepClone();
        JsonMembers.Set(local, body);
        BaseState known = number.Base;
        session.Synchronize(address, item, local, known.Remote);
        session.Synchronize(address, item, local, session.Compare(address, item, comparesSecrets: false, local, known.Remote));
        report.Add(address, "move", WorkspaceStatus.Done, string.Join(", ", agents.Select(agent => $"{agent} at version {session.Published(agent)}")));
    }
}
