using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Answers;

/// <summary>What single operations do beyond the general rules, as members that the answer gets.</summary>
internal static class Effects
{
    /// <summary>Members of a request that the answer has under another name.</summary>
    public static IReadOnlyDictionary<string, string> Renamed { get; } = new Dictionary<string, string>
    {
        ["override_agent_id"] = "agent_id",
        ["override_agent_version"] = "agent_version",
        ["voice_provider"] = "provider",
    };

    /// <param name="request">What was asked for.</param>
    /// <param name="item">The thing as it is.</param>
    public static IEnumerable<JProperty> Of(FakeRequest request, JObject item) => request.OperationId switch
    {
        "createPhoneCall" => [new("direction", "outbound")],
        "createBatchCall" => [new("total_task_count", (request.JsonBody?["tasks"] as JArray)?.Count ?? 0)],
        "createAsset" => request.Parts.FirstOrDefault(p => p.FileName is not null) is { } file
            ? [new("file_name", file.FileName), new("content_type", file.ContentType ?? "application/octet-stream"), new("file_size", file.Content.Length)]
            : [],
        "createKnowledgeBase" or "addKnowledgeBaseSources" => [new("status", "in_progress"), WithSources(Sources(item).Concat(NewSources(request, item)))],
        "deleteKnowledgeBaseSource" => [WithSources(Sources(item).Where(s => (string?)s["source_id"] != request.PathValues["source_id"]))],
        _ => [],
    };

    private static JProperty WithSources(IEnumerable<JToken> sources) => new("knowledge_base_sources", new JArray(sources));

    private static IEnumerable<JToken> Sources(JObject item) => item["knowledge_base_sources"] ?? Enumerable.Empty<JToken>();

    private static IEnumerable<JObject> NewSources(FakeRequest request, JObject item)
    {
        HashSet<string?> used = [.. Sources(item).Select(s => (string?)s["source_id"])];
        int number = 0;
        foreach (FakeRequestPart file in request.Parts.Where(p => p.FileName is not null))
        {
            yield return Source("document", new("filename", file.FileName), new("file_url", Url(file.FileName!)), new("file_size", file.Content.Length));
        }

        foreach (JToken text in request.JsonBody?["knowledge_base_texts"] ?? new JArray())
        {
            yield return Source("text", new("title", text["title"]), new("content_url", Url((string?)text["title"] ?? "text")));
        }

        foreach (JToken url in request.JsonBody?["knowledge_base_urls"] ?? new JArray())
        {
            yield return Source("url", new JProperty("url", url));
        }

        JObject Source(string type, params JProperty[] members)
        {
            string id;
            do
            {
                id = FakeIds.Of("source", ++number, (string?)item["knowledge_base_id"]);
            }
            while (!used.Add(id));
            var source = new JObject { ["type"] = type, ["source_id"] = id };
            source.Add(members);
            return source;
        }

        static string Url(string name) => "https://example.com/" + Uri.EscapeDataString(name);
    }
}
