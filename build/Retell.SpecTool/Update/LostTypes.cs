using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;
using Retell.Spec.Model;
using Retell.Spec.Naming;

namespace Retell.SpecTool.Update;

/// <summary>
/// Types of inline schemas that a new revision has nowhere, because the property or answer they stood in has another type
/// now: each stays as a component of its own, so that code that names it still compiles.
/// </summary>
internal sealed class LostTypes(JObject before, ApiModel beforeModel, ApiModel afterModel)
{
    private const string Components = "#/components/schemas/";

    /// <summary>Adds the schemas to what is retained, and records the names of all that stands in them.</summary>
    public void Keep(RetainedFile retained, NameLock names)
    {
        Dictionary<string, Definition> living = afterModel.Generated.ToDictionary(d => d.TypeName, StringComparer.Ordinal);
        List<string> kept = [];
        foreach (Definition lost in beforeModel.Generated.Where(d => d.SpecName is null && !living.ContainsKey(d.TypeName)).OrderBy(d => d.Place, StringComparer.Ordinal))
        {
            string key = lost is UnionDefinition && lost.TypeName is ['I', >= 'A' and <= 'Z', ..] ? lost.TypeName[1..] : lost.TypeName;
            string place = Components + key;
            bool isInside = kept.Exists(outer => lost.Place.StartsWith(outer + "/", StringComparison.Ordinal));
            if (isInside || afterModel.Definitions.ContainsKey(place) || SpecPlace.Find(before, lost.Place) is not JObject schema)
            {
                continue;
            }

            kept.Add(lost.Place);
            retained.AddSchema(key, RetainedFile.Unmarked(schema));
            names.AddNew(beforeModel.Definitions.Values
                .Where(d => d == lost || d.Place.StartsWith(lost.Place + "/", StringComparison.Ordinal))
                .Where(d => !living.TryGetValue(d.TypeName, out Definition? other) || other.Fingerprint == d.Canonical.Fingerprint)
                .Select(d => new KeyValuePair<string, string>(place + d.Place[lost.Place.Length..], d.TypeName)));
        }
    }
}
