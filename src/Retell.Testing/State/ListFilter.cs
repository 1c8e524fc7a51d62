using Newtonsoft.Json.Linq;

namespace Retell.Testing.State;

/// <summary>
/// The filter criteria of a list, in all forms of the API: a list of values, two thresholds, an object of type, op and value, and a list of such
/// objects with a key. A missing member matches only a filter for its absence, or for a different value.
/// </summary>
internal static class ListFilter
{
    private static readonly string[] s_searched = ["agent_name", "first_name", "last_name", "phone_number", "external_id"];

    public static bool Fits(StoredItem item, JToken? criteria) => criteria is not JObject members || members.Properties().All(criterion => criterion.Name switch
    {
        "agent" => FitsAgent(item.Value, criterion.Value),
        "tool_calls" => FitsToolCalls(item.Value, criterion.Value),
        "query" or "search_query" => Search(item.Value, (string?)criterion.Value),
        _ when criterion.Value is JArray keyed && keyed.Any(f => f is JObject) => keyed.All(f => Fits(At(Own(item, criterion.Name), (string?)f["key"]), f)),
        _ => Fits(Own(item, criterion.Name), criterion.Value),
    });

    /// <summary>Whether one of the members that are searched contains a text.</summary>
    public static bool Search(JObject item, string? text) => string.IsNullOrEmpty(text)
        || s_searched.Any(name => ((string?)item[name])?.Contains(text, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>Returns the value that a criterion filters by, also where the object has it under another name.</summary>
    private static JToken? Own(StoredItem item, string name) => item.Facts[name] ?? name switch
    {
        "in_voicemail" or "user_sentiment" or "call_successful" or "chat_successful" or "custom_analysis_data" =>
            item.Value["call_analysis"]?[name] ?? item.Value["chat_analysis"]?[name],
        "combined_cost" => item.Value["call_cost"]?[name] ?? item.Value["chat_cost"]?[name],
        "e2e_latency_p50" => item.Value["latency"]?["e2e"]?["p50"],
        "dynamic_variables" => Variables(item.Value),
        "contact_tag_ids" => new JArray((item.Value["contact_tags"] ?? new JArray()).Select(t => t["id"]!)),
        "duration_ms" => item.Value[name] ?? ((long?)item.Value["end_timestamp"] - (long?)item.Value["start_timestamp"]),
        _ when item.Value[name] is JToken own => own,

        // The retired lists accept the entries of a map as members.
        _ when name.Split('.', 2) is [var map, var key] => At(Own(item, map), key),
        _ => null,
    };

    private static JObject Variables(JObject item)
    {
        var all = new JObject();
        all.Merge(item["retell_llm_dynamic_variables"] as JObject ?? []);
        all.Merge(item["collected_dynamic_variables"] as JObject ?? []);
        return all;
    }

    private static JToken? At(JToken? map, string? key) => key is null ? null : (map as JObject)?[key];

    private static bool FitsAgent(JObject item, JToken agents) => agents is not JArray { Count: > 0 } list || list.OfType<JObject>().Any(agent =>
        (string?)agent["agent_id"] == (string?)item["agent_id"]
        && (agent["version"] is not JArray { Count: > 0 } versions || Contains(versions, item["agent_version"] ?? item["version"])));

    private static bool FitsToolCalls(JObject item, JToken filters)
    {
        List<JToken> all = [.. item["transcript_with_tool_calls"] ?? item["message_with_tool_calls"] ?? new JArray()];
        return filters.All(filter => all.Where(t => (string?)t["role"] == "tool_call_invocation").Any(call =>
            ((string?)filter["name"] is not string name || (string?)call["name"] == name)
            && ((string?)filter["type"] is not string type || (string?)call["type"] == type)
            && (filter["success"] is not JObject success || Fits(Result(call)?["successful"], success))));

        JToken? Result(JToken call) => all.Find(t => (string?)t["role"] == "tool_call_result" && (string?)t["tool_call_id"] == (string?)call["tool_call_id"]);
    }

    private static bool Fits(JToken? own, JToken criterion) => criterion switch
    {
        JArray values => values.Count == 0 || Contains(values, own),
        JObject filter when filter["lower_threshold"] is not null || filter["upper_threshold"] is not null =>
            (filter["lower_threshold"] is not JValue lower || Compare(own, lower) >= 0)
            && (filter["upper_threshold"] is not JValue upper || Compare(own, upper) <= 0),
        JObject filter => (filter["value"], (string?)filter["op"]) switch
        {
            (_, "pr") => IsThere(own),
            (_, "np") => !IsThere(own),
            (JArray values, "in") => Contains(values, own),
            (JArray { Count: 2 } range, "bt") => Compare(own, range[0]) >= 0 && Compare(own, range[1]) <= 0,
            (JValue value, "eq") => Same(value, own),
            (JValue value, "ne") => !Same(value, own),
            (JValue value, "sw") => Text(own).StartsWith(Text(value), StringComparison.Ordinal),
            (JValue value, "ew") => Text(own).EndsWith(Text(value), StringComparison.Ordinal),
            (JValue value, "co") => Text(own).Contains(Text(value), StringComparison.Ordinal),
            (JValue value, "gt") => Compare(own, value) > 0,
            (JValue value, "ge") => Compare(own, value) >= 0,
            (JValue value, "lt") => Compare(own, value) < 0,
            (JValue value, "le") => Compare(own, value) <= 0,
            _ => true,
        },
        JValue value => Same(value, own),
        _ => true,
    };

    private static bool IsThere(JToken? own) => own is { Type: not JTokenType.Null };

    private static bool Contains(JArray values, JToken? own) =>
        own is JArray several ? several.Any(one => Contains(values, one)) : own is not null && values.Any(value => Same(value, own));

    private static bool Same(JToken value, JToken? own) => JToken.DeepEquals(value, own) || Compare(own, value) == 0;

    private static string Text(JToken? value) => (value as JValue)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>Compares two numbers; null if one of the values is not a number.</summary>
    private static int? Compare(JToken? own, JToken value) => IsNumber(own) && IsNumber(value) ? ((double)own!).CompareTo((double)value) : null;

    private static bool IsNumber(JToken? value) => value?.Type is JTokenType.Integer or JTokenType.Float;
}
