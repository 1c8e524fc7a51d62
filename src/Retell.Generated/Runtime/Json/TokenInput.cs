using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Generated.Json;

/// <summary>Reads JSON of any kind into the object model of Newtonsoft.Json.</summary>
internal static class TokenInput
{
    /// <summary>Reads the value at the current token and moves to its last token.</summary>
    public static JToken ReadToken(this ref JsonInput input) => input.TokenType switch
    {
        JsonTokenType.StartObject => input.ReadObject(),
        JsonTokenType.StartArray => input.ReadArray(),
        JsonTokenType.String => new JValue(input.GetString()),
        JsonTokenType.Number => JsonNumber.ToToken(input.Value),
        JsonTokenType.True => new JValue(true),
        JsonTokenType.False => new JValue(false),
        _ => JValue.CreateNull(),
    };

    public static JObject ReadObject(this ref JsonInput input)
    {
        var json = new JObject();
        while (true)
        {
            input.Read();
            if (input.TokenType == JsonTokenType.EndObject)
            {
                return json;
            }

            // A repeated name replaces the first one.
            string name = input.GetString();
            input.Read();
            json[name] = input.ReadToken();
        }
    }

    private static JArray ReadArray(this ref JsonInput input)
    {
        var array = new JArray();
        while (true)
        {
            input.Read();
            if (input.TokenType == JsonTokenType.EndArray)
            {
                return array;
            }

            array.Add(input.ReadToken());
        }
    }
}
