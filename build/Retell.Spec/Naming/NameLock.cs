using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Spec.Documents;

namespace Retell.Spec.Naming;

/// <summary>
/// What integrators have compiled against: the C# name of each place in the spec and of each operation, the order of the
/// arguments of each operation, and the facade method of each operation that the overlay does not name.
/// </summary>
internal sealed class NameLock
{
    private const string NameSection = "names";
    private const string ArgumentSection = "arguments";
    private const string FacadeSection = "facade";
    private const string MovedSection = "moved";

    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<string>> _arguments = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _facade = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _moved = new(StringComparer.Ordinal);

    private NameLock(string file) => File = file;

    public string File { get; }

    /// <summary>Gets a number that grows with each entry: while it is the same, the lock is.</summary>
    public int Version { get; private set; }

    public IReadOnlyDictionary<string, string> Names => _names;

    public static NameLock Read(string file)
    {
        var names = new NameLock(file);
        if (!System.IO.File.Exists(file))
        {
            return names;
        }

        JObject document = YamlFile.ReadObject(file);
        if (document[NameSection] is not JObject)
        {
            throw new SpecError(file, "$." + NameSection, "The list of names is missing.", "Restore the file from version control.");
        }

        foreach ((string place, string name) in names.Section(document, NameSection, CSharpName.IsTypeName, "not a valid C# type name"))
        {
            names._names[place] = name;
        }

        foreach ((string key, string name) in names.Section(
                document,
                FacadeSection,
                text => text.Split('.') is [var resource, var method] && CSharpName.IsTypeName(resource) && CSharpName.IsTypeName(method),
                "no facade method such as Calls.Get"))
        {
            names._facade[key] = name;
        }

        foreach ((string key, string former) in names.Section(document, MovedSection, text => text.Contains(" /", StringComparison.Ordinal), "no operation such as get /agents"))
        {
            names._moved[key] = former;
        }

        foreach ((string key, string text) in names.Section(
                document,
                ArgumentSection,
                text => Argument.Parse(text) is not null,
                "no argument such as query limit?").OrderBy(line => Number(line.Key)))
        {
            names.ArgumentList(key[..key.LastIndexOf(' ')]).Add(text);
        }

        return names;

        static int Number(string key) => int.TryParse(key[(key.LastIndexOf(' ') + 1)..], out int number) ? number : 0;
    }

    /// <summary>The name of a place. A place whose type drifted apart from those that share its name has a second one, "place #2".</summary>
    public string? Find(string place) => AllNames(place).LastOrDefault();

    /// <summary>The name that the raw method of an operation has.</summary>
    public string? FindOperation(string key) => _names.GetValueOrDefault(key);

    /// <summary>The facade method of an operation, such as Calls.GetSummary.</summary>
    public string? FindFacade(string key) => _facade.GetValueOrDefault(key);

    /// <summary>The operation that this one was before its path moved; null where it did not move.</summary>
    public string? FindFormer(string key) => _moved.GetValueOrDefault(key);

    /// <summary>An operation and what it was before, from the present path to the first.</summary>
    public IEnumerable<string> Lineage(string key)
    {
        HashSet<string> seen = [];
        for (string? each = key; each is not null && seen.Add(each); each = FindFormer(each))
        {
            yield return each;
        }
    }

    /// <summary>The operations that have moved, each with what it was before.</summary>
    public IReadOnlyDictionary<string, string> Moved => _moved;

    /// <summary>Whether arguments are recorded at all: a lock of an earlier time has none.</summary>
    public bool HasArguments => _arguments.Count > 0;

    /// <summary>The arguments of an operation in the order that callers know.</summary>
    public IReadOnlyList<Argument> Arguments(string key) =>
        _arguments.TryGetValue(key, out List<string>? texts) ? [.. texts.Select(text => Argument.Parse(text)!)] : [];

    /// <summary>Records the name of a place; gives whether it is new.</summary>
    public bool Add(string place, string name)
    {
        List<string> known = [.. AllNames(place)];
        return (known.Count == 0 || known[^1] != name) && TryAdd(_names, Numbered(place, known.Count + 1), name);
    }

    /// <summary>Records what has no name yet; gives how many were added.</summary>
    public int AddNew(IEnumerable<KeyValuePair<string, string>> names) => names.Count(name => TryAdd(_names, name.Key, name.Value));

    public bool AddFacade(string key, string method) => TryAdd(_facade, key, method);

    public bool AddMoved(string key, string former) => TryAdd(_moved, key, former);

    /// <summary>Records the arguments that an operation has more than before; gives how many.</summary>
    public int AddArguments(string key, IEnumerable<Argument> arguments)
    {
        List<string> known = ArgumentList(key);
        HashSet<string> ids = [.. known.Select(text => Argument.Parse(text)!.Id)];
        List<string> added = [.. arguments.Where(argument => ids.Add(argument.Id)).Select(argument => argument.ToString())];
        known.AddRange(added);
        Version += added.Count;
        return added.Count;
    }

    public string Write()
    {
        var text = new StringBuilder();
        text.Append("# Place in the spec -> name in C#. Written by the spec tool: it adds lines and never changes one.\n");
        Append(NameSection, _names);
        Append(ArgumentSection, _arguments.SelectMany(operation => operation.Value.Select((argument, index) => KeyValuePair.Create($"{operation.Key} {index + 1}", argument))));
        Append(FacadeSection, _facade);
        Append(MovedSection, _moved);
        return text.ToString();

        void Append(string section, IEnumerable<KeyValuePair<string, string>> lines)
        {
            if (section == NameSection || lines.Any())
            {
                text.Append(section).Append(":\n");
            }

            foreach ((string key, string value) in lines)
            {
                text.Append("  ").Append(JsonConvert.ToString(key)).Append(": ").Append(value).Append('\n');
            }
        }
    }

    private bool TryAdd(SortedDictionary<string, string> section, string key, string value)
    {
        bool isNew = section.TryAdd(key, value);
        Version += isNew ? 1 : 0;
        return isNew;
    }

    private static string Numbered(string key, int number) => number == 1 ? key : $"{key} #{number}";

    private IEnumerable<string> AllNames(string place)
    {
        for (int i = 1; _names.TryGetValue(Numbered(place, i), out string? name); i++)
        {
            yield return name;
        }
    }

    private List<string> ArgumentList(string key)
    {
        if (!_arguments.TryGetValue(key, out List<string>? list))
        {
            _arguments[key] = list = [];
            Version++;
        }

        return list;
    }

    private IEnumerable<(string Key, string Value)> Section(JObject document, string section, Func<string, bool> isValid, string fault)
    {
        foreach (JProperty line in (document[section] as JObject ?? []).Properties())
        {
            yield return line.Value.Type == JTokenType.String && isValid((string)line.Value!)
                ? (line.Name, (string)line.Value!)
                : throw new SpecError(File, $"$.{section}['{line.Name}']", $"\"{line.Value}\" is {fault}.", "Restore the line from version control.");
        }
    }
}
