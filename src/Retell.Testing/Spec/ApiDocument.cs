using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Spec;

/// <summary>The normalised document of the API: what it offers, and what its values look like. It is never changed.</summary>
internal sealed class ApiDocument
{
    private const string Components = "#/components/schemas/";
    private static readonly Lazy<ApiDocument> s_embedded = new(LoadEmbedded);
    private readonly Dictionary<string, JObject> _schemas;
    private readonly Lazy<ILookup<int, FakeOperation>> _places;

    public ApiDocument(JObject root)
    {
        _schemas = ((JObject)root["components"]!["schemas"]!).Properties().ToDictionary(p => p.Name, p => (JObject)p.Value, StringComparer.Ordinal);
        Operations =
        [
            .. ((JObject)root["paths"]!).Properties().SelectMany(path => ((JObject)path.Value).Properties().Select(operation => new FakeOperation(path.Name, operation.Name, (JObject)operation.Value))),
        ];
        _places = new(() => Operations.ToLookup(o => o.SegmentCount));
    }

    /// <summary>The document that the SDK was generated from.</summary>
    public static ApiDocument Embedded => s_embedded.Value;

    public IReadOnlyList<FakeOperation> Operations { get; }

    /// <summary>The operations that a path of these segments may be for.</summary>
    public IEnumerable<FakeOperation> AtPlace(string[] segments) => _places.Value[segments.Length].Where(o => o.MayStart(segments[0]));

    public IEnumerable<JObject> Schemas => _schemas.Values;

    public JObject? Component(string name) => _schemas.GetValueOrDefault(name);

    /// <summary>The name of the schema that is referred to, alone or with something beside it (allOf of one); null for one that stands in place.</summary>
    public static string? Name(JObject? schema) => ((string?)(schema?["$ref"] ?? (schema?["allOf"] as JArray)?[0]["$ref"]))?[Components.Length..];

    /// <summary>Follows the reference; what stands beside it is the caller's business.</summary>
    public JObject Resolve(JObject schema) => Name(schema) is string name
        ? Component(name) ?? throw new InvalidDataException($"The document has no schema {name}.")
        : schema;

    /// <summary><c>object</c>, <c>union</c>, <c>choice</c>, <c>map</c> or <c>enum</c>; null for plain JSON schema.</summary>
    public string? Kind(JObject schema) => (string?)Resolve(schema)["x-retell-kind"];

    /// <summary>The variant of a union that an object is, and the name of its schema; an object schema itself otherwise.</summary>
    public (string? Name, JObject Schema) Variant(JObject schema, JObject value)
    {
        JObject target = Resolve(schema);
        if ((string?)target["x-retell-kind"] != "union")
        {
            return (Name(schema), target);
        }

        string? name = Discriminator(target) is string tag
            ? Tags(target).GetValueOrDefault((value[tag] as JValue)?.Value as string ?? "")
            : Members(target).FirstOrDefault(member => value.ContainsKey(member.Key)).Value;
        return name is null ? (null, target) : (name, Component(name)!);
    }

    /// <summary>The member that tells the variants of a union apart; null where the members that are there do.</summary>
    public static string? Discriminator(JObject union) => (string?)union["discriminator"]?["propertyName"];

    /// <summary>The schema of the variant for each value of the discriminator.</summary>
    public static IReadOnlyDictionary<string, string> Tags(JObject union) => Names(union["discriminator"]?["mapping"], Components.Length);

    /// <summary>The schema of the variant for each member that only it has.</summary>
    public static IReadOnlyDictionary<string, string> Members(JObject union) => Names(union["x-retell-members"], 0);

    /// <summary>The schemas of the variants of a union, or of the cases of a choice.</summary>
    public static IEnumerable<JObject> Alternatives(JObject schema) => (schema["anyOf"] as JArray ?? []).Cast<JObject>();

    private static Dictionary<string, string> Names(JToken? mapping, int prefix) =>
        (mapping as JObject ?? []).Properties().ToDictionary(entry => entry.Name, entry => ((string)entry.Value!)[prefix..], StringComparer.Ordinal);

    private static ApiDocument LoadEmbedded()
    {
        using Stream stream = typeof(ApiDocument).Assembly.GetManifestResourceStream("retell.nswag.json")
            ?? throw new InvalidOperationException("The assembly has no resource retell.nswag.json.");
        using var reader = new StreamReader(stream);
        using var json = new JsonTextReader(reader) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        return new ApiDocument(JObject.Load(json));
    }
}
