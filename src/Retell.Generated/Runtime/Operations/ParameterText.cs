using System.Globalization;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;
using Retell.Generated.Json;

namespace Retell.Generated;

/// <summary>Writes values as parameters, in the styles of OpenAPI and of RFC 6570, to which it refers.</summary>
internal static class ParameterText
{
    /// <summary>Returns a scalar as text, or null for no value.</summary>
    public static string? Of(object? value) => value switch
    {
        null or IOpenValue { HasValue: false } => null,
        string text => text,
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };

    public static JToken ToJson<T>(T value, JsonCodec<T> codec) => Utf8Document.ToToken(value, codec);

    /// <summary>Returns a value for a path, percent-encoded: <c>1,2</c>, <c>.1.2</c>, <c>;a=1;a=2</c>.</summary>
    public static string InPath(string name, JToken value, ParameterStyle style, bool explode)
    {
        List<KeyValuePair<string?, string>> parts = Parts(value);
        return style switch
        {
            ParameterStyle.Json => Uri.EscapeDataString(value.ToString(Formatting.None)),
            ParameterStyle.Label => "." + Joined(parts, explode ? "." : ",", explode, Uri.EscapeDataString),
            ParameterStyle.Matrix when explode => string.Concat(parts.Select(part => $";{Uri.EscapeDataString(part.Key ?? name)}={Uri.EscapeDataString(part.Value)}")),
            ParameterStyle.Matrix => $";{Uri.EscapeDataString(name)}={Joined(parts, ",", false, Uri.EscapeDataString)}",
            _ => Joined(parts, ",", explode, Uri.EscapeDataString),
        };
    }

    /// <summary>Returns a value for a header: <c>1,2</c>, <c>a,1,b,2</c>, <c>a=1,b=2</c>.</summary>
    public static string InHeader(JToken value, ParameterStyle style, bool explode) =>
        style == ParameterStyle.Json ? value.ToString(Formatting.None) : Joined(Parts(value), ",", explode, text => text);

    /// <summary>Returns a value as encoded query parameters or cookies.</summary>
    public static IEnumerable<KeyValuePair<string, string>> InQuery(string name, JToken value, ParameterStyle style, bool explode, Func<string, string> encode)
    {
        if (style == ParameterStyle.Json)
        {
            return [new(encode(name), encode(value.ToString(Formatting.None)))];
        }

        if (style == ParameterStyle.DeepObject && value is JContainer)
        {
            return Deep(name, value).Select(part => new KeyValuePair<string, string>(encode(part.Key), encode(part.Value)));
        }

        List<KeyValuePair<string?, string>> parts = Parts(value);
        if (explode || value is not JContainer)
        {
            return parts.Select(part => new KeyValuePair<string, string>(encode(part.Key ?? name), encode(part.Value)));
        }

        string separator = style switch
        {
            ParameterStyle.SpaceDelimited => "%20",
            ParameterStyle.PipeDelimited => "%7C",
            _ => ",",
        };
        return parts.Count == 0 ? [] : [new(encode(name), Joined(parts, separator, false, encode))];
    }

    private static string Joined(List<KeyValuePair<string?, string>> parts, string separator, bool explode, Func<string, string> encode) =>
        string.Join(separator, parts.Select(part => part.Key is null ? encode(part.Value) : encode(part.Key) + (explode ? "=" : separator) + encode(part.Value)));

    /// <summary>Returns the items of a list, or the members of an object, without nulls.</summary>
    private static List<KeyValuePair<string?, string>> Parts(JToken value) => value switch
    {
        JObject json =>
            [.. json.Properties().Where(member => member.Value.Type != JTokenType.Null).Select(member => new KeyValuePair<string?, string>(member.Name, Scalar(member.Value)))],
        JArray list => [.. list.Where(item => item.Type != JTokenType.Null).Select(item => new KeyValuePair<string?, string>(null, Scalar(item)))],
        { Type: JTokenType.Null } => [],
        _ => [new(null, Scalar(value))],
    };

    private static IEnumerable<KeyValuePair<string, string>> Deep(string name, JToken value) => value switch
    {
        JObject json => json.Properties().SelectMany(member => Deep($"{name}[{member.Name}]", member.Value)),
        JArray list => list.SelectMany(item => Deep(item is JContainer ? $"{name}[]" : name, item)),
        { Type: JTokenType.Null } => [],
        _ => [new(name, Scalar(value))],
    };

    /// <summary>Returns a scalar as text, and a value that is nested too deep for the style as JSON.</summary>
    private static string Scalar(JToken value) => value switch
    {
        JContainer nested => nested.ToString(Formatting.None),
        JValue { Type: JTokenType.Boolean } flag => (bool)flag ? "true" : "false",
        JValue scalar => scalar.ToString(CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
