using Newtonsoft.Json.Linq;

namespace Retell.Testing.Answers;

/// <summary>
/// The filter criteria of a list, in both forms of the API: a list of values, and an object of type, op and value. They
/// look at the members of the same name; criteria about anything else let everything pass.
/// </summary>
internal static class ListFilter
{
    public static bool Fits(JObject item, JToken? criteria) =>
        criteria is not JObject members || members.Properties().All(criterion => criterion.Name == "agent"
            ? FitsAgent(item, criterion.Value)
            : item[criterion.Name] is not JValue own || Fits(own, criterion.Value));

    private static bool FitsAgent(JObject item, JToken agents) => agents is not JArray { Count: > 0 } list || list.OfType<JObject>().Any(agent =>
        (string?)agent["agent_id"] == (string?)item["agent_id"]
        && (agent["version"] is not JArray { Count: > 0 } versions || Contains(versions, item["agent_version"] ?? item["version"])));

    private static bool Fits(JValue own, JToken criterion) => criterion switch
    {
        JArray values => !values.All(v => v is JValue) || Contains(values, own),
        JObject filter => (filter["value"], (string?)filter["op"]) switch
        {
            (JArray values, "in") => Contains(values, own),
            (JArray { Count: 2 } range, "bt") => Compare(own, range[0]) >= 0 && Compare(own, range[1]) <= 0,
            (JValue value, "eq") => JToken.DeepEquals(value, own) || Compare(own, value) == 0,
            (JValue value, "ne") => !JToken.DeepEquals(value, own) && Compare(own, value) != 0,
            (JValue value, "sw") => Text(own).StartsWith(Text(value), StringComparison.Ordinal),
            (JValue value, "ew") => Text(own).EndsWith(Text(value), StringComparison.Ordinal),
            (JValue value, "co") => Text(own).Contains(Text(value), StringComparison.Ordinal),
            (JValue value, "gt") => Compare(own, value) > 0,
            (JValue value, "ge") => Compare(own, value) >= 0,
            (JValue value, "lt") => Compare(own, value) < 0,
            (JValue value, "le") => Compare(own, value) <= 0,
            _ => true,
        },
        _ => true,
    };

    private static bool Contains(JArray values, JToken? own) => values.Any(value => JToken.DeepEquals(value, own));

    private static string Text(JToken value) => (string?)value ?? "";

    /// <summary>Null where one of them is no number.</summary>
    private static int? Compare(JToken own, JToken value) => IsNumber(own) && IsNumber(value) ? ((double)own).CompareTo((double)value) : null;

    private static bool IsNumber(JToken value) => value.Type is JTokenType.Integer or JTokenType.Float;
}
