using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Spec;

/// <summary>
/// Validates values against the normalized document. The variant of a union is selected by its discriminator first, so that the errors are those
/// of this variant.
/// </summary>
internal sealed class SchemaValidator(ApiDocument document, bool allowUnknownMembers = false)
{
    private const int ShownValues = 12;
    private const double TwoTo63 = 9223372036854775808;

    public bool AllowsUnknown => allowUnknownMembers;

    public bool IsValid(JObject schema, JToken value)
    {
        var errors = new List<FakeRequestError>();
        Check(schema, value, "$", errors);
        return errors.Count == 0;
    }

    public void Check(JObject schema, JToken value, string path, List<FakeRequestError> errors)
    {
        if (value.Type is JTokenType.Null or JTokenType.Undefined)
        {
            if (!AllowsNull(schema))
            {
                errors.Add(new(path, "must not be null"));
            }

            return;
        }

        JObject target = document.Resolve(schema);
        switch ((string?)target["x-retell-kind"])
        {
            case "object":
                CheckObject(target, value, path, errors, union: null);
                break;
            case "union":
                CheckUnion(ApiDocument.Name(schema)!, target, value, path, errors);
                break;
            case "choice":
                CheckChoice(target, value, path, errors);
                break;
            case "map":
                CheckMap((JObject)target["additionalProperties"]!, value, path, errors);
                break;
            case "enum":
                if (Is("string", value, path, errors) && (schema["x-retell-allowed"] ?? schema["enum"] ?? target["enum"]) is JToken values)
                {
                    CheckEnum(values, value, path, errors);
                }

                break;
            default:
                CheckPlain(schema, value, path, errors);
                break;
        }
    }

    /// <summary>Returns the first schema of a choice with the JSON type of the value.</summary>
    public JObject? Case(JObject choice, JToken value) =>
        ApiDocument.Alternatives(choice).FirstOrDefault(schema => IsOfType(JsonType(schema), value));

    /// <summary>Returns the JSON type that a schema describes; null for any.</summary>
    public string? JsonType(JObject schema) => document.Kind(schema) switch
    {
        "enum" => "string",
        "object" or "union" or "map" => "object",
        "choice" => null,
        _ => (string?)document.Resolve(schema)["type"],
    };

    public static string Member(string path, string name) =>
        name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-') ? $"{path}.{name}" : $"{path}['{name}']";

    /// <summary>Returns the members that the schema forbids one by one.</summary>
    public static IEnumerable<string> Forbidden(JObject schema) =>
        Combinations(schema).Where(names => names.Length == 1).Select(names => names[0]);

    private bool AllowsNull(JObject schema) =>
        (bool?)schema["nullable"] == true || (schema["type"] is null && document.Kind(schema) is null);

    private void CheckUnion(string name, JObject union, JToken value, string path, List<FakeRequestError> errors)
    {
        if (!Is("object", value, path, errors))
        {
            return;
        }

        var item = (JObject)value;
        JObject variant = document.Variant(new JObject { ["$ref"] = "#/components/schemas/" + name }, item).Schema;
        if (variant != union)
        {
            CheckObject(variant, item, path, errors, name);
        }
        else if (ApiDocument.Discriminator(union) is string tag)
        {
            IEnumerable<JToken> tags = ApiDocument.Tags(union).Keys.Select(t => new JValue(t));
            string fault = item[tag] is JToken own ? $"is {Describe(own)}, but" : "is missing, it";
            errors.Add(new(Member(path, tag), $"{fault} must be {Choices(tags)}"));
        }
        else
        {
            IEnumerable<JToken> members = ApiDocument.Members(union).Keys.Select(m => new JValue(m));
            errors.Add(new(path, $"must have the member {Choices(members)}"));
        }
    }

    private void CheckObject(JObject schema, JToken value, string path, List<FakeRequestError> errors, string? union)
    {
        if (!Is("object", value, path, errors))
        {
            return;
        }

        var item = (JObject)value;
        var properties = (JObject)schema["properties"]!;
        IEnumerable<JToken> added = union is null ? [] : document.Component(union)!["x-retell-added-required"] ?? new JArray();
        foreach (string name in (schema["required"] ?? new JArray()).Concat(added).Select(r => (string)r!).Distinct())
        {
            if (!item.ContainsKey(name))
            {
                errors.Add(new(Member(path, name), "is missing"));
            }
        }

        CheckNot(schema, item, path, errors);
        foreach (JProperty member in item.Properties())
        {
            string at = Member(path, member.Name);
            if (properties[member.Name] is JObject known && StandsIn(known, union))
            {
                Check(known, member.Value, at, errors);
            }
            else if (FlatEntry(properties, member.Name) is JObject entry)
            {
                Check(entry, member.Value, at, errors);
            }
            else if (!AllowsUnknown)
            {
                errors.Add(new(at, "is not a known member"));
            }
        }
    }

    /// <summary>Returns what <c>not</c> forbids: members that must not occur, or not together.</summary>
    private static IEnumerable<string[]> Combinations(JObject schema) => schema["not"] is not JObject not ? []
        : (not["anyOf"] as JArray ?? [not]).Select(one => one["required"]).OfType<JArray>().Select(names => names.Select(n => (string)n!).ToArray());

    private static void CheckNot(JObject schema, JObject item, string path, List<FakeRequestError> errors)
    {
        foreach (string[] names in Combinations(schema).Where(names => Array.TrueForAll(names, item.ContainsKey)))
        {
            errors.Add(names is [var only]
                ? new(Member(path, only), "is not allowed")
                : new(path, $"must not have {string.Join(" and ", names)} together"));
        }
    }

    /// <summary>Some members are added by a union, and are allowed only in its variants.</summary>
    private static bool StandsIn(JObject member, string? union) => member["x-retell-added-by"] is not JArray unions || unions.Any(name => (string?)name == union);

    /// <summary>The API accepts the entries of a map as members too: <c>metadata.customer_id</c>.</summary>
    private static JObject? FlatEntry(JObject properties, string name) =>
        name.IndexOf('.', StringComparison.Ordinal) is > 0 and int dot && properties[name[..dot]]?["additionalProperties"] is JObject entry ? entry : null;

    private void CheckMap(JObject entry, JToken value, string path, List<FakeRequestError> errors)
    {
        if (Is("object", value, path, errors))
        {
            foreach (JProperty member in ((JObject)value).Properties())
            {
                Check(entry, member.Value, Member(path, member.Name), errors);
            }
        }
    }

    private void CheckChoice(JObject choice, JToken value, string path, List<FakeRequestError> errors)
    {
        if (Case(choice, value) is JObject schema)
        {
            Check(schema, value, path, errors);
            return;
        }

        IEnumerable<string> types = ApiDocument.Alternatives(choice).Select(c => WithArticle(JsonType(c) ?? "value"));
        errors.Add(new(path, $"must be {string.Join(" or ", types)}, but is {Describe(value)}"));
    }

    private void CheckPlain(JObject schema, JToken value, string path, List<FakeRequestError> errors)
    {
        if ((string?)schema["type"] is not string type || !Is(type, value, path, errors))
        {
            return;
        }

        if ((schema["x-retell-allowed"] ?? schema["enum"]) is JToken values)
        {
            CheckEnum(values, value, path, errors);
        }

        switch (type)
        {
            case "string":
                string text = (string)value!;
                CheckCount(schema, "Length", text.EnumerateRunes().Count(), "character", path, errors);
                if ((string?)schema["pattern"] is string pattern && !Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
                {
                    errors.Add(new(path, $"is {Describe(value)}, which does not match the pattern {pattern}"));
                }

                break;
            case "integer" or "number":
                CheckRange(schema, value, path, errors);
                break;
            case "array":
                CheckArray(schema, (JArray)value, path, errors);
                break;
            case "object" when schema["additionalProperties"] is JObject entry:
                CheckMap(entry, value, path, errors);
                break;
        }
    }

    private void CheckArray(JObject schema, JArray items, string path, List<FakeRequestError> errors)
    {
        CheckCount(schema, "Items", items.Count, "item", path, errors);
        if ((bool?)schema["uniqueItems"] == true && items.Distinct(JToken.EqualityComparer).Count() < items.Count)
        {
            errors.Add(new(path, "contains the same item more than once"));
        }

        for (int i = 0; i < items.Count && schema["items"] is JObject item; i++)
        {
            Check(item, items[i], $"{path}[{i}]", errors);
        }
    }

    private static void CheckCount(JObject schema, string limit, int count, string unit, string path, List<FakeRequestError> errors)
    {
        if ((int?)schema["min" + limit] is int least && count < least)
        {
            errors.Add(new(path, $"has {Count(count)}, but must have at least {Count(least)}"));
        }

        if ((int?)schema["max" + limit] is int most && count > most)
        {
            errors.Add(new(path, $"has {Count(count)}, but must have at most {Count(most)}"));
        }

        string Count(int number) => $"{number} {unit}{(number == 1 ? "" : "s")}";
    }

    private static void CheckRange(JObject schema, JToken value, string path, List<FakeRequestError> errors)
    {
        double number = (double)value;
        if ((string?)schema["format"] == "int64" && (value is JValue { Value: BigInteger } || Math.Abs(number) > TwoTo63))
        {
            errors.Add(new(path, $"is {Describe(value)}, which is not a 64-bit integer"));
            return;
        }

        if ((double?)schema["minimum"] is double least && (number < least || (number == least && (bool?)schema["exclusiveMinimum"] == true)))
        {
            errors.Add(new(path, $"is {Describe(value)}, but must be {((bool?)schema["exclusiveMinimum"] == true ? "more than" : "at least")} {Text(least)}"));
        }

        if ((double?)schema["maximum"] is double most && (number > most || (number == most && (bool?)schema["exclusiveMaximum"] == true)))
        {
            errors.Add(new(path, $"is {Describe(value)}, but must be {((bool?)schema["exclusiveMaximum"] == true ? "less than" : "at most")} {Text(most)}"));
        }

        static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private static void CheckEnum(JToken values, JToken value, string path, List<FakeRequestError> errors)
    {
        if (!values.Any(allowed => JToken.DeepEquals(allowed, value)))
        {
            errors.Add(new(path, $"is {Describe(value)}, but must be {Choices(values)}"));
        }
    }

    private static bool Is(string type, JToken value, string path, List<FakeRequestError> errors)
    {
        if (IsOfType(type, value))
        {
            return true;
        }

        errors.Add(new(path, $"must be {WithArticle(type)}, but is {Describe(value)}"));
        return false;
    }

    private static bool IsOfType(string? type, JToken value) => type switch
    {
        "string" => value.Type == JTokenType.String,
        "boolean" => value.Type == JTokenType.Boolean,
        "integer" => value.Type == JTokenType.Integer || (value.Type == JTokenType.Float && double.IsInteger((double)value)),
        "number" => value.Type is JTokenType.Integer or JTokenType.Float,
        "array" => value.Type == JTokenType.Array,
        "object" => value.Type == JTokenType.Object,
        _ => true,
    };

    private static string WithArticle(string type) => (type[0] is 'a' or 'i' or 'o' ? "an " : "a ") + type;

    private static string Choices(IEnumerable<JToken> values)
    {
        List<JToken> all = [.. values];
        string shown = string.Join(", ", all.Take(ShownValues).Select(v => v.ToString(Formatting.None)));
        return all.Count switch
        {
            1 => shown,
            <= ShownValues => "one of " + shown,
            _ => $"one of {shown} and {all.Count - ShownValues} more",
        };
    }

    private static string Describe(JToken value) => value.Type switch
    {
        JTokenType.Object => "an object",
        JTokenType.Array => "an array",
        JTokenType.Null or JTokenType.Undefined => "null",
        JTokenType.String => $"the string {Shorten(value.ToString(Formatting.None))}",
        _ => value.ToString(Formatting.None),
    };

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "…\"";
}
