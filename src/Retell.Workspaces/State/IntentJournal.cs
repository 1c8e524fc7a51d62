using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.State;

/// <summary>A write that was started: it may have been carried out even if no response arrived.</summary>
/// <param name="Address">The address of the object.</param>
/// <param name="Template">The members that are sent, without secrets.</param>
/// <param name="KnownIds">For a create, the IDs of the kind that existed before and that the workspace does not own; null for an update.</param>
internal sealed record Intent(ResourceAddress Address, JObject Template, IReadOnlyList<string>? KnownIds);

/// <summary>The intents of an environment. They are written before a request and removed after its result is recorded.</summary>
internal sealed class IntentJournal
{
    private readonly string _path;
    private readonly JObject _json;

    public IntentJournal(string path, string name)
    {
        _path = path;
        _json = AtomicFile.Read(path) is string text ? CanonicalJson.Parse(text, name) : [];
    }

    public Intent? Find(ResourceAddress address) => _json[address.ToString()] is JObject entry
        ? new(address, (JObject)entry["template"]!, (entry["known_ids"] as JArray)?.Select(id => (string)id!).ToList())
        : null;

    public void Begin(Intent intent)
    {
        var entry = new JObject { ["template"] = intent.Template };
        if (intent.KnownIds is not null)
        {
            entry["known_ids"] = new JArray(intent.KnownIds);
        }

        _json[intent.Address.ToString()] = entry;
        Save();
    }

    public void End(ResourceAddress address)
    {
        if (_json.Remove(address.ToString()))
        {
            Save();
        }
    }

    private void Save()
    {
        if (_json.Count == 0)
        {
            File.Delete(_path);
        }
        else
        {
            AtomicFile.Write(_path, CanonicalJson.Write(_json));
        }
    }
}
