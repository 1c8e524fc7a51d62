using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing.State;

/// <summary>The objects that the fake keeps. Callers hold the lock while they read or change them.</summary>
internal sealed class Store(ApiDocument document, FakeRetellServerOptions options, FakeClock clock)
{
    private readonly Dictionary<string, int> _lastNumbers = [];

    public Lock Lock { get; } = new();

    public ApiDocument Document { get; } = document;

    public ResourceMap Map { get; } = new(document);

    public SchemaValidator Validator { get; } = new(document);

    public SampleFactory Samples { get; } = new(document, new SchemaValidator(document));

    public FakeClock Clock { get; } = clock;

    public FakeRetellServerOptions Options { get; } = options;

    /// <summary>Objects of which there is only one, such as the settings of the CRM, by name.</summary>
    public Dictionary<string, JObject> Singles { get; } = [];

    /// <summary>The calls that were created with an idempotency key, and when.</summary>
    public Dictionary<string, (DateTimeOffset At, JObject Response)> Idempotent { get; } = [];

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public ResourceKind Kind(string noun) => Map.Kind(noun);

    /// <summary>Returns the object that was created or seeded with an ID; null if there is none.</summary>
    public StoredItem? Existing(string noun, string? id) => id is not null && Kind(noun).TryGet(id, out StoredItem? item) ? item : null;

    /// <summary>Returns an agent of either kind.</summary>
    public StoredItem? Agent(string? id) => Existing("agent", id) ?? Existing("chat-agent", id);

    /// <summary>Returns the object with an ID. Where samples stand in for unknown objects, returns a sample unless something of the kind exists.</summary>
    public StoredItem? Find(ResourceKind kind, string id, IEnumerable<JProperty>? shown = null)
    {
        if (kind.TryGet(id, out StoredItem? item))
        {
            return item;
        }

        if (kind.WasDeleted(id) || kind.WasUsed || Options.UnknownIds != FakeUnknownIds.Sample)
        {
            return null;
        }

        var sample = (JObject)Samples.Create(kind.Schema, full: true);
        string schema = Document.Variant(kind.Schema, sample).Name!;
        sample[kind.IdName] = id;
        Merge(schema, sample, shown ?? []);
        return new(schema, sample) { IsSample = true };
    }

    /// <summary>Returns a new object with its required members, and the time in all its timestamps.</summary>
    /// <param name="kind">What the object is.</param>
    /// <param name="schema">The schema of the object.</param>
    /// <param name="said">The request that creates it.</param>
    /// <param name="id">The ID; null for the next one of the kind.</param>
    public (string Schema, JObject Item) Draft(ResourceKind kind, string schema, JObject said, string? id = null)
    {
        JObject item = Samples.CreateObject(schema, full: false);
        foreach (JProperty stamp in item.Properties().Where(p => IsTimestamp(p) && p.Value.Type is JTokenType.Integer or JTokenType.Float))
        {
            stamp.Value = Now;
        }

        item[kind.IdName] = id ?? NewId(kind, said);
        return (Document.Variant(SampleFactory.Reference(schema), item).Name!, item);
    }

    /// <summary>Keeps a new object.</summary>
    public static StoredItem Add(ResourceKind kind, StoredItem item)
    {
        if (kind.HasVersions)
        {
            item.Versions[(long?)item.Value["version"] ?? 0] = item.Value;
        }

        kind.Put((string)item.Value[kind.IdName]!, item, isNew: true);
        return item;
    }

    /// <summary>Keeps a changed object.</summary>
    public JObject Keep(ResourceKind kind, StoredItem item, JObject changed)
    {
        foreach (JProperty stamp in changed.Properties().Where(p => IsTimestamp(p) && p.Name.Contains("modif", StringComparison.Ordinal)))
        {
            stamp.Value = Now;
        }

        item.Set(changed);
        kind.Put((string)changed[kind.IdName]!, item, isNew: false);
        return changed;
    }

    /// <summary>Changes some members; those that the schema does not have or allow are ignored.</summary>
    public JObject Change(ResourceKind kind, StoredItem item, params IEnumerable<JProperty> members)
    {
        var changed = (JObject)item.Value.DeepClone();
        Merge(item.Schema, changed, members);
        return Keep(kind, item, changed);
    }

    /// <summary>Seeds an object, completed by the examples of the document.</summary>
    /// <param name="name">The schema, or an operation that returns it.</param>
    /// <param name="members">The members that matter.</param>
    /// <param name="full">Whether optional members are completed too.</param>
    /// <param name="nameParameter">The public parameter that holds the name.</param>
    /// <param name="membersParameter">The public parameter that holds the members.</param>
    /// <returns>The ID.</returns>
    /// <exception cref="ArgumentException">The name is unknown, or the object is not valid.</exception>
    public string Seed(string name, JObject members, bool full, string nameParameter, string membersParameter)
    {
        (ResourceKind kind, string schema) = FindKind(name, nameParameter);
        if ((string?)Document.Component(schema)!["x-retell-kind"] == "union")
        {
            schema = Document.Variant(SampleFactory.Reference(schema), members).Name ?? ApiDocument.Name(ApiDocument.Alternatives(Document.Component(schema)!).First())!;
        }

        JObject item = Samples.CreateObject(schema, full);
        if (!members.ContainsKey(kind.IdName))
        {
            item[kind.IdName] = NewId(kind, members);
        }

        SetValid(schema, item, members, membersParameter);
        string id = (string)item[kind.IdName]!;
        if (kind.HasVersions && kind.TryGet(id, out StoredItem? known))
        {
            known.Versions[(long?)item["version"] ?? 0] = item;
            known.Set(known.Versions.Values[^1]);
        }
        else
        {
            Add(kind, new(schema, item));
        }

        return id;
    }

    /// <exception cref="ArgumentException">The name or the ID is unknown, or the object would not be valid.</exception>
    public void SetMembers(string name, string id, JObject members, string nameParameter, string idParameter, string membersParameter)
    {
        (ResourceKind kind, _) = FindKind(name, nameParameter);
        StoredItem item = Find(kind, id) ?? throw new ArgumentException($"There is no {kind.Noun.Replace('-', ' ')} \"{id}\". Create or seed it first.", idParameter);
        SetMembers(kind, item, members, membersParameter);
    }

    public void SetMembers(ResourceKind kind, StoredItem item, JObject members, string membersParameter)
    {
        var changed = (JObject)item.Value.DeepClone();
        SetValid(item.Schema, changed, members, membersParameter);
        if ((string?)changed[kind.IdName] != (string?)item.Value[kind.IdName])
        {
            throw new ArgumentException($"{kind.IdName} cannot be changed.", membersParameter);
        }

        item.Set(changed);
        kind.Put((string)changed[kind.IdName]!, item, isNew: false);
    }

    /// <summary>Counts how often everything was cleared: what was scheduled before must not happen.</summary>
    public int Generation { get; private set; }

    public void Clear()
    {
        Generation++;
        foreach (ResourceKind kind in Map.Kinds)
        {
            kind.Clear();
        }

        _lastNumbers.Clear();
        Singles.Clear();
        Idempotent.Clear();
    }

    /// <summary>Returns the next ID with a prefix. The IDs are the same in every run.</summary>
    public string NextId(string noun) => FakeIds.Of(noun, _lastNumbers[noun] = _lastNumbers.GetValueOrDefault(noun) + 1);

    /// <summary>Sets the members that the schema has and allows; null clears one.</summary>
    public void Merge(string schema, JObject item, IEnumerable<JProperty> members)
    {
        JObject target = Document.Component(schema)!;
        var properties = (JObject)target["properties"]!;
        foreach (JProperty member in members)
        {
            if (properties[member.Name] is not JObject place)
            {
                continue;
            }

            if (Validator.IsValid(place, member.Value))
            {
                item[member.Name] = member.Value.DeepClone();
            }
            else if (member.Value.Type == JTokenType.Null && !(target["required"] ?? new JArray()).Any(r => (string?)r == member.Name))
            {
                item.Remove(member.Name);
            }
        }
    }

    private void SetValid(string schema, JObject item, JObject members, string parameter)
    {
        foreach (JProperty member in members.Properties())
        {
            item[member.Name] = member.Value.DeepClone();
        }

        var errors = new List<FakeRequestError>();
        Validator.Check(SampleFactory.Reference(schema), item, "$", errors);
        if (errors.Count > 0)
        {
            throw new ArgumentException($"The {schema} is not valid: {string.Join("; ", errors)}.", parameter);
        }
    }

    private (ResourceKind Kind, string Schema) FindKind(string name, string parameter)
    {
        IEnumerable<string> known = Map.Kinds.SelectMany(k => k.Schemas).Distinct().Order(StringComparer.Ordinal);
        return Map.Find(name) ?? throw new ArgumentException(
            $"\"{name}\" is not a type of object that the fake keeps. Use an operation about it, such as getAgent, or one of these types: {string.Join(", ", known)}.",
            parameter);
    }

    private static string NewId(ResourceKind kind, JObject said)
    {
        int number = kind.NextNumber();
        return kind.Noun switch
        {
            "phone-number" => FakeIds.PhoneNumber((long?)said["area_code"] ?? 415, number),
            "voice" => FakeIds.Of("custom_voice", number),
            "chat-agent" => FakeIds.Of("agent", number, owner: "chat "),
            _ => FakeIds.Of(kind.IdName.EndsWith("_id", StringComparison.Ordinal) ? kind.IdName[..^3] : kind.IdName, number),
        };
    }

    private static bool IsTimestamp(JProperty member) => member.Name.Contains("timestamp", StringComparison.Ordinal);
}
