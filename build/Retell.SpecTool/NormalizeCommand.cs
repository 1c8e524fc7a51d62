using Newtonsoft.Json.Linq;
using Retell.SpecTool.Documents;
using Retell.SpecTool.Emission;
using Retell.SpecTool.Model;
using Retell.SpecTool.Naming;

namespace Retell.SpecTool;

/// <summary>The files of one run.</summary>
internal sealed record NormalizeInput(string Spec, string? Overlay, string Names);

/// <summary>Spec and overlay become the document that NSwag reads.</summary>
internal static class NormalizeCommand
{
    /// <summary>Reads, corrects and names the API. What a person should know is added to <paramref name="notes"/>.</summary>
    public static (ApiModel Model, NameLock Names) Load(NormalizeInput input, List<string> notes)
    {
        JObject document = YamlFile.ReadObject(input.Spec);
        if (input.Overlay is not null)
        {
            var overlay = Overlay.Read(input.Overlay);
            foreach (OverlayAction action in overlay.Apply(document))
            {
                notes.Add($"{overlay.File}: {action.Place}: the target {action.Target} matches nothing; the spec has moved on: correct or remove the action ({action.Description.Trim()})");
            }
        }

        List<string> stale = [.. StaleRows(document)];
        if (stale.Count > 0)
        {
            notes.Add($"{input.Overlay}: {OperationFacts.Table}: the spec has no such operation (any more): {string.Join(", ", stale)}");
        }

        ApiModel model = SpecReader.Read(document, input.Spec);
        UnionAnalysis.Run(model);
        NameLock names = NameLock.Read(input.Names);
        new NameAssigner(model, names, input.Spec, notes).Run();
        UnionAnalysis.FindSharedMembers(model);
        return (model, names);
    }

    public static void Run(NormalizeInput input, string output, bool writeNames, TextWriter log)
    {
        var notes = new List<string>();
        (ApiModel model, NameLock names) = Load(input, notes);
        notes.ForEach(note => log.WriteLine("note: " + note));
        AtomicFile.Write(output, NormalizedDocument.Write(model));
        int added = names.Add(model.Definitions.Values.Select(d => new KeyValuePair<string, string>(d.Place, d.Name!)));
        if (added > 0 && writeNames)
        {
            AtomicFile.Write(names.File, names.Write());
        }

        log.WriteLine($"{model.Operations.Count} operations, {model.Generated.Count()} types{(added > 0 ? $", {added} new names{(writeNames ? " recorded" : string.Empty)}" : string.Empty)}");
    }

    private static IEnumerable<string> StaleRows(JObject document) => (document[OperationFacts.Table] as JObject ?? [])
        .Properties()
        .Select(row => row.Name)
        .Where(row => row.Split(' ', 2) is not [string method, string path] || document["paths"]?[path]?[method] is null);
}
