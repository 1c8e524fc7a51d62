using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing.Answers;

/// <summary>
/// Answers valid requests: from what was created or seeded, else by the examples of the document, and always with what the request said.
/// </summary>
internal sealed class Responder(ApiDocument document, FakeRetellServerOptions options)
{
    /// <summary>The kinds of which the API answers 422 for an unknown id; newer ones answer 404.</summary>
    private static readonly string[] s_kindsWith422 = ["agent", "chat-agent", "call", "chat", "knowledge-base", "phone-number", "retell-llm", "voice"];

    private readonly Lock _lock = new();
    private readonly ResourceMap _map = new(document);
    private readonly SchemaValidator _validator = new(document);
    private readonly SampleFactory _samples = new(document, new SchemaValidator(document));
    private readonly Dictionary<string, int> _lastNumbers = [];

    private long Now => options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds();

    public FakeResponse Answer(FakeRequest request)
    {
        lock (_lock)
        {
            FakeOperation operation = request.Operation!;
            OperationPlan plan = _map[operation];
            ResourceKind? kind = plan.Kind;
            string? id = kind is not null && operation.HasPathValue(kind.IdName) ? request.PathValues[kind.IdName] : null;
            StoredItem? item = null;
            if (id is not null && plan.Role != OperationRole.Plain && (item = Find(kind!, id, request)) is null)
            {
                int status = s_kindsWith422.Contains(kind!.Noun) ? 422 : 404;
                return FakeResponse.Error(status, $"Cannot find {kind.Noun.Replace('-', ' ')} {id} under the given API key.");
            }

            return plan.Role switch
            {
                OperationRole.Create => Success(operation, Create(operation, kind!, request)),
                OperationRole.Get => Success(operation, item!.Value),
                OperationRole.Update => Success(operation, Update(kind!, id!, item!, request)),
                OperationRole.Delete => Delete(operation, kind!, id!),
                OperationRole.Act => Success(operation, Update(kind!, id!, item!, request)),
                OperationRole.List => List(operation, plan, item, request),
                _ => Success(operation, Plain(operation, request)),
            };
        }
    }

    /// <summary>Puts a thing into the store, made complete by the examples of the document.</summary>
    /// <returns>Its id.</returns>
    /// <exception cref="ArgumentException">The kind is unknown, or the thing is not valid.</exception>
    public string Seed(string schemaOrOperation, JObject members, bool full)
    {
        lock (_lock)
        {
            (ResourceKind kind, string schema) = FindKind(schemaOrOperation);
            if ((string?)document.Component(schema)!["x-kind"] == "union")
            {
                schema = document.Variant(SampleFactory.Reference(schema), members).Name ?? (string)document.Component(schema)!["x-variants"]![0]!;
            }

            JObject item = _samples.CreateObject(schema, full);
            if (!members.ContainsKey(kind.IdName))
            {
                item[kind.IdName] = NewId(kind, members);
            }

            foreach (JProperty member in members.Properties())
            {
                item[member.Name] = member.Value.DeepClone();
            }

            var errors = new List<FakeRequestError>();
            _validator.Check(SampleFactory.Reference(schema), item, "$", errors);
            if (errors.Count > 0)
            {
                throw new ArgumentException($"This is no valid {schema}: {string.Join("; ", errors)}.", nameof(members));
            }

            string id = (string)item[kind.IdName]!;
            kind.Put(id, new(schema, item), isNew: true);
            return id;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            foreach (ResourceKind kind in _map.Kinds)
            {
                kind.Clear();
            }

            _lastNumbers.Clear();
        }
    }

    private (ResourceKind Kind, string Schema) FindKind(string schemaOrOperation)
    {
        IEnumerable<string> known = _map.Kinds.SelectMany(k => k.Schemas).Distinct().Order(StringComparer.Ordinal);
        return _map.Find(schemaOrOperation) ?? throw new ArgumentException(
            $"\"{schemaOrOperation}\" is nothing that can be kept. Name an operation about it, or one of these: {string.Join(", ", known)}.",
            nameof(schemaOrOperation));
    }

    private static FakeResponse Success(FakeOperation operation, JToken body) =>
        operation.Response is null ? new(operation.Status) : FakeResponse.Json(operation.Status, body);

    /// <summary>What has that id: a sample where the fake knows nothing of its kind; null where there is none.</summary>
    private StoredItem? Find(ResourceKind kind, string id, FakeRequest request)
    {
        if (kind.TryGet(id, out StoredItem? item))
        {
            return item;
        }

        if (kind.WasDeleted(id) || kind.WasUsed || options.UnknownIds == FakeUnknownIds.NotFound)
        {
            return null;
        }

        var sample = (JObject)_samples.Create(kind.Schema, full: true);
        string schema = document.Variant(kind.Schema, sample).Name!;
        sample[kind.IdName] = id;
        Merge(schema, sample, FromQuery(request));
        return new(schema, sample);
    }

    private JObject Create(FakeOperation operation, ResourceKind kind, FakeRequest request)
    {
        string schema = ApiDocument.Name(operation.Response)!;
        JObject item = _samples.CreateObject(schema, full: false);
        foreach (JProperty stamp in item.Properties().Where(p => IsTimestamp(p) && p.Value.Type == JTokenType.Integer))
        {
            stamp.Value = Now;
        }

        item[kind.IdName] = NewId(kind, request.JsonBody as JObject ?? []);
        schema = document.Variant(SampleFactory.Reference(schema), item).Name!;
        Merge(schema, item, Said(request));
        Merge(schema, item, Effects.Of(request, item));
        kind.Put((string)item[kind.IdName]!, new(schema, item), isNew: true);
        return item;
    }

    private JObject Update(ResourceKind kind, string id, StoredItem item, FakeRequest request)
    {
        var changed = (JObject)item.Value.DeepClone();
        Merge(item.Schema, changed, Said(request));
        Merge(item.Schema, changed, Effects.Of(request, changed));
        foreach (JProperty stamp in changed.Properties().Where(p => IsTimestamp(p) && p.Name.Contains("modif", StringComparison.Ordinal)))
        {
            stamp.Value = Now;
        }

        changed[kind.IdName] = id;
        kind.Put(id, new(item.Schema, changed), isNew: false);
        return changed;
    }

    private static FakeResponse Delete(FakeOperation operation, ResourceKind kind, string id)
    {
        kind.Delete(id);
        return new(operation.Status);
    }

    private JToken Plain(FakeOperation operation, FakeRequest request)
    {
        if (operation.Response is null)
        {
            return new JObject();
        }

        JToken answer = _samples.Create(operation.Response, full: true);
        if (answer is JObject item && document.Variant(operation.Response, item).Name is string schema)
        {
            bool isNew = operation.Status == 201;
            Merge(schema, item, Said(request).Concat(isNew ? OwnId(schema) : []).Concat(FromQuery(request)).Concat(Effects.Of(request, item)));
        }

        return answer;
    }

    /// <summary>The first required id of a thing that came into being but cannot be read again is its own.</summary>
    private IEnumerable<JProperty> OwnId(string schema) => (document.Component(schema)!["required"] ?? new JArray())
        .Select(r => (string)r!).Where(name => name.EndsWith("_id", StringComparison.Ordinal)).Take(1)
        .Select(name => new JProperty(name, FakeIds.Of(name[..^3], _lastNumbers[name] = _lastNumbers.GetValueOrDefault(name) + 1)));

    private FakeResponse List(FakeOperation operation, OperationPlan plan, StoredItem? only, FakeRequest request)
    {
        JObject schema = plan.Item!;
        bool isSample = only is null && plan.Kind is not { WasUsed: true } && options.UnknownIds == FakeUnknownIds.Sample;
        JObject criteria = ListCriteria(request);
        List<JToken> items = only is not null ? [only.Value]
            : isSample && plan.Kind?.Newest.Any() != true ? [SampleItem(plan)]
            : [.. plan.Kind?.Newest.Select(i => i.Value).Where(i => ListFilter.Fits(i, criteria["filter_criteria"])) ?? []];
        if ((string?)criteria["sort_order"] is "ascending" or "asc")
        {
            items.Reverse();
        }

        int total = items.Count;
        if ((string?)criteria["pagination_key"] is string key)
        {
            int last = items.FindIndex(i => Key(plan, i) == key);
            if (last < 0 && !isSample)
            {
                return FakeResponse.Error(400, $"pagination_key {key} is the key of no page.");
            }

            // Nothing follows a sample.
            items.RemoveRange(0, last < 0 ? items.Count : last + 1);
        }

        long limit = (long?)criteria["limit"] ?? DefaultLimit(operation);
        if (limit < 1 || (long?)criteria["skip"] < 0)
        {
            return FakeResponse.Error(400, "limit must be at least 1, skip at least 0.");
        }

        items.RemoveRange(0, (int)Math.Min((long?)criteria["skip"] ?? 0, items.Count));
        bool hasMore = items.Count > limit;
        var shown = new JArray(items.Take((int)Math.Min(limit, items.Count)).Select(i => Shape(schema, i)));
        return FakeResponse.Json(operation.Status, plan.IsPage ? Page(operation, shown, hasMore ? Key(plan, shown[^1]!) : null, total) : shown);
    }

    private JToken SampleItem(OperationPlan plan)
    {
        JToken item = _samples.Create(plan.Item!, full: true);
        if (plan.Kind is { Noun: not "voice" } kind && kind.IdName.EndsWith("_id", StringComparison.Ordinal) && item is JObject members)
        {
            members[kind.IdName] = FakeIds.Of(kind.IdName[..^3], 0);
        }

        return item;
    }

    private JObject Page(FakeOperation operation, JArray items, string? next, int total)
    {
        var page = new JObject { ["items"] = items };
        var members = (JObject)document.Resolve(operation.Response!)["properties"]!;
        if (members.ContainsKey("has_more"))
        {
            page["has_more"] = next is not null;
        }

        if (next is not null)
        {
            page["pagination_key"] = next;
        }

        if (members.ContainsKey("total"))
        {
            page["total"] = total;
        }

        return page;
    }

    /// <summary>The paging and filter members, wherever the operation has them: in the query or in the body.</summary>
    private JObject ListCriteria(FakeRequest request)
    {
        var criteria = new JObject(FromQuery(request));
        criteria.Merge(request.JsonBody as JObject ?? []);
        return criteria;
    }

    /// <summary>Without a limit the lists that know no order are whole, up to the API's own limit.</summary>
    private static long DefaultLimit(FakeOperation operation)
    {
        string[] query = [.. operation.Parameters.Where(p => p.IsQuery).Select(p => p.Name)];
        bool isPaged = operation.Method == "POST" || query.Contains("limit");
        return !isPaged ? long.MaxValue : operation.Method == "GET" && !query.Contains("sort_order") ? 1000 : 50;
    }

    private static string? Key(OperationPlan plan, JToken item) => plan.Kind is null ? null : (string?)item[plan.Kind.IdName];

    /// <summary>A list may show less of a thing than is known of it.</summary>
    private JToken Shape(JObject schema, JToken value)
    {
        if (_validator.IsValid(schema, value))
        {
            return value.DeepClone();
        }

        var shape = (JObject)_samples.Create(schema, full: false);
        (string? name, _) = document.Variant(schema, (JObject)value);
        name ??= document.Variant(schema, shape).Name;
        shape = _samples.CreateObject(name!, full: false);
        Merge(name!, shape, ((JObject)value).Properties());
        return shape;
    }

    private static string NewId(ResourceKind kind, JObject said)
    {
        int number = kind.NextNumber();
        return kind.Noun switch
        {
            "phone-number" => FakeIds.PhoneNumber((long?)said["area_code"] ?? 415, number),
            "voice" => FakeIds.Of("custom_voice", number),
            _ => FakeIds.Of(kind.IdName.EndsWith("_id", StringComparison.Ordinal) ? kind.IdName[..^3] : kind.IdName, number),
        };
    }

    private static bool IsTimestamp(JProperty member) => member.Name.Contains("timestamp", StringComparison.Ordinal);

    /// <summary>The members of the body, under the names that an answer has for them, and the values in the path.</summary>
    private static IEnumerable<JProperty> Said(FakeRequest request)
    {
        IEnumerable<JProperty> body = (request.JsonBody as JObject)?.Properties() ?? [];
        return body.Select(m => new JProperty(Effects.Renamed.GetValueOrDefault(m.Name, m.Name), m.Value))
            .Concat(request.PathValues.Select(v => new JProperty(v.Key, v.Value)));
    }

    private IEnumerable<JProperty> FromQuery(FakeRequest request)
    {
        foreach (FakeParameter parameter in request.Operation!.Parameters.Where(p => p.IsQuery))
        {
            if (request.QueryValues(parameter.Name).FirstOrDefault() is string text && Text.Parse(_validator, parameter.Schema, text, out JToken? value))
            {
                yield return new JProperty(parameter.Name, value);
            }
        }
    }

    /// <summary>Takes over the members that the schema has and allows; null clears.</summary>
    private void Merge(string schema, JObject item, IEnumerable<JProperty> members)
    {
        JObject target = document.Component(schema)!;
        var properties = (JObject)target["properties"]!;
        foreach (JProperty member in members)
        {
            if (properties[member.Name] is not JObject place)
            {
                continue;
            }

            if (_validator.IsValid(place, member.Value))
            {
                item[member.Name] = member.Value.DeepClone();
            }
            else if (member.Value.Type == JTokenType.Null && !(target["required"] ?? new JArray()).Any(r => (string?)r == member.Name))
            {
                item.Remove(member.Name);
            }
        }
    }
}
