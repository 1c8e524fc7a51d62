using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>
/// Finds what stands where OpenAPI has schemas, path items and the like. Examples, defaults, values of enumerations and
/// <c>x-</c> members may look the same and are something else.
/// </summary>
internal static class SchemaPlaces
{
    private static readonly string[] s_methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace", "query"];

    private static readonly HashSet<string> s_single =
    [
        "items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames", "unevaluatedItems", "unevaluatedProperties", "contentSchema",
    ];

    private static readonly HashSet<string> s_lists = ["allOf", "anyOf", "oneOf", "prefixItems"];

    private static readonly HashSet<string> s_maps = ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];

    /// <summary>Returns the schemas of a document that stand in no other schema.</summary>
    public static IEnumerable<JToken> Roots(JObject document)
    {
        List<(JObject Token, string Kind)> holders = [.. References(document)];
        return
        [
            .. Values((document["components"] as JObject)?["schemas"]),
            .. holders.Where(holder => holder.Kind is "parameters" or "headers").Select(holder => holder.Token["schema"]).OfType<JToken>(),
            .. holders.SelectMany(holder => Content(holder.Token)),
        ];
    }

    /// <summary>Returns the parameters, headers, bodies and responses of a document: each is an object or a reference to one.</summary>
    public static IEnumerable<(JObject Token, string Kind)> References(JObject document)
    {
        var components = document["components"] as JObject;
        return
        [
            .. Objects(components?["parameters"]).SelectMany(parameter => OfParameter(parameter, "parameters")),
            .. Objects(components?["headers"]).SelectMany(header => OfParameter(header, "headers")),
            .. Objects(components?["requestBodies"]).SelectMany(OfBody),
            .. Objects(components?["responses"]).SelectMany(OfResponse),
            .. PathItems(document).SelectMany(OfPathItem),
        ];
    }

    /// <summary>Returns the path items of a document, those of callbacks among them.</summary>
    public static IEnumerable<JObject> PathItems(JObject document) =>
    [
        .. Fixed(document["paths"]).SelectMany(WithCallbacks),
        .. Objects((document["components"] as JObject)?["pathItems"]).SelectMany(WithCallbacks),
        .. Objects((document["components"] as JObject)?["callbacks"]).SelectMany(Fixed).SelectMany(WithCallbacks),
    ];

    /// <summary>Returns the schemas that stand in a schema.</summary>
    public static IEnumerable<JToken> Children(JObject schema) =>
        schema.Properties().SelectMany(IEnumerable<JToken> (member) =>
            s_single.Contains(member.Name) ? [member.Value]
            : s_lists.Contains(member.Name) && member.Value is JArray parts ? parts
            : s_maps.Contains(member.Name) ? Values(member.Value)
            : []);

    private static IEnumerable<JObject> WithCallbacks(JObject item) =>
        Operations(item).SelectMany(operation => Objects(operation["callbacks"])).SelectMany(Fixed).SelectMany(WithCallbacks).Prepend(item);

    private static IEnumerable<(JObject Token, string Kind)> OfPathItem(JObject item) =>
    [
        .. Parameters(item),
        .. Operations(item).SelectMany(operation => (IEnumerable<(JObject, string)>)
        [
            .. Parameters(operation),
            .. operation["requestBody"] is JObject body ? OfBody(body) : [],
            .. Fixed(operation["responses"]).SelectMany(OfResponse),
        ]),
    ];

    private static IEnumerable<(JObject Token, string Kind)> Parameters(JObject holder) =>
        (holder["parameters"] as JArray ?? []).OfType<JObject>().SelectMany(parameter => OfParameter(parameter, "parameters"));

    private static IEnumerable<(JObject Token, string Kind)> OfParameter(JObject parameter, string kind) => OfContent(parameter).Prepend((parameter, kind));

    private static IEnumerable<(JObject Token, string Kind)> OfBody(JObject body) => OfContent(body).Prepend((body, "requestBodies"));

    private static IEnumerable<(JObject Token, string Kind)> OfResponse(JObject response) =>
        OfContent(response).Concat(Objects(response["headers"]).SelectMany(header => OfParameter(header, "headers"))).Prepend((response, "responses"));

    /// <summary>The headers of the parts of a multipart body.</summary>
    private static IEnumerable<(JObject Token, string Kind)> OfContent(JObject holder) =>
        Objects(holder["content"])
            .SelectMany(media => Objects(media["encoding"]))
            .SelectMany(encoding => Objects(encoding["headers"]))
            .SelectMany(header => OfParameter(header, "headers"));

    private static IEnumerable<JToken> Content(JObject holder) => Objects(holder["content"]).Select(media => media["schema"]).OfType<JToken>();

    private static IEnumerable<JObject> Operations(JObject item) => s_methods.Select(method => item[method]).OfType<JObject>();

    private static IEnumerable<JObject> Objects(JToken? map) => Values(map).OfType<JObject>();

    /// <summary>The members of an object that may have extensions beside them.</summary>
    private static IEnumerable<JObject> Fixed(JToken? map) => map is JObject members
        ? members.Properties().Where(member => !member.Name.StartsWith("x-", StringComparison.Ordinal)).Select(member => member.Value).OfType<JObject>()
        : [];

    private static JEnumerable<JToken> Values(JToken? map) => map is JObject members ? members.PropertyValues() : JEnumerable<JToken>.Empty;
}
