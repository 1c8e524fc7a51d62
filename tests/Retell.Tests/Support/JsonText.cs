using System.Globalization;
using System.Text;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Tests.Support;

/// <summary>Writes JSON text; with a source of chance, in one of the many forms that mean the same.</summary>
internal static class JsonText
{
    public static string Write(JToken token, Random? random = null)
    {
        if (random is null)
        {
            return token.ToString(Formatting.None);
        }

        var text = new StringBuilder();
        Write(text, token, random, random.Next(3) == 0 ? 0.3 : 0, random.Next(3) == 0 ? 0.3 : 0);
        return text.ToString();
    }

    private static void Write(StringBuilder text, JToken token, Random random, double spaces, double escapes)
    {
        Space();
        switch (token)
        {
            case JObject map:
                WriteList('{', map.Properties(), '}');
                break;
            case JArray list:
                WriteList('[', list, ']');
                break;
            case JProperty property:
                WriteString(text, property.Name, random, escapes);
                Space();
                text.Append(':');
                Write(text, property.Value, random, spaces, escapes);
                break;
            case JValue { Value: string value }:
                WriteString(text, value, random, escapes);
                break;
            default:
                text.Append(token.ToString(Formatting.None));
                break;
        }

        Space();

        void Space()
        {
            if (random.NextDouble() < spaces)
            {
                text.Append(" \t\r\n"[random.Next(4)]);
            }
        }

        void WriteList(char open, IEnumerable<JToken> items, char close)
        {
            text.Append(open);
            bool first = true;
            foreach (JToken item in items)
            {
                if (!first)
                {
                    text.Append(',');
                }

                first = false;
                Write(text, item, random, spaces, escapes);
            }

            text.Append(close);
        }
    }

    private static void WriteString(StringBuilder text, string value, Random random, double escapes)
    {
        text.Append('"');
        bool escaped = false;
        foreach (char unit in value)
        {
            // Both halves of a surrogate pair are written the same way.
            escaped = unit < ' ' || (char.IsLowSurrogate(unit) ? escaped : random.NextDouble() < escapes);
            if (escaped)
            {
                text.Append(unit == '/' ? "\\/" : "\\u" + ((int)unit).ToString(random.Next(2) == 0 ? "x4" : "X4", CultureInfo.InvariantCulture));
            }
            else
            {
                text.Append(unit is '"' or '\\' ? "\\" : "").Append(unit);
            }
        }

        text.Append('"');
    }
}
