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
        Operations = [.. root["paths"]!.Values().SelectMany(path => path.Values()).Select(operation => new FakeOperation((JObject)operation))];
        _places = new(() => Operations.ToLookup(o => o.SegmentCount));
    }

    /// <summary>The document that the SDK was generated from.</summary>
    public static ApiDocument Embedded => s_embedded.Value;

    public IReadOnlyList<FakeOperation> Operations { get; }

    /// <summary>The operations that a path of these segments may be for.</summary>
    public IEnumerable<FakeOperation> AtPlace(string[] segments) => _places.Value[segments.Length].Where(o => o.MayStart(segments[0]));

    public IEnumerable<JObject> Schemas => _schemas.Values;

    public JObject? Component(string name) => _schemas.GetValueOrDefault(name);

    /// <summary>The name of the schema that is referred to; null for one that stands in place.</summary>
    public static string? Name(JObject? schema) => ((string?)schema?["$ref"])?[Components.Length..];

    /// <summary>Follows the reference; its siblings are the caller's business.</summary>
    public JObject Resolve(JObject schema) => Name(schema) is string name
        ? Component(name) ?? throw new InvalidDataException($"The document has no schema {name}.")
        : schema;

    /// <summary><c>object</c>, <c>union</c>, <c>choice</c>, <c>map</c> or <c>enum</c>; null for plain JSON schema.</summary>
    public string? Kind(JObject schema) => (string?)Resolve(schema)["x-kind"];

    /// <summary>The variant of a union that an object is, and the name of its schema; an object schema itself otherwise.</summary>
    public (string? Name, JObject Schema) Variant(JObject schema, JObject value)
    {
        JObject target = Resolve(schema);
        if ((string?)target["x-kind"] != "union")
        {
            return (Name(schema), target);
        }

        string? name = (string?)target["x-discriminator"] is string tag
            ? (string?)target["x-tags"]![(value[tag] as JValue)?.Value as string ?? ""]
            : (string?)((JObject)target["x-members"]!).Properties().FirstOrDefault(m => value.ContainsKey(m.Name))?.Value;
        return name is null ? (null, target) : (name, Component(name)!);
    }

    private static ApiDocument LoadEmbedded()
    {
        using Stream stream = typeof(ApiDocument).Assembly.GetManifestResourceStream("retell.nswag.json")
            ?? throw new InvalidOperationException("The assembly has no resource retell.nswag.json.");
        using var reader = new StreamReader(stream);
        using var json = new JsonTextReader(reader) { DateParseHandling = DateParseHandling.None, MaxDepth = null };
        return new ApiDocument(JObject.Load(json));
    }
}
