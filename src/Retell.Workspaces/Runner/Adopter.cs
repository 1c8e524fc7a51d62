using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Model;
using Retell.Workspaces.Remote;

namespace Retell.Workspaces.Runner;

/// <summary>Finds the objects of the server that the workspace does not own, and gives them addresses.</summary>
internal sealed class Adopter(Session session, ReportBuilder report)
{
    private static readonly ResourceKind[] s_order =
    [
        ResourceKind.Agent, ResourceKind.KnowledgeBase, ResourceKind.Component, ResourceKind.Llm, ResourceKind.ConversationFlow, ResourceKind.TestCase, ResourceKind.PhoneNumber,
    ];

    private readonly Dictionary<string, string> _engineNames = new(StringComparer.Ordinal);

    /// <returns>The adopted objects.</returns>
    public async Task<Dictionary<ResourceAddress, RemoteItem>> AdoptAsync(
        bool adopts, IReadOnlyDictionary<ResourceAddress, LocalResource> files, Func<ResourceAddress, bool> selector, CancellationToken cancellationToken)
    {
        var adopted = new Dictionary<ResourceAddress, RemoteItem>();
        foreach (ResourceKind kind in s_order)
        {
            session.Progress?.Report($"Listing {ResourceFolders.Of(kind)}");
            IAsyncEnumerable<RemoteItem> unknown = session.Api.ListAsync(kind, session.Engines, id => session.Lock.AddressOf(kind, id) is null, cancellationToken);
            await foreach (RemoteItem listed in unknown.ConfigureAwait(false))
            {
                if (!adopts)
                {
                    string title = listed.Title is null ? "" : $"\"{listed.Title}\" ";
                    report.Add(new(kind, listed.Id), "list", WorkspaceStatus.Note, $"{title}is not in the workspace; adopt takes it");
                    continue;
                }

                ResourceAddress address = NameOf(kind, listed);
                if (selector(address) && await session.Api.FindAsync(kind, listed.Id, listed.IsChat, cancellationToken).ConfigureAwait(false) is RemoteItem item)
                {
                    session.Lock.Set(address, item.Id, item.IsChat);
                    adopted[address] = item;
                    NameEngine(address, item, files);
                }
            }
        }

        return adopted;
    }

    private ResourceAddress NameOf(ResourceKind kind, RemoteItem item)
    {
        string name = kind switch
        {
            ResourceKind.PhoneNumber => item.Id,
            ResourceKind.Llm => _engineNames.GetValueOrDefault(item.Id, "llm"),
            ResourceKind.ConversationFlow => _engineNames.GetValueOrDefault(item.Id, "flow"),
            ResourceKind.TestCase => $"{EngineName(item.Json)}/{ResourceAddress.Slug(item.Title, "test")}",
            ResourceKind.Agent => ResourceAddress.Slug(item.Title, "agent"),
            ResourceKind.Component => ResourceAddress.Slug(item.Title, "component"),
            _ => ResourceAddress.Slug(item.Title, "knowledge"),
        };

        // A file of this name that stands for nothing yet in this environment stands for the object.
        var address = new ResourceAddress(kind, name);
        for (int number = 2; session.Lock.IdOf(address) is not null; number++)
        {
            address = new(kind, $"{name}-{number}");
        }

        return address;
    }

    /// <summary>Engines have no names: they are named after the agent that uses them.</summary>
    private void NameEngine(ResourceAddress agent, RemoteItem item, IReadOnlyDictionary<ResourceAddress, LocalResource> files)
    {
        if (agent.Kind == ResourceKind.Agent && EngineId(item.Json) is string engine)
        {
            string name = files.TryGetValue(agent, out LocalResource? file) && ResourceShape.EngineReference(file.Template) is ResourceAddress known ? known.Name : agent.Name;
            _engineNames.TryAdd(engine, name);
        }
    }

    private string EngineName(JObject test) => EngineId(test) is not string id ? "other"
        : (session.Lock.AddressOf(ResourceKind.Llm, id) ?? session.Lock.AddressOf(ResourceKind.ConversationFlow, id))?.Name ?? "other";

    private static string? EngineId(JObject json) => json["response_engine"] is JObject engine ? (string?)(engine["llm_id"] ?? engine["conversation_flow_id"]) : null;
}
