using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.Files;

/// <summary>
/// The documents of a knowledge base. In kb.json each has its name and the file in the folder; in memory, the hash of its content too, so that a
/// changed file is a change. A source whose content could not be downloaded is a stub.
/// </summary>
internal static class KnowledgeFiles
{
    public const string Texts = "knowledge_base_texts";
    public const string Documents = "knowledge_base_files";
    public const string Urls = "knowledge_base_urls";
    public const string FileName = "filename";
    public const string Stub = "$stub";
    public const string Hash = "$hash";

    private static readonly HashSet<char> s_notInNames = [.. Path.GetInvalidFileNameChars(), '/', '\\'];

    /// <summary>Returns the path of a document in the folder of its knowledge base.</summary>
    public static string PathOf(string fileName) => "files/" + string.Concat(fileName.Select(c => s_notInNames.Contains(c) ? '_' : c));

    public static JObject AddHashes(JObject template, Func<string, string> pathOf)
    {
        foreach (JObject document in Of(template))
        {
            if ((string?)document[FileName] is string name && (bool?)document[Stub] != true)
            {
                string path = pathOf(PathOf(name));
                document[Hash] = File.Exists(path) ? CanonicalJson.Hash(File.ReadAllBytes(path))
                    : throw new WorkspaceException($"The file \"{PathOf(name)}\" does not exist. Add it, or remove the document.", path, Documents);
            }
        }

        return template;
    }

    public static JObject RemoveHashes(JObject template)
    {
        if (template[Documents] is null)
        {
            return template;
        }

        var written = (JObject)template.DeepClone();
        foreach (JObject document in Of(written))
        {
            document.Remove(Hash);
        }

        return written;
    }

    private static IEnumerable<JObject> Of(JObject template) => (template[Documents] as JArray ?? []).OfType<JObject>();
}
