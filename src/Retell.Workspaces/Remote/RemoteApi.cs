using System.Globalization;
using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using Retell.Models;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Remote;

/// <summary>The requests of a workspace. Objects are plain JSON, so that members that this version does not know are kept.</summary>
internal sealed class RemoteApi(RetellClient client, TimeProvider time)
{
    private const int ListsPerWindow = 15;
    private const int OthersPerWindow = 100;
    private const int PageSize = 1000;

    private readonly Dictionary<string, RateGate> _gates = [];

    public async Task<string> GetOrganizationAsync(CancellationToken cancellationToken) =>
        (string)(await SendAsync(HttpMethod.Get, "/get-api-key-info", null, cancellationToken).ConfigureAwait(false))["org_id"]!;

    /// <summary>Reads an object: of an agent or an engine its latest version.</summary>
    /// <returns>The object; null if there is none with this ID.</returns>
    public async Task<RemoteItem?> FindAsync(ResourceKind kind, string id, bool isChat, CancellationToken cancellationToken, long? version = null)
    {
        Endpoint endpoint = Endpoint.Of(kind, isChat);
        RetellResponse? response = null;
        try
        {
            string query = version is null ? "" : string.Create(CultureInfo.InvariantCulture, $"?version={version}");
            JObject json = await SendAsync(
                HttpMethod.Get, endpoint.Get + Uri.EscapeDataString(id) + query, null, new RequestOptions { ResponseReceived = received => response = received }, cancellationToken)
                .ConfigureAwait(false);
            return new(id, json, isChat, ETagOf(response));
        }
        catch (RetellApiException e) when (e.IsNotFound)
        {
            return null;
        }
    }

    /// <summary>Lists objects of a kind as the list shows them, which may be in part.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="engines">The engines whose test cases are listed: the API has no list of all of them.</param>
    /// <param name="filter">Selects IDs.</param>
    /// <param name="cancellationToken">The token that cancels the requests.</param>
    public IAsyncEnumerable<RemoteItem> ListAsync(ResourceKind kind, IEnumerable<EngineId> engines, Func<string, bool> filter, CancellationToken cancellationToken) =>
        ListItemsAsync(kind, engines, cancellationToken).Select(item => new RemoteItem(IdOf(kind, item), item, IsChat(item))).Where(item => filter(item.Id));

    /// <summary>Lists the IDs of the objects of a kind.</summary>
    public async Task<List<string>> ListIdsAsync(ResourceKind kind, IEnumerable<EngineId> engines, CancellationToken cancellationToken) =>
        await ListItemsAsync(kind, engines, cancellationToken).Select(item => IdOf(kind, item)).ToListAsync(cancellationToken).ConfigureAwait(false);

    public async Task<RemoteItem> CreateAsync(ResourceKind kind, bool isChat, object body, CancellationToken cancellationToken)
    {
        Endpoint endpoint = Endpoint.Of(kind, isChat);
        JObject json = await SendAsync(HttpMethod.Post, endpoint.Create, body, cancellationToken).ConfigureAwait(false);
        return new((string)json[endpoint.IdName]!, json, isChat);
    }

    public async Task<RemoteItem> CreateKnowledgeBaseAsync(CreateKnowledgeBaseRequest request, CancellationToken cancellationToken)
    {
        await PaceAsync(HttpMethod.Post, "/create-knowledge-base", cancellationToken).ConfigureAwait(false);
        RetellResponse? response = null;
        KnowledgeBase created = await client.KnowledgeBases
            .CreateAsync(request, new RequestOptions { ResponseReceived = received => response = received }, cancellationToken).ConfigureAwait(false);
        return new(created.KnowledgeBaseId, CanonicalJson.Parse(response!.RawBody, "create-knowledge-base"));
    }

    public async Task AddSourcesAsync(string id, AddKnowledgeBaseSourcesRequest request, CancellationToken cancellationToken)
    {
        await PaceAsync(HttpMethod.Post, "/add-knowledge-base-sources", cancellationToken).ConfigureAwait(false);
        await client.KnowledgeBases.AddSourcesAsync(id, request, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    public async Task DeleteSourceAsync(string id, string sourceId, CancellationToken cancellationToken)
    {
        await PaceAsync(HttpMethod.Delete, "/delete-knowledge-base-source", cancellationToken).ConfigureAwait(false);
        await client.KnowledgeBases.DeleteSourceAsync(id, sourceId, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Updates an object, on the condition that it is still what was read where the API supports that.</summary>
    public async Task<RemoteItem> UpdateAsync(ResourceKind kind, RemoteItem current, JObject body, CancellationToken cancellationToken)
    {
        Endpoint endpoint = Endpoint.Of(kind, current.IsChat);
        bool hasVersion = kind is ResourceKind.Agent or ResourceKind.Llm or ResourceKind.ConversationFlow && current.Version is not null;
        string query = hasVersion ? string.Create(CultureInfo.InvariantCulture, $"?version={current.Version}") : "";
        var options = new RequestOptions { IsRepeatable = current.ETag is null };
        if (current.ETag is not null)
        {
            options.Headers["If-Match"] = current.ETag;
        }

        HttpMethod method = kind == ResourceKind.TestCase ? HttpMethod.Put : HttpMethod.Patch;
        JObject json = await SendAsync(method, endpoint.Update + Uri.EscapeDataString(current.Id) + query, body, options, cancellationToken).ConfigureAwait(false);
        return current with { Json = json, ETag = null };
    }

    public async Task DeleteAsync(ResourceKind kind, RemoteItem item, CancellationToken cancellationToken)
    {
        string path = Endpoint.Of(kind, item.IsChat).Delete + Uri.EscapeDataString(item.Id);
        await PaceAsync(HttpMethod.Delete, path, cancellationToken).ConfigureAwait(false);
        await client.SendAsync(HttpMethod.Delete, path, null, new RequestOptions { IsRepeatable = true }, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Creates a draft of an agent from a version.</summary>
    public Task<JObject> CreateVersionAsync(string agentId, long baseVersion, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Post, "/create-agent-version/" + Uri.EscapeDataString(agentId), new JObject { ["base_version"] = baseVersion }, cancellationToken);

    public async Task PublishVersionAsync(string agentId, JObject body, CancellationToken cancellationToken)
    {
        string path = "/publish-agent-version/" + Uri.EscapeDataString(agentId);
        await PaceAsync(HttpMethod.Post, path, cancellationToken).ConfigureAwait(false);
        await client.SendAsync(HttpMethod.Post, path, body, null, cancellationToken).ConfigureAwait(false);
    }

    public Task<JObject> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken) =>
        SendAsync(method, path, body, null, cancellationToken);

    /// <summary>Reads all items of a list that has pages.</summary>
    public async IAsyncEnumerable<JObject> PagesAsync(HttpMethod method, string path, object? body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? key = null;
        do
        {
            string query = string.Create(CultureInfo.InvariantCulture, $"limit={PageSize}{(key is null ? "" : "&pagination_key=" + Uri.EscapeDataString(key))}");
            JObject page = await SendAsync(method, $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}", body, cancellationToken).ConfigureAwait(false);
            foreach (JObject item in (page["items"] as JArray ?? []).OfType<JObject>())
            {
                yield return item;
            }

            string? next = page["has_more"] is JValue { Value: false } ? null : (string?)page["pagination_key"];
            key = next == key ? null : next;
        }
        while (key is not null);
    }

    private IAsyncEnumerable<JObject> ListItemsAsync(ResourceKind kind, IEnumerable<EngineId> engines, CancellationToken cancellationToken)
    {
        string list = Endpoint.Of(kind).List;
        return kind switch
        {
            ResourceKind.KnowledgeBase => ArrayAsync(list, cancellationToken),
            ResourceKind.Agent => PagesAsync(HttpMethod.Post, list + "?sort_order=ascending", new JObject(), cancellationToken),
            ResourceKind.TestCase => engines.ToAsyncEnumerable().SelectMany(engine => PagesAsync(HttpMethod.Get, $"{list}?{engine.ToQuery()}", null, cancellationToken)),
            _ => PagesAsync(HttpMethod.Get, list + "?sort_order=ascending", null, cancellationToken),
        };
    }

    private async IAsyncEnumerable<JObject> ArrayAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await PaceAsync(HttpMethod.Get, path, cancellationToken).ConfigureAwait(false);
        foreach (JObject item in (await client.SendAsync<JArray>(HttpMethod.Get, path, null, null, cancellationToken).ConfigureAwait(false)).OfType<JObject>())
        {
            yield return item;
        }
    }

    private async Task<JObject> SendAsync(HttpMethod method, string path, object? body, RequestOptions? options, CancellationToken cancellationToken)
    {
        await PaceAsync(method, path, cancellationToken).ConfigureAwait(false);
        if (method == HttpMethod.Post && path.Contains("/list-", StringComparison.Ordinal))
        {
            options = new RequestOptions { IsRepeatable = true };
        }

        return await client.SendAsync<JObject>(method, path, body, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The limits apply to each route of the organization.</summary>
    private Task PaceAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        bool isList = path.Contains("/list-", StringComparison.Ordinal);
        string route = $"{method} {(isList ? path.Split('?')[0] : path.Split('/')[1])}";
        if (!_gates.TryGetValue(route, out RateGate? gate))
        {
            gate = _gates[route] = new RateGate(isList ? ListsPerWindow : OthersPerWindow, time);
        }

        return gate.WaitAsync(cancellationToken);
    }

    private static string? ETagOf(RetellResponse? response) =>
        response?.Headers.FirstOrDefault(header => header.Key.Equals("ETag", StringComparison.OrdinalIgnoreCase)).Value is [string tag, ..] ? tag : null;

    private static string IdOf(ResourceKind kind, JObject item) => (string)item[Endpoint.Of(kind).IdName]!;

    private static bool IsChat(JObject item) => (string?)(item["channel"] as JValue) == "chat";
}
