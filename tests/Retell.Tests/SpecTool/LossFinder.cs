using Newtonsoft.Json.Linq;
using Retell.Tests.Support;

namespace Retell.Tests.SpecTool;

/// <summary>
/// Walks through the published document and the normalised one side by side and tells what the second one lacks. The
/// published one is read by the tests' own reader, which knows nothing of the tool.
/// </summary>
internal sealed class LossFinder(SpecDocument spec, Normalized api)
{
    private readonly List<string> _losses = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>How many objects were compared.</summary>
    public int Objects { get; private set; }

    public IReadOnlyList<string> Losses()
    {
        foreach ((string name, JObject schema) in spec.Schemas)
        {
            Compare(SchemaView.Of(spec, schema), new JObject { ["$ref"] = "#/components/schemas/" + api.Names[name] }, name, isRoot: true);
        }

        foreach (SpecOperation operation in spec.Operations)
        {
            JObject actual = api.Operation(operation.Method.ToLowerInvariant(), operation.Path);
            CompareContent(operation.Request, actual["requestBody"], operation.OperationId + " request");
            CompareContent(operation.Response, ((JObject)actual["responses"]!).PropertyValues().Single(), operation.OperationId + " response");
            CompareParameters(operation, actual);
        }

        return _losses;
    }

    private void CompareContent(JObject? expected, JToken? actual, string path)
    {
        var schema = (actual?["content"] as JObject)?.PropertyValues().Single()["schema"] as JObject;
        Expect((expected is not null, schema is not null), (expected is not null, expected is not null), path);
        if (expected is not null && schema is not null)
        {
            Compare(SchemaView.Of(spec, expected), schema, path, isRoot: true);
        }
    }

    private void CompareParameters(SpecOperation operation, JObject actual)
    {
        // Those of the path come first.
        JObject[] expected = [.. (operation.Node["parameters"] as JArray ?? []).Select(parameter => spec.Resolve((JObject)parameter)).OrderBy(parameter => (string?)parameter["in"] != "path")];
        JToken parameters = actual["parameters"] ?? new JArray();
        Expect(Texts(parameters, "name"), Texts(new JArray(expected.Cast<object>().ToArray()), "name"), operation.OperationId + " parameters");
        foreach ((JObject parameter, JToken other) in expected.Zip(parameters))
        {
            string path = $"{operation.OperationId} parameter {(string?)parameter["name"]}";
            Expect((string?)other["in"], (string?)parameter["in"], path + " in");
            Expect((bool)other["required"]!, (bool?)parameter["required"] ?? false, path + " required");
            Compare(SchemaView.Of(spec, (JObject)parameter["schema"]!), (JObject)other["schema"]!, path, isRoot: true);
        }
    }

    /// <param name="isRoot">Whether null is none of the schema's business but of where it is used.</param>
    private void Compare(SchemaView view, JObject value, string path, bool isRoot = false)
    {
        JObject? type = TypeOf(value);
        string key = $"{NameOf(value)} {SpecDocument.PointerOf(view.Origin)} {view.Properties.Count} {view.Required.Count}";
        if (type is not null && !_seen.Add(key))
        {
            return;
        }

        if (!isRoot && !view.IsNullDisputed && !view.HasAlternatives)
        {
            Expect((bool?)value["nullable"] ?? false, view.Nullable ?? false, path + " nullable");
        }

        if (view.HasAlternatives)
        {
            CompareAlternatives(view, value, type, path);
            return;
        }

        CompareLimits(view, value, type, path);
        if (view.Enum is { } values)
        {
            JToken? allowed = value["enum"] ?? value["x-retell-allowed"] ?? type?["enum"];
            Expect(Sorted(allowed?.Values<string>()), Sorted(values.Select(item => item.ToString())), path + " values");
        }

        switch (view.EffectiveType)
        {
            case "object" when view.Properties.Count == 0 && view.Required.Count == 0:
                CompareMap(view, value, type, path);
                break;
            case "object":
                CompareObject(view, type, path);
                break;
            case "array":
                Expect(JsonType(value), "array", path + " type");
                JToken? items = value["items"] ?? (type?["anyOf"] as JArray)?[0]["items"];
                if (view.Item() is { } item && items is JObject element)
                {
                    Compare(item, element, path + "[]");
                }

                break;
            default:
                Expect(JsonType(value), view.EffectiveType, path + " type");
                break;
        }
    }

    private void CompareMap(SchemaView view, JObject value, JObject? type, string path)
    {
        JToken? item = (type ?? value)["additionalProperties"];
        Expect(JsonType(value), "object", path + " type");
        if (view.MapValue() is { } expected)
        {
            if (item is JObject actual)
            {
                Compare(expected, actual, path + "{}");
            }
            else
            {
                _losses.Add($"{path}: a map of typed values is expected, but was {value}");
            }
        }
    }

    private void CompareObject(SchemaView view, JObject? type, string path, string? union = null, JToken? requiredByUnion = null)
    {
        if ((string?)type?["x-retell-kind"] != "object")
        {
            _losses.Add($"{path}: an object is expected, but was {type}");
            return;
        }

        Objects++;
        var members = (JObject)type["properties"]!;
        IEnumerable<string> own = members.Properties()
            .Where(member => member.Value["x-retell-added-by"] is not JArray unions || unions.Values<string>().Contains(union))
            .Select(member => member.Name);
        Expect(Sorted(own), Sorted(view.Properties.Keys.Union(view.Required)), path + " members");
        Expect(
            Sorted((type["required"] ?? new JArray()).Concat(requiredByUnion ?? new JArray()).Select(name => (string?)name).Distinct()),
            Sorted(view.Required),
            path + " required");
        Expect(type["additionalProperties"] is JValue { Value: false }, view.IsClosed, path + " closed");
        foreach (string name in view.Properties.Keys.Where(members.ContainsKey))
        {
            Compare(view.Property(name), (JObject)members[name]!, $"{path}.{name}");
        }
    }

    private void CompareAlternatives(SchemaView view, JObject value, JObject? type, string path)
    {
        SchemaView[] leaves = [.. view.Leaves()];
        switch (((string?)type?["x-retell-kind"], view.Union))
        {
            case ("union", { Tag: not null } union):
                Expect((string?)type!["discriminator"]!["propertyName"], union.Tag, path + " discriminator");
                Expect(Sorted(((JObject)type["discriminator"]!["mapping"]!).Properties().Select(tag => tag.Name)), Sorted(union.Tags.Select(tag => tag.Value)), path + " tags");
                foreach ((string tag, SchemaView variant) in union.Tags)
                {
                    CompareObject(
                        variant,
                        api.Schemas[((string?)type["discriminator"]!["mapping"]![tag])?.Split('/')[^1] ?? ""] as JObject,
                        $"{path}({tag})",
                        NameOf(value),
                        type["x-retell-added-required"]);
                }

                break;
            case ("union", { } union):
                Expect(type!["x-retell-variants"]!.Count(), union.Variants.Count, path + " variants");
                foreach ((SchemaView variant, JToken name) in union.Variants.Zip(type["x-retell-variants"]!))
                {
                    CompareObject(variant, api.Schemas[(string)name!] as JObject, $"{path}({name})", NameOf(value), type["x-retell-added-required"]);
                }

                break;
            case ("object", { Variants: [var only] }):
                CompareObject(only, type, path);
                break;
            default:
                CompareCases(leaves, value, path);
                break;
        }
    }

    private void CompareCases(SchemaView[] leaves, JObject value, string path)
    {
        JObject[] cases = [.. CasesOf(value)];
        IEnumerable<string?> expected = leaves.Where(leaf => !leaf.IsContradictory).Select(leaf => leaf.EffectiveType).Distinct();
        Expect(Sorted(cases.Select(JsonType).Distinct()), Sorted(expected), path + " cases");
        foreach (IGrouping<string?, SchemaView> group in leaves.GroupBy(leaf => leaf.EffectiveType).Where(group => group.Count() == 1))
        {
            if (cases.Where(one => JsonType(one) == group.Key).ToArray() is [var single])
            {
                Compare(group.Single(), single, $"{path}({group.Key})", isRoot: true);
            }
        }
    }

    private void CompareLimits(SchemaView view, JObject value, JObject? type, string path)
    {
        // An element of a union that is narrowed to one variant carries the limits of neither place.
        (string Name, object? Expected)[] limits =
        [
            ("minimum", view.Minimum), ("maximum", view.Maximum), ("exclusiveMinimum", view.IsMinimumExclusive ? true : null),
            ("minLength", view.MinLength), ("maxLength", view.MaxLength), ("pattern", view.Pattern),
            ("minItems", view.MinItems), ("maxItems", view.MaxItems), ("uniqueItems", view.UniqueItems ? true : null),
            ("minProperties", view.MinProperties > 0 ? view.MinProperties : null),
            ("format", view.Format is "int64" ? null : view.Format),
        ];
        foreach ((string name, object? expected) in limits.Where(limit => limit.Expected is not null))
        {
            Expect((value[name] ?? type?[name])?.ToString(), expected!.ToString(), $"{path} {name}");
        }

        if (view.Forbidden.Count > 0)
        {
            Expect((value["not"] ?? type?["not"]) is not null, true, path + " not");
        }
    }

    private JObject? TypeOf(JObject value) => NameOf(value) is string name ? (JObject?)api.Schemas[name] : null;

    private static string? NameOf(JObject value) => Normalized.Reference(value);

    private string? JsonType(JObject value) => TypeOf(value) is not { } type ? (string?)value["type"]
        : (string?)type["x-retell-kind"] switch
        {
            "choice" => string.Join('|', CasesOf(value).Select(JsonType)),
            "enum" => "string",
            _ => "object",
        };

    private IEnumerable<JObject> CasesOf(JObject value) => TypeOf(value) is { } type && (string?)type["x-retell-kind"] == "choice"
        ? type["anyOf"]!.Cast<JObject>().SelectMany(CasesOf)
        : [value];

    private static string[] Sorted(IEnumerable<string?>? texts) => [.. (texts ?? []).Select(text => text ?? "null").Order(StringComparer.Ordinal)];

    private static string?[] Texts(JToken items, string name) => items is JArray ? [.. items.Select(item => (string?)item[name])] : [];

    private void Expect<T>(T actual, T expected, string what)
    {
        string Shown(T value) => value is IEnumerable<string?> texts ? string.Join(", ", texts) : value?.ToString() ?? "nothing";
        if (Shown(actual) != Shown(expected))
        {
            _losses.Add($"{what}: expected {Shown(expected)}, but was {Shown(actual)}");
        }
    }
}
