using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Newtonsoft.Json.Linq;
using Retell.Testing.Spec;

namespace Retell.Testing.State;

/// <summary>Creates values that are valid against a schema: the examples of the document where there are any, else the simplest values.</summary>
internal sealed class SampleFactory(ApiDocument document, SchemaValidator validator)
{
    /// <summary>Optional members are omitted from objects that are nested deeper.</summary>
    private const int MaxDepth = 3;

    private const long Timestamp = 1703302407333;

    /// <summary>Texts that match most patterns: IDs, phone numbers, plain words, dates.</summary>
    private static readonly string[] s_patternTexts =
        [new('0', 32), FakeIds.PhoneNumber(415, 100), "1", "a", "00000000-0000-4000-8000-000000000000", "2025-01-01"];

    private readonly ConcurrentDictionary<(string Name, string? Union, bool Full), JObject> _objects = new();
    private readonly ConditionalWeakTable<JObject, StrongBox<bool>> _goodExamples = [];

    /// <summary>Creates a value with all members that have an example; without <paramref name="full"/>, with the required ones only.</summary>
    public JToken Create(JObject schema, bool full) => Value(schema, full, "", 0);

    /// <summary>Creates an object with all members, whether they have an example or not.</summary>
    public JObject CreateComplete(string component)
    {
        var properties = (JObject)document.Component(component)!["properties"]!;
        return new(properties.Properties().Select(member => new JProperty(member.Name, Value((JObject)member.Value, full: false, member.Name, depth: 1))));
    }

    public JObject CreateObject(string component, bool full) => (JObject)Create(Reference(component), full);

    public static JObject Reference(string component) => new() { ["$ref"] = "#/components/schemas/" + component };

    private JToken Value(JObject schema, bool full, string name, int depth)
    {
        if (HasExample(schema))
        {
            return schema["example"]!.DeepClone();
        }

        JObject target = document.Resolve(schema);
        return (string?)target["x-retell-kind"] switch
        {
            "object" => Object(ApiDocument.Name(schema) ?? "", target, null, full, depth),
            "union" => Union(ApiDocument.Name(schema)!, target, full, depth),
            "choice" => Value(ApiDocument.Alternatives(target).First(), full, name, depth),
            "map" => new JObject(),
            "enum" => First(schema["x-retell-allowed"] ?? schema["enum"] ?? target["enum"] ?? new JArray("text"), name),
            _ => Plain(schema, full, name, depth),
        };
    }

    private JToken Plain(JObject schema, bool full, string name, int depth)
    {
        if ((schema["x-retell-allowed"] ?? schema["enum"]) is JToken values)
        {
            return First(values, name);
        }

        switch ((string?)schema["type"])
        {
            case "string":
                string text = name switch
                {
                    _ when name.EndsWith("url", StringComparison.Ordinal) => $"https://example.com/{name}",
                    _ when name.EndsWith("number", StringComparison.Ordinal) => "+14155550100",
                    _ when name.EndsWith("_id", StringComparison.Ordinal) => FakeIds.Of(name[..^3], 0),
                    _ => name.Length == 0 ? "text" : name.Replace('_', ' '),
                };
                text = text.PadRight((int?)schema["minLength"] ?? 0, 'x');
                text = (int?)schema["maxLength"] is int most && text.Length > most ? text[..most] : text;
                return s_patternTexts.Prepend(text).FirstOrDefault(t => validator.IsValid(schema, t), text);
            case "integer" when name.Contains("timestamp", StringComparison.Ordinal) || name.EndsWith("_at", StringComparison.Ordinal):
                return Timestamp;
            case "integer":
                return (long)Math.Min(Math.Max(1, Math.Ceiling((double?)schema["minimum"] ?? 1)), Math.Floor((double?)schema["maximum"] ?? 1));
            case "number":
                double least = (double?)schema["minimum"] ?? 0;
                double top = (double?)schema["maximum"] ?? Math.Max(1, least + 1);
                return (least + top) / 2;
            case "boolean":
                return false;
            case "array":
                int count = Math.Max((int?)schema["minItems"] ?? 0, depth < MaxDepth && full ? 1 : 0);
                return new JArray(Enumerable.Range(0, count).Select(_ => Value((JObject)schema["items"]!, full, name.TrimEnd('s'), depth + 1)));
            case "object":
                return new JObject();
            default:
                return "text";
        }
    }

    private JObject Union(string name, JObject union, bool full, int depth)
    {
        string? tag = ApiDocument.Discriminator(union);
        (string key, string variant) = (tag is null ? ApiDocument.Members(union) : ApiDocument.Tags(union)).First();
        JObject item = Object(variant, document.Component(variant)!, name, full, depth);
        if (tag is not null)
        {
            item[tag] = key;
        }

        return item;
    }

    private JObject Object(string name, JObject schema, string? union, bool full, int depth)
    {
        // Nested samples are smaller than those at the top, so that only the latter are cached.
        return depth == 0
            ? (JObject)_objects.GetOrAdd((name, union, full), _ => Build()).DeepClone()
            : Build();

        JObject Build()
        {
            var item = new JObject();
            IEnumerable<JToken> added = union is null ? [] : document.Component(union)!["x-retell-added-required"] ?? new JArray();
            HashSet<string> required = [.. (schema["required"] ?? new JArray()).Concat(added).Select(r => (string)r!)];
            foreach (JProperty property in ((JObject)schema["properties"]!).Properties())
            {
                var place = (JObject)property.Value;
                if (required.Contains(property.Name) || (full && IsWorthShowing(place, depth)))
                {
                    JToken value = Value(place, full, property.Name, depth + 1);
                    if (required.Contains(property.Name) || value is not JContainer { Count: 0 })
                    {
                        item[property.Name] = value;
                    }
                }
            }

            return item;
        }
    }

    private bool IsWorthShowing(JObject place, int depth)
    {
        bool isOld = (bool?)place["deprecated"] == true;
        bool isOfUnion = place["x-retell-added-by"] is not null;
        return !isOld && !isOfUnion && (HasExample(place) || (depth < MaxDepth && document.Kind((JObject?)place["items"] ?? place) is "object" or "union"));
    }

    /// <summary>Whether there is an example that is valid: not every one in the document is.</summary>
    private bool HasExample(JObject place) => place["example"] is { Type: not JTokenType.Null } example
        && _goodExamples.GetValue(place, key => new StrongBox<bool>(validator.IsValid(key, example))).Value;

    /// <summary>Returns a constant, or the most likely value of a new object.</summary>
    private static JToken First(JToken values, string name) =>
        (values.FirstOrDefault(v => name == "role" && (string?)v == "agent") ?? values.First(v => v.Type != JTokenType.Null)).DeepClone();
}
