using System.Globalization;
using Newtonsoft.Json.Linq;
using Retell.Models;

namespace Retell.Cli.Arguments;

/// <summary>Turns what was typed into the value of a parameter.</summary>
internal sealed class ValueReader(JsonSource json)
{
    /// <exception cref="UsageException">The text is not a number.</exception>
    public static double Number(string text, string name) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && double.IsFinite(real) ? real : throw Fault(name, text, "number");

    /// <summary>Whether several values may be given.</summary>
    public static bool IsList(Type type) => ItemType(type) is Type item && IsScalar(item);

    /// <summary>Whether name=value pairs are given.</summary>
    public static bool IsMap(Type type) => type == typeof(IDictionary<string, string>);

    /// <summary>Whether JSON is given.</summary>
    public static bool IsJson(Type type) => !IsList(type) && !IsMap(type) && !IsScalar(type);

    /// <summary>Values can also be typed with commas between them.</summary>
    public static IEnumerable<string> Split(IEnumerable<string> texts) =>
        texts.SelectMany(text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    /// <summary>The values of an enumeration that are known; empty for any other type.</summary>
    public static IEnumerable<string> KnownValues(Type type) =>
        (ItemType(type) ?? Plain(type)).GetProperty(nameof(SortOrder.KnownValues))?.GetValue(null) is System.Collections.IEnumerable values
            ? values.Cast<object>().Select(value => value.ToString()!)
            : [];

    /// <exception cref="UsageException">The text is not valid for the type.</exception>
    public object Read(Type type, IReadOnlyList<string> texts, string name)
    {
        if (IsMap(type))
        {
            return Map(texts, name);
        }

        if (IsList(type))
        {
            Array list = Array.CreateInstance(ItemType(type)!, texts.Count);
            for (int i = 0; i < texts.Count; i++)
            {
                list.SetValue(Scalar(ItemType(type)!, texts[i], name), i);
            }

            return list;
        }

        return IsScalar(type) ? Scalar(Plain(type), texts[0], name) : FromJson(type, json.Read(texts[0], name), name);
    }

    private static object FromJson(Type type, JToken value, string name)
    {
        Type read = ItemType(type) is Type item ? typeof(List<>).MakeGenericType(item) : type;
        try
        {
            return RetellJson.Deserialize(RetellJson.Serialize(value), read) ?? throw new UsageException($"{name}: null is not allowed.");
        }
        catch (RetellSerializationException e)
        {
            throw new UsageException($"{name}: {e.Message}", e);
        }
    }

    private Dictionary<string, string> Map(IReadOnlyList<string> texts, string name)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string text in texts)
        {
            int split = text.IndexOf('=', StringComparison.Ordinal);
            if (text.TrimStart().StartsWith('{'))
            {
                foreach ((string key, JToken? value) in (JObject)json.Read(text, name))
                {
                    map[key] = value?.ToString() ?? "";
                }
            }
            else if (split > 0)
            {
                map[text[..split]] = text[(split + 1)..];
            }
            else
            {
                throw new UsageException($"{name}: \"{text}\" is not valid. Use name=value.");
            }
        }

        return map;
    }

    private static Type Plain(Type type) => Nullable.GetUnderlyingType(type) ?? type;

    private static Type? ItemType(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsScalar(Type type) =>
        Plain(type).IsPrimitive || type == typeof(string) || type == typeof(RetellFile) || Plain(type).IsValueType;

    private static object Scalar(Type type, string text, string name) => type switch
    {
        _ when type == typeof(string) => text,
        _ when type == typeof(bool) => bool.TryParse(text, out bool flag) ? flag : throw new UsageException($"{name}: \"{text}\" is not valid. Use true or false."),
        _ when type == typeof(long) =>
            long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) ? number : throw Fault(name, text, "whole number"),
        _ when type == typeof(double) => Number(text, name),
        _ when type == typeof(TimeSpan) => Duration.Parse(text, name),
        _ when type == typeof(DateTimeOffset) => Moment.TryParse(text) ?? throw new UsageException($"{name}: \"{text}\" is not a valid time. {Moment.Format}."),
        _ when type == typeof(RetellFile) => OpenFile(text, name),
        _ when type == typeof(AgentVersionReference) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long version)
            ? new AgentVersionReference(version)
            : new AgentVersionReference(text),
        _ => Activator.CreateInstance(type, text)!,
    };

    private static UsageException Fault(string name, string text, string wanted) => new($"{name}: \"{text}\" is not a valid {wanted}.");

    private static RetellFile OpenFile(string path, string name)
    {
        try
        {
            return RetellFile.FromPath(path);
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            throw new UsageException($"{name}: the file \"{path}\" does not exist.", e);
        }
    }
}
