using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Newtonsoft.Json.Linq;

namespace Retell.AspNetCore.Functions;

/// <summary>The arguments in the query of a GET or DELETE request, where all values are text.</summary>
internal static class QueryArguments
{
    public static JObject Read(IQueryCollection query) =>
        new(query.Select(parameter => new JProperty(parameter.Key, parameter.Value.Count == 1 ? Text(parameter.Value) : new JArray(parameter.Value.Select(value => new JValue(value))))));

    /// <summary>Returns the arguments with numbers, booleans and lists where the type has them.</summary>
    public static JObject Typed(JObject args, JsonTypeInfo type)
    {
        var typed = new JObject(args);
        foreach (JProperty argument in typed.Properties())
        {
            Type? member = type.Properties.FirstOrDefault(property => property.Name.Equals(argument.Name, StringComparison.OrdinalIgnoreCase))?.PropertyType;
            if (member is null || member == typeof(string))
            {
                continue;
            }

            if (type.Options.GetTypeInfo(member).Kind != JsonTypeInfoKind.Enumerable)
            {
                argument.Value = Literal(argument.Value);
            }
            else if (argument.Value is not JArray)
            {
                argument.Value = new JArray(argument.Value);
            }
        }

        return typed;
    }

    private static JValue Text(StringValues values) => new((string?)values);

    /// <summary>Returns the number or boolean that the text is in JSON, or the text.</summary>
    private static JToken Literal(JToken value)
    {
        if (value is not JValue { Value: string text })
        {
            return value;
        }

        if (bool.TryParse(text, out bool flag))
        {
            return flag;
        }

        try
        {
            return RetellJson.Deserialize<JToken>(text) is JValue { Type: JTokenType.Integer or JTokenType.Float } number ? number : value;
        }
        catch (RetellSerializationException)
        {
            return value;
        }
    }
}
