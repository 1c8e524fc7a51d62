using Newtonsoft.Json.Linq;
using Retell.Workspaces.Json;
using Retell.Workspaces.Model;

namespace Retell.Workspaces.Files;

/// <summary>Reads and writes the objects of a workspace.</summary>
internal sealed class WorkspaceFiles(string root, string environment, MemberTable table)
{
    /// <summary>The end of the name of a file that a conflict leaves beside the local one.</summary>
    private const string RemoteSuffix = ".remote";

    private static readonly EnumerationOptions s_everything = new() { RecurseSubdirectories = true };

    private readonly ResourceFileForm _form = new(table);

    /// <summary>Reads all objects, sorted by address.</summary>
    /// <exception cref="WorkspaceException">A file is not valid.</exception>
    public SortedDictionary<ResourceAddress, LocalResource> ReadAll()
    {
        var all = new SortedDictionary<ResourceAddress, LocalResource>();
        foreach (ResourceAddress address in ResourceFolders.Kinds.Where(kind => kind != ResourceKind.PhoneNumber).SelectMany(Find))
        {
            string main = ResourcePaths.Main(address, environment);
            all[address] = Join(address, CanonicalJson.Parse(AtomicFile.Read(PathOf(main))!, main), main);
        }

        string numbers = ResourcePaths.Numbers(environment);
        foreach (JProperty number in ReadNumbers().Properties())
        {
            var address = new ResourceAddress(ResourceKind.PhoneNumber, number.Name);
            JObject json = number.Value as JObject ?? throw new WorkspaceException("The value must be a JSON object.", numbers, number.Name);
            all[address] = Join(address, json, numbers);
        }

        return all;
    }

    /// <summary>Writes an object. Files that do not change are left alone, and files of texts that are no longer used are removed.</summary>
    /// <returns>A value indicating whether a file was changed.</returns>
    public bool Write(ResourceAddress address, JObject template, LocalResource? previous)
    {
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            return WriteNumbers(numbers => numbers[address.Name] = template);
        }

        JObject written = address.Kind == ResourceKind.KnowledgeBase ? KnowledgeFiles.RemoveHashes(template) : template;
        (JObject main, SortedDictionary<string, string> others) = _form.Split(address, written, previous?.TextFiles ?? new Dictionary<string, string>());
        bool isChanged = false;
        foreach ((string file, string text) in others)
        {
            isChanged |= AtomicFile.WriteIfChanged(Inside(address, file, ResourcePaths.Main(address, environment)), text);
        }

        isChanged |= AtomicFile.WriteIfChanged(PathOf(ResourcePaths.Main(address, environment)), CanonicalJson.Write(main));
        IEnumerable<string> old = (previous?.TextFiles.Values ?? []).Concat(FlowLayout.Has(address.Kind) ? [FlowLayout.FileName] : []);
        foreach (string file in old.Where(file => !others.ContainsKey(file)))
        {
            isChanged |= Remove(Inside(address, file, ""));
        }

        return isChanged;
    }

    public void WriteBinary(ResourceAddress address, string file, byte[] content) => AtomicFile.Write(Inside(address, file, ""), content);

    public byte[] ReadBinary(ResourceAddress address, string file) => File.ReadAllBytes(Inside(address, file, ""));

    public void Delete(ResourceAddress address)
    {
        string folder = PathOf(address.ToString());
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            WriteNumbers(numbers => numbers.Remove(address.Name));
        }
        else if (ResourcePaths.MainName(address.Kind) is null)
        {
            Remove(PathOf(ResourcePaths.Main(address, environment)));
        }
        else if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Writes the remote form of an object beside its files, where they differ.</summary>
    /// <returns>The paths of the written files.</returns>
    public IReadOnlyList<string> WriteRemote(LocalResource local, JObject remote)
    {
        ResourceAddress address = local.Address;
        string main = ResourcePaths.Main(address, environment);
        if (address.Kind == ResourceKind.PhoneNumber)
        {
            string path = RemoteNumber(main, address);
            AtomicFile.Write(PathOf(path), CanonicalJson.Write(remote));
            return [path];
        }

        (JObject json, SortedDictionary<string, string> others) = _form.Split(address, KnowledgeFiles.RemoveHashes(remote), local.TextFiles);
        var written = new List<string>();
        foreach ((string file, string text) in others.Select(other => ($"{ResourcePaths.Folder(address)}/{other.Key}", other.Value)).Append((main, CanonicalJson.Write(json))))
        {
            if (AtomicFile.Read(PathOf(file)) != text)
            {
                AtomicFile.Write(PathOf(file + RemoteSuffix), text);
                written.Add(file + RemoteSuffix);
            }
        }

        return written;
    }

    /// <summary>Removes what an earlier conflict left beside the files of an object.</summary>
    public void RemoveRemote(ResourceAddress address)
    {
        string folder = PathOf(ResourcePaths.Folder(address));
        if (!Directory.Exists(folder))
        {
            return;
        }

        string main = PathOf(ResourcePaths.Main(address, environment));
        bool ownsFolder = ResourcePaths.MainName(address.Kind) is not null;
        foreach (string file in Directory.EnumerateFiles(folder, "*" + RemoteSuffix, s_everything).ToList())
        {
            if (ownsFolder || file == main + RemoteSuffix || (address.Kind == ResourceKind.PhoneNumber && file == RemoteNumber(main, address)))
            {
                File.Delete(file);
            }
        }
    }

    private static string RemoteNumber(string main, ResourceAddress address) => $"{main}.{address.Name.TrimStart('+')}{RemoteSuffix}";

    /// <summary>Finds the objects of a kind that has a file or a folder for each.</summary>
    private IEnumerable<ResourceAddress> Find(ResourceKind kind)
    {
        string folder = PathOf(ResourceFolders.Of(kind));
        if (!Directory.Exists(folder))
        {
            return [];
        }

        return ResourcePaths.MainName(kind) is string main
            ? Directory.EnumerateDirectories(folder).Where(path => File.Exists(Path.Combine(path, main))).Select(path => new ResourceAddress(kind, Path.GetFileName(path)))
            : Directory.EnumerateFiles(folder, "*.json", kind == ResourceKind.TestCase ? s_everything : new()).Select(path =>
                new ResourceAddress(kind, Path.GetRelativePath(folder, path)[..^".json".Length].Replace('\\', '/')));
    }

    /// <summary>Joins an object of its main file and the others.</summary>
    private LocalResource Join(ResourceAddress address, JObject json, string main)
    {
        LocalResource resource = _form.Join(address, json, file => AtomicFile.Read(Inside(address, file, main)), main);
        return address.Kind == ResourceKind.KnowledgeBase
            ? resource with { Template = KnowledgeFiles.AddHashes(resource.Template, file => Inside(address, file, main)) }
            : resource;
    }

    private JObject ReadNumbers()
    {
        string path = ResourcePaths.Numbers(environment);
        return AtomicFile.Read(PathOf(path)) is string text ? CanonicalJson.Parse(text, path) : [];
    }

    private bool WriteNumbers(Action<JObject> change)
    {
        JObject numbers = ReadNumbers();
        change(numbers);
        return AtomicFile.WriteIfChanged(PathOf(ResourcePaths.Numbers(environment)), CanonicalJson.Write(numbers));
    }

    private static bool Remove(string path)
    {
        bool exists = File.Exists(path);
        File.Delete(path);
        return exists;
    }

    private string PathOf(string path) => Path.Combine(root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <exception cref="WorkspaceException">The path leads out of the folder.</exception>
    private string Inside(ResourceAddress address, string file, string main)
    {
        string folder = Path.GetFullPath(PathOf(ResourcePaths.Folder(address)));
        string path = Path.GetFullPath(Path.Combine(folder, file));
        return path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path
            : throw new WorkspaceException($"The file \"{file}\" is not in the folder {ResourcePaths.Folder(address)}. Move it there.", main);
    }
}
