using Newtonsoft.Json.Linq;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Knowledge bases and their sources. One is <c>in_progress</c> until its new sources have been processed.</summary>
internal sealed class KnowledgeBases(ResourceContext context) : Resource(context, "knowledge-base")
{
    public override IEnumerable<OperationEntry> Entries =>
    [
        new("createKnowledgeBase", CreateFromSources),
        new("getKnowledgeBase", Get),
        new("listKnowledgeBases", List),
        new("addKnowledgeBaseSources", AddSources),
        new("deleteKnowledgeBaseSource", DeleteSource),
        new("deleteKnowledgeBase", Delete),
    ];

    private FakeResponse CreateFromSources(FakeRequest request)
    {
        StoredItem created = Add(Kind, "KnowledgeBase", ObjectMembers.With(Body(request), new JProperty("status", "in_progress")));
        return Success(request, Process(request, created));
    }

    private FakeResponse AddSources(FakeRequest request) => OnItem(request, Kind, item => Success(request, Process(request, item)));

    private FakeResponse DeleteSource(FakeRequest request) => OnItem(request, Kind, item =>
    {
        string id = request.PathValues["source_id"];
        JToken[] rest = [.. Sources(item.Value).Where(source => (string?)source["source_id"] != id)];
        return rest.Length == Sources(item.Value).Count() && !item.IsSample && !AllowsSamples
            ? FakeResponse.Error(404, $"Cannot find source {id} of {Describe(Kind, request.PathValues[Kind.IdName])}.")
            : Success(request, Apply(request, Kind, item, new JProperty("knowledge_base_sources", new JArray(rest))));
    });

    /// <summary>Adds the sources of a request, which takes time.</summary>
    private JObject Process(FakeRequest request, StoredItem item)
    {
        JArray sources = [.. Sources(item.Value), .. NewSources(request, item.Value)];
        JObject changed = Apply(request, Kind, item, new("status", "in_progress"), new("knowledge_base_sources", sources));
        Context.Schedule.After(Store.Options.Timings.KnowledgeBaseTakes, Kind, item, () =>
            Store.Change(Kind, item, [new("status", "complete"), new("last_refreshed_timestamp", Store.Now)]));
        return changed;
    }

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
