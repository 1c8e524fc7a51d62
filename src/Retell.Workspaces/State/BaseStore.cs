using Newtonsoft.Json.Linq;
using Retell.Workspaces.Files;
using Retell.Workspaces.Json;

namespace Retell.Workspaces.State;

/// <summary>
/// The state at the last synchronization of an object: what the files had and what the server had. They differ in members that the API adds or does
/// not keep.
/// </summary>
/// <param name="Local">The object as in the files.</param>
/// <param name="Remote">The object as on the server.</param>
internal sealed record BaseState(JObject Local, JObject Remote);

/// <summary>The files with the base of each object.</summary>
internal sealed class BaseStore(string folder, string name)
{
    public BaseState? Read(ResourceAddress address)
    {
        if (AtomicFile.Read(PathOf(address)) is not string text)
        {
            return null;
        }

        JObject json = CanonicalJson.Parse(text, $"{name}/{address}.json");
        return json["remote"] is JObject remote ? new(json["local"] as JObject ?? remote, remote)
            : throw new WorkspaceException("The file is not valid. Restore it from version control.", $"{name}/{address}.json");
    }

    public void Write(ResourceAddress address, BaseState state)
    {
        var json = new JObject { ["remote"] = state.Remote };
        if (!JToken.DeepEquals(state.Local, state.Remote))
        {
            json["local"] = state.Local;
        }

        AtomicFile.WriteIfChanged(PathOf(address), CanonicalJson.Write(json));
    }

    public void Remove(ResourceAddress address) => File.Delete(PathOf(address));

    private string PathOf(ResourceAddress address) => Path.Combine(folder, address.ToString().Replace('/', Path.DirectorySeparatorChar) + ".json");
}
