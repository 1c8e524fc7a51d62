using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;
using Retell.Models;

namespace Retell;

/// <summary>
/// Checks that a page matches the spec. Objects are read tolerantly elsewhere, but a list would end early if a page that cannot be read were
/// taken for the last one.
/// </summary>
internal static class PageRules
{
    private const string ItemsName = "items";
    private const string KeyName = "pagination_key";
    private const string HasMoreName = "has_more";

    /// <exception cref="RetellSerializationException">The page does not match the spec.</exception>
    public static Page<T> ToPage<T>(RetellObject page, PageContent<T> content, string operationId)
    {
        if (Odd(page, ItemsName) is JToken items)
        {
            throw Malformed(operationId, items is JArray list ? FindOdd<T>(list) : (ItemsName, $"is {Describe(items)} where a list was expected"));
        }

        if (page.Shape.Find(ItemsName) is { IsRequired: true } member && !member.HasValue(page))
        {
            throw Malformed(operationId, (ItemsName, "is missing"));
        }

        if (Odd(page, HasMoreName) is JToken hasMore)
        {
            throw Malformed(operationId, (HasMoreName, $"is {Describe(hasMore)} where a Boolean was expected"));
        }

        string? key = content.NextKey ?? (Odd(page, KeyName) switch
        {
            null => null,
            JValue { Type: JTokenType.Integer or JTokenType.Float } number => number.ToString(CultureInfo.InvariantCulture),
            JToken other => throw Malformed(operationId, (KeyName, $"is {Describe(other)} where a string was expected")),
        });

        // Without has_more, a page with a key has more.
        bool isSaid = content.HasMore is not null && page.Shape.Find(HasMoreName)?.HasValue(page) != false;
        return new Page<T>(Items(content.Items ?? [], operationId, ItemsName), key, isSaid ? content.HasMore!.Value : key is not null, content.Total);
    }

    /// <exception cref="RetellSerializationException">One of the items is null.</exception>
    public static IList<T> Items<T>(IList<T> items, string operationId, string path = "")
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (items[i] is null)
            {
                throw Malformed(operationId, ($"{path}[{i}]", "is null"));
            }
        }

        return items;
    }

    /// <summary>Returns the value of a member that has another JSON type than documented.</summary>
    private static JToken? Odd(RetellObject page, string name) =>
        page.Shape.Find(name) is not null && page.AdditionalPropertiesOrNull is { } others && others.TryGetValue(name, out JToken? odd) ? odd : null;

    private static (string Path, string Fault) FindOdd<T>(JArray items)
    {
        JTokenType expected = typeof(T) == typeof(string) ? JTokenType.String : JTokenType.Object;
        int index = items.TakeWhile(item => item.Type == expected).Count();
        return index == items.Count
            ? (ItemsName, $"contains an item that is not of the type {RetellJson.Name(typeof(T))}")
            : ($"{ItemsName}[{index}]", $"is {Describe(items[index])} where {RetellJson.Name(typeof(T))} was expected");
    }

    private static string Describe(JToken token) => token.Type switch
    {
        JTokenType.Null => "null",
        JTokenType.Object => "an object",
        JTokenType.Array => "a list",
        JTokenType.String => "a string",
        JTokenType.Boolean => "a Boolean",
        _ => "a number",
    };

    private static RetellSerializationException Malformed(string operationId, (string Path, string Fault) what) =>
        new($"{operationId}: the page does not match the spec: \"{what.Path}\" {what.Fault}.") { OperationId = operationId, JsonPath = what.Path };
}
