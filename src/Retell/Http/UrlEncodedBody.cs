using System.Text;
using Newtonsoft.Json.Linq;
using Retell.Generated;

namespace Retell.Http;

/// <summary>An application/x-www-form-urlencoded body: scalars as text, each item of a list of scalars as a field, everything else as JSON.</summary>
internal static class UrlEncodedBody
{
    public static string Of(object body)
    {
        JObject json = body as JObject ?? (JObject)RetellJson.ToToken(body);
        var text = new StringBuilder();
        foreach (KeyValuePair<string, JToken?> member in json)
        {
            bool isList = member.Value is JArray list && !list.Any(item => item is JContainer);
            foreach (KeyValuePair<string, string> field in ParameterText.InQuery(
                member.Key, member.Value!, isList || member.Value is JValue ? ParameterStyle.Form : ParameterStyle.Json, explode: true, Encode))
            {
                text.Append(text.Length == 0 ? "" : "&").Append(field.Key).Append('=').Append(field.Value);
            }
        }

        return text.ToString();
    }

    /// <summary>Encodes a text as in forms, with a plus sign for a space.</summary>
    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+");
}
