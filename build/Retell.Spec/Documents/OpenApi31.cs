using System.Globalization;
using Newtonsoft.Json.Linq;

namespace Retell.Spec.Documents;

/// <summary>
/// Turns a document of OpenAPI 3.1 into what 3.0 says for it, so that the same API gives the same code whatever the version
/// of the document. Keywords of 3.1 in a document of 3.0 are turned as well; what is 3.0 already stays as it is.
/// </summary>
internal static class OpenApi31
{
    private const int MaxReferences = 8;

    /// <summary>Reads a document from a file.</summary>
    public static JObject Read(string file) => Parse(YamlFile.ReadObject(file));

    /// <summary>Turns a document, which is changed, and returns it.</summary>
    public static JObject Parse(JObject document)
    {
        bool isLater = Version(document) is { } version && version.StartsWith("3.", StringComparison.Ordinal) && !version.StartsWith("3.0", StringComparison.Ordinal);
        PlacePathItems(document);
        new SchemaReferences(document).Resolve();
        PlaceOthers(document);
        var schemas = new SchemaKeywords(document);
        foreach (JToken schema in SchemaPlaces.Roots(document).ToList())
        {
            schemas.Lower(schema);
        }

        (document["components"] as JObject)?.Remove("pathItems");
        if (isLater)
        {
            document["openapi"] = "3.0.3";
            document.Remove("webhooks");
            document.Remove("jsonSchemaDialect");

            // Optional since 3.1: a document may describe webhooks only.
            document["paths"] ??= new JObject();
        }

        return document;
    }

    private static string? Version(JObject document) =>
        document["openapi"] is JValue { Value: IFormattable or string } version ? Convert.ToString(version.Value, CultureInfo.InvariantCulture) : null;

    /// <summary>A path may refer to a path item that stands elsewhere.</summary>
    private static void PlacePathItems(JObject document)
    {
        foreach (JObject item in SchemaPlaces.PathItems(document).ToList())
        {
            for (int i = 0; i < MaxReferences && Target(document, item) is JObject target; i++)
            {
                item.Remove("$ref");
                foreach (JProperty member in target.Properties())
                {
                    // What stands beside the reference comes first.
                    item[member.Name] ??= member.Value.DeepClone();
                }
            }
        }
    }

    /// <summary>A parameter, header, body or response that is neither here nor a component is written out here.</summary>
    private static void PlaceOthers(JObject document)
    {
        foreach ((JObject holder, string kind) in SchemaPlaces.References(document).ToList())
        {
            for (int i = 0; i < MaxReferences && Target(document, holder) is JObject target; i++)
            {
                if (JsonPointer.Steps(target) is ["components", string section, string name] && section == kind)
                {
                    string plain = $"#/components/{kind}/{name}";
                    if ((string)holder["$ref"]! != plain)
                    {
                        holder["$ref"] = plain;
                    }

                    break;
                }

                holder.RemoveAll();
                foreach (JProperty member in target.Properties())
                {
                    holder.Add(member.Name, member.Value.DeepClone());
                }
            }
        }
    }

    private static JObject? Target(JObject document, JObject holder) =>
        holder["$ref"] is JValue { Value: string reference }
            && reference.StartsWith("#/", StringComparison.Ordinal)
            && JsonPointer.Find(document, reference[1..]) is JObject target
            && target != holder
            ? target
            : null;
}
