using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;
using Retell.Workspaces.Runner;

namespace Retell.Workspaces.Remote;

/// <summary>
/// Knowledge bases as files. The API returns sources with IDs and links instead of their content; what each ID contains is a fact in the lock.
/// </summary>
internal sealed class KnowledgeForm(Session session)
{
    private const string Sources = "knowledge_base_sources";

    private readonly Dictionary<ResourceAddress, JObject> _downloaded = [];

    /// <summary>Returns a knowledge base with the content of its sources, as far as it is known; the others are stubs.</summary>
    public JObject FromWire(ResourceAddress address, RemoteItem item, IReadOnlyList<JObject?> known)
    {
        var form = (JObject)item.Json.DeepClone();
        form.Remove(Sources);
        var texts = new JArray();
        var documents = new JArray();
        var urls = new JArray();
        foreach (KnowledgeSource source in Of(address, item))
        {
            switch (source.Type)
            {
                case KnowledgeSource.Text:
                    texts.Add(Text(source, [.. known, _downloaded.GetValueOrDefault(address)]));
                    break;
                case KnowledgeSource.Document:
                    documents.Add(new JObject
                    {
                        [KnowledgeFiles.FileName] = source.Key,
                        [source.Hash is null ? KnowledgeFiles.Stub : KnowledgeFiles.Hash] = source.Hash is null ? true : source.Hash,
                    });
                    break;
                default:
                    urls.Add(source.Key);
                    break;
            }
        }

        foreach ((string name, JArray items) in new[] { (KnowledgeFiles.Texts, texts), (KnowledgeFiles.Documents, documents), (KnowledgeFiles.Urls, urls) })
        {
            if (items.Count > 0)
            {
                form[name] = items;
            }
        }

        return form;
    }

    /// <summary>Returns the sources of a knowledge base on the server.</summary>
    public IEnumerable<KnowledgeSource> Of(ResourceAddress address, RemoteItem item) =>
        from source in (item.Json[Sources] as JArray ?? []).OfType<JObject>()
        let type = (string?)source["type"] ?? ""
        let id = (string?)source["source_id"] ?? ""
        let key = (string?)(source["title"] ?? source[KnowledgeFiles.FileName] ?? source["url"]) ?? id
        let link = (string?)(source["content_url"] ?? source["file_url"])
        select new KnowledgeSource(type, key, type is KnowledgeSource.Text or KnowledgeSource.Document ? (string?)session.Lock.Fact(address, "sources")?[id] : key, id, link);

    /// <summary>Returns the sources of a knowledge base in the files. Stubs are not among them.</summary>
    public static IEnumerable<KnowledgeSource> Of(JObject template)
    {
        foreach (JObject text in Items(template, KnowledgeFiles.Texts).OfType<JObject>().Where(text => text["text"] is not null))
        {
            yield return new(KnowledgeSource.Text, (string?)text["title"] ?? "", HashOf((string)text["text"]!));
        }

        foreach (JObject document in Items(template, KnowledgeFiles.Documents).OfType<JObject>().Where(document => document[KnowledgeFiles.Hash] is not null))
        {
            yield return new(KnowledgeSource.Document, (string?)document[KnowledgeFiles.FileName] ?? "", (string?)document[KnowledgeFiles.Hash]);
        }

        foreach (JToken url in Items(template, KnowledgeFiles.Urls))
        {
            yield return new(KnowledgeSource.Url, (string?)url ?? "", (string?)url);
        }
    }

    /// <summary>Downloads the sources whose content is not known, as far as possible, and writes documents to their files.</summary>
    public async Task DownloadAsync(ResourceAddress address, RemoteItem item, CancellationToken cancellationToken)
    {
        var texts = new JArray();
        var facts = new JObject();
        foreach (KnowledgeSource source in Of(address, item).ToList())
        {
            string? hash = source.Hash;
            if (hash is null && source.Link is not null && await TryDownloadAsync(source.Link, cancellationToken).ConfigureAwait(false) is byte[] content)
            {
                hash = CanonicalJson.Hash(content);
                if (source.Type == KnowledgeSource.Document)
                {
                    session.Files.WriteBinary(address, KnowledgeFiles.PathOf(source.Key), content);
                }
                else
                {
                    texts.Add(new JObject { ["title"] = source.Key, ["text"] = Templates.TemplateText.Escape(System.Text.Encoding.UTF8.GetString(content)) });
                }
            }

            if (hash is not null && source.Type != KnowledgeSource.Url)
            {
                facts[source.Id!] = hash;
            }
        }

        session.Lock.SetFact(address, "sources", facts.Count > 0 ? facts : null);
        _downloaded[address] = new JObject { [KnowledgeFiles.Texts] = texts };
    }

    /// <summary>Records the content of sources that were added.</summary>
    public void Record(ResourceAddress address, RemoteItem item, IEnumerable<KnowledgeSource> added)
    {
        Dictionary<(string, string), string?> contents = added.GroupBy(source => (source.Type, source.Key)).ToDictionary(group => group.Key, group => group.Last().Hash);
        var facts = new JObject();
        foreach (KnowledgeSource source in Of(address, item).Where(source => source.Type != KnowledgeSource.Url))
        {
            if ((source.Hash ?? contents.GetValueOrDefault((source.Type, source.Key))) is string hash)
            {
                facts[source.Id!] = hash;
            }
        }

        session.Lock.SetFact(address, "sources", facts.Count > 0 ? facts : null);
    }

    private static JObject Text(KnowledgeSource source, IReadOnlyList<JObject?> known)
    {
        JToken? text = source.Hash is null ? null : known.OfType<JObject>().SelectMany(template => Items(template, KnowledgeFiles.Texts)).OfType<JObject>()
            .Where(entry => (string?)entry["title"] == source.Key && entry["text"] is JValue { Value: string })
            .Select(entry => entry["text"]!).FirstOrDefault(value => HashOf((string)value!) == source.Hash);
        return text is null
            ? new JObject { ["title"] = source.Key, [KnowledgeFiles.Stub] = true }
            : new JObject { ["title"] = source.Key, ["text"] = Literal((string)text!) };
    }

    /// <summary>The hash of the text that is sent. Texts of knowledge bases have no variables.</summary>
    private static string HashOf(string template) => CanonicalJson.Hash(System.Text.Encoding.UTF8.GetBytes(Literal(template)));

    private static string Literal(string template)
    {
        try
        {
            return Templates.TemplateText.Resolve(template, (kind, name) => $"${{{kind}:{name}}}");
        }
        catch (FormatException)
        {
            return template;
        }
    }

    private static JArray Items(JObject template, string name) => template[name] as JArray ?? [];

    private async Task<byte[]?> TryDownloadAsync(string link, CancellationToken cancellationToken)
    {
        if (session.Options.Download is not { } download || !Uri.TryCreate(link, UriKind.Absolute, out Uri? uri))
        {
            return null;
        }

        try
        {
            return await download(uri, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return null;
        }
    }
}

/// <summary>A source of a knowledge base.</summary>
/// <param name="Type">Text, document or URL.</param>
/// <param name="Key">The title, file name or URL.</param>
/// <param name="Hash">The hash of the content; null if it is not known.</param>
/// <param name="Id">The ID on the server; null for a source of the files.</param>
/// <param name="Link">The URL of the content; null if there is none.</param>
internal sealed record KnowledgeSource(string Type, string Key, string? Hash, string? Id = null, string? Link = null)
{
    public const string Text = "text";
    public const string Document = "document";
    public const string Url = "url";
}
