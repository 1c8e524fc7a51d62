using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;

namespace Retell.Spec.Naming;

/// <summary>
/// The names that integrators have compiled against: place in the spec → C# name. A place that has a name keeps it.
/// </summary>
internal sealed class NameLock
{
    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);

    private NameLock(string file) => File = file;

    public string File { get; }

    public IReadOnlyDictionary<string, string> Names => _names;

    public static NameLock Read(string file)
    {
        var names = new NameLock(file);
        if (!System.IO.File.Exists(file))
        {
            return names;
        }

        JObject document = YamlFile.ReadObject(file);
        if (document["names"] is not JObject recorded)
        {
            throw new SpecError(file, "$.names", "The list of names is missing.", "Restore the file from version control.");
        }

        foreach (JProperty name in recorded.Properties())
        {
            names._names[name.Name] = name.Value.Type == JTokenType.String && CSharpName.IsTypeName((string)name.Value!)
                ? (string)name.Value!
                : throw new SpecError(file, $"$.names['{name.Name}']", $"\"{name.Value}\" is not a valid C# type name.", "Restore the line from version control.");
        }

        return names;
    }

    public string? Find(string place) => _names.GetValueOrDefault(place);

    /// <summary>The names that the method of an operation has had: "get /v2/list-agents", and "get /v2/list-agents #2" for a second one.</summary>
    public IEnumerable<string> OperationNames(string key)
    {
        for (int i = 1; _names.TryGetValue(OperationKey(key, i), out string? name); i++)
        {
            yield return name;
        }
    }

    /// <summary>Records the name of a method; gives whether it is new.</summary>
    public bool AddOperation(string key, string name)
    {
        List<string> known = [.. OperationNames(key)];
        return !known.Contains(name) && _names.TryAdd(OperationKey(key, known.Count + 1), name);
    }

    private static string OperationKey(string key, int number) => number == 1 ? key : $"{key} #{number}";

    /// <summary>Records what has no name yet; gives how many were added.</summary>
    public int Add(IEnumerable<KeyValuePair<string, string>> names) => names.Count(name => _names.TryAdd(name.Key, name.Value));

    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# Place in the spec -> name in C#. Written by the spec tool: it adds lines and never changes one.\n");
        text.Append("names:\n");
        foreach ((string place, string name) in _names)
        {
            text.Append("  ").Append(JsonConvert.ToString(place)).Append(": ").Append(name).Append('\n');
        }

        return text.ToString();
    }
}
