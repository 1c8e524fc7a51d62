using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing.State;

/// <summary>The things that the fake holds. Whoever looks at them or changes them holds the lock.</summary>
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

    /// <summary>Things of which there is only one, such as the settings of the CRM, by their names.</summary>
    public Dictionary<string, JObject> Singles { get; } = [];

    /// <summary>The calls that were created under an idempotency key, and when.</summary>
    public Dictionary<string, (DateTimeOffset At, JObject Answer)> Idempotent { get; } = [];

    public long Now => Clock.GetUtcNow().ToUnixTimeMilliseconds();

    public ResourceKind Kind(string noun) => Map.Kind(noun);

    /// <summary>What was created or seeded; null where there is nothing of that id.</summary>
    public StoredItem? Existing(string noun, string? id) => id is not null && Kind(noun).TryGet(id, out StoredItem? item) ? item : null;

    /// <summary>An agent of either kind.</summary>
    public StoredItem? Agent(string? id) => Existing("agent", id) ?? Existing("chat-agent", id);

    /// <summary>What has that id: a sample where the fake knows nothing of its kind; null where there is none.</summary>
    public StoredItem? Find(ResourceKind kind, string id, IEnumerable<JProperty>? shown = null)
    {
        if (kind.TryGet(id, out StoredItem? item))
        {
            return item;
        }

        if (kind.WasDeleted(id) || kind.WasUsed || Options.UnknownIds == FakeUnknownIds.NotFound)
        {
            return null;
        }

        var sample = (JObject)Samples.Create(kind.Schema, full: true);
        string schema = Document.Variant(kind.Schema, sample).Name!;
        sample[kind.IdName] = id;
        Merge(schema, sample, shown ?? []);
        return new(schema, sample) { IsSample = true };
    }

    /// <summary>A new thing with what must be there, and the time in all its timestamps.</summary>
    public (string Schema, JObject Item) Draft(ResourceKind kind, string schema, JObject said)
    {
        JObject item = Samples.CreateObject(schema, full: false);
        foreach (JProperty stamp in item.Properties().Where(p => IsTimestamp(p) && p.Value.Type is JTokenType.Integer or JTokenType.Float))
        {
            stamp.Value = Now;
        }

        item[kind.IdName] = NewId(kind, said);
        return (Document.Variant(SampleFactory.Reference(schema), item).Name!, item);
    }

    /// <summary>Keeps what came into being.</summary>
    public static StoredItem Add(ResourceKind kind, StoredItem item)
    {
        if (kind.HasVersions)
        {
            item.Versions[(long?)item.Value["version"] ?? 0] = item.Value;
        }

        kind.Put((string)item.Value[kind.IdName]!, item, isNew: true);
        return item;
    }

    /// <summary>Keeps what a thing became.</summary>
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

    /// <summary>Changes some members; those that the schema has not or does not allow are passed over.</summary>
    public JObject Change(ResourceKind kind, StoredItem item, params IEnumerable<JProperty> members)
    {
        var changed = (JObject)item.Value.DeepClone();
        Merge(item.Schema, changed, members);
        return Keep(kind, item, changed);
    }

    /// <summary>Puts a thing into the store, made complete by the examples of the document.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">The kind is unknown, or the thing is not valid.</exception>
    public string Seed(string schemaOrOperation, JObject members, bool full)
    {
        (ResourceKind kind, string schema) = FindKind(schemaOrOperation);
        if ((string?)Document.Component(schema)!["x-retell-kind"] == "union")
        {
            schema = Document.Variant(SampleFactory.Reference(schema), members).Name ?? ApiDocument.Name(ApiDocument.Alternatives(Document.Component(schema)!).First())!;
        }

        JObject item = Samples.CreateObject(schema, full);
        if (!members.ContainsKey(kind.IdName))
        {
            item[kind.IdName] = NewId(kind, members);
        }

        SetValid(schema, item, members);
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

    /// <exception cref="ArgumentException">The kind or the id is unknown, or the thing would not be valid.</exception>
    public void SetMembers(string schemaOrOperation, string id, JObject members)
    {
        (ResourceKind kind, _) = FindKind(schemaOrOperation);
        StoredItem item = Find(kind, id) ?? throw new ArgumentException($"There is no {kind.Noun} {id}.", nameof(id));
        SetMembers(kind, item, members);
    }

    public void SetMembers(ResourceKind kind, StoredItem item, JObject members)
    {
        var changed = (JObject)item.Value.DeepClone();
        SetValid(item.Schema, changed, members);
        if ((string?)changed[kind.IdName] != (string?)item.Value[kind.IdName])
        {
            throw new ArgumentException($"{kind.IdName} cannot be changed.", nameof(members));
        }

        item.Set(changed);
        kind.Put((string)changed[kind.IdName]!, item, isNew: false);
    }

    /// <summary>What was planned for things of an earlier one must not happen any more.</summary>
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

    /// <summary>The next id of that name; the first of a run is the same in every run.</summary>
    public string NextId(string noun) => FakeIds.Of(noun, _lastNumbers[noun] = _lastNumbers.GetValueOrDefault(noun) + 1);

    /// <summary>Takes over the members that the schema has and allows; null clears.</summary>
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

    private void SetValid(string schema, JObject item, JObject members)
    {
        foreach (JProperty member in members.Properties())
        {
            item[member.Name] = member.Value.DeepClone();
        }

        var errors = new List<FakeRequestError>();
        Validator.Check(SampleFactory.Reference(schema), item, "$", errors);
        if (errors.Count > 0)
        {
            throw new ArgumentException($"This is no valid {schema}: {string.Join("; ", errors)}.", nameof(members));
        }
    }

    private (ResourceKind Kind, string Schema) FindKind(string schemaOrOperation)
    {
        IEnumerable<string> known = Map.Kinds.SelectMany(k => k.Schemas).Distinct().Order(StringComparer.Ordinal);
        return Map.Find(schemaOrOperation) ?? throw new ArgumentException(
            $"\"{schemaOrOperation}\" is nothing that can be kept. Name an operation about it, or one of these: {string.Join(", ", known)}.",
            nameof(schemaOrOperation));
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
