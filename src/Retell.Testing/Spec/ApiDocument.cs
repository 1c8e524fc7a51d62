using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace Retell.Testing.Spec;

/// <summary>The normalized document of the API: its operations and schemas. It is never changed.</summary>
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
            .. from path in ((JObject)root["paths"]!).Properties()
               from operation in ((JObject)path.Value).Properties()
               select new FakeOperation(path.Name, operation.Name, (JObject)operation.Value),
        ];
        _places = new(() => Operations.ToLookup(o => o.SegmentCount));
    }

    /// <summary>The document that the SDK was generated from.</summary>
    public static ApiDocument Embedded => s_embedded.Value;

    public IReadOnlyList<FakeOperation> Operations { get; }

    /// <summary>Returns the operations that a path of these segments may match.</summary>
    public IEnumerable<FakeOperation> AtPlace(string[] segments) => _places.Value[segments.Length].Where(o => o.MayStart(segments[0]));

    /// <exception cref="ArgumentException">The API has no such operation; the message names one that differs in case only.</exception>
    public void ThrowIfUnknown(string operationId, string parameter)
    {
        if (Operations.Any(operation => operation.Id == operationId))
        {
            return;
        }

        string? near = Operations.Select(operation => operation.Id).FirstOrDefault(id => id.Equals(operationId, StringComparison.OrdinalIgnoreCase));
        throw new ArgumentException($"The API has no operation \"{operationId}\".{(near is null ? "" : $" Did you mean \"{near}\"?")}", parameter);
    }

    public IEnumerable<JObject> Schemas => _schemas.Values;

    public JObject? Component(string name) => _schemas.GetValueOrDefault(name);

    /// <summary>Returns the name of the schema that a reference names, with or without siblings (allOf of one); null for an inline schema.</summary>
    public static string? Name(JObject? schema) => ((string?)(schema?["$ref"] ?? (schema?["allOf"] as JArray)?[0]["$ref"]))?[Components.Length..];

    /// <summary>Follows a reference, without its siblings.</summary>
    public JObject Resolve(JObject schema) => Name(schema) is string name
        ? Component(name) ?? throw new InvalidDataException($"The document has no schema {name}.")
        : schema;

    /// <summary><c>object</c>, <c>union</c>, <c>choice</c>, <c>map</c> or <c>enum</c>; null for plain JSON schema.</summary>
    public string? Kind(JObject schema) => (string?)Resolve(schema)["x-retell-kind"];

    /// <summary>Returns the variant of a union that matches an object, and the name of its schema; for any other schema, the schema itself.</summary>
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

    /// <summary>Returns the discriminator of a union; null if the members of an object tell its variants apart.</summary>
    public static string? Discriminator(JObject union) => (string?)union["discriminator"]?["propertyName"];

    /// <summary>Returns the schema of the variant for each value of the discriminator.</summary>
    public static IReadOnlyDictionary<string, string> Tags(JObject union) => Names(union["discriminator"]?["mapping"], Components.Length);

    /// <summary>Returns the schema of the variant for each member that only this variant has.</summary>
    public static IReadOnlyDictionary<string, string> Members(JObject union) => Names(union["x-retell-members"], 0);

    /// <summary>Returns the schemas of the variants of a union, or of the alternatives of a choice.</summary>
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
