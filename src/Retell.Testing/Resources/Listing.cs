using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;
using Retell.Testing.State;

namespace Retell.Testing.Resources;

/// <summary>Lists: filtered, sorted, and one page at a time.</summary>
internal sealed class Listing(Store store)
{
    private Store Store => store;

    /// <summary>Lists the objects of a kind.</summary>
    public FakeResponse Of(FakeOperation operation, OperationPlan plan, FakeRequest request)
    {
        JObject criteria = Criteria(request);
        bool isSample = plan.Kind is not { WasUsed: true } && Store.Options.UnknownIds == FakeUnknownIds.Sample;
        IEnumerable<JToken> items = isSample && plan.Kind?.Oldest.Count is not > 0 ? [Sample(plan)] : Newest(plan.Kind, criteria);
        return Page(operation, plan, items, item => Key(plan, item), request, isSample);
    }

    /// <summary>Returns the objects of a kind that match the criteria, newest first.</summary>
    public static IEnumerable<JToken> Newest(ResourceKind? kind, JObject criteria)
    {
        IEnumerable<StoredItem> items = (kind?.Newest ?? []).Where(item => ListFilter.Fits(item, criteria["filter_criteria"]));
        if ((string?)criteria["search_query"] is { Length: > 0 } text)
        {
            items = items.Where(item => ListFilter.Search(item.Value, text));
        }

        if (criteria["excluded_contact_ids"] is JArray { Count: > 0 } excluded)
        {
            HashSet<string?> ids = [.. excluded.Select(e => (string?)e)];
            items = items.Where(item => !ids.Contains((string?)item.Value["contact_id"]));
        }

        return items.Select(item => item.Value);
    }

    /// <summary>One page of a list.</summary>
    /// <param name="operation">The operation that lists.</param>
    /// <param name="plan">What it does.</param>
    /// <param name="newest">The items that fit, the newest first.</param>
    /// <param name="key">Returns the pagination key of an item.</param>
    /// <param name="request">The request.</param>
    /// <param name="isSample">Whether the only item is a sample: then no key leads to another page.</param>
    public FakeResponse Page(
        FakeOperation operation, OperationPlan plan, IEnumerable<JToken> newest, Func<JToken, string?> key, FakeRequest request, bool isSample = false)
    {
        JObject criteria = Criteria(request);
        List<JToken> items = [.. newest];
        if ((string?)criteria["sort_order"] is "ascending" or "asc")
        {
            items.Reverse();
        }

        int total = items.Count;
        int first = 0;
        if ((string?)criteria["pagination_key"] is string after)
        {
            int last = items.FindIndex(i => key(i) == after);
            if (last < 0 && !isSample)
            {
                return FakeResponse.Error(400, $"There is no page with the pagination_key {after}.");
            }

            first = last < 0 ? items.Count : last + 1;
        }

        long limit = (long?)criteria["limit"] ?? DefaultLimit(operation);
        if (limit < 1 || (long?)criteria["skip"] < 0)
        {
            return FakeResponse.Error(400, "limit must be at least 1, skip at least 0.");
        }

        first = (int)Math.Min(first + ((long?)criteria["skip"] ?? 0), items.Count);
        int count = (int)Math.Min(limit, items.Count - first);
        string? next = first + count < items.Count ? key(items[first + count - 1]) : null;
        var shown = new JArray(items.GetRange(first, count).Select(i => Shape(plan.Item!, i)));
        return FakeResponse.Json(operation.Status, plan.IsPage ? Page(operation, shown, next, WantsTotal(operation, criteria) ? total : null) : shown);
    }

    /// <summary>Returns the paging and filter members, which are in the query or in the body.</summary>
    public JObject Criteria(FakeRequest request)
    {
        var criteria = new JObject(FromQuery(request));
        foreach (JProperty member in (request.JsonBody as JObject ?? []).Properties())
        {
            criteria[member.Name] = member.Value;
        }

        return criteria;
    }

    /// <summary>The values of the query, read as what the document says they are.</summary>
    public IEnumerable<JProperty> FromQuery(FakeRequest request)
    {
        foreach (FakeParameter parameter in request.Operation!.Parameters.Where(p => p.IsQuery))
        {
            if (request.QueryValues(parameter.Name).FirstOrDefault() is string text && Text.Parse(Store.Validator, parameter.Schema, text, out JToken? value))
            {
                yield return new JProperty(parameter.Name, value);
            }
        }
    }

    private JObject Page(FakeOperation operation, JArray items, string? next, int? total)
    {
        var page = new JObject { ["items"] = items };
        var members = (JObject)Store.Document.Resolve(operation.Response!)["properties"]!;
        if (members.ContainsKey("has_more"))
        {
            page["has_more"] = next is not null;
        }

        if (next is not null)
        {
            page["pagination_key"] = next;
        }

        if (total is not null && members.ContainsKey("total"))
        {
            page["total"] = total;
        }

        return page;
    }

    /// <summary>Where the total is optional, it has to be requested.</summary>
    private bool WantsTotal(FakeOperation operation, JObject criteria) => operation.Body is null
        || Store.Document.Resolve(operation.Body)["properties"]?["include_total"] is null
        || (bool?)criteria["include_total"] == true;

    /// <summary>Without a limit, lists without a sort order are complete, up to the limit of the API.</summary>
    private static long DefaultLimit(FakeOperation operation)
    {
        string[] query = [.. operation.Parameters.Where(p => p.IsQuery).Select(p => p.Name)];
        bool isPaged = operation.Method == "POST" || query.Contains("limit");
        return !isPaged ? long.MaxValue : operation.Method == "GET" && !query.Contains("sort_order") ? 1000 : 50;
    }

    private static string? Key(OperationPlan plan, JToken item) => plan.Kind is null ? null : (string?)item[plan.Kind.IdName];

    private JToken Sample(OperationPlan plan)
    {
        JToken item = Store.Samples.Create(plan.Item!, full: true);
        if (plan.Kind is { Noun: not "voice" } kind && kind.IdName.EndsWith("_id", StringComparison.Ordinal) && item is JObject members)
        {
            members[kind.IdName] = FakeIds.Of(kind.IdName[..^3], 0);
        }

        return item;
    }

    /// <summary>A list may show fewer members of an object than it has.</summary>
    private JToken Shape(JObject schema, JToken value)
    {
        if (Store.Validator.IsValid(schema, value))
        {
            return value;
        }

        (string? name, JObject target) = Store.Document.Variant(schema, (JObject)value);
        if (name is null)
        {
            (name, target) = Store.Document.Variant(schema, (JObject)Store.Samples.Create(schema, full: false));
        }

        JObject shape = Store.Samples.CreateObject(name!, full: false);
        HashSet<string> forbidden = [.. SchemaValidator.Forbidden(target)];
        Store.Merge(name!, shape, ((JObject)value).Properties().Where(p => !forbidden.Contains(p.Name)));
        return shape;
    }
}
