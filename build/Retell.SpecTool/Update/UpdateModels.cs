using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.SpecTool.Update;

/// <summary>Reads the models of an update. A model takes as long as everything else, so the same one is read once.</summary>
/// <param name="names">The names, which an update adds to.</param>
/// <param name="overlay">The overlay, or null.</param>
internal sealed class UpdateModels(NameLock names, Overlay? overlay)
{
    private readonly Dictionary<(JObject Document, string Retained, int Names), (ApiModel Model, IReadOnlyList<string> Notes)> _known = [];

    /// <summary>Reads the model of a document with what is retained; neither is changed.</summary>
    public (ApiModel Model, IReadOnlyList<string> Notes) Read(JObject document, RetainedFile retained, NormalizeInput from)
    {
        // A document is the same object as long as it is the same document; its content is not compared.
        var key = (document, retained.IsEmpty ? string.Empty : retained.Content.ToString(Formatting.None), names.Version);
        if (!_known.TryGetValue(key, out var read))
        {
            List<string> notes = [];
            _known[key] = read = (NormalizeCommand.Read((JObject)document.DeepClone(), retained, from, overlay, notes, names), notes);
        }

        return read;
    }
}
