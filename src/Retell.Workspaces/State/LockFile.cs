using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.State;

/// <summary>The objects of an environment that a workspace owns: their IDs, what was published and tested. Saved after every change.</summary>
internal sealed class LockFile
{
    private readonly string _path;
    private readonly JObject _json;
    private readonly Dictionary<ResourceAddress, string> _ids = [];
    private readonly Dictionary<(ResourceKind Kind, string Id), ResourceAddress> _addresses = [];

    /// <exception cref="WorkspaceException">The file is not valid.</exception>
    public LockFile(string path, string name)
    {
        _path = path;
        _json = AtomicFile.Read(path) is string text ? CanonicalJson.Parse(text, name) : new JObject { ["resources"] = new JObject() };
        foreach (JProperty entry in Resources.Properties())
        {
            ResourceAddress address = ResourceAddress.Find(entry.Name)
                ?? throw new WorkspaceException("The address is not valid. Restore the file from version control.", name, entry.Name);
            Index(address, (string)entry.Value["id"]!);
        }
    }

    public IEnumerable<ResourceAddress> Addresses => _ids.Keys.Order();

    private JObject Resources => (JObject)_json["resources"]!;

    public string? IdOf(ResourceAddress address) => _ids.GetValueOrDefault(address);

    public ResourceAddress? AddressOf(ResourceKind kind, string id) => _addresses.TryGetValue((kind, id), out ResourceAddress address) ? address : null;

    public bool IsChat(ResourceAddress address) => Fact(address, "chat") is JValue { Value: true };

    /// <summary>Returns a fact about an object, such as the published version; null if there is none.</summary>
    public JToken? Fact(ResourceAddress address, string name) => Resources[address.ToString()]?[name];

    public void Set(ResourceAddress address, string id, bool isChat = false)
    {
        if (IdOf(address) != id)
        {
            Unindex(address);
            var entry = new JObject { ["id"] = id };
            if (isChat)
            {
                entry["chat"] = true;
            }

            Resources[address.ToString()] = entry;
            Index(address, id);
            Save();
        }
    }

    public void SetFact(ResourceAddress address, string name, JToken? value)
    {
        var entry = (JObject)Resources[address.ToString()]!;
        if (!JToken.DeepEquals(entry[name], value))
        {
            entry[name] = value;
            if (value is null)
            {
                entry.Remove(name);
            }

            Save();
        }
    }

    public void Remove(ResourceAddress address)
    {
        if (IdOf(address) is not null)
        {
            Unindex(address);
            Resources.Remove(address.ToString());
            Save();
        }
    }

    private void Index(ResourceAddress address, string id)
    {
        _ids[address] = id;
        _addresses[(address.Kind, id)] = address;
    }

    private void Unindex(ResourceAddress address)
    {
        if (_ids.Remove(address, out string? id))
        {
            _addresses.Remove((address.Kind, id));
        }
    }

    private void Save() => AtomicFile.Write(_path, CanonicalJson.Write(_json));
}
